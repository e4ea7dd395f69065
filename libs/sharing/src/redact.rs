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
pub fn redact(content: Content, groups: Groups) -> Content {
    match content {
        Content::Incident(report) => Content::Incident(incident(report, groups)),
        Content::HazardAlert(a) => Content::HazardAlert(alert(a, groups)),
        Content::Escalation(e) => Content::Escalation(escalation(e, groups)),
        Content::Correction(Correction {
            reason,
            replacement,
        }) => {
            let replacement = replacement.map(|r| match r {
                Replacement::Incident(report) => Replacement::Incident(incident(report, groups)),
                Replacement::HazardAlert(a) => Replacement::HazardAlert(alert(a, groups)),
                Replacement::Escalation(e) => Replacement::Escalation(escalation(e, groups)),
            });
            // The reason may retell what was wrong: it goes with the account.
            let reason = or_empty(reason, groups, FieldGroup::Narrative);
            Content::Correction(Correction {
                reason,
                replacement,
            })
        }
        Content::Involvement(InvolvementClaim { people, grounds }) => {
            Content::Involvement(InvolvementClaim {
                people: people_of(people, groups),
                grounds: keep(grounds, groups, FieldGroup::Narrative),
            })
        }
        Content::Meeting(m, changes) => Content::Meeting(meeting(m, groups), changes),
        Content::AccessRequest(AccessRequest { reason }) => Content::AccessRequest(AccessRequest {
            reason: or_empty(reason, groups, FieldGroup::Narrative),
        }),
        Content::SharingDecision(SharingDecision { decided, reason }) => {
            Content::SharingDecision(SharingDecision {
                decided,
                reason: or_empty(reason, groups, FieldGroup::Narrative),
            })
        }
        Content::EmergencyDisclosure(EmergencyDisclosure { reason }) => {
            Content::EmergencyDisclosure(EmergencyDisclosure {
                reason: or_empty(reason, groups, FieldGroup::Narrative),
            })
        }
        Content::SafetyPlan(p) => Content::SafetyPlan(records::plan(p, groups)),
        Content::Contact(c) => Content::Contact(records::contact(c, groups)),
        Content::EngagementNeeds(n) => Content::EngagementNeeds(records::needs(n, groups)),
        Content::Advocacy(a) => Content::Advocacy(records::advocacy(a, groups)),
        Content::ChangeClaimed(c) => Content::ChangeClaimed(records::change(c, groups)),
        Content::Strength(s) => Content::Strength(records::strength(s, groups)),
        Content::InformationRequest(r) => {
            Content::InformationRequest(records::information_request(r, groups))
        }
        Content::Step(s) => Content::Step(step::step(s, groups)),
    }
}

fn meeting(meeting: Meeting, groups: Groups) -> Meeting {
    let Meeting {
        people,
        places,
        held_at,
        occasion,
    } = meeting;
    Meeting {
        people: people_of(people, groups),
        places: places_of(places, groups),
        held_at: keep(held_at, groups, FieldGroup::Safety),
        occasion: or_empty(occasion, groups, FieldGroup::Narrative),
    }
}

fn keep<T>(part: Option<T>, groups: Groups, group: FieldGroup) -> Option<T> {
    part.filter(|_| groups.has(group))
}

/// A text or a list, or an empty one.
fn or_empty<T: Default>(part: T, groups: Groups, group: FieldGroup) -> T {
    keep(Some(part), groups, group).unwrap_or_default()
}

fn incident(report: IncidentReport, groups: Groups) -> IncidentReport {
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
    let safety = keep(safety, groups, FieldGroup::Safety);
    let narrative = keep(narrative, groups, FieldGroup::Narrative);
    IncidentReport {
        people: people_of(people, groups),
        places: places_of(places, groups),
        safety: safety.map(|safety| incident_safety(safety, groups)),
        narrative: narrative.map(|narrative| incident_narrative(narrative, groups)),
        voice: or_empty(voice, groups, FieldGroup::Voice),
        worker: keep(worker, groups, FieldGroup::Worker),
        reporter: keep(reporter, groups, FieldGroup::Reporter),
        health: keep(health, groups, FieldGroup::Health),
        criminal: keep(criminal, groups, FieldGroup::Criminal),
        plan: or_empty(plan, groups, FieldGroup::Plan),
    }
}

fn incident_safety(mut safety: IncidentSafety, groups: Groups) -> IncidentSafety {
    let IncidentSafety {
        occurred: _,
        behaviours: _,
        threats: _,
        local_codes,
        directed_at: _,
        harm: _,
        likelihood: _,
        danger_at_once: _,
        provisional_precautions: _,
        prevents_task: _,
        pattern: _,
        setting: _,
    } = &mut safety;
    *local_codes = self::local_codes(std::mem::take(local_codes), groups);
    safety
}

