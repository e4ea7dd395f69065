//! Steps over the wire: approved by somebody else and in force at the next check; an escalation whose clock a watch follows; what became
//! of a step, for whoever took it.

use diogel_contract::v1::{self, publish_request::Content, step::Said};

use crate::support::{
    Hub,
    given::{alert, at, audience, by_id, by_key, incident, local, protocol},
    item,
};

fn step(key: &str, of: v1::Reference, deed: v1::Deed, said: Said) -> v1::PublishRequest {
    let step = v1::Step {
        of: Some(of),
        deed: deed as i32,
        said: Some(said),
    };
    v1::PublishRequest {
        request_key: key.into(),
        on_behalf_of: "Manager Invented".into(),
        content: Some(Content::Step(step)),
        ..v1::PublishRequest::default()
    }
}

fn checks() -> v1::CheckRequest {
    v1::CheckRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::CheckRequest::default()
    }
}

#[tokio::test]
async fn an_alert_approved_by_somebody_else_is_in_force_at_the_next_check() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("incident", &["health"], "T-1"))
        .await;
    let mut proposed = alert("alert", &["health"], "T-1", "incident");
    proposed.on_behalf_of = "Officer Fictitious".into();
    if let Some(Content::HazardAlert(alert)) = &mut proposed.content {
        alert.safety.as_mut().unwrap().decision = None;
    }
    let event = hub.publish("housing", proposed).await;
    hub.settled().await;
    let check = || async {
        let answer = hub.reads("health").check(checks()).await.unwrap();
        answer.into_inner().findings.remove(0)
    };
    assert_eq!(
        check().await.standing(),
        v1::FindingStanding::ReportedNotAssessed
    );
    let said = Said::Alert(v1::AlertStep {
        decided_by: "area manager".into(),
        ..v1::AlertStep::default()
    });
    let approval = step("approval", by_key("alert"), v1::Deed::Approved, said);
    let approval = hub.publish("housing", approval).await;
    hub.settled().await;
    assert_eq!(check().await.standing(), v1::FindingStanding::InForce);
    let request = v1::GetItemRequest {
        event_id: event,
        ..v1::GetItemRequest::default()
    };
    let seen = hub.reads("health").get_item(request).await.unwrap();
    let seen = seen.into_inner().item.unwrap();
    assert_eq!(seen.steps, std::slice::from_ref(&approval));
    let Some(v1::item::Standing::AlertNow(now)) = seen.standing else {
        panic!("no standing");
    };
    assert_eq!(now.standing(), v1::AlertStanding::InForce);
    // Another agency's approval counts for nothing, and it is told why.
    let said = Said::Alert(v1::AlertStep {
        decided_by: "nurse".into(),
        ..v1::AlertStep::default()
    });
    let mut of = by_id(&seen.event_id);
    of.hash = seen.hash;
    let mut others = step("ended", of, v1::Deed::Ended, said);
    if let Some(Content::Step(v1::Step {
        said: Some(Said::Alert(said)),
        ..
    })) = &mut others.content
    {
        said.words = "we hold that it is over".into();
    }
    others.audience = Some(audience(&["housing"]));
    hub.publish("health", others).await;
    hub.settled().await;
    let outcome = |key: &'static str| async {
        loop {
            let request = v1::GetReceiptRequest {
                event: Some(v1::get_receipt_request::Event::RequestKey(key.into())),
            };
            let receipt = hub.publishes("health").get_receipt(request).await.unwrap();
            let receipt = receipt.into_inner().receipt.unwrap();
            if receipt.state() >= v1::EventState::Effective {
                return receipt;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    };
    let told = outcome("ended").await;
    assert_eq!(told.state(), v1::EventState::WithoutEffect);
    assert_eq!(told.effect_reason, "NOT_THE_ORIGINATOR");
}

