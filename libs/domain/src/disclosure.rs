//! What is said about sharing itself: a request for access, a change of audience, a decision not to share, an emergency
//! disclosure. Owns the reasons, which are sealed; who and what stands in the header.

use serde::{Deserialize, Serialize};

/// A request for access to another agency's event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Why. Field group: narrative.
    pub reason: String,
}

/// A decision about sharing, by the originator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharingDecision {
    /// Which way it went.
    pub decided: Decided,
    /// Why. Field group: narrative.
    pub reason: String,
}

/// Which way a decision about sharing went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decided {
    /// The audience is changed.
    Changed,
    /// It is not shared.
    NotShared,
}

/// An emergency disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyDisclosure {
    /// The danger that left no other way. Field group: narrative.
    pub reason: String,
}
