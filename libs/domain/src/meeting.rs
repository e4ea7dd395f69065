//! A meeting about one child or adult at risk, as far as sharing rests on it: who chairs and attends stands in clear, the rest is
//! content.

use serde::{Deserialize, Serialize};

use crate::{
    ids::AgencyId,
    people::{Person, Place},
    times::Moment,
};

/// What is sealed of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Whom it is about; one in every publication.
    pub people: Vec<Person>,
    /// Where.
    pub places: Vec<Place>,
    /// When. Field group: safety.
    pub held_at: Option<Moment>,
    /// What it is for. Field group: narrative.
    pub occasion: String,
}

/// Who attends, in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The agency that chairs.
    pub chair: AgencyId,
    /// The agencies that attend, the chair's among them; nobody when it was cancelled.
    pub attending: Vec<AgencyId>,
}
