//! A replica follows the order stream to the same view, and believes nobody but the projection whose key it was given.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use diogel_contract::v1;
use diogel_event_log::{
    entry::{Entry, Place},
    journal::{Imported, KeyState},
};
use diogel_identity::{PublicKey, Role, SigningKey};
use diogel_ops::Shutdown;
use diogel_projection::{
    ProjectionHandle, StartError,
    config::{Mode, ProjectionConfig},
    order::OrderJournal,
};
use tonic::{Code, transport::Channel};

use crate::{
    rebuilding::{ALL, adopt_all, digest, feed},
    support::{BOARD, Hub, Order, Shared, free_address, given::incident, hex},
};

fn config(hub: &Hub, order_key: Option<PublicKey>) -> ProjectionConfig {
    ProjectionConfig {
        mode: Mode::Replica,
        order_key: order_key.map(|key| hex(&key.to_bytes())),
        data: hub.dir.path().join("replica"),
        listen: SocketAddr::from(([127, 0, 0, 1], free_address().port())),
        tls: hub.tls("board", Role::Projection, "reader"),
        ..hub.config()
    }
}

async fn start(hub: &Hub, key: PublicKey) -> (ProjectionHandle, Shutdown) {
    let shutdown = Shutdown::new();
    let started = diogel_projection::start(config(hub, Some(key)), hub.ends(), shutdown.clone());
    (started.await.unwrap(), shutdown)
}

async fn caught_up(replica: &ProjectionHandle, position: u64) {
    let mut folded = replica.folded.clone();
    let wait = folded.wait_for(|folded| *folded >= position);
    tokio::time::timeout(Duration::from_secs(30), wait)
        .await
        .expect("caught up in time")
        .unwrap();
}

#[tokio::test]
async fn p4_a_replica_comes_to_the_same_view() {
    let stream = Arc::new(Shared::default());
    let mut hub = Hub::start_with(&ALL, Order::Stream(stream)).await;
    adopt_all(&hub).await;
    feed(&hub, 7, 80).await;
    hub.settled().await;
    // Digests are over the index too, which is made with a secret of the machine's own.
    let own = hub.dir.path().join("replica");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::copy(hub.data().join("index.key"), own.join("index.key")).unwrap();
    // It begins with what was erased long ago, and sees the rest happen, also over a restart.
    let key = hub.projection().public_key;
    let (replica, shutdown) = start(&hub, key).await;
    feed(&hub, 8, 40).await;
    shutdown.request();
    replica.ended().await;
    feed(&hub, 9, 40).await;
    let (replica, shutdown) = start(&hub, key).await;
    hub.settled().await;
    caught_up(&replica, hub.projection().order.head()).await;

    let mut reads = v1::reading_service_client::ReadingServiceClient::new(
        hub.system("social-care", replica.address),
    );
    let list = loop {
        match reads.list_items(v1::ListItemsRequest::default()).await {
            Err(status) if status.code() == Code::Unavailable => {}
            list => break list,
        }
    };
    assert!(!list.unwrap().into_inner().items.is_empty());
    let channel = Hub::channel(
        replica.address,
        hub.tls("housing", Role::Service, "hub"),
        Role::Projection,
    );
    let mut reconciles = v1::reconcile_service_client::ReconcileServiceClient::new(channel);
    let refused = reconciles.reconcile(v1::ReconcileRequest::default()).await;
    assert_eq!(refused.unwrap_err().code(), Code::Unimplemented);

    shutdown.request();
    replica.ended().await;
    hub.stop_projection().await;
    let admitting = digest(&hub.data()).await;
    assert_eq!(digest(&own).await, admitting);
}

#[tokio::test]
async fn p10_a_replica_stops_at_what_its_pinned_key_did_not_sign() {
    let stream = Arc::new(Shared::default());
    let hub = Hub::start_with(&["housing", "health"], Order::Stream(stream.clone())).await;
    let (replica, shutdown) = start(&hub, SigningKey::from_seed(&[3; 32]).public_key()).await;
    let why = tokio::time::timeout(Duration::from_secs(10), replica.failed()).await;
    assert!(why.unwrap().contains("pinned order key"));
    assert_eq!(replica.order.head(), 0);
    shutdown.request();
    replica.ended().await;
}

