//! The hazard alert: what a worker must know before the door. A household or premises alert names a place and the members that
//! it lists; it never marks a person.

use serde::{Deserialize, Serialize};

use crate::{
    codes::{AlertStatus, Certainty, Severity, ThreatForm, Urgency},
    incident::{LocalCode, Precaution},
    people::{Person, Place},
    times::{Day, Moment},
};

/// A hazard alert. The incidents it rests on are references of the event's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HazardAlert {
    /// Who is concerned.
    pub people: Vec<Person>,
    /// Where.
    pub places: Vec<Place>,
    /// Actual, exercise or test.
    pub status: AlertStatus,
    /// Field group: safety. Present in every publication.
    pub safety: Option<AlertSafety>,
    /// Field group: narrative.
    pub narrative: Option<AlertNarrative>,
    /// Field group: reporter.
    pub reporter: Option<String>,
}

/// Who or what the alert is about, by the event's labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertTarget {
    /// A person.
    Person(String),
    /// Premises.
    Premises(String),
    /// A household: the place and the members listed.
    Household {
        /// Label of the place.
        place: String,
        /// Labels of the members.
        members: Vec<String>,
    },
    /// An animal.
    Animal {
        /// What it is.
        description: String,
        /// Label of the place where it is kept.
        place: Option<String>,
        /// Label of the person who keeps it.
        keeper: Option<String>,
    },
}

impl AlertTarget {
    /// Stable name of the kind of target.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Premises(_) => "premises",
            Self::Household { .. } => "household",
            Self::Animal { .. } => "animal",
        }
    }

    /// Labels of people and places by whose identifiers a pre-visit check finds the alert. Members of a household and an
    /// animal's keeper lead to it: a visit to them meets it. They aren't marked by it: the finding says what it is about.
    pub fn found_by(&self) -> Vec<&str> {
        match self {
            Self::Person(label) | Self::Premises(label) => vec![label],
            Self::Household { place, members } => std::iter::once(place)
                .chain(members)
                .map(String::as_str)
                .collect(),
            Self::Animal { place, keeper, .. } => {
                place.iter().chain(keeper).map(String::as_str).collect()
            }
        }
    }
}

/// Field group: safety.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSafety {
    /// About whom or what.
    pub target: AlertTarget,
    /// Forms of threat, those mapped from local codes included.
    pub threats: Vec<ThreatForm>,
    /// Provenance; shown with field group criminal only.
    pub local_codes: Vec<LocalCode>,
    /// What to do.
    pub precautions: Vec<Precaution>,
    /// How bad.
    pub severity: Severity,
    /// How soon to act.
    pub urgency: Urgency,
    /// How sure.
    pub certainty: Certainty,
    /// When it has to be reviewed.
    pub review_on: Day,
    /// The decision that put it in force; none: proposed.
    pub decision: Option<AlertDecision>,
    /// Whether the person was told.
    pub told: Option<PersonTold>,
}

/// Approval by somebody other than the proposer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertDecision {
    /// Role or name; shown with field group worker only.
    pub decided_by: String,
    /// Role or name; shown with field group worker only.
    pub proposed_by: String,
    /// When.
    pub decided_at: Moment,
    /// A senior approver, as a child's alert needs.
    pub senior: bool,
}

/// Whether the person knows of the alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonTold {
    /// Told on a day.
    On(Day),
    /// Not told, and why.
    Not(String),
}

/// Field group: narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertNarrative {
    /// Why it is needed.
    pub grounds: String,
    /// What has worked.
    pub what_has_worked: String,
}
