//! What an event says in clear: what sharing needs, and nothing personal.

use diogel_domain::{
    content::{EventReference, Open},
    meeting::Attendance,
    step::StepHead,
};
use serde::{Deserialize, Serialize};

use crate::{audience::Audience, change::Change, groups::Groups};

/// The header of an event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Header {
    /// Labels of people and places: p1, l1.
    pub labels: Vec<String>,
    /// None for kinds that make no item.
    pub audience: Option<Audience>,
    /// Earlier events referred to.
    pub references: Vec<EventReference>,
    /// Content in clear.
    pub open: Option<Open>,
    /// Of a change of audience, or an emergency disclosure.
    pub change: Option<Change>,
    /// Of a meeting.
    pub attendance: Option<Attendance>,
    /// Of a claim of involvement: only the lead agency is told who claims.
    pub sensitive: bool,
    /// Of a request for access: what is asked for.
    pub asked: Groups,
    /// Of a step.
    pub step: Option<StepHead>,
    /// Of an escalation, and of a step that moves one: the stage; 0: none.
    pub stage: u8,
}
