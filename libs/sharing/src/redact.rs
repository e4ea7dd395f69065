//! Redaction: content without the groups that a set leaves out. Each struct is taken apart field by field, so that a new field
//! doesn't compile until somebody has said which group it belongs to.

mod records;
mod step;

pub use step::group_of;

use diogel_domain::{
    alert::{AlertDecision, AlertSafety, HazardAlert, PersonTold},
    codes::{CorroborationSource, IdentifierScheme},
    content::Content,
    correction::{Correction, Replacement},
    disclosure::{AccessRequest, EmergencyDisclosure, SharingDecision},
    escalation::{Dispute, Escalation},
    incident::{Corroboration, IncidentNarrative, IncidentReport, IncidentSafety, LocalCode},
    involvement::InvolvementClaim,
    meeting::Meeting,
    people::{Identity, Person, Place},
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
        Content::Involvement(InvolvementClaim { people, grounds }) => {
            Content::Involvement(InvolvementClaim {
                people: people_of(people, groups),
                grounds: keep(grounds.as_ref(), groups, FieldGroup::Narrative),
            })
        }
        Content::Meeting(m, changes) => Content::Meeting(meeting(m, groups), *changes),
        Content::AccessRequest(AccessRequest { reason }) => Content::AccessRequest(AccessRequest {
            reason: text(reason, groups, FieldGroup::Narrative),
        }),
        Content::SharingDecision(SharingDecision { decided, reason }) => {
            Content::SharingDecision(SharingDecision {
                decided: *decided,
                reason: text(reason, groups, FieldGroup::Narrative),
            })
        }
        Content::EmergencyDisclosure(EmergencyDisclosure { reason }) => {
            Content::EmergencyDisclosure(EmergencyDisclosure {
                reason: text(reason, groups, FieldGroup::Narrative),
            })
        }
        Content::SafetyPlan(p) => Content::SafetyPlan(records::plan(p, groups)),
        Content::Contact(c) => Content::Contact(records::contact(c, groups)),
        Content::EngagementNeeds(n) => Content::EngagementNeeds(records::needs(n, groups)),
        Content::Advocacy(a) => Content::Advocacy(records::advocacy(a, groups)),
        Content::ChangeClaimed(c) => Content::ChangeClaimed(records::change(c, groups)),
        Content::Strength(s) => Content::Strength(records::strength(s, groups)),
        Content::Step(s) => Content::Step(step::step(s, groups)),
    }
}

fn meeting(meeting: &Meeting, groups: Groups) -> Meeting {
    let Meeting {
        people,
        places,
        held_at,
        occasion,
    } = meeting;
    Meeting {
        people: people_of(people, groups),
        places: places_of(places, groups),
        held_at: keep(held_at.as_ref(), groups, FieldGroup::Safety),
        occasion: text(occasion, groups, FieldGroup::Narrative),
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
        narrative: narrative
            .as_ref()
            .and_then(|n| incident_narrative(n, groups)),
        voice: keep_all(voice, groups, FieldGroup::Voice),
        worker: keep(worker.as_ref(), groups, FieldGroup::Worker),
        reporter: keep(reporter.as_ref(), groups, FieldGroup::Reporter),
        health: keep(health.as_ref(), groups, FieldGroup::Health),
        criminal: keep(criminal.as_ref(), groups, FieldGroup::Criminal),
        plan: keep_all(plan, groups, FieldGroup::Plan),
    }
}

fn incident_safety(safety: &IncidentSafety, groups: Groups) -> Option<IncidentSafety> {
    let IncidentSafety {
        occurred,
        behaviours,
        threats,
        local_codes,
        directed_at,
        harm,
        likelihood,
        danger_at_once,
        provisional_precautions,
        prevents_task,
        pattern,
    } = safety;
    groups.has(FieldGroup::Safety).then(|| IncidentSafety {
        occurred: *occurred,
        behaviours: behaviours.clone(),
        threats: threats.clone(),
        local_codes: self::local_codes(local_codes, groups),
        directed_at: directed_at.clone(),
        harm: *harm,
        likelihood: *likelihood,
        danger_at_once: *danger_at_once,
        provisional_precautions: provisional_precautions.clone(),
        prevents_task: *prevents_task,
        pattern: *pattern,
    })
}

