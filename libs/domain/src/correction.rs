//! The correction: the originator replaces what it published, or says that it was entered in error.

use serde::{Deserialize, Serialize};

use crate::{alert::HazardAlert, escalation::Escalation, incident::IncidentReport};

/// A correction. Its target is a reference of the event's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Why.
    pub reason: String,
    /// What stands instead; none: entered in error.
    pub replacement: Option<Replacement>,
}

/// What stands instead.
#[expect(
    clippy::large_enum_variant,
    reason = "most corrections are of incidents; a box would cost an allocation and spare nothing"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Replacement {
    /// Of an incident report.
    Incident(IncidentReport),
    /// Of a hazard alert.
    HazardAlert(HazardAlert),
    /// Of an escalation.
    Escalation(Escalation),
}
