//! What a reader is answered, call by call.

use diogel_contract::v1::{self, item::Content, publish_request};
use diogel_domain::{board::BoardEvent, ids::AgencyId};
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use crate::support::{
    Hub,
    given::{alert, incident, local, person},
};

fn about(number: &str) -> v1::ListItemsRequest {
    v1::ListItemsRequest {
        identifiers: vec![local("housing", number)],
        ..v1::ListItemsRequest::default()
    }
}

#[tokio::test]
async fn a_recipient_reads_what_it_was_given_by_every_call() {
    let hub = Hub::start(&["housing", "health"]).await;
    let report = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    let raised = hub
        .publish("housing", alert("a", &["health"], "T-1", "i"))
        .await;
    hub.settled().await;
    let mut health = hub.reads("health");
    let check = v1::CheckRequest {
        identifiers: vec![local("housing", "T-1"), local("housing", "T-9")],
        ..v1::CheckRequest::default()
    };
    let check = health.check(check).await.unwrap().into_inner();
    assert_eq!((check.findings.len(), check.searched), (1, vec![0, 1]));
    assert_eq!(check.findings[0].event_id, raised);
    assert!(check.statement.starts_with("1 finding"));
    let mut heard: Vec<&str> = check.heard_to.iter().map(|h| h.agency.as_str()).collect();
    heard.sort_unstable();
    assert_eq!(heard, ["health", "housing"]);

    let list = health.list_items(v1::ListItemsRequest::default()).await;
    let items = list.unwrap().into_inner().items;
    let ids: Vec<&str> = items.iter().map(|i| i.event_id.as_str()).collect();
    assert_eq!(ids, [&raised, &report]);
    let request = v1::GetItemRequest {
        event_id: raised,
        ..v1::GetItemRequest::default()
    };
    let item = health.get_item(request).await.unwrap().into_inner().item;
    let Some(Content::HazardAlert(alert)) = item.unwrap().content else {
        panic!("no alert");
    };
    let rests_on = v1::reference::Event::EventId(report.clone());
    assert_eq!(alert.rests_on[0].event, Some(rests_on));

    let summary = v1::MeetingSummaryRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::MeetingSummaryRequest::default()
    };
    let summary = health.meeting_summary(summary).await.unwrap().into_inner();
    assert!(summary.text.contains(&report[..8]) || summary.text.len() > 200);
}

#[tokio::test]
async fn a_childs_summary_shows_the_alerts_around_the_child_and_nobodys_incidents() {
    let hub = Hub::start(&["housing", "health"]).await;
    let child = |role: v1::PersonRole| v1::Person {
        label: "p2".into(),
        role: role as i32,
        name: "Elin Pryce".into(),
        ..person("housing", "T-2")
    };
    let mut visited = incident("i", &["health"], "T-1");
    if let Some(publish_request::Content::Incident(report)) = &mut visited.content {
        report.people.push(child(v1::PersonRole::ChildAtRisk));
    }
    hub.publish("housing", visited).await;
    let mut elsewhere = incident("e", &["health"], "T-1");
    if let Some(publish_request::Content::Incident(report)) = &mut elsewhere.content {
        report.narrative.as_mut().unwrap().protective_factors = "ELSEWHERE".into();
    }
    hub.publish("housing", elsewhere).await;
    hub.publish("housing", alert("a", &["health"], "T-1", "i"))
        .await;
    hub.publish("housing", alert("own", &[], "T-1", "i")).await;
    hub.settled().await;
    let request = v1::MeetingSummaryRequest {
        identifiers: vec![local("housing", "T-2")],
        attending: vec!["housing".into()],
        ..v1::MeetingSummaryRequest::default()
    };
    let answer = hub.reads("health").meeting_summary(request).await.unwrap();
    let text = answer.into_inner().text;
    assert!(text.contains("Elin Pryce"), "{text}");
    assert_eq!(text.matches("Visit in pairs").count(), 1, "{text}");
    assert!(!text.contains("ELSEWHERE"), "{text}");
}

#[tokio::test]
async fn an_alert_says_what_it_rests_on_only_to_whoever_sees_that() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    let raised = hub
        .publish("housing", alert("a", &["health", "police"], "T-1", "i"))
        .await;
    hub.settled().await;
    for (reader, shown) in [("health", 1), ("police", 0), ("housing", 1)] {
        let request = v1::GetItemRequest {
            event_id: raised.clone(),
            ..v1::GetItemRequest::default()
        };
        let answer = hub.reads(reader).get_item(request).await.unwrap();
        let Some(Content::HazardAlert(alert)) = answer.into_inner().item.unwrap().content else {
            panic!("no alert");
        };
        assert_eq!(alert.rests_on.len(), shown, "{reader}");
    }
}

#[tokio::test]
async fn pages_hold_each_item_once_and_come_to_an_end() {
    let hub = Hub::start(&["housing", "health"]).await;
    for n in 0..7 {
        let to: &[&str] = if n == 3 { &[] } else { &["health"] };
        hub.publish("housing", incident(&format!("i{n}"), to, "T-1"))
            .await;
    }
    hub.settled().await;
    let mut health = hub.reads("health");
    for mut request in [v1::ListItemsRequest::default(), about("T-1")] {
        request.page_size = 2;
        let mut seen = Vec::new();
        loop {
            let page = health
                .list_items(request.clone())
                .await
                .unwrap()
                .into_inner();
            seen.extend(page.items.into_iter().map(|i| i.event_id));
            request.page_token = page.next_page_token;
            if request.page_token.is_empty() {
                break;
            }
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((seen.len(), count), (6, 6));
    }
}

#[tokio::test]
async fn a_page_token_of_nobody_is_refused_by_its_field() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let mut health = hub.reads("health");
    for token in ["x", "00", "ff00", "é", &"0".repeat(200)] {
        for mut request in [v1::ListItemsRequest::default(), about("T-1")] {
            request.page_token = token.into();
            request.page_size = u32::MAX;
            let refused = health.list_items(request).await.unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArgument, "{token}");
        }
    }
}

#[tokio::test]
async fn a_suspended_agency_neither_reads_nor_publishes_until_it_is_active_again() {
    let mut hub = Hub::start(&["housing", "health"]).await;
    let suspend = |suspended| BoardEvent::AgencyStatusChanged {
        agency: AgencyId::new("housing").unwrap(),
        suspended,
    };
    hub.says(suspend(true)).await;
    hub.settled().await;
    let mut housing = hub.reads("housing");
    let refused = housing.list_items(v1::ListItemsRequest::default()).await;
    assert_eq!(refused.unwrap_err().code(), Code::PermissionDenied);
    let before = hub.projection().order.head();
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(hub.projection().order.head(), before);
    hub.says(suspend(false)).await;
    hub.settled().await;
    let mut health = hub.reads("health");
    let list = health.list_items(v1::ListItemsRequest::default());
    assert_eq!(list.await.unwrap().into_inner().items.len(), 1);
    hub.stop_projection().await;
}

#[tokio::test]
async fn health_is_told_to_whoever_supervises_and_to_nobody_else() {
    let hub = Hub::start(&["housing"]).await;
    let mut health = hub.supervises();
    for service in ["", "diogel.v1.ReadingService"] {
        let request = HealthCheckRequest {
            service: service.into(),
        };
        let status = health.check(request).await.unwrap().into_inner().status;
        assert_eq!(status, 1, "{service}");
    }
    let mut health = HealthClient::new(hub.system("housing", hub.address()));
    let refused = health.check(HealthCheckRequest::default()).await;
    assert_eq!(refused.unwrap_err().code(), Code::PermissionDenied);
}
