//! Involvement of an agency with a person: a claim, until somebody who knows confirms it (PRACTICE, section 10). What a claim
//! opens is the sharing's to say.

use serde::{Deserialize, Serialize};

use crate::people::Person;

/// A claim to be involved with a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvolvementClaim {
    /// The person; one in every publication.
    pub people: Vec<Person>,
    /// Field group: narrative.
    pub grounds: Option<ClaimGrounds>,
}

/// Field group: narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimGrounds {
    /// Why the agency is involved.
    pub reason: String,
    /// What contact is planned.
    pub planned_contact: String,
}
