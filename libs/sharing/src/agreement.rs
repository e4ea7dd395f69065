//! What decisions rest on, as events have made it: agencies, and protocols with who signed which version when. Everything is kept
//! with its times, so that the same decision can be made as of any moment.

use std::collections::BTreeMap;

use diogel_domain::{codes::Sector, ids::AgencyId, times::Moment};

use crate::protocol::{Protocol, Side};

mod between;

pub use between::Between;

/// What decisions rest on.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Registered agencies.
    pub agencies: BTreeMap<AgencyId, Standing>,
    /// Every protocol that was ever adopted, by id.
    pub agreements: BTreeMap<String, Agreement>,
    /// When any of this changed, in order.
    pub turned: Vec<Moment>,
}

/// How an agency stands with the Board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its sector.
    pub sector: Sector,
    /// When it neither published nor read.
    pub suspended: Vec<Span>,
}

/// From one moment until another; without an end, still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Its first moment.
    pub from: Moment,
    /// The first moment after it.
    pub until: Option<Moment>,
}

/// A protocol with its versions, in the order of their adoption.
#[derive(Debug, Clone, Default)]
pub struct Agreement {
    /// The versions.
    pub versions: Vec<Version>,
}

/// One version of a protocol.
#[derive(Debug, Clone)]
pub struct Version {
    /// What it says.
    pub protocol: Protocol,
    /// When the Board adopted it, and until when.
    pub adopted: Span,
    /// When each agency was bound by it.
    pub signed: BTreeMap<AgencyId, Vec<Span>>,
}

impl Span {
    /// From this moment on.
    pub const fn since(from: Moment) -> Self {
        Self { from, until: None }
    }

    /// Holds this moment.
    pub fn holds(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

impl Standing {
    /// In good standing.
    pub const fn active(sector: Sector) -> Self {
        Self {
            sector,
            suspended: Vec::new(),
        }
    }

    /// Neither publishes nor reads at this moment.
    pub fn is_suspended(&self, at: Moment) -> bool {
        self.suspended.iter().any(|span| span.holds(at))
    }
}

impl Version {
    /// The protocol names the agency among its parties.
    pub fn is_party(&self, agency: &AgencyId) -> bool {
        self.protocol.parties.contains(agency)
    }
}

impl Agreement {
    /// How the protocol stands between two agencies.
    pub fn between(&self, one: &AgencyId, other: &AgencyId) -> Between<'_> {
        Between::new(&self.versions, one, other)
    }

    /// The version in force between two agencies at a moment.
    pub fn in_force(&self, one: &AgencyId, other: &AgencyId, at: Moment) -> Option<&Version> {
        self.between(one, other).in_force(at)
    }

    /// The latest version that is open for signature.
    pub fn open(&self, at: Moment) -> Option<&Version> {
        self.versions.iter().rev().find(|v| v.adopted.holds(at))
    }

    /// Whether the agency may confirm an involvement for this originator, at a moment: it leads under the version in force between
    /// the two.
    fn is_led_by(
        &self,
        agency: &AgencyId,
        sector: Sector,
        originator: &AgencyId,
        at: Moment,
    ) -> bool {
        let version = self.in_force(agency, originator, at);
        let lead = version.and_then(|version| version.protocol.lead.as_ref());
        lead.is_some_and(|side: &Side| side.holds(agency, sector))
    }
}

impl Rules {
    /// Whether the agency leads under a protocol that it is bound by, at a moment: it is told of claims.
    pub fn leads(&self, agency: &AgencyId, at: Moment) -> bool {
        self.leads_for(agency, agency, at)
    }

    /// Whether it leads under one that binds this originator too: what it confirms counts for the originator's events.
    pub fn leads_for(&self, agency: &AgencyId, originator: &AgencyId, at: Moment) -> bool {
        let standing = self.agencies.get(agency);
        standing.is_some_and(|standing| {
            let mut agreements = self.agreements.values();
            agreements.any(|a| a.is_led_by(agency, standing.sector, originator, at))
        })
    }

    /// When they had changed last, at a moment; itself, if nobody says when they did.
    pub(crate) fn turned_by(&self, at: Moment) -> Moment {
        let mut turned = self.turned.iter().rev();
        turned.find(|turn| **turn <= at).copied().unwrap_or(at)
    }

    /// An agency that the Board knows and hasn't suspended at this moment.
    pub fn active(&self, agency: &AgencyId, at: Moment) -> Option<&Standing> {
        let known = self.agencies.get(agency);
        known.filter(|standing| !standing.is_suspended(at))
    }
}
