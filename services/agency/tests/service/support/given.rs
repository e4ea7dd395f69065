//! Requests that hold, for tests to break one thing of.

use std::time::{Duration, SystemTime};

use diogel_contract::{
    Timestamp,
    v1::{self, publish_request::Content},
};

/// What only the narrative says.
pub const SECRET: &str = "he put the kettle through the kitchen window";
/// A name that only the sealed content holds.
pub const PERSON: &str = "Gwenllian Pryce-Madoc";
/// An NHS number of the range set aside for tests.
pub const NHS: &str = "9990011044";

/// When it occurred: the same whenever a request is made again.
pub const OCCURRED: Timestamp = Timestamp {
    seconds: 1_748_736_000,
    nanos: 0,
};

/// So many seconds from now, or ago.
pub fn at(seconds: i64) -> Timestamp {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Timestamp {
        seconds: i64::try_from(now.unwrap().as_secs()).unwrap() + seconds,
        nanos: 0,
    }
}

/// The ISO date so many days from now, or ago.
pub fn day(days: i64) -> String {
    let seconds = at(days * 86_400).seconds;
    let moment = diogel_domain::times::Moment(seconds * 1_000_000);
    moment.day().to_string()
}

/// A little longer than `seconds`.
pub async fn wait(seconds: u64) {
    tokio::time::sleep(Duration::from_millis(seconds * 1_000 + 200)).await;
}

pub fn identifier(scheme: v1::IdentifierScheme, value: &str) -> v1::Identifier {
    v1::Identifier {
        scheme: scheme as i32,
        value: value.into(),
        agency: String::new(),
    }
}

pub fn person(label: &str) -> v1::Person {
    v1::Person {
        label: label.into(),
        role: v1::PersonRole::WhoseBehaviour as i32,
        identifiers: vec![identifier(v1::IdentifierScheme::NhsNumber, NHS)],
        name: PERSON.into(),
        born_on: "1980-02-29".into(),
        reader_person_id: String::new(),
    }
}

pub fn grant(agency: &str) -> v1::Grant {
    v1::Grant {
        to: Some(v1::grant::To::Agency(agency.into())),
        groups: Vec::new(),
    }
}

pub fn audience() -> v1::Audience {
    v1::Audience {
        grants: vec![grant("social-care")],
        purpose: v1::Purpose::WorkerSafety as i32,
        lawful_basis: v1::LawfulBasis::PublicTask as i32,
        ..v1::Audience::default()
    }
}

pub fn report() -> v1::IncidentReport {
    v1::IncidentReport {
        people: vec![person("p1")],
        safety: Some(v1::IncidentSafety {
            occurred: Some(v1::Occurred {
                from: Some(OCCURRED),
                to: None,
                precision: v1::Precision::Hour as i32,
            }),
            threats: vec![v1::ThreatForm::Throwing as i32],
            harm: v1::Harm::Shaken as i32,
            ..v1::IncidentSafety::default()
        }),
        narrative: Some(v1::IncidentNarrative {
            standing: v1::Standing::Observation as i32,
            what_happened: SECRET.into(),
            ..v1::IncidentNarrative::default()
        }),
        ..v1::IncidentReport::default()
    }
}

pub fn request(key: &str, content: Content) -> v1::PublishRequest {
    v1::PublishRequest {
        request_key: key.into(),
        audience: Some(audience()),
        content: Some(content),
        ..v1::PublishRequest::default()
    }
}

/// An incident report.
pub fn incident(key: &str) -> v1::PublishRequest {
    request(key, Content::Incident(report()))
}

/// An alert that rests on the request with this key.
pub fn alert(key: &str, rests_on: &str) -> v1::PublishRequest {
    let alert = v1::HazardAlert {
        people: vec![person("p1")],
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
            review_on: day(150),
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
    request(key, Content::HazardAlert(alert))
}

/// A disagreement with social care.
pub fn escalation(key: &str) -> v1::PublishRequest {
    let dispute = v1::Dispute {
        topic: v1::EscalationTopic::Threshold as i32,
        stage: 1,
        parties: vec!["housing".into(), "social-care".into()],
        disagreement: "we hold that the threshold is met".into(),
        ..v1::Dispute::default()
    };
    let escalation = v1::Escalation {
        dispute: Some(dispute),
        ..v1::Escalation::default()
    };
    let mut request = request(key, Content::Escalation(escalation));
    request.audience.as_mut().unwrap().purpose = v1::Purpose::DisputeResolution as i32;
    request
}

pub fn by_key(key: &str) -> v1::Reference {
    v1::Reference {
        event: Some(v1::reference::Event::RequestKey(key.into())),
        ..v1::Reference::default()
    }
}

pub fn by_id(id: &str) -> v1::Reference {
    v1::Reference {
        event: Some(v1::reference::Event::EventId(id.into())),
        ..v1::Reference::default()
    }
}

pub fn erasure(key: &str, target: v1::Reference) -> v1::EraseContentRequest {
    v1::EraseContentRequest {
        request_key: key.into(),
        target: Some(target),
        reason: "ruling 7".into(),
    }
}

/// What a test changes in an incident.
pub fn report_of(request: &mut v1::PublishRequest) -> &mut v1::IncidentReport {
    match request.content.as_mut() {
        Some(Content::Incident(report)) => report,
        _ => panic!("no incident"),
    }
}

pub fn safety_of(request: &mut v1::PublishRequest) -> &mut v1::IncidentSafety {
    report_of(request).safety.as_mut().unwrap()
}

pub fn alert_of(request: &mut v1::PublishRequest) -> &mut v1::HazardAlert {
    match request.content.as_mut() {
        Some(Content::HazardAlert(alert)) => alert,
        _ => panic!("no alert"),
    }
}

pub fn dispute_of(request: &mut v1::PublishRequest) -> &mut v1::Dispute {
    match request.content.as_mut() {
        Some(Content::Escalation(raised)) => raised.dispute.as_mut().unwrap(),
        _ => panic!("no escalation"),
    }
}

pub fn audience_of(request: &mut v1::PublishRequest) -> &mut v1::Audience {
    request.audience.as_mut().unwrap()
}
