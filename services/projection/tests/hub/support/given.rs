//! Requests that hold.

use std::time::SystemTime;

use diogel_contract::{
    Timestamp,
    v1::{self, publish_request::Content},
};

/// Everything from everybody to everybody, for worker safety; `parties` may be fewer.
pub fn protocol(version: u32, parties: &[&str]) -> String {
    format!(
        r#"
id = "T-01"
version = {version}
title = "Test"
title_cy = "Prawf"
status = "for-signature"
host = "The test"
processor = "The test"
lead = "sector:social-care"
parties = {parties:?}

[[flow]]
number = 1
from = "any"
to = "any"
kinds = ["incident", "hazard_alert", "escalation", "correction", "involvement", "meeting", "access_request", "emergency_disclosure", "safety_plan", "contact", "engagement_needs", "advocacy", "change_claimed", "strength", "information_request", "step"]
groups = ["existence", "safety", "identity", "narrative", "place", "worker", "reporter", "voice", "health", "criminal", "plan", "dispute"]
purposes = ["worker-safety"]
bases = ["public-task"]
powers = []
valid_from = "2026-01-01"
review_by = "2099-12-31"
reaches_back_to = "2026-01-01"
"#
    )
}

pub fn at(seconds: i64) -> Timestamp {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Timestamp {
        seconds: i64::try_from(now.unwrap().as_secs()).unwrap() + seconds,
        nanos: 0,
    }
}

pub fn local(agency: &str, value: &str) -> v1::Identifier {
    v1::Identifier {
        scheme: v1::IdentifierScheme::Local as i32,
        value: value.into(),
        agency: agency.into(),
    }
}

/// Known by an agency's own number.
pub fn person(agency: &str, number: &str) -> v1::Person {
    v1::Person {
        label: "p1".into(),
        role: v1::PersonRole::WhoseBehaviour as i32,
        identifiers: vec![local(agency, number)],
        name: "Gwen Pryce".into(),
        ..v1::Person::default()
    }
}

pub fn audience(to: &[&str]) -> v1::Audience {
    let grant = |agency: &&str| v1::Grant {
        to: Some(v1::grant::To::Agency((*agency).into())),
        groups: Vec::new(),
    };
    v1::Audience {
        grants: to.iter().map(grant).collect(),
        originator_only: to.is_empty(),
        purpose: v1::Purpose::WorkerSafety as i32,
        lawful_basis: v1::LawfulBasis::PublicTask as i32,
        ..v1::Audience::default()
    }
}

fn request(key: &str, to: &[&str], content: Content) -> v1::PublishRequest {
    v1::PublishRequest {
        request_key: key.into(),
        audience: Some(audience(to)),
        content: Some(content),
        ..v1::PublishRequest::default()
    }
}

fn report(who: v1::Person) -> v1::IncidentReport {
    v1::IncidentReport {
        people: vec![who],
        safety: Some(v1::IncidentSafety {
            occurred: Some(v1::Occurred {
                from: Some(at(-3_600)),
                to: None,
                precision: v1::Precision::Hour as i32,
            }),
            threats: vec![v1::ThreatForm::Throwing as i32],
            harm: v1::Harm::Shaken as i32,
            ..v1::IncidentSafety::default()
        }),
        narrative: Some(v1::IncidentNarrative {
            standing: v1::Standing::Observation as i32,
            what_happened: "the kettle went through the window".into(),
            ..v1::IncidentNarrative::default()
        }),
        ..v1::IncidentReport::default()
    }
}

/// An incident about somebody of housing's.
pub fn incident(key: &str, to: &[&str], number: &str) -> v1::PublishRequest {
    request(
        key,
        to,
        Content::Incident(report(person("housing", number))),
    )
}

/// An alert that rests on the request with this key.
pub fn alert(key: &str, to: &[&str], number: &str, rests_on: &str) -> v1::PublishRequest {
    let day = diogel_domain::times::Moment(at(150 * 86_400).seconds * 1_000_000).day();
    let alert = v1::HazardAlert {
        people: vec![person("housing", number)],
        target: Some(v1::AlertTarget {
            target: Some(v1::alert_target::Target::Person("p1".into())),
        }),
        safety: Some(v1::AlertSafety {
            threats: vec![v1::ThreatForm::Throwing as i32],
            precautions: vec![v1::Precaution {
                code: v1::PrecautionCode::VisitInPairs as i32,
                ..v1::Precaution::default()
            }],
            severity: v1::Severity::Severe as i32,
            urgency: v1::Urgency::Soon as i32,
            certainty: v1::Certainty::Observed as i32,
            review_on: day.to_string(),
            decision: Some(v1::AlertDecision {
                decided_by: "area manager".into(),
                proposed_by: "surveyor".into(),
                decided_at: Some(at(-60)),
                senior: false,
            }),
            told: Some(v1::PersonTold {
                reason: "the police asked us to wait".into(),
                ..v1::PersonTold::default()
            }),
            ..v1::AlertSafety::default()
        }),
        rests_on: vec![by_key(rests_on)],
        status: v1::AlertStatus::Actual as i32,
        ..v1::HazardAlert::default()
    };
    request(key, to, Content::HazardAlert(alert))
}

/// Entered in error.
pub fn withdrawal(key: &str, to: &[&str], target: &str) -> v1::PublishRequest {
    let correction = v1::Correction {
        target: Some(by_key(target)),
        reason: "another family's".into(),
        replacement: None,
    };
    request(key, to, Content::Correction(correction))
}

pub fn by_key(key: &str) -> v1::Reference {
    v1::Reference {
        event: Some(v1::reference::Event::RequestKey(key.into())),
        ..v1::Reference::default()
    }
}

/// Granted to whoever is involved with its people, too.
pub fn for_the_involved(mut request: v1::PublishRequest) -> v1::PublishRequest {
    let involved = v1::Grant {
        to: Some(v1::grant::To::Involved(v1::Involved::default())),
        ..v1::Grant::default()
    };
    request.audience.as_mut().unwrap().grants.push(involved);
    request
}

/// A claim to be involved with somebody of housing's; of a sensitive one only the lead agency is told.
pub fn claim(number: &str, sensitive: bool) -> v1::PublishRequest {
    let claim = v1::InvolvementClaim {
        person: Some(person("housing", number)),
        reason: "she lives with us".into(),
        planned_contact: "daily".into(),
        sensitive,
    };
    v1::PublishRequest {
        request_key: "claim".into(),
        audience: Some(v1::Audience {
            grants: Vec::new(),
            originator_only: false,
            ..audience(&["social-care"])
        }),
        content: Some(Content::Involvement(claim)),
        ..v1::PublishRequest::default()
    }
}

pub fn by_id(event: &str) -> v1::Reference {
    v1::Reference {
        event: Some(v1::reference::Event::EventId(event.into())),
        ..v1::Reference::default()
    }
}

/// Says that a claim holds.
pub fn confirmation(claim: &str) -> v1::PublishRequest {
    let confirmation = v1::InvolvementConfirmation {
        claim: Some(by_id(claim)),
    };
    v1::PublishRequest {
        request_key: "confirmed".into(),
        content: Some(Content::InvolvementConfirmation(confirmation)),
        ..v1::PublishRequest::default()
    }
}
