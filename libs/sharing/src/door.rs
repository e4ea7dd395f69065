//! What a visitor needs at the door, and nothing else: precautions, and how they stand. It names nobody and says of nobody why.

use diogel_domain::{
    codes::{AlertStatus, Deed, Lifecycle},
    content::Content,
    incident::Precaution,
    step::StepSaid,
    times::{Day, Moment},
};
use serde::{Deserialize, Serialize};

/// Precautions without their story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtTheDoor {
    /// What to do. Nobody is named in them.
    pub precautions: Vec<Precaution>,
    /// Of an alert: when it was decided, if it was, and its review date. None: a report of danger.
    pub alert: Option<(Option<Moment>, Day)>,
    /// The labels by which the person or place that it is about is found.
    pub found_by: Vec<String>,
    /// Of a step: what was done, and when it is reviewed next.
    pub step: Option<(Deed, Option<Day>)>,
}

impl AtTheDoor {
    /// Of an alert in earnest, or of a report of danger at once; none of anything else.
    pub fn of(content: &Content) -> Option<Self> {
        if let Some(alert) = content.hazard_alert() {
            let earnest = alert.status == AlertStatus::Actual;
            let safety = alert.safety.as_ref().filter(|_| earnest)?;
            let decided = safety.decision.as_ref().map(|d| d.decided_at);
            let found_by = safety.target.found_by().into_iter().map(Into::into);
            return Some(Self {
                precautions: without_names(&safety.precautions),
                alert: Some((decided, safety.review_on)),
                found_by: found_by.collect(),
                step: None,
            });
        }
        if let Content::Step(step) = content {
            let deed = step.deed?;
            let review_on = match &step.said {
                StepSaid::Alert(said) => said.review_on,
                _ => None,
            };
            return bears(deed).then(|| Self {
                precautions: Vec::new(),
                alert: None,
                found_by: Vec::new(),
                step: Some((deed, review_on)),
            });
        }
        let report = content.incident()?;
        let safety = report.safety.as_ref().filter(|s| s.danger_at_once)?;
        let people = report.people.iter().map(|p| p.label.clone());
        let places = report.places.iter().map(|p| p.label.clone());
        Some(Self {
            precautions: without_names(&safety.provisional_precautions),
            alert: None,
            found_by: people.chain(places).collect(),
            step: None,
        })
    }
}

/// A step changes how an alert, or a report of danger, stands.
fn bears(deed: Deed) -> bool {
    match deed.lifecycle() {
        Lifecycle::Alert | Lifecycle::Statement => true,
        Lifecycle::Incident => deed == Deed::AssessedNoAlert,
        Lifecycle::Escalation
        | Lifecycle::Plan
        | Lifecycle::Change
        | Lifecycle::Meeting
        | Lifecycle::Information => false,
    }
}

fn without_names(precautions: &[Precaution]) -> Vec<Precaution> {
    let bare = |precaution: &Precaution| Precaution {
        person: None,
        ..precaution.clone()
    };
    precautions.iter().map(bare).collect()
}
