//! One side of a flow, and how a file writes it: `any`, `sector:<sector>`, or an agency's id.

use std::fmt;

use diogel_domain::{codes::Sector, ids::AgencyId};

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

/// How a file writes a sector's side.
pub(super) const SECTOR: &str = "sector:";

impl Side {
    /// The side holds this agency.
    pub fn holds(&self, agency: &AgencyId, sector: Sector) -> bool {
        match self {
            Self::AnyParty => true,
            Self::Agency(id) => id == agency,
            Self::Sector(s) => *s == sector,
        }
    }

    /// The side that a file writes so. No agency is called `any`.
    pub fn from_code(text: &str) -> Option<Self> {
        if text == "any" {
            return Some(Self::AnyParty);
        }
        match text.strip_prefix(SECTOR) {
            Some(sector) => Sector::from_code(sector).map(Self::Sector),
            None => AgencyId::new(text).ok().map(Self::Agency),
        }
    }
}

/// As a file writes it.
impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyParty => f.write_str("any"),
            Self::Agency(id) => id.fmt(f),
            Self::Sector(sector) => write!(f, "{SECTOR}{}", sector.code()),
        }
    }
}
