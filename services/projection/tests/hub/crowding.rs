//! One publisher's flood: it makes no answer that is too long to be taken, and hides nobody else's warning.

use diogel_contract::v1::{self, publish_request::Content};
use futures_util::{StreamExt, stream};
use prost::Message;
use tonic::Response;

use crate::{
    accountability::{accounting, gets, narrowing},
    support::{
        Hub,
        given::{alert, claim, confirmation, for_the_involved, incident, local},
    },
};

/// A client's own limit is 4 MiB.
const ANSWER: usize = 2 << 20;
/// Alerts, and reports after them.
const FLOOD: [usize; 2] = [600, 180];

/// Precautions as long as the rules let them be.
fn long(key: &str) -> v1::PublishRequest {
    let mut request = alert(key, &["health"], "T-1", "i");
    if let Some(Content::HazardAlert(alert)) = &mut request.content {
        let precaution = v1::Precaution {
            code: v1::PrecautionCode::Other as i32,
            note: "!".repeat(300),
            ..v1::Precaution::default()
        };
        alert.safety.as_mut().unwrap().precautions = vec![precaution; 12];
    }
    request
}

fn wordy(key: &str) -> v1::PublishRequest {
    let mut request = incident(key, &["health"], "T-1");
    if let Some(Content::Incident(report)) = &mut request.content {
        let narrative = report.narrative.as_mut().unwrap();
        narrative.what_happened = "!".repeat(16_000);
    }
    request
}

/// The police's flood, and one alert of housing's that is older. Answers that one.
async fn flooded() -> (Hub, String) {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    let warning = alert("a", &["health"], "T-1", "i");
    let warning = hub.publish("housing", warning).await;
    let police = hub.publishes("police");
    let report = incident("i", &["health"], "T-1");
    police.clone().publish(report).await.unwrap();
    let alerts = (0..FLOOD[0]).map(|n| long(&format!("a{n}")));
    let reports = (0..FLOOD[1]).map(|n| wordy(&format!("r{n}")));
    let mut flood = stream::iter(alerts.chain(reports))
        .map(|request| {
            let mut police = police.clone();
            async move { police.publish(request).await }
        })
        .buffer_unordered(16);
    while let Some(published) = flood.next().await {
        published.unwrap();
    }
    hub.settled().await;
    (hub, warning)
}

fn about() -> Vec<v1::Identifier> {
    vec![local("housing", "T-1")]
}

#[tokio::test]
async fn p7_p12_a_flood_neither_fails_a_check_nor_hides_anothers_alert() {
    let (hub, warning) = flooded().await;
    let request = v1::CheckRequest {
        identifiers: about(),
        ..v1::CheckRequest::default()
    };
    let check = hub.reads("health").check(request).await.unwrap();
    let check = check.into_inner();
    assert!(check.encoded_len() < ANSWER + 4096);
    let shown = check.findings.len();
    assert!(check.more && shown > 500 && shown < FLOOD[0], "{shown}");
    assert!(check.findings.iter().any(|f| f.event_id == warning));
    assert!(check.statement.contains("more than") && check.statement_cy.contains("mwy nag"));
    let own = v1::AccessLogRequest::default();
    let own = accounting(&hub, "health").access_log(own).await.unwrap();
    let accesses = own.into_inner().accesses.into_iter();
    let told = accesses.filter(|access| access.call == "Check");
    let told: usize = told.map(|access| access.event_ids.len()).sum();
    assert_eq!(told, shown, "what was left out wasn't read");
    pages(&hub).await;
    chronology(&hub).await;
}

async fn pages(hub: &Hub) {
    for identifiers in [Vec::new(), about()] {
        let mut request = v1::ListItemsRequest {
            identifiers,
            page_size: 200,
            ..v1::ListItemsRequest::default()
        };
        let (mut shortest, mut events) = (usize::MAX, Vec::new());
        loop {
            let page = hub.reads("health").list_items(request.clone()).await;
            let page = page.map(Response::into_inner).unwrap();
            assert!(page.encoded_len() < ANSWER + 4096);
            request.page_token = page.next_page_token;
            if !request.page_token.is_empty() {
                shortest = shortest.min(page.items.len());
            }
            events.extend(page.items.into_iter().map(|item| item.event_id));
            if request.page_token.is_empty() {
                break;
            }
        }
        events.sort();
        events.dedup();
        assert_eq!(events.len(), FLOOD[0] + FLOOD[1] + 3);
        assert!((110..140).contains(&shortest), "{shortest}");
    }
}

async fn chronology(hub: &Hub) {
    let request = v1::ChronologyRequest {
        identifiers: about(),
        page_size: 200,
        ..v1::ChronologyRequest::default()
    };
    let first = accounting(hub, "health").chronology(request).await;
    let first = first.map(Response::into_inner).unwrap();
    assert!(first.encoded_len() < ANSWER + 4096);
    let shown = first.entries.len();
    assert!((110..140).contains(&shown), "{shown}");
    assert!(!first.next_page_token.is_empty());
}

#[tokio::test]
async fn p6_a_full_last_page_has_no_token_whatever_is_hidden_behind_it() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("hidden", &["health"], "T-1"))
        .await;
    let seen = incident("seen", &["health"], "T-1");
    let seen = hub.publish("housing", seen).await;
    hub.publish("housing", narrowing("n", "hidden", "health"))
        .await;
    hub.settled().await;
    let request = v1::ListItemsRequest {
        page_size: 1,
        ..v1::ListItemsRequest::default()
    };
    let page = hub.reads("health").list_items(request).await.unwrap();
    let page = page.into_inner();
    assert_eq!(page.items[0].event_id, seen);
    assert_eq!(page.next_page_token, "");
}

#[tokio::test]
async fn p6_no_token_of_the_access_log_tells_of_an_access_that_is_not_told() {
    let hub = Hub::start(&["housing", "health", "refuge", "social-care"]).await;
    let report = for_the_involved(incident("i", &["health"], "T-1"));
    let event = hub.publish("housing", report).await;
    let claim = hub.publish("refuge", claim("T-1", true)).await;
    hub.settled().await;
    hub.publish("social-care", confirmation(&claim)).await;
    hub.settled().await;
    // The first to look is whom housing may not know of.
    gets(&hub, "refuge", &event, "").await.unwrap();
    gets(&hub, "health", &event, "").await.unwrap();
    let request = v1::AccessLogRequest {
        event_id: event,
        page_size: 1,
        ..v1::AccessLogRequest::default()
    };
    let page = accounting(&hub, "housing").access_log(request).await;
    let page = page.unwrap().into_inner();
    assert_eq!(page.accesses[0].agency, "health");
    assert_eq!(page.next_page_token, "");
}
