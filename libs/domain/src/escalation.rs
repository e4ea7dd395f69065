//! The escalation (CRISP): a professional disagreement, between its parties and the Board.

use serde::{Deserialize, Serialize};

use crate::{
    codes::EscalationTopic, ids::AgencyId, incident::Measure, people::Person, times::Moment,
};

/// An escalation as it is raised. Its steps are events of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Whom it concerns.
    pub people: Vec<Person>,
    /// Field group: dispute. Present in every publication.
    pub dispute: Option<Dispute>,
    /// Field group: reporter.
    pub reporter: Option<String>,
}

/// Field group: dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// What it is about.
    pub topic: EscalationTopic,
    /// 1 practitioner with counterpart, 2 line managers, 3 senior managers, 4 Board panel.
    pub stage: u8,
    /// Why it enters above stage 1.
    pub urgent_reason: String,
    /// The agencies that disagree.
    pub parties: Vec<AgencyId>,
    /// The disagreement.
    pub disagreement: String,
    /// What the raiser asks for.
    pub sought: String,
    /// By when somebody must be protected.
    pub protect_by: Option<Moment>,
    /// What keeps the child or adult safe meanwhile.
    pub interim_position: Option<Measure>,
}