#[tokio::test]
async fn what_waits_for_a_decision_is_listed_oldest_first_and_to_its_agency_alone() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("incident", &["health"], "T-1"))
        .await;
    let mut proposals = Vec::new();
    for key in ["a", "b", "c", "decided"] {
        let mut request = alert(key, &["health"], "T-1", "incident");
        request.on_behalf_of = "Officer Fictitious".into();
        if let Some(Content::HazardAlert(alert)) = &mut request.content
            && key != "decided"
        {
            alert.safety.as_mut().unwrap().decision = None;
        }
        proposals.push(hub.publish("housing", request).await);
    }
    proposals.pop();
    hub.settled().await;
    let waiting = |awaited| v1::ListItemsRequest {
        kind: "hazard_alert".into(),
        awaited,
        page_size: 2,
        ..v1::ListItemsRequest::default()
    };
    let decision = waiting(v1::Awaited::Decision as i32);
    let (mut listed, mut request) = (Vec::new(), decision.clone());
    loop {
        let page = hub.reads("housing").list_items(request.clone()).await;
        let page = page.unwrap().into_inner();
        listed.extend(page.items.into_iter().map(|item| item.event_id));
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    assert_eq!(listed, proposals);
    let theirs = hub.reads("health").list_items(decision.clone()).await;
    assert_eq!(theirs.unwrap().into_inner().items.len(), 0);
    for (request, says) in [
        (waiting(9), "must be AWAITED_DECISION"),
        (
            v1::ListItemsRequest {
                kind: "incident".into(),
                ..decision.clone()
            },
            "goes with kind hazard_alert",
        ),
        (
            v1::ListItemsRequest {
                as_of: Some(crate::support::given::at(0)),
                ..decision.clone()
            },
            "leave as_of out",
        ),
        (
            v1::ListItemsRequest {
                page_token: request.page_token,
                ..waiting(v1::Awaited::Review as i32)
            },
            "is no token of this list",
        ),
    ] {
        let refused = hub.reads("housing").list_items(request).await.unwrap_err();
        assert_eq!(refused.code(), tonic::Code::InvalidArgument);
        let fields = tonic_types::StatusExt::get_details_bad_request(&refused).unwrap();
        let rule = &fields.field_violations[0].description;
        assert!(rule.contains(says), "{rule}");
    }
}

fn for_disputes() -> String {
    protocol(1, &["board", "housing", "health"])
        .replace("T-01", "T-02")
        .replace("worker-safety", "dispute-resolution")
}

fn disagreement() -> v1::PublishRequest {
    let dispute = v1::Dispute {
        topic: v1::EscalationTopic::NoEffectivePlan as i32,
        stage: 1,
        parties: vec!["housing".into(), "health".into()],
        disagreement: "nobody has visited since the dog was let out".into(),
        protect_by: Some(at(4)),
        ..v1::Dispute::default()
    };
    let escalation = v1::Escalation {
        dispute: Some(dispute),
        ..v1::Escalation::default()
    };
    v1::PublishRequest {
        request_key: "disagreement".into(),
        audience: Some(v1::Audience {
            purpose: v1::Purpose::DisputeResolution as i32,
            ..audience(&["health"])
        }),
        content: Some(Content::Escalation(escalation)),
        ..v1::PublishRequest::default()
    }
}

fn timing(response: &v1::WatchResponse) -> v1::Timing {
    match &item(response).standing {
        Some(v1::item::Standing::EscalationNow(now)) => now.due.as_ref().unwrap().timing(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_watch_tells_the_parties_and_the_board_when_a_deadline_passes() {
    let hub = Hub::start(&["housing", "health"]).await;
    let protocol = for_disputes();
    hub.adopt(&protocol).await;
    let from_now = || v1::WatchRequest {
        from_now: true,
        ..v1::WatchRequest::default()
    };
    let mut watches = Vec::new();
    for agency in ["housing", "health", "board"] {
        watches.push(hub.watches(agency, from_now()).await);
    }
    let event = hub.publish("housing", disagreement()).await;
    for watch in &mut watches {
        let shown = watch.next().await.unwrap();
        assert_eq!(item(&shown).event_id, event);
        assert_eq!(timing(&shown), v1::Timing::Near);
        let passed = watch.next().await.unwrap();
        assert_eq!(item(&passed).event_id, event);
        assert_eq!(timing(&passed), v1::Timing::Passed, "nobody published it");
    }
    // Whoever was away hears of it when it comes back.
    let mut late = hub.watches("health", from_now()).await;
    let told = late.next().await.unwrap();
    assert_eq!(
        (item(&told).event_id.as_str(), timing(&told)),
        (event.as_str(), v1::Timing::Passed)
    );
}
