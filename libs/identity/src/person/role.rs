//! What people are at their agency. Owns the closed list of roles; refuses every other name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What somebody is at their agency, and so what they may be allowed at the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PersonRole {
    /// Visits, reports, escalates: the practitioner and the duty desk.
    Practitioner,
    /// Decides on alerts that somebody else proposed.
    Approver,
    /// Chairs meetings.
    Chair,
    /// Reads the Board's indicators; no item.
    Analyst,
    /// Answers for who saw what, and why.
    Governance,
    /// Runs the hub; reads no content.
    Operator,
}

/// Not the name of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is practitioner, approver, chair, analyst, governance or operator")]
pub struct UnknownRole;

impl PersonRole {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Practitioner,
        Self::Approver,
        Self::Chair,
        Self::Analyst,
        Self::Governance,
        Self::Operator,
    ];

    /// As it stands in configurations and records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::Approver => "approver",
            Self::Chair => "chair",
            Self::Analyst => "analyst",
            Self::Governance => "governance",
            Self::Operator => "operator",
        }
    }
}

impl fmt::Display for PersonRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PersonRole {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let mut all = Self::ALL.into_iter();
        all.find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}
