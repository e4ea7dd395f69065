//! Information sharing protocols (ISPs, Wales Accord): partner organisations, purposes, and a table of numbered flows. Owns what a
//! protocol says and what each flow carries when; its file form is read in `read`, and explained in `check`. Refuses a file with an
//! unknown key or code: what isn't understood is never in force (P9).

pub mod check;
mod codes;
mod finding;
mod form;
mod read;
mod rules;
mod side;
mod spelling;
mod table;

use std::collections::BTreeSet;

use diogel_domain::{
    codes::{LawfulBasis, Purpose},
    content::Matter,
    ids::AgencyId,
    times::{Day, Moment},
};

pub use codes::{Condition, Status};
pub use side::Side;

use crate::groups::Groups;

/// A protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// For example "CD-01".
    pub id: String,
    /// From 1.
    pub version: u32,
    /// English title.
    pub title: String,
    /// Welsh title.
    pub title_cy: String,
    /// Whether it is there to be signed.
    pub status: Status,
    /// Who hosts the hub, in the protocol's words (PRACTICE, section 10).
    pub host: String,
    /// Who processes for the parties, each of which controls what it publishes, in the protocol's words.
    pub processor: String,
    /// Agencies that are party to it: WASPI's partner organisations.
    pub parties: BTreeSet<AgencyId>,
    /// Whose confirmation of an involvement counts for every originator; none: only the originator's own.
    pub lead: Option<Side>,
    /// Its flows.
    pub flows: Vec<Flow>,
}

/// A numbered flow: who gives what to whom, on which condition, why, under which power, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Unique in the protocol.
    pub number: u32,
    /// Giving side.
    pub from: Side,
    /// Receiving side.
    pub to: Side,
    /// What it is about; `kinds` in the file.
    pub matters: Vec<Matter>,
    /// The groups it allows.
    pub groups: Groups,
    /// What must hold of the receiving agency.
    pub condition: Condition,
    /// The purposes it allows.
    pub purposes: Vec<Purpose>,
    /// The lawful bases it allows.
    pub bases: Vec<LawfulBasis>,
    /// Statutory powers, in the protocol's words.
    pub powers: Vec<String>,
    /// Carries what is published from this day on.
    pub valid_from: Day,
    /// To be reviewed by the end of this day; it opens nothing that is published later.
    pub review_by: Day,
    /// Reaches events published on or after this day; none: only those published while it is valid.
    pub reaches_back_to: Option<Day>,
    /// The originator is told of reads; `tell_originator_of_reads` in the file.
    pub tell_originator: bool,
}

impl Flow {
    /// Carries what was published then, because it was valid then.
    pub fn opens_to(&self, published: Moment) -> bool {
        (self.valid_from..=self.review_by).contains(&published.day())
    }

    /// Reaches back to what was published then.
    pub fn reaches(&self, published: Moment) -> bool {
        self.reaches_back_to
            .is_some_and(|day| published.day() >= day)
    }
}

/// Why a protocol's file can't be taken: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnreadableProtocol(pub String);

impl Protocol {
    /// Reads a protocol's file. Refuses what can't be understood; whether what it says makes sense, [`check::check`] tells.
    pub fn from_toml(text: &str) -> Result<Self, UnreadableProtocol> {
        let reading = read::read(text);
        match reading.findings.first() {
            None => Ok(reading.protocol),
            Some(first) => Err(UnreadableProtocol(format!(
                "line {}: {}",
                first.line, first.words
            ))),
        }
    }
}

#[cfg(test)]
mod tests;
