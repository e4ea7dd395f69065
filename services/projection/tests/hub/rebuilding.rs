//! P4: two builds from the same order say the same, and so does the view that was kept up event by event; a view that can't be
//! trusted is built anew.

use std::path::Path;

use diogel_contract::v1;
use diogel_domain::times::Moment;
use diogel_generator::{Generator, Shape};
use diogel_identity::SigningKey;
use diogel_projection::{
    config::StoreKind,
    open_event,
    order::OrderJournal,
    view_folder::{OpenView, ViewFolder},
};
use diogel_views::{Folded, store::SledStore};

use crate::support::{
    BOARD, Hub,
    given::{at, incident, local},
};

pub const ALL: [&str; 8] = [
    "education",
    "health",
    "housing",
    "outreach",
    "police",
    "probation",
    "refuge",
    "social-care",
];

/// Load with corrections, and an erasure now and then.
pub async fn feed(hub: &Hub, seed: u64, events: usize) {
    let now = Moment(at(0).seconds * 1_000_000);
    let mut erased = 0;
    for (n, (agency, request)) in Generator::new(seed, Shape::cwm_derwen(40, now))
        .take(events)
        .enumerate()
    {
        let key = request.request_key.clone();
        hub.publish(&agency, request).await;
        if n % 9 == 0 {
            hub.erase(&agency, &key).await;
            erased += 1;
        }
    }
    assert!(erased > 3);
}

/// The shipped protocols.
pub async fn adopt_all(hub: &Hub) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/protocols");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        hub.adopt(&text).await;
    }
}

pub async fn open(data: &Path) -> (OrderJournal, ViewFolder) {
    let key = SigningKey::load(&data.join("order.key")).unwrap();
    let order = OrderJournal::open(&data.join("order"), BOARD, key).await;
    let views = ViewFolder::new(data, StoreKind::Sled).unwrap();
    (order.unwrap(), views)
}

/// Of the view as it was left.
pub async fn digest(data: &Path) -> (u64, [u8; 32]) {
    let (order, views) = open(data).await;
    let current = views.current();
    let left: OpenView<SledStore> = views.open(&order).await.unwrap();
    assert_eq!(Some(left.generation), current, "not quarantined");
    (
        left.views.checkpoint().position,
        left.views.digest().unwrap(),
    )
}

async fn fold_all(order: &OrderJournal, views: &Folded<SledStore>, batch: usize) {
    loop {
        let records = order
            .read(views.checkpoint().position, batch)
            .await
            .unwrap();
        if records.is_empty() {
            return;
        }
        let ids: Vec<[u8; 16]> = records.iter().map(|r| r.event.event_id.0).collect();
        let keys = order.journal().content_keys(&ids).await.unwrap();
        let inputs = records.iter().zip(&keys);
        let inputs = inputs.map(|(record, key)| open_event::open(record, key).unwrap());
        views.fold(&inputs.collect::<Vec<_>>()).unwrap();
    }
}

#[tokio::test]
async fn p4_a_rebuild_says_what_the_view_says_that_was_kept_up() {
    let mut hub = Hub::start(&ALL).await;
    adopt_all(&hub).await;
    feed(&hub, 7, 200).await;
    hub.settled().await;
    hub.stop_projection().await;
    // Caught up in large batches, an erasure beside what it erases.
    feed(&hub, 8, 60).await;
    hub.start_projection().await;
    hub.settled().await;
    hub.stop_projection().await;
    let (position, kept_up) = digest(&hub.data()).await;
    assert!(position > 280);
    let (order, views) = open(&hub.data()).await;
    for batch in [1, 1_000] {
        let built: OpenView<SledStore> = views.beside(&order).unwrap();
        fold_all(&order, &built.views, batch).await;
        let digest = built.views.digest().unwrap();
        assert_eq!(digest, kept_up, "in batches of {batch}");
    }
}

async fn finds(hub: &Hub) -> bool {
    let check = v1::ListItemsRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::ListItemsRequest::default()
    };
    loop {
        match hub.reads("health").list_items(check.clone()).await {
            Ok(list) => return list.into_inner().items.len() == 1,
            Err(status) => assert_eq!(status.code(), tonic::Code::Unavailable),
        }
    }
}

#[tokio::test]
async fn a_view_of_another_index_key_is_not_believed() {
    let mut hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    hub.stop_projection().await;
    std::fs::remove_file(hub.data().join("index.key")).unwrap();
    hub.start_projection().await;
    hub.settled().await;
    assert!(finds(&hub).await, "nobody would be found under the new key");
}

#[tokio::test]
async fn a_damaged_or_doubted_view_is_set_aside_and_stale_ones_are_removed() {
    let mut hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let views = hub.data().join("views");
    for how in ["damaged", "doubted", "missing"] {
        hub.stop_projection().await;
        let current = std::fs::read_to_string(views.join("current")).unwrap();
        let folder = views.join(&current[..16]);
        match how {
            "damaged" => std::fs::write(folder.join("conf"), "?").unwrap(),
            "doubted" => std::fs::rename(views.join("current"), views.join("doubted")).unwrap(),
            _ => std::fs::remove_dir_all(folder).unwrap(),
        }
        std::fs::create_dir_all(views.join("00000000000000ff")).unwrap();
        hub.start_projection().await;
        hub.settled().await;
        assert!(finds(&hub).await, "{how}");
        let mut left: Vec<_> = std::fs::read_dir(&views).unwrap().collect();
        left.retain(|entry| entry.as_ref().unwrap().path().is_dir());
        assert!(
            left.len() <= 2,
            "{how}: the current one and the quarantined"
        );
        assert!(!views.join("doubted").exists());
    }
}
