use super::*;
use crate::{
    alert::{AlertDecision, AlertSafety, AlertTarget, HazardAlert, PersonTold},
    codes::{
        AlertStatus, Certainty, EscalationTopic, Harm, IdentifierScheme, PersonRole, Precision,
        RequestPower, ResistantBehaviour, Severity, ThreatForm, Urgency,
    },
    escalation::{Dispute, Escalation},
    incident::{IncidentReport, IncidentSafety},
    people::{Identifier, Identity, PlaceDetails},
    records::{InformationRequest, InformationSought},
    times::{Day, Occurred},
};

mod never;
mod practice;

const NOW: Moment = Moment(1_790_000_000 * Moment::SECOND);

fn violations(content: &Content) -> Vec<String> {
    let originator = AgencyId::new("housing").unwrap();
    let agencies = [originator.clone(), AgencyId::new("police").unwrap()];
    let setting = Setting {
        now: NOW,
        originator: &originator,
        sector: Sector::Housing,
        agencies: &agencies,
        policy: &crate::crisp::Policy::default(),
    };
    check(content, setting)
        .into_iter()
        .map(|v| v.field)
        .collect()
}

fn person(label: &str, born: &str) -> Person {
    let id = Identifier::new(IdentifierScheme::NhsNumber, "9434765919", None).unwrap();
    let identity = Identity {
        identifiers: vec![id],
        name: "Invented Person".into(),
        born_on: Day::parse(born),
    };
    Person {
        label: label.into(),
        role: PersonRole::WhoseBehaviour,
        identity: Some(identity),
    }
}

fn place() -> Place {
    let uprn = Identifier::new(IdentifierScheme::Uprn, "10099000001", None).ok();
    Place {
        label: "l1".into(),
        details: Some(PlaceDetails {
            uprn,
            description: String::new(),
        }),
    }
}

fn report() -> IncidentReport {
    let occurred = Occurred {
        from: NOW,
        to: NOW,
        precision: Precision::Minute,
    };
    let safety = IncidentSafety {
        occurred,
        behaviours: vec![ResistantBehaviour::Avoidance],
        threats: vec![],
        local_codes: vec![],
        directed_at: vec![],
        harm: Harm::Shaken,
        likelihood: None,
        setting: None,
        danger_at_once: false,
        provisional_precautions: vec![],
        prevents_task: false,
        pattern: None,
    };
    IncidentReport {
        people: vec![person("p1", "1990-05-01")],
        places: vec![],
        safety: Some(safety),
        narrative: None,
        voice: vec![],
        worker: None,
        reporter: None,
        health: None,
        criminal: None,
        plan: vec![],
    }
}

fn alert(target: AlertTarget, born: &str, senior: bool) -> Content {
    let precaution = Precaution {
        code: PrecautionCode::VisitInPairs,
        person: None,
        note: String::new(),
    };
    let decision = AlertDecision {
        decided_by: "Team manager".into(),
        proposed_by: "Housing officer".into(),
        decided_at: NOW,
        senior,
    };
    Content::HazardAlert(HazardAlert {
        people: vec![person("p1", born)],
        places: vec![place()],
        status: AlertStatus::Actual,
        safety: Some(AlertSafety {
            target,
            threats: vec![ThreatForm::Animal],
            local_codes: vec![],
            precautions: vec![precaution],
            severity: Severity::Moderate,
            urgency: Urgency::Soon,
            certainty: Certainty::Observed,
            review_on: NOW.day().plus_months(6),
            decision: Some(decision),
            told: Some(PersonTold::On(NOW.day())),
        }),
        narrative: None,
        reporter: None,
    })
}

#[test]
fn a_one_minute_report_needs_when_who_what_and_harm() {
    assert!(violations(&Content::Incident(report())).is_empty());
    let empty = IncidentReport {
        people: vec![],
        safety: None,
        ..report()
    };
    assert_eq!(
        violations(&Content::Incident(empty)),
        ["incident.people", "incident.safety"]
    );
}

#[test]
fn nothing_happens_in_the_future_or_before_birth() {
    let mut late = report();
    if let Some(safety) = late.safety.as_mut() {
        safety.occurred.from = NOW.plus_seconds(86_400);
        safety.occurred.to = safety.occurred.from;
    }
    let fields = violations(&Content::Incident(late));
    assert_eq!(
        fields,
        [
            "incident.safety.occurred.from",
            "incident.safety.occurred.to"
        ]
    );
    let unborn = IncidentReport {
        people: vec![person("p1", "2030-01-01")],
        ..report()
    };
    let fields = violations(&Content::Incident(unborn));
    assert!(
        fields.iter().all(|f| f == "incident.people[0].born_on"),
        "{fields:?}"
    );
}