#[tokio::test]
async fn p10_a_replica_stops_at_an_order_that_was_tampered_with() {
    let stream = Arc::new(Shared::default());
    let hub = Hub::start_with(&["housing", "health"], Order::Stream(stream.clone())).await;
    let (replica, shutdown) = start(&hub, hub.projection().public_key).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let head = stream.len();
    caught_up(&replica, head).await;
    // The last record once more: signed, and out of its place.
    let again = hub.projection().order.at(head).await.unwrap().unwrap();
    stream.push(again.bytes);
    let why = tokio::time::timeout(Duration::from_secs(10), replica.failed()).await;
    assert!(why.unwrap().contains("doesn't follow"));
    let mut reads = v1::reading_service_client::ReadingServiceClient::new(
        hub.system("health", replica.address),
    );
    let refused = reads.list_items(v1::ListItemsRequest::default()).await;
    assert_eq!(refused.unwrap_err().code(), Code::Unavailable);
    shutdown.request();
    replica.ended().await;
}

#[tokio::test]
async fn a_replica_without_a_pinned_key_does_not_start() {
    let hub = Hub::start(&["housing"]).await;
    let refused = diogel_projection::start(config(&hub, None), hub.ends(), Shutdown::new()).await;
    assert!(matches!(refused, Err(StartError::Config(why)) if why.starts_with("order_key")));
}

#[tokio::test]
async fn p5_a_key_that_was_lost_is_fetched_again_before_anything_is_folded_without() {
    let stream = Arc::new(Shared::default());
    let hub = Hub::start_with(&["housing", "health"], Order::Stream(stream)).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.publish("housing", incident("gone", &["health"], "T-1"))
        .await;
    hub.erase("housing", "gone").await;
    hub.settled().await;
    without_keys(&hub).await;
    let (replica, shutdown) = start(&hub, hub.projection().public_key).await;
    caught_up(&replica, hub.projection().order.head()).await;
    let mut reads = v1::reading_service_client::ReadingServiceClient::new(
        hub.system("health", replica.address),
    );
    assert_eq!(contents(&mut reads).await, [false, true]);
    // Lost once more, when the view is there already: reads fetch it again, and show nothing else meanwhile.
    shutdown.request();
    replica.ended().await;
    let generations = || {
        std::fs::read_dir(hub.dir.path().join("replica/views"))
            .unwrap()
            .count()
    };
    let before = generations();
    std::fs::remove_dir_all(hub.dir.path().join("replica/order")).unwrap();
    without_keys(&hub).await;
    let (replica, shutdown) = start(&hub, hub.projection().public_key).await;
    let mut reads = v1::reading_service_client::ReadingServiceClient::new(
        hub.system("health", replica.address),
    );
    assert_eq!(contents(&mut reads).await, [false, true]);
    assert_eq!(generations(), before, "the view is the same one");
    shutdown.request();
    replica.ended().await;
}

/// Which of the items have content, once the view answers.
async fn contents(
    reads: &mut v1::reading_service_client::ReadingServiceClient<Channel>,
) -> Vec<bool> {
    let patience = tokio::time::Instant::now() + Duration::from_secs(30);
    loop {
        match reads.list_items(v1::ListItemsRequest::default()).await {
            Ok(list) => {
                let items = list.into_inner().items;
                return items.iter().map(|item| item.content.is_some()).collect();
            }
            Err(status) => assert_eq!(status.code(), Code::Unavailable),
        }
        assert!(tokio::time::Instant::now() < patience, "never complete");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// An order journal that came back from a backup without its keys.
async fn without_keys(hub: &Hub) {
    let own = hub.dir.path().join("replica");
    std::fs::create_dir_all(&own).unwrap();
    let key = SigningKey::load_or_create(&own.join("order.key")).unwrap();
    let order = OrderJournal::open(&own.join("order"), BOARD, key).await;
    let order = order.unwrap();
    let records = hub.projection().order.read(0, 1_000).await.unwrap();
    let imported = records.iter().map(|record| Imported {
        entry: Entry {
            place: Place {
                epoch: 1,
                seq: record.position,
            },
            digest: record.digest,
            event_id: record.event.event_id.0,
            event: record.bytes.clone(),
        },
        request: None,
        key: if record.event.is_sealed() {
            KeyState::Unknown
        } else {
            KeyState::None
        },
        erases: None,
    });
    order.journal().import(imported.collect()).await.unwrap();
    drop(order);
}
