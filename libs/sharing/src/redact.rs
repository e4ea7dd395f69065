//! Redaction: content without the groups that a set leaves out. Each struct is taken apart field by field, so that a new field
//! doesn't compile until somebody has said which group it belongs to.

use diogel_domain::{
    alert::{AlertDecision, AlertSafety, HazardAlert},
    content::Content,
    correction::{Correction, Replacement},
    escalation::Escalation,
    incident::{IncidentReport, IncidentSafety, LocalCode},
    people::{Person, Place},
};

use crate::groups::{FieldGroup, Groups};

/// What remains of content for a set of groups.
#[must_use]
pub fn redact(content: &Content, groups: Groups) -> Content {
    match content {
        Content::Incident(report) => Content::Incident(incident(report, groups)),
        Content::HazardAlert(a) => Content::HazardAlert(alert(a, groups)),
        Content::Escalation(e) => Content::Escalation(escalation(e, groups)),
        Content::Correction(Correction {
            reason,
            replacement,
        }) => {
            let replacement = replacement.as_ref().map(|r| match r {
                Replacement::Incident(report) => Replacement::Incident(incident(report, groups)),
                Replacement::HazardAlert(a) => Replacement::HazardAlert(alert(a, groups)),
                Replacement::Escalation(e) => Replacement::Escalation(escalation(e, groups)),
            });
            // The reason may retell what was wrong: it goes with the account.
            let reason = text(reason, groups, FieldGroup::Narrative);
            Content::Correction(Correction {
                reason,
                replacement,
            })
        }
    }
}

fn keep<T: Clone>(part: Option<&T>, groups: Groups, group: FieldGroup) -> Option<T> {
    part.filter(|_| groups.has(group)).cloned()
}

fn keep_all<T: Clone>(part: &[T], groups: Groups, group: FieldGroup) -> Vec<T> {
    if groups.has(group) {
        part.to_vec()
    } else {
        Vec::new()
    }
}

fn text(part: &str, groups: Groups, group: FieldGroup) -> String {
    if groups.has(group) {
        part.to_owned()
    } else {
        String::new()
    }
}

fn incident(report: &IncidentReport, groups: Groups) -> IncidentReport {
    let IncidentReport {
        people,
        places,
        safety,
        narrative,
        voice,
        worker,
        reporter,
        health,
        criminal,
        plan,
    } = report;
    IncidentReport {
        people: people_of(people, groups),
        places: places_of(places, groups),
        safety: safety.as_ref().and_then(|s| incident_safety(s, groups)),
        narrative: keep(narrative.as_ref(), groups, FieldGroup::Narrative),
        voice: keep_all(voice, groups, FieldGroup::Voice),
        worker: keep(worker.as_ref(), groups, FieldGroup::Worker),
        reporter: keep(reporter.as_ref(), groups, FieldGroup::Reporter),
        health: keep(health.as_ref(), groups, FieldGroup::Health),
        criminal: keep(criminal.as_ref(), groups, FieldGroup::Criminal),
        plan: keep_all(plan, groups, FieldGroup::Plan),
    }
}

fn incident_safety(safety: &IncidentSafety, groups: Groups) -> Option<IncidentSafety> {
    let local_codes = local_codes(&safety.local_codes, groups);
    keep(Some(safety), groups, FieldGroup::Safety).map(|kept| IncidentSafety {
        local_codes,
        ..kept
    })
}

/// An agency's own codes say more than the mapped ones (a police warning signal): they go with criminal matters.
fn local_codes(codes: &[LocalCode], groups: Groups) -> Vec<LocalCode> {
    keep_all(codes, groups, FieldGroup::Criminal)
}

fn alert(alert: &HazardAlert, groups: Groups) -> HazardAlert {
    let HazardAlert {
        people,
        places,
        status,
        safety,
        narrative,
        reporter,
    } = alert;
    HazardAlert {
        people: people_of(people, groups),
        places: places_of(places, groups),
        status: *status,
        safety: safety.as_ref().and_then(|s| alert_safety(s, groups)),
        narrative: keep(narrative.as_ref(), groups, FieldGroup::Narrative),
        reporter: keep(reporter.as_ref(), groups, FieldGroup::Reporter),
    }
}

fn alert_safety(safety: &AlertSafety, groups: Groups) -> Option<AlertSafety> {
    let decision = safety.decision.as_ref().map(|decision| AlertDecision {
        decided_by: text(&decision.decided_by, groups, FieldGroup::Worker),
        proposed_by: text(&decision.proposed_by, groups, FieldGroup::Worker),
        decided_at: decision.decided_at,
        senior: decision.senior,
    });
    let local_codes = local_codes(&safety.local_codes, groups);
    let kept = keep(Some(safety), groups, FieldGroup::Safety);
    kept.map(|kept| AlertSafety {
        decision,
        local_codes,
        ..kept
    })
}

fn escalation(escalation: &Escalation, groups: Groups) -> Escalation {
    let Escalation {
        people,
        dispute,
        reporter,
    } = escalation;
    Escalation {
        people: people_of(people, groups),
        dispute: keep(dispute.as_ref(), groups, FieldGroup::Dispute),
        reporter: keep(reporter.as_ref(), groups, FieldGroup::Reporter),
    }
}

/// Without identity a person is a label with a role; without safety or identity not even the role is told.
fn people_of(people: &[Person], groups: Groups) -> Vec<Person> {
    let told = groups.has(FieldGroup::Safety) || groups.has(FieldGroup::Identity);
    let people = if told { people } else { &[] };
    people
        .iter()
        .map(
            |Person {
                 label,
                 role,
                 identity,
             }| Person {
                label: label.clone(),
                role: *role,
                identity: keep(identity.as_ref(), groups, FieldGroup::Identity),
            },
        )
        .collect()
}

fn places_of(places: &[Place], groups: Groups) -> Vec<Place> {
    let told = groups.has(FieldGroup::Safety) || groups.has(FieldGroup::Place);
    let places = if told { places } else { &[] };
    places
        .iter()
        .map(|Place { label, details }| Place {
            label: label.clone(),
            details: keep(details.as_ref(), groups, FieldGroup::Place),
        })
        .collect()
}