#[test]
fn a_text_past_its_bound_is_named() {
    let long = IncidentReport {
        worker: Some("x".repeat(NAME + 1)),
        ..report()
    };
    assert_eq!(
        violations(&Content::Incident(long)),
        ["incident.worker.who"]
    );
}

#[test]
fn a_child_as_target_needs_a_senior_approver() {
    let target = || AlertTarget::Person("p1".into());
    let field = "hazard_alert.safety.decision.senior";
    assert_eq!(violations(&alert(target(), "2015-01-01", false)), [field]);
    assert!(violations(&alert(target(), "2015-01-01", true)).is_empty());
    assert!(violations(&alert(target(), "1990-01-01", false)).is_empty());
}

#[test]
fn an_alert_is_found_by_a_place_with_a_uprn() {
    let nowhere = AlertTarget::Premises("l2".into());
    let fields = violations(&alert(nowhere, "1990-01-01", false));
    assert!(
        fields.iter().all(|f| f == "hazard_alert.target.premises"),
        "{fields:?}"
    );
    assert!(
        violations(&alert(
            AlertTarget::Premises("l1".into()),
            "1990-01-01",
            false
        ))
        .is_empty()
    );
}

#[test]
fn an_escalation_out_of_scope_is_shown_another_door() {
    let agency = |id| AgencyId::new(id).unwrap();
    let dispute = |topic, stage| Dispute {
        topic,
        stage,
        urgent_reason: String::new(),
        parties: vec![agency("housing"), agency("police")],
        disagreement: "We disagree on the threshold.".into(),
        sought: String::new(),
        protect_by: None,
        interim_position: None,
    };
    let raised = |topic, stage| {
        let dispute = Some(dispute(topic, stage));
        Content::Escalation(Escalation {
            people: vec![],
            dispute,
            reporter: None,
        })
    };
    assert!(violations(&raised(EscalationTopic::Threshold, 1)).is_empty());
    assert_eq!(
        violations(&raised(EscalationTopic::Complaint, 1)),
        ["escalation.dispute.topic"]
    );
    let urgent = violations(&raised(EscalationTopic::Threshold, 3));
    assert_eq!(urgent, ["escalation.dispute.urgent_reason"]);
}

#[test]
fn a_review_is_counted_from_the_decision() {
    let with_review = |review_on| {
        let mut content = alert(AlertTarget::Person("p1".into()), "1990-01-01", false);
        if let Content::HazardAlert(HazardAlert {
            safety: Some(safety),
            ..
        }) = &mut content
        {
            safety.review_on = review_on;
        }
        violations(&content)
    };
    let today = NOW.day();
    assert!(with_review(today.plus_months(12)).is_empty());
    let field = ["hazard_alert.safety.review_on"];
    assert_eq!(with_review(today.plus_months(13)), field);
    assert_eq!(with_review(today), field);
}

fn asks(asked: &str, power: RequestPower, people: Vec<Person>, by: &str) -> Content {
    Content::InformationRequest(InformationRequest {
        people,
        sought: Some(InformationSought {
            asked: vec![AgencyId::new(asked).unwrap()],
            power,
            what: "what daily life is like".into(),
            by: Day::parse(by).unwrap(),
        }),
    })
}

#[test]
fn who_asks_for_information_asks_somebody_else_about_somebody_by_a_day_ahead() {
    let somebody = || vec![person("p1", "1990-01-01")];
    let agreement = RequestPower::Agreement;
    let ahead = "2026-10-01";
    assert!(violations(&asks("police", agreement, somebody(), ahead)).is_empty());
    let field = |content: &Content| violations(content).join(" ");
    assert_eq!(
        field(&asks("housing", agreement, somebody(), ahead)),
        "information_request.asked[0]"
    );
    assert_eq!(
        field(&asks("police", agreement, Vec::new(), ahead)),
        "information_request.people"
    );
    for by in ["2026-09-20", "2027-11-01"] {
        assert_eq!(
            field(&asks("police", agreement, somebody(), by)),
            "information_request.by"
        );
    }
}

#[test]
fn section_137_is_the_boards_and_needs_nobody() {
    let power = RequestPower::BoardFunctions;
    let content = asks("police", power, Vec::new(), "2026-10-01");
    assert_eq!(violations(&content), ["information_request.power"]);
    let board = AgencyId::new("board").unwrap();
    let agencies = [board.clone(), AgencyId::new("police").unwrap()];
    let setting = Setting {
        now: NOW,
        originator: &board,
        sector: Sector::Board,
        agencies: &agencies,
        policy: &crate::crisp::Policy::default(),
    };
    assert_eq!(check(&content, setting), Vec::new());
}
