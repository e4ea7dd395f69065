//! Alerts and escalations that break a rule.

use diogel_contract::v1;

use crate::support::{Case, Site, assert_names, error_of, given, refuses_each};

#[tokio::test]
async fn an_alert_that_breaks_a_rule_is_refused_by_field() {
    use given::alert_of;
    let site = Site::new();
    let service = site.start().await;
    service
        .system()
        .publish(given::incident("incident"))
        .await
        .unwrap();
    let cases = vec![
        Case(
            |r| alert_of(r).rests_on.clear(),
            "hazard_alert.rests_on",
            "",
        ),
        Case(
            |r| alert_of(r).rests_on = vec![given::by_key("never sent")],
            "hazard_alert.rests_on[0]",
            "never sent",
        ),
        Case(
            |r| alert_of(r).rests_on = vec![given::by_id("not-an-event-id")],
            "hazard_alert.rests_on[0]",
            "not-an-event-id",
        ),
        Case(
            |r| alert_of(r).rests_on = vec![v1::Reference::default()],
            "hazard_alert.rests_on[0]",
            "",
        ),
        Case(|r| alert_of(r).target = None, "hazard_alert.target", ""),
        Case(|r| alert_of(r).status = 0, "hazard_alert.status", ""),
        Case(
            |r| alert_of(r).safety.as_mut().unwrap().precautions.clear(),
            "hazard_alert.safety.precautions",
            "",
        ),
        Case(
            |r| alert_of(r).safety.as_mut().unwrap().review_on = given::day(400),
            "hazard_alert.safety.review_on",
            "",
        ),
        Case(
            |r| {
                alert_of(r).safety.as_mut().unwrap().told = Some(v1::PersonTold {
                    told_on: given::day(2),
                    reason: String::new(),
                });
            },
            "hazard_alert.safety.told.told_on",
            "",
        ),
        Case(
            |r| {
                alert_of(r).safety.as_mut().unwrap().told = Some(v1::PersonTold {
                    told_on: given::day(-2),
                    reason: "he was out walking".into(),
                });
            },
            "hazard_alert.safety.told.reason",
            "walking",
        ),
        Case(
            |r| alert_of(r).safety.as_mut().unwrap().told = None,
            "hazard_alert.safety.told",
            "",
        ),
        Case(
            |r| {
                let safety = alert_of(r).safety.as_mut().unwrap();
                safety.decision.as_mut().unwrap().decided_by = "Surveyor".into();
            },
            "hazard_alert.safety.decision.decided_by",
            "",
        ),
    ];
    refuses_each(&service, &given::alert("good", "incident"), cases).await;
    let good = given::alert("good", "incident");
    service.system().publish(good).await.unwrap();
}

#[tokio::test]
async fn an_escalation_out_of_scope_is_shown_the_right_door() {
    let site = Site::new();
    let service = site.start().await;
    let before = service.head();
    for (topic, door) in [
        (v1::EscalationTopic::InternalDispute, "line management"),
        (v1::EscalationTopic::ProfessionalConduct, "employer"),
        (v1::EscalationTopic::Complaint, "complaints"),
        (v1::EscalationTopic::Whistleblowing, "regulator"),
    ] {
        let mut request = given::escalation("outside");
        given::dispute_of(&mut request).topic = topic as i32;
        let refused = service.system().publish(request).await.unwrap_err();
        assert_names(&refused, "escalation.dispute.topic");
        let said = &error_of(&refused).fields[0].1;
        assert!(said.contains(door), "{topic:?}: {said}");
    }
    assert_eq!(service.head(), before);
    service
        .system()
        .publish(given::escalation("inside"))
        .await
        .unwrap();
}

#[tokio::test]
async fn an_escalation_goes_to_its_parties_alone() {
    use given::{audience_of, dispute_of};
    let site = Site::new();
    let service = site.start().await;
    let cases = vec![
        Case(
            |r| audience_of(r).grants.push(given::grant("police")),
            "audience.grants[1]",
            "",
        ),
        Case(
            |r| audience_of(r).purpose = v1::Purpose::ChildProtection as i32,
            "audience.purpose",
            "",
        ),
        Case(
            |r| dispute_of(r).parties = vec!["housing".into()],
            "escalation.dispute.parties",
            "",
        ),
        Case(
            |r| dispute_of(r).parties = vec!["health".into(), "social-care".into()],
            "escalation.dispute.parties",
            "",
        ),
        Case(
            |r| dispute_of(r).parties.push("coastguard".into()),
            "escalation.dispute.parties[2]",
            "coastguard",
        ),
        Case(|r| audience_of(r).grants.clear(), "audience.grants", ""),
        Case(
            |r| dispute_of(r).parties.push("housing".into()),
            "escalation.dispute.parties",
            "",
        ),
        Case(
            |r| {
                dispute_of(r).interim_position = Some(v1::Measure {
                    what: "seen daily".into(),
                    ..Default::default()
                });
            },
            "escalation.dispute.interim_position.owner",
            "daily",
        ),
        Case(
            |r| dispute_of(r).stage = 259,
            "escalation.dispute.stage",
            "259",
        ),
        Case(
            |r| dispute_of(r).stage = 3,
            "escalation.dispute.urgent_reason",
            "",
        ),
    ];
    refuses_each(&service, &given::escalation("good"), cases).await;
}