/// That the child or adult at risk bears an account out tells that they spoke: it goes with their voice.
fn incident_narrative(narrative: IncidentNarrative, groups: Groups) -> IncidentNarrative {
    IncidentNarrative {
        corroborated_by: sources(narrative.corroborated_by, groups),
        ..narrative
    }
}

fn sources(sources: Vec<Corroboration>, groups: Groups) -> Vec<Corroboration> {
    let told = sources.into_iter().filter(|one| may_be_named(one, groups));
    told.collect()
}

fn may_be_named(one: &Corroboration, groups: Groups) -> bool {
    one.source != CorroborationSource::AccountOfThePerson || groups.has(FieldGroup::Voice)
}

/// An agency's own codes say more than the mapped ones (a police warning signal): they go with criminal matters.
fn local_codes(codes: Vec<LocalCode>, groups: Groups) -> Vec<LocalCode> {
    or_empty(codes, groups, FieldGroup::Criminal)
}

fn alert(alert: HazardAlert, groups: Groups) -> HazardAlert {
    let HazardAlert {
        people,
        places,
        status,
        safety,
        narrative,
        reporter,
    } = alert;
    let safety = keep(safety, groups, FieldGroup::Safety);
    HazardAlert {
        people: people_of(people, groups),
        places: places_of(places, groups),
        status,
        safety: safety.map(|safety| alert_safety(safety, groups)),
        narrative: keep(narrative, groups, FieldGroup::Narrative),
        reporter: keep(reporter, groups, FieldGroup::Reporter),
    }
}

fn alert_safety(mut safety: AlertSafety, groups: Groups) -> AlertSafety {
    let AlertSafety {
        target: _,
        threats: _,
        local_codes,
        precautions: _,
        severity: _,
        urgency: _,
        certainty: _,
        review_on: _,
        decision,
        told,
    } = &mut safety;
    *local_codes = self::local_codes(std::mem::take(local_codes), groups);
    *decision = decision.take().map(|d| self::decision(d, groups));
    *told = told.take().map(|t| self::told(t, groups));
    safety
}

/// That it was decided, and when, is for everybody who goes there; by whom, for who may know the workers.
fn decision(decision: AlertDecision, groups: Groups) -> AlertDecision {
    let AlertDecision {
        decided_by,
        proposed_by,
        decided_at,
        senior,
    } = decision;
    AlertDecision {
        decided_by: or_empty(decided_by, groups, FieldGroup::Worker),
        proposed_by: or_empty(proposed_by, groups, FieldGroup::Worker),
        decided_at,
        senior,
    }
}

/// That the person doesn't know is for everybody who might speak with them; why not may retell what happened.
fn told(told: PersonTold, groups: Groups) -> PersonTold {
    match told {
        PersonTold::On(day) => PersonTold::On(day),
        PersonTold::Not(reason) => PersonTold::Not(or_empty(reason, groups, FieldGroup::Narrative)),
    }
}

fn escalation(escalation: Escalation, groups: Groups) -> Escalation {
    let Escalation {
        people,
        dispute,
        reporter,
    } = escalation;
    Escalation {
        people: people_of(people, groups),
        dispute: dispute.and_then(|dispute| self::dispute(dispute, groups)),
        reporter: keep(reporter, groups, FieldGroup::Reporter),
    }
}

/// Of the topic alone: what about, at which stage, by when; never between whom or what is argued.
fn dispute(dispute: Dispute, groups: Groups) -> Option<Dispute> {
    if groups.has(FieldGroup::Dispute) {
        return Some(dispute);
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
fn people_of(mut people: Vec<Person>, groups: Groups) -> Vec<Person> {
    if !(groups.has(FieldGroup::Safety) || groups.has(FieldGroup::Identity)) {
        return Vec::new();
    }
    for Person {
        label: _,
        role: _,
        identity,
    } in &mut people
    {
        let kept = keep(identity.take(), groups, FieldGroup::Identity);
        *identity = kept.map(|identity| identity_of(identity, groups));
    }
    people
}

/// A UPRN among a person's identifiers says where they live: that is a place.
fn identity_of(mut identity: Identity, groups: Groups) -> Identity {
    if !groups.has(FieldGroup::Place) {
        let identifiers = &mut identity.identifiers;
        identifiers.retain(|identifier| identifier.scheme != IdentifierScheme::Uprn);
    }
    identity
}

fn places_of(mut places: Vec<Place>, groups: Groups) -> Vec<Place> {
    if !(groups.has(FieldGroup::Safety) || groups.has(FieldGroup::Place)) {
        return Vec::new();
    }
    for Place { label: _, details } in &mut places {
        *details = keep(details.take(), groups, FieldGroup::Place);
    }
    places
}
