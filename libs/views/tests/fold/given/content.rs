//! People, places, reports and alerts with as little in them as a test needs.

use diogel_domain::{
    alert::{AlertDecision, AlertNarrative, AlertSafety, AlertTarget, HazardAlert},
    codes::*,
    content::Content,
    escalation::{Dispute, Escalation},
    incident::{IncidentNarrative, IncidentReport, IncidentSafety, Precaution},
    people::{Identifier, Identity, Person, Place, PlaceDetails},
    times::{Day, Moment, Occurred},
};

use super::agency;

pub fn local(value: &str) -> Identifier {
    Identifier::new(IdentifierScheme::Local, value, Some(agency("housing"))).unwrap()
}

pub fn uprn(value: &str) -> Identifier {
    Identifier::new(IdentifierScheme::Uprn, value, None).unwrap()
}

/// Known by housing's own references.
pub fn person(label: &str, references: &[&str]) -> Person {
    Person {
        label: label.to_owned(),
        role: PersonRole::WhoseBehaviour,
        identity: Some(Identity {
            identifiers: references.iter().map(|r| local(r)).collect(),
            name: "Name".to_owned(),
            born_on: None,
        }),
    }
}

pub fn born(mut person: Person, day: &str) -> Person {
    person.identity.as_mut().unwrap().born_on = Day::parse(day);
    person
}

pub fn place(label: &str, number: &str) -> Place {
    Place {
        label: label.to_owned(),
        details: Some(PlaceDetails {
            uprn: Some(uprn(number)),
            description: "Flat".to_owned(),
        }),
    }
}

pub fn precaution() -> Precaution {
    Precaution {
        code: PrecautionCode::VisitInPairs,
        person: None,
        note: String::new(),
    }
}

pub fn report(people: Vec<Person>, narrative: &str) -> IncidentReport {
    IncidentReport {
        people,
        places: Vec::new(),
        safety: Some(IncidentSafety {
            occurred: Occurred {
                from: Moment(0),
                to: Moment(0),
                precision: Precision::Day,
            },
            behaviours: vec![ResistantBehaviour::Confrontation],
            threats: vec![ThreatForm::Swearing],
            local_codes: Vec::new(),
            directed_at: vec![DirectedAt::Worker],
            harm: Harm::None,
            likelihood: None,
            setting: None,
            danger_at_once: false,
            provisional_precautions: vec![precaution()],
            prevents_task: false,
            pattern: None,
        }),
        narrative: Some(IncidentNarrative {
            standing: Some(Standing::Fact),
            what_happened: narrative.to_owned(),
            worries: String::new(),
            circumstances: String::new(),
            potential_outcome: String::new(),
            at_risk: String::new(),
            protective_factors: String::new(),
            corroborated_by: Vec::new(),
        }),
        voice: Vec::new(),
        worker: None,
        reporter: None,
        health: None,
        criminal: None,
        plan: Vec::new(),
    }
}

pub fn incident(people: Vec<Person>) -> Content {
    Content::Incident(report(people, "what happened"))
}

/// Somebody could be hurt at the next visit.
pub fn danger(people: Vec<Person>, places: Vec<Place>) -> Content {
    let mut report = report(people, "what happened");
    report.places = places;
    report.safety.as_mut().unwrap().danger_at_once = true;
    Content::Incident(report)
}

/// An alert in force.
pub fn alert(target: AlertTarget, people: Vec<Person>, places: Vec<Place>) -> HazardAlert {
    HazardAlert {
        people,
        places,
        status: AlertStatus::Actual,
        safety: Some(AlertSafety {
            target,
            threats: vec![ThreatForm::Assault],
            local_codes: Vec::new(),
            precautions: vec![precaution()],
            severity: Severity::Severe,
            urgency: Urgency::Soon,
            certainty: Certainty::Likely,
            review_on: Day::parse("2026-12-01").unwrap(),
            decision: Some(AlertDecision {
                decided_by: "Manager".to_owned(),
                proposed_by: "Officer".to_owned(),
                decided_at: Moment(0),
                senior: true,
            }),
            told: None,
        }),
        narrative: Some(AlertNarrative {
            grounds: "grounds".to_owned(),
            what_has_worked: String::new(),
        }),
        reporter: None,
    }
}

/// An alert in force about p1.
pub fn alert_about(people: Vec<Person>) -> HazardAlert {
    alert(AlertTarget::Person("p1".to_owned()), people, Vec::new())
}

pub fn escalation(people: Vec<Person>) -> Content {
    Content::Escalation(Escalation {
        people,
        dispute: Some(Dispute {
            topic: EscalationTopic::Threshold,
            stage: 1,
            urgent_reason: String::new(),
            parties: vec![agency("police"), agency("health")],
            disagreement: "a disagreement".to_owned(),
            sought: "a visit".to_owned(),
            protect_by: None,
            interim_position: None,
        }),
        reporter: None,
    })
}
