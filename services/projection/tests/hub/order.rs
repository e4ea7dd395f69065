//! The order and its stream: positions given once, a view that is complete or silent, and one projection alone that admits.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use diogel_contract::v1;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;

use crate::support::{Hub, Order, Shared, given::incident};

async fn with_stream() -> (Hub, Arc<Shared>) {
    let stream = Arc::new(Shared::default());
    let hub = Hub::start_with(&["housing", "health"], Order::Stream(stream.clone())).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    (hub, stream)
}

async fn reads(hub: &Hub) -> Result<usize, Code> {
    let list = hub
        .reads("health")
        .list_items(v1::ListItemsRequest::default())
        .await;
    list.map(|list| list.into_inner().items.len())
        .map_err(|status| status.code())
}

async fn is_serving(hub: &Hub) -> bool {
    let mut health = hub.supervises();
    let request = HealthCheckRequest::default();
    health.check(request).await.unwrap().into_inner().status == 1
}

async fn fails(hub: &Hub) -> String {
    let failed = hub.projection().failed();
    let failed = tokio::time::timeout(Duration::from_secs(15), failed).await;
    failed.expect("it says that it can't go on")
}

#[tokio::test]
async fn p3_over_restarts_each_event_is_folded_once() {
    let mut hub = Hub::start(&["housing", "health"]).await;
    for round in 0..4 {
        for n in 0..5 {
            let key = format!("i{round}-{n}");
            hub.publish("housing", incident(&key, &["health"], "T-1"))
                .await;
        }
        hub.stop_projection().await;
        hub.publish(
            "housing",
            incident(&format!("away {round}"), &["health"], "T-1"),
        )
        .await;
        hub.start_projection().await;
        hub.settled().await;
    }
    let watch = v1::WatchRequest::default();
    let taken = hub.watches("health", watch).await.take(24).await;
    let mut ids: Vec<_> = taken
        .iter()
        .map(|r| &crate::support::item(r).event_id)
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 24);
}

#[tokio::test]
async fn p5_a_view_whose_order_is_not_confirmed_answers_unavailable() {
    let (mut hub, stream) = with_stream().await;
    assert_eq!(reads(&hub).await, Ok(1));
    hub.stop_projection().await;
    stream.set_away(true);
    hub.start_projection().await;
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(reads(&hub).await, Err(Code::Unavailable));
        assert!(!is_serving(&hub).await);
    }
    stream.set_away(false);
    hub.settled().await;
    while reads(&hub).await.is_err() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(is_serving(&hub).await);
}

#[tokio::test]
async fn p5_what_the_order_stream_has_not_taken_is_shown_to_nobody() {
    let (hub, stream) = with_stream().await;
    stream.set_away(true);
    hub.publish("housing", incident("j", &["health"], "T-1"))
        .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(reads(&hub).await, Ok(1));
    assert!(hub.projection().order.head() > stream.len());
    stream.set_away(false);
    hub.settled().await;
    assert_eq!(reads(&hub).await, Ok(2));
}

#[tokio::test]
async fn p2_an_order_stream_that_lost_its_end_is_filled_up_again_while_nothing_happens() {
    let (hub, stream) = with_stream().await;
    let before = stream.len();
    stream.roll_back(before - 2);
    let filled = async {
        while stream.len() < before {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), filled)
        .await
        .unwrap();
    hub.publish("housing", incident("j", &["health"], "T-1"))
        .await;
    hub.settled().await;
}

#[tokio::test]
async fn a_projection_whose_place_another_took_shows_nothing_of_its_own_order() {
    let (hub, stream) = with_stream().await;
    stream.push(Bytes::from_static(b"another projection's"));
    let folded = *hub.projection().folded.borrow();
    hub.publish("housing", incident("j", &["health"], "T-1"))
        .await;
    assert!(fails(&hub).await.contains("fenced"));
    assert_eq!(reads(&hub).await, Err(Code::Unavailable));
    assert!(!is_serving(&hub).await);
    assert_eq!(*hub.projection().folded.borrow(), folded);
}

#[tokio::test]
async fn a_fenced_projection_stays_fenced_over_a_restart() {
    let (mut hub, stream) = with_stream().await;
    hub.stop_projection().await;
    // Once with another record in the place of its last one, once with more than it has.
    let last = stream.len();
    stream.replace(last, Bytes::from_static(b"another projection's"));
    hub.start_projection().await;
    assert!(fails(&hub).await.contains("fenced"));
    assert_eq!(reads(&hub).await, Err(Code::Unavailable));
    hub.stop_projection().await;
    stream.push(Bytes::from_static(b"and one more"));
    hub.start_projection().await;
    assert!(fails(&hub).await.contains("fenced"));
}
