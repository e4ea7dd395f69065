//! Content to the wire: the same form sealed and answered.

use diogel_domain::{
    alert::{AlertSafety, AlertTarget, HazardAlert, PersonTold},
    content::Content,
    correction::{Correction, Replacement},
    escalation::{Dispute, Escalation},
    ids::AgencyId,
    incident::{
        Corroboration, CriminalMatters, IncidentNarrative, IncidentReport, IncidentSafety,
        LocalCode, Measure, Precaution,
    },
    people::{Person, Place},
    times::{Day, Occurred},
};

use super::{identifier, records, sharing, step, timestamp};
use crate::v1;

/// Content as it is sealed.
pub fn sealed(content: &Content) -> v1::content::Content {
    match content {
        Content::Incident(report) => v1::content::Content::Incident(incident(report)),
        Content::HazardAlert(a) => v1::content::Content::HazardAlert(alert(a)),
        Content::Escalation(e) => v1::content::Content::Escalation(escalation(e)),
        Content::Correction(c) => v1::content::Content::Correction(correction(c)),
        Content::Involvement(c) => v1::content::Content::Involvement(sharing::involvement(c)),
        Content::Meeting(m, changes) => {
            v1::content::Content::Meeting(sharing::meeting(m, *changes))
        }
        Content::AccessRequest(r) => {
            v1::content::Content::AccessRequest(sharing::access_request(r))
        }
        Content::SharingDecision(d) => sharing::decision(d),
        Content::EmergencyDisclosure(d) => {
            v1::content::Content::EmergencyDisclosure(sharing::emergency(d))
        }
        Content::SafetyPlan(p) => v1::content::Content::SafetyPlan(records::safety_plan(p)),
        Content::Contact(c) => v1::content::Content::Contact(records::contact(c)),
        Content::EngagementNeeds(n) => {
            v1::content::Content::EngagementNeeds(records::engagement_needs(n))
        }
        Content::Advocacy(a) => v1::content::Content::Advocacy(records::advocacy(a)),
        Content::ChangeClaimed(c) => {
            v1::content::Content::ChangeClaimed(records::change_claimed(c))
        }
        Content::Strength(s) => v1::content::Content::Strength(records::strength(s)),
        Content::InformationRequest(r) => {
            v1::content::Content::InformationRequest(records::information_request(r))
        }
        Content::Step(s) => v1::content::Content::Step(step::step(s)),
    }
}

/// An incident report.
pub fn incident(report: &IncidentReport) -> v1::IncidentReport {
    v1::IncidentReport {
        people: report.people.iter().map(person).collect(),
        places: report.places.iter().map(place).collect(),
        safety: report.safety.as_ref().map(incident_safety),
        narrative: report.narrative.as_ref().map(narrative),
        voice: report
            .voice
            .iter()
            .map(|a| v1::Account {
                person: a.person.clone(),
                words: a.words.clone(),
                safe_to_say: a.safe_to_say,
            })
            .collect(),
        worker: report
            .worker
            .as_ref()
            .map(|who| v1::Worker { who: who.clone() }),
        reporter: report
            .reporter
            .as_ref()
            .map(|who| v1::Reporter { who: who.clone() }),
        health: report.health.as_ref().map(|h| v1::HealthContext {
            causes: h.causes.iter().map(|c| c.number()).collect(),
            note: h.note.clone(),
        }),
        criminal: report.criminal.as_ref().map(criminal),
        plan: report.plan.iter().map(measure).collect(),
    }
}

fn incident_safety(safety: &IncidentSafety) -> v1::IncidentSafety {
    v1::IncidentSafety {
        occurred: Some(occurred(safety.occurred)),
        behaviours: safety.behaviours.iter().map(|c| c.number()).collect(),
        threats: safety.threats.iter().map(|c| c.number()).collect(),
        local_codes: local_codes(&safety.local_codes),
        directed_at: safety.directed_at.iter().map(|c| c.number()).collect(),
        harm: safety.harm.number(),
        likelihood: safety
            .likelihood
            .map_or(0, diogel_domain::codes::Likelihood::number),
        danger_at_once: safety.danger_at_once,
        provisional_precautions: safety
            .provisional_precautions
            .iter()
            .map(precaution)
            .collect(),
        prevents_task: safety.prevents_task,
        pattern: safety
            .pattern
            .map_or(0, diogel_domain::codes::BehaviourPattern::number),
        setting: safety
            .setting
            .map_or(0, diogel_domain::codes::IncidentSetting::number),
    }
}