/// That the child or adult at risk bears an account out tells that they spoke: it goes with their voice.
fn incident_narrative(narrative: &IncidentNarrative, groups: Groups) -> Option<IncidentNarrative> {
    let corroborated_by = sources(&narrative.corroborated_by, groups);
    let kept = keep(Some(narrative), groups, FieldGroup::Narrative);
    kept.map(|kept| IncidentNarrative {
        corroborated_by,
        ..kept
    })
}

fn sources(sources: &[Corroboration], groups: Groups) -> Vec<Corroboration> {
    let told = sources.iter().filter(|one| may_be_named(one, groups));
    told.cloned().collect()
}

fn may_be_named(one: &Corroboration, groups: Groups) -> bool {
    one.source != CorroborationSource::AccountOfThePerson || groups.has(FieldGroup::Voice)
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
    let AlertSafety {
        target,
        threats,
        local_codes,
        precautions,
        severity,
        urgency,
        certainty,
        review_on,
        decision,
        told,
    } = safety;
    groups.has(FieldGroup::Safety).then(|| AlertSafety {
        target: target.clone(),
        threats: threats.clone(),
        local_codes: self::local_codes(local_codes, groups),
        precautions: precautions.clone(),
        severity: *severity,
        urgency: *urgency,
        certainty: *certainty,
        review_on: *review_on,
        decision: decision.as_ref().map(|d| self::decision(d, groups)),
        told: told.as_ref().map(|t| self::told(t, groups)),
    })
}

/// That it was decided, and when, is for everybody who goes there; by whom, for who may know the workers.
fn decision(decision: &AlertDecision, groups: Groups) -> AlertDecision {
    let AlertDecision {
        decided_by,
        proposed_by,
        decided_at,
        senior,
    } = decision;
    AlertDecision {
        decided_by: text(decided_by, groups, FieldGroup::Worker),
        proposed_by: text(proposed_by, groups, FieldGroup::Worker),
        decided_at: *decided_at,
        senior: *senior,
    }
}

/// That the person doesn't know is for everybody who might speak with them; why not may retell what happened.
fn told(told: &PersonTold, groups: Groups) -> PersonTold {
    match told {
        PersonTold::On(day) => PersonTold::On(*day),
        PersonTold::Not(reason) => PersonTold::Not(text(reason, groups, FieldGroup::Narrative)),
    }
}

fn escalation(escalation: &Escalation, groups: Groups) -> Escalation {
    let Escalation {
        people,
        dispute,
        reporter,
    } = escalation;
    Escalation {
        people: people_of(people, groups),
        dispute: dispute
            .as_ref()
            .and_then(|dispute| self::dispute(dispute, groups)),
        reporter: keep(reporter.as_ref(), groups, FieldGroup::Reporter),
    }
}

/// Of the topic alone: what about, at which stage, by when; never between whom or what is argued.
fn dispute(dispute: &Dispute, groups: Groups) -> Option<Dispute> {
    if groups.has(FieldGroup::Dispute) {
        return Some(dispute.clone());
    }
    groups.has(FieldGroup::Topic).then(|| Dispute {
        topic: dispute.topic,
        stage: dispute.stage,
        urgent_reason: String::new(),
        parties: Vec::new(),
        disagreement: String::new(),
        sought: String::new(),
        protect_by: dispute.protect_by,
        interim_position: None,
    })
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
                identity: keep(identity.as_ref(), groups, FieldGroup::Identity)
                    .map(|identity| identity_of(identity, groups)),
            },
        )
        .collect()
}

/// A UPRN among a person's identifiers says where they live: that is a place.
fn identity_of(mut identity: Identity, groups: Groups) -> Identity {
    if !groups.has(FieldGroup::Place) {
        let identifiers = &mut identity.identifiers;
        identifiers.retain(|identifier| identifier.scheme != IdentifierScheme::Uprn);
    }
    identity
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
