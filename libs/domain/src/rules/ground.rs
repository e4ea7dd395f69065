//! Rules for a step on the agency's own event, which its service can open: what the fold can't see, because it is sealed.

use super::{Violation, alert::targets_a_child};
use crate::{
    alert::{AlertTarget, HazardAlert},
    codes::Deed,
    content::Content,
    step::{Step, StepSaid},
    times::Day,
};

/// What a step is taken on, opened.
#[derive(Debug, Clone, Copy)]
pub struct OwnGround<'a> {
    /// What it says.
    pub content: &'a Content,
    /// For whom its system acted; may be empty.
    pub on_behalf_of: &'a str,
}

/// Checks a step against the agency's own event; `by`: the person who takes it; may be empty.
pub fn on_own(step: &Step, by: &str, on: OwnGround<'_>, today: Day) -> Vec<Violation> {
    let Some(deed) = step.deed else {
        return Vec::new();
    };
    match (&step.said, on.content) {
        (StepSaid::Alert(said), content) => content.hazard_alert().map_or_else(Vec::new, |alert| {
            let told = said.told.is_some();
            on_alert(
                deed,
                (by, on.on_behalf_of),
                (said.senior, told),
                alert,
                today,
            )
        }),
        (StepSaid::Plan(Some(said)), Content::SafetyPlan(plan)) => {
            let measures = plan
                .agreed
                .as_ref()
                .map_or(0, |agreed| agreed.measures.len());
            let named = usize::from(said.measure) > measures;
            let way_out = "is no measure of this plan; count its measures from 1";
            named
                .then(|| violation("step.plan.measure", way_out))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

fn on_alert(
    deed: Deed,
    (by, proposed_by): (&str, &str),
    (senior, told): (bool, bool),
    alert: &HazardAlert,
    today: Day,
) -> Vec<Violation> {
    let mut found = Vec::new();
    let Some(safety) = &alert.safety else {
        return found;
    };
    let decides = matches!(deed, Deed::Approved | Deed::Renewed);
    if deed == Deed::Approved && safety.decision.is_some() {
        let way_out = "is decided already, as it says itself; renew it with a fresh assessment";
        found.push(violation("step.deed", way_out));
    } else if decides && safety.decision.is_none() {
        found.extend(by_another(by, proposed_by));
        let about_person = matches!(safety.target, AlertTarget::Person(_));
        if about_person && !told && safety.told.is_none() {
            let way_out =
                "is required: the alert is about a person; when they were told, or why not";
            found.push(violation("step.alert.told", way_out));
        }
    }
    if decides && !senior && targets_a_child(safety, alert, today) {
        let way_out = "a person under 18 as target needs a senior approver";
        found.push(violation("step.alert.senior", way_out));
    }
    if deed == Deed::OccupantsChanged && matches!(safety.target, AlertTarget::Person(_)) {
        let way_out = "doesn't fit an alert about a person: whoever lives where, they stay who they are; use ENDED";
        found.push(violation("step.deed", way_out));
    }
    found
}

/// An alert is approved by a different person (PRACTICE, section 3).
fn by_another(by: &str, proposed_by: &str) -> Option<Violation> {
    let (by, proposed_by) = (by.trim(), proposed_by.trim());
    let way_out = if proposed_by.is_empty() {
        "can't be held against who proposed the alert, which says nobody; supersede it by one that does"
    } else if by.is_empty() {
        "is required: somebody approves this, and other than who proposed it"
    } else if by.to_lowercase() == proposed_by.to_lowercase() {
        "must be somebody other than who proposed the alert"
    } else {
        return None;
    };
    Some(violation("on_behalf_of", way_out))
}

fn violation(field: &str, description: &str) -> Violation {
    Violation {
        field: field.into(),
        description: description.into(),
    }
}