fn narrative(narrative: &IncidentNarrative) -> v1::IncidentNarrative {
    v1::IncidentNarrative {
        standing: narrative
            .standing
            .map_or(0, diogel_domain::codes::Standing::number),
        what_happened: narrative.what_happened.clone(),
        worries: narrative.worries.clone(),
        circumstances: narrative.circumstances.clone(),
        potential_outcome: narrative.potential_outcome.clone(),
        at_risk: narrative.at_risk.clone(),
        protective_factors: narrative.protective_factors.clone(),
        corroborated_by: narrative
            .corroborated_by
            .iter()
            .map(corroboration)
            .collect(),
    }
}

/// Who bears something out.
pub fn corroboration(one: &Corroboration) -> v1::Corroboration {
    v1::Corroboration {
        source: one.source.number(),
        who: one.who.clone(),
        agency: one
            .agency
            .as_ref()
            .map(AgencyId::to_string)
            .unwrap_or_default(),
    }
}

fn criminal(criminal: &CriminalMatters) -> v1::CriminalMatters {
    v1::CriminalMatters {
        source_evaluation: criminal.grade.map_or(0, |(source, _)| u32::from(source)),
        intelligence_assessment: criminal
            .grade
            .map_or_else(String::new, |(_, l)| l.to_string()),
        reported_to_police: criminal
            .reported_to_police
            .map_or(0, diogel_domain::codes::ReportedToPolice::number),
        reason: criminal.reason.clone(),
        police_reference: criminal.police_reference.clone(),
        reported_at: criminal.reported_at.map(timestamp),
    }
}

/// A hazard alert. What it rests on stands in the header, and is told only as far as the reader may see it.
pub fn alert(alert: &HazardAlert) -> v1::HazardAlert {
    v1::HazardAlert {
        people: alert.people.iter().map(person).collect(),
        places: alert.places.iter().map(place).collect(),
        target: alert.safety.as_ref().map(|s| target(&s.target)),
        safety: alert.safety.as_ref().map(alert_safety),
        narrative: alert.narrative.as_ref().map(|n| v1::AlertNarrative {
            grounds: n.grounds.clone(),
            what_has_worked: n.what_has_worked.clone(),
        }),
        rests_on: Vec::new(),
        supersedes: None,
        reporter: alert
            .reporter
            .as_ref()
            .map(|who| v1::Reporter { who: who.clone() }),
        status: alert.status.number(),
    }
}

fn alert_safety(safety: &AlertSafety) -> v1::AlertSafety {
    v1::AlertSafety {
        threats: safety.threats.iter().map(|c| c.number()).collect(),
        local_codes: local_codes(&safety.local_codes),
        precautions: safety.precautions.iter().map(precaution).collect(),
        severity: safety.severity.number(),
        urgency: safety.urgency.number(),
        certainty: safety.certainty.number(),
        review_on: safety.review_on.to_string(),
        decision: safety.decision.as_ref().map(|d| v1::AlertDecision {
            decided_by: d.decided_by.clone(),
            proposed_by: d.proposed_by.clone(),
            decided_at: Some(timestamp(d.decided_at)),
            senior: d.senior,
        }),
        told: safety.told.as_ref().map(person_told),
    }
}

/// Whether a person was told.
pub fn person_told(told: &PersonTold) -> v1::PersonTold {
    match told {
        PersonTold::On(day) => v1::PersonTold {
            told_on: day.to_string(),
            reason: String::new(),
        },
        PersonTold::Not(reason) => v1::PersonTold {
            told_on: String::new(),
            reason: reason.clone(),
        },
    }
}

pub(super) fn names(agencies: &[AgencyId]) -> Vec<String> {
    agencies.iter().map(ToString::to_string).collect()
}

