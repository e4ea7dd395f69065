//! Information sharing protocols (ISPs, Wales Accord): parties, purposes, and a table of numbered flows. Owns their file form.
//! Refuses a file with an unknown key, code or condition: what isn't understood is never in force (P9).

use std::collections::BTreeSet;

use diogel_domain::{
    codes::{LawfulBasis, Purpose, Sector},
    content::Matter,
    ids::AgencyId,
    times::{Day, Moment},
};
use serde::Deserialize;

use crate::groups::{FieldGroup, Groups};

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
    /// Agencies that are party to it.
    pub parties: BTreeSet<AgencyId>,
    /// Its flows.
    pub flows: Vec<Flow>,
}

/// A numbered flow: who gives what to whom, why, under which power, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Unique in the protocol.
    pub number: u32,
    /// Giving side.
    pub from: Side,
    /// Receiving side.
    pub to: Side,
    /// What it is about.
    pub matters: Vec<Matter>,
    /// The groups it allows.
    pub groups: Groups,
    /// The purposes it allows.
    pub purposes: Vec<Purpose>,
    /// The lawful bases it allows.
    pub bases: Vec<LawfulBasis>,
    /// Statutory powers, in the protocol's words.
    pub powers: Vec<String>,
    /// Valid from this day.
    pub valid_from: Day,
    /// Valid until the end of this day.
    pub valid_until: Day,
    /// Reaches events published on or after this day; none: only those published under the protocol.
    pub reaches_back_to: Option<Day>,
}

/// One side of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// Any party.
    AnyParty,
    /// One agency.
    Agency(AgencyId),
    /// Every party of a sector.
    Sector(Sector),
}

impl Side {
    /// The side holds this agency.
    pub fn holds(&self, agency: &AgencyId, sector: Sector) -> bool {
        match self {
            Self::AnyParty => true,
            Self::Agency(id) => id == agency,
            Self::Sector(s) => *s == sector,
        }
    }
}

impl Flow {
    /// Valid at this moment.
    pub fn valid_at(&self, now: Moment) -> bool {
        (self.valid_from..=self.valid_until).contains(&now.day())
    }

    /// Reaches an event that was published then, under a protocol adopted then.
    pub fn reaches(&self, published: Moment, adopted: Moment) -> bool {
        published >= adopted
            || self
                .reaches_back_to
                .is_some_and(|day| published.day() >= day)
    }
}

/// Why a protocol's file can't be taken: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnreadableProtocol(pub String);

/// By line: toml's own words would repeat the whole of it.
fn unreadable(text: &str, error: &toml::de::Error) -> UnreadableProtocol {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.unwrap_or_default().matches('\n').count() + 1;
    UnreadableProtocol(format!("line {line}: {}", error.message()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProtocolFile {
    id: String,
    version: u32,
    title: String,
    title_cy: String,
    parties: Vec<String>,
    flow: Vec<FlowFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlowFile {
    number: u32,
    from: String,
    to: String,
    matters: Vec<String>,
    groups: Vec<String>,
    purposes: Vec<String>,
    bases: Vec<String>,
    powers: Vec<String>,
    valid_from: String,
    valid_until: String,
    reaches_back_to: Option<String>,
}

impl Protocol {
    /// Reads a protocol's file.
    pub fn from_toml(text: &str) -> Result<Self, UnreadableProtocol> {
        let file: ProtocolFile = toml::from_str(text).map_err(|e| unreadable(text, &e))?;
        let parties = each(&file.parties, "parties", |p| AgencyId::new(p.as_str()).ok())?;
        let flows = file
            .flow
            .iter()
            .map(FlowFile::read)
            .collect::<Result<Vec<_>, _>>()?;
        let numbers: BTreeSet<u32> = flows.iter().map(|f| f.number).collect();
        if numbers.len() != flows.len() {
            return Err(UnreadableProtocol(
                "two flows have the same `number`".into(),
            ));
        }
        if file.id.is_empty() || file.id.len() > 32 || file.version == 0 || file.flow.len() > 200 {
            return Err(UnreadableProtocol(
                "`id` takes 1 to 32 bytes, `version` starts at 1, and there are at most 200 flows"
                    .into(),
            ));
        }
        Ok(Self {
            id: file.id,
            version: file.version,
            title: file.title,
            title_cy: file.title_cy,
            parties: parties.into_iter().collect(),
            flows,
        })
    }
}

impl FlowFile {
    fn read(&self) -> Result<Flow, UnreadableProtocol> {
        let at = |key: &str| format!("flow {}: `{key}`", self.number);
        let groups = each(&self.groups, &at("groups"), |c| FieldGroup::from_code(c))?;
        Ok(Flow {
            number: self.number,
            from: side(&self.from, &at("from"))?,
            to: side(&self.to, &at("to"))?,
            matters: each(&self.matters, &at("matters"), |c| Matter::from_code(c))?,
            groups: groups.into_iter().collect(),
            purposes: each(&self.purposes, &at("purposes"), |c| Purpose::from_code(c))?,
            bases: each(&self.bases, &at("bases"), |c| LawfulBasis::from_code(c))?,
            powers: self.powers.clone(),
            valid_from: day(&self.valid_from, &at("valid_from"))?,
            valid_until: day(&self.valid_until, &at("valid_until"))?,
            reaches_back_to: self
                .reaches_back_to
                .as_deref()
                .map(|d| day(d, &at("reaches_back_to")))
                .transpose()?,
        })
    }
}

fn each<T>(
    codes: &[String],
    at: &str,
    read: impl Fn(&String) -> Option<T>,
) -> Result<Vec<T>, UnreadableProtocol> {
    let read_one = |code| {
        read(code).ok_or_else(|| {
            UnreadableProtocol(format!("{at} holds \"{code}\", which is no such code"))
        })
    };
    codes.iter().map(read_one).collect()
}

fn side(text: &str, at: &str) -> Result<Side, UnreadableProtocol> {
    let sector = text
        .strip_prefix("sector:")
        .and_then(Sector::from_code)
        .map(Side::Sector);
    let agency = || AgencyId::new(text).ok().map(Side::Agency);
    let side = if text == "any" {
        Some(Side::AnyParty)
    } else {
        sector.or_else(agency)
    };
    let wanted = "must be \"any\", \"sector:…\" or an agency's id";
    side.ok_or_else(|| UnreadableProtocol(format!("{at} {wanted}")))
}

fn day(text: &str, at: &str) -> Result<Day, UnreadableProtocol> {
    Day::parse(text).ok_or_else(|| UnreadableProtocol(format!("{at} must be a date, YYYY-MM-DD")))
}
