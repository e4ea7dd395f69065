//! P6: what a reader can't see changes nothing of what it is answered, byte for byte.

use diogel_contract::v1::{self, item, watch_response::Change};
use tonic::Status;

use crate::support::{
    Hub,
    given::{alert, incident, local, withdrawal},
};

/// An event id that nobody made.
const NOBODYS: &str = "01990000-0000-7000-8000-000000000001";

fn of_status(status: &Status) -> (i32, String, Vec<u8>, usize) {
    let message = status.message().to_owned();
    let metadata = status.metadata().keys().count();
    (
        status.code() as i32,
        message,
        status.details().to_vec(),
        metadata,
    )
}

#[tokio::test]
async fn p6_hidden_and_missing_answer_alike_to_every_question() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    hub.publish("housing", incident("seen", &["health"], "T-1"))
        .await;
    let hidden = hub
        .publish("housing", incident("i", &["police"], "T-2"))
        .await;
    hub.publish("housing", alert("a", &["police"], "T-2", "i"))
        .await;
    hub.settled().await;
    let mut health = hub.reads("health");

    let mut refused = Vec::new();
    for event_id in [hidden.as_str(), NOBODYS, "no id at all"] {
        let request = v1::GetItemRequest {
            event_id: event_id.into(),
            ..v1::GetItemRequest::default()
        };
        refused.push(of_status(&health.get_item(request).await.unwrap_err()));
    }
    assert!(refused.iter().all(|r| *r == refused[0]), "{refused:?}");

    let mut answers = Vec::new();
    for number in ["T-2", "T-8"] {
        let identifiers = vec![local("housing", number)];
        let check = v1::CheckRequest {
            identifiers: identifiers.clone(),
            ..v1::CheckRequest::default()
        };
        let mut check = health.check(check).await.unwrap().into_inner();
        let words = check.statement.split(" at ").next().unwrap().to_owned();
        assert!(words.starts_with("No alert known to you"));
        (check.statement, check.statement_cy, check.checked_at) = Default::default();
        check.heard_to.iter_mut().for_each(|heard| heard.at = None);
        let list = v1::ListItemsRequest {
            identifiers: identifiers.clone(),
            ..v1::ListItemsRequest::default()
        };
        let list = health.list_items(list).await.unwrap().into_inner();
        let summary = v1::MeetingSummaryRequest {
            identifiers,
            ..v1::MeetingSummaryRequest::default()
        };
        let mut summary = health.meeting_summary(summary).await.unwrap().into_inner();
        summary.made_at = None;
        summary
            .heard_to
            .iter_mut()
            .for_each(|heard| heard.at = None);
        summary.text.retain(|letter| !letter.is_ascii_digit());
        answers.push((words, check, list, summary));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn p6_no_page_can_be_placed_by_what_is_hidden() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    for n in 0..3 {
        let key = format!("i{n}");
        hub.publish("housing", incident(&key, &["health"], "T-1"))
            .await;
    }
    let hidden = hub
        .publish("housing", incident("h", &["police"], "T-1"))
        .await;
    hub.settled().await;
    let mut health = hub.reads("health");
    let mut request = v1::ListItemsRequest {
        identifiers: vec![local("housing", "T-1")],
        page_size: 1,
        ..v1::ListItemsRequest::default()
    };
    let page = health
        .list_items(request.clone())
        .await
        .unwrap()
        .into_inner();
    let generation = &page.next_page_token[..page.next_page_token.len() - 32];
    let mut refused = Vec::new();
    for id in [hidden.replace('-', ""), NOBODYS.replace('-', "")] {
        request.page_token = format!("{generation}{id}");
        refused.push(of_status(
            &health.list_items(request.clone()).await.unwrap_err(),
        ));
    }
    assert_eq!(refused[0], refused[1]);
}

/// What a stream says, without what differs from hub to hub: ids, hashes, times.
fn told(response: v1::WatchResponse) -> (usize, String) {
    let change = match response.change {
        Some(Change::Item(mut item)) => {
            (item.event_id, item.hash) = Default::default();
            (item.recorded_at, item.ordered_at) = Default::default();
            if let Some(item::Content::Incident(report)) = &mut item.content {
                let safety = report.safety.as_mut().unwrap();
                safety.occurred = None;
            }
            format!("{item:?}")
        }
        Some(Change::Retraction(retraction)) => format!("retraction {}", retraction.state),
        other => format!("{other:?}"),
    };
    (response.cursor.len(), change)
}

async fn a_days_stream(with_hidden: bool) -> Vec<(usize, String)> {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let request = v1::WatchRequest::default();
    let mut watch = hub.watches("health", request).await;
    let hidden = async |key: &str| {
        if with_hidden {
            let request = incident(key, &["police"], "T-1");
            hub.publish("housing", request).await;
            hub.publish("police", incident(key, &[], "T-1")).await;
        }
    };
    let mut taken = Vec::new();
    hidden("h1").await;
    for key in ["a", "b"] {
        hub.publish("housing", incident(key, &["health"], "T-1"))
            .await;
        taken.push(watch.next().await.unwrap());
        hidden(&format!("after {key}")).await;
    }
    if with_hidden {
        hub.publish("housing", withdrawal("w", &["police"], "h1"))
            .await;
        hub.erase("housing", "after a").await;
    }
    hub.erase("housing", "a").await;
    taken.push(watch.next().await.unwrap());
    hidden("h3").await;
    hub.publish("housing", incident("c", &["health"], "T-1"))
        .await;
    taken.push(watch.next().await.unwrap());
    assert!(watch.is_quiet().await);
    taken.into_iter().map(told).collect()
}

#[tokio::test]
async fn p6_a_stream_is_the_same_whether_or_not_hidden_things_happen() {
    let (quiet, busy) = tokio::join!(a_days_stream(false), a_days_stream(true));
    assert_eq!(quiet, busy);
}