fn target(target: &AlertTarget) -> v1::AlertTarget {
    use v1::alert_target::Target;
    let target = match target {
        AlertTarget::Person(label) => Target::Person(label.clone()),
        AlertTarget::Premises(label) => Target::Premises(label.clone()),
        AlertTarget::Household { place, members } => Target::Household(v1::Household {
            place: place.clone(),
            members: members.clone(),
        }),
        AlertTarget::Animal {
            description,
            place,
            keeper,
        } => Target::Animal(v1::Animal {
            description: description.clone(),
            place: place.clone().unwrap_or_default(),
            keeper: keeper.clone().unwrap_or_default(),
        }),
    };
    v1::AlertTarget {
        target: Some(target),
    }
}

/// An escalation.
pub fn escalation(escalation: &Escalation) -> v1::Escalation {
    v1::Escalation {
        people: escalation.people.iter().map(person).collect(),
        dispute: escalation.dispute.as_ref().map(dispute),
        reporter: escalation
            .reporter
            .as_ref()
            .map(|who| v1::Reporter { who: who.clone() }),
        concerns: Vec::new(),
    }
}

fn dispute(dispute: &Dispute) -> v1::Dispute {
    v1::Dispute {
        topic: dispute.topic.number(),
        stage: u32::from(dispute.stage),
        urgent_reason: dispute.urgent_reason.clone(),
        parties: dispute.parties.iter().map(ToString::to_string).collect(),
        disagreement: dispute.disagreement.clone(),
        sought: dispute.sought.clone(),
        protect_by: dispute.protect_by.map(timestamp),
        interim_position: dispute.interim_position.as_ref().map(measure),
    }
}

/// A correction. Its target stands in the header.
pub fn correction(correction: &Correction) -> v1::Correction {
    use v1::correction::Replacement as Wire;
    v1::Correction {
        target: None,
        reason: correction.reason.clone(),
        replacement: correction.replacement.as_ref().map(|r| match r {
            Replacement::Incident(report) => Wire::Incident(incident(report)),
            Replacement::HazardAlert(a) => Wire::HazardAlert(alert(a)),
            Replacement::Escalation(e) => Wire::Escalation(escalation(e)),
        }),
    }
}

/// A precaution.
pub fn precaution(precaution: &Precaution) -> v1::Precaution {
    v1::Precaution {
        code: precaution.code.number(),
        person: precaution.person.clone().unwrap_or_default(),
        note: precaution.note.clone(),
    }
}

/// A measure.
pub fn measure(measure: &Measure) -> v1::Measure {
    v1::Measure {
        what: measure.what.clone(),
        owner: measure
            .owner
            .as_ref()
            .map(AgencyId::to_string)
            .unwrap_or_default(),
        due_on: day(measure.due_on),
    }
}

pub(super) fn person(person: &Person) -> v1::Person {
    let identity = person.identity.as_ref();
    v1::Person {
        label: person.label.clone(),
        role: person.role.number(),
        identifiers: identity
            .map_or_else(Vec::new, |i| i.identifiers.iter().map(identifier).collect()),
        name: identity.map_or_else(String::new, |i| i.name.clone()),
        born_on: day(identity.and_then(|i| i.born_on)),
        reader_person_id: String::new(),
    }
}

pub(super) fn place(place: &Place) -> v1::Place {
    let details = place.details.as_ref();
    let uprn = details.and_then(|d| d.uprn.as_ref());
    v1::Place {
        label: place.label.clone(),
        uprn: uprn.map_or_else(String::new, |u| u.value.clone()),
        description: details.map_or_else(String::new, |d| d.description.clone()),
    }
}

/// When something occurred.
pub fn occurred(occurred: Occurred) -> v1::Occurred {
    v1::Occurred {
        from: Some(timestamp(occurred.from)),
        to: Some(timestamp(occurred.to)),
        precision: occurred.precision.number(),
    }
}

fn local_codes(codes: &[LocalCode]) -> Vec<v1::LocalCode> {
    codes
        .iter()
        .map(|c| v1::LocalCode {
            list: c.list.clone(),
            code: c.code.clone(),
        })
        .collect()
}

pub(super) fn day(day: Option<Day>) -> String {
    day.map_or_else(String::new, |d| d.to_string())
}
