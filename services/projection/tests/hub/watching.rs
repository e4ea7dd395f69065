//! A watch: in order, resumed by its cursor, and taken back.

use std::time::{Duration, Instant};

use diogel_contract::v1::{self, watch_response::Change};
use diogel_domain::{board::BoardEvent, ids::AgencyId};
use tonic::Code;

use crate::accountability::accounting;
use crate::support::{
    Hub,
    given::{at, incident, protocol, withdrawal},
    item, retraction,
};

fn from(cursor: &str) -> v1::WatchRequest {
    v1::WatchRequest {
        cursor: cursor.into(),
        from_now: false,
        ..v1::WatchRequest::default()
    }
}

#[tokio::test]
async fn a_watch_goes_on_from_its_cursor_over_a_restart() {
    let mut hub = Hub::start(&["housing", "health"]).await;
    let mut ids = Vec::new();
    for n in 0..3 {
        let request = incident(&format!("i{n}"), &["health"], "T-1");
        ids.push(hub.publish("housing", request).await);
    }
    let mut watch = hub.watches("health", from("")).await;
    let first = watch.take(2).await;
    assert_eq!(item(&first[0]).event_id, ids[0]);
    hub.settled().await;
    // The stream is still open: it ends with the projection.
    hub.stop_projection().await;
    hub.start_projection().await;
    hub.settled().await;
    let mut watch = loop {
        let request = from(&first[1].cursor);
        match hub.reads("health").watch(request).await {
            Ok(stream) => break crate::support::Watcher(stream.into_inner()),
            Err(status) => assert_eq!(status.code(), Code::Unavailable),
        }
    };
    let third = watch.next().await.unwrap();
    assert_eq!(item(&third).event_id, ids[2]);
    ids.push(
        hub.publish("housing", incident("i3", &["health"], "T-1"))
            .await,
    );
    assert_eq!(item(&watch.next().await.unwrap()).event_id, ids[3]);
    assert!(watch.is_quiet().await);
}

#[tokio::test]
async fn a_cursor_of_another_view_starts_again_and_says_so() {
    let hub = Hub::start(&["housing", "health"]).await;
    let id = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    let mut watch = hub.watches("health", from(&format!("{:016x}00", 3))).await;
    let first = watch.next().await.unwrap();
    assert_eq!(first.change, Some(Change::Restarted(true)));
    assert_eq!(item(&watch.next().await.unwrap()).event_id, id);
    let refused = hub.reads("health").watch(from("no cursor")).await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn a_watch_is_written_down_when_it_is_opened_and_when_it_is_refused() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.watches("health", from("")).await;
    let refused = hub.reads("health").watch(from("no cursor")).await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
    let own = v1::AccessLogRequest::default();
    let own = accounting(&hub, "health").access_log(own).await.unwrap();
    let told: Vec<(String, bool)> = own
        .into_inner()
        .accesses
        .into_iter()
        .map(|access| (access.call, access.refused))
        .collect();
    assert_eq!(told, [("Watch".into(), true), ("Watch".into(), false)]);
}

#[tokio::test]
async fn an_erasure_is_a_retraction_without_content() {
    let hub = Hub::start(&["housing", "health"]).await;
    let id = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    let mut watch = hub.watches("health", from("")).await;
    assert!(item(&watch.next().await.unwrap()).content.is_some());
    hub.erase("housing", "i").await;
    let gone = watch.next().await.unwrap();
    let told = (
        retraction(&gone).event_id.clone(),
        retraction(&gone).state(),
    );
    assert_eq!(told, (id.clone(), v1::ItemState::Erased));
    let mut health = hub.reads("health");
    let item = health.get_item(v1::GetItemRequest {
        event_id: id,
        ..v1::GetItemRequest::default()
    });
    assert_eq!(item.await.unwrap().into_inner().item.unwrap().content, None);
}

#[tokio::test]
async fn whoever_held_what_was_wrong_is_told_so_without_content() {
    let hub = Hub::start(&["housing", "health"]).await;
    let id = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    let mut watch = hub.watches("health", from("")).await;
    watch.next().await.unwrap();
    hub.publish("housing", withdrawal("w", &[], "i")).await;
    let changed = watch.next().await.unwrap();
    let told = item(&changed);
    assert_eq!(
        (told.event_id.as_str(), told.state(), &told.content),
        (id.as_str(), v1::ItemState::EnteredInError, &None)
    );
}

#[tokio::test]
async fn p8_a_narrowed_protocol_takes_back_what_an_open_stream_has_sent() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let id = hub
        .publish("housing", incident("i", &["health", "police"], "T-1"))
        .await;
    let mut health = hub.watches("health", from("")).await;
    let mut police = hub.watches("police", from("")).await;
    health.next().await.unwrap();
    police.next().await.unwrap();
    hub.adopt(&protocol(2, &["board", "housing", "police"]))
        .await;
    let since = Instant::now();
    let gone = health.next().await.unwrap();
    assert!(since.elapsed() < Duration::from_secs(1));
    let told = (
        retraction(&gone).event_id.clone(),
        retraction(&gone).state(),
    );
    assert_eq!(told, (id.clone(), v1::ItemState::Current));
    assert!(police.is_quiet().await, "nothing changed for the police");
    // And what was wrong is told to it still.
    hub.publish("housing", withdrawal("w", &["police"], "i"))
        .await;
    let wrong = health.next().await.unwrap();
    let told = (
        retraction(&wrong).event_id.clone(),
        retraction(&wrong).state(),
    );
    assert_eq!(told, (id, v1::ItemState::EnteredInError));
}

#[tokio::test]
async fn p6_a_sign_of_life_comes_on_time_whatever_happens_unseen() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let mut watch = hub.watches("health", from("")).await;
    let unseen = async {
        for n in 0..40 {
            let request = incident(&format!("i{n}"), &["police"], "T-1");
            hub.publish("housing", request).await;
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
    };
    let since = Instant::now();
    tokio::select! {
        alive = watch.0.message() => {
            assert!(matches!(alive.unwrap().unwrap().change, Some(Change::Alive(_))));
            assert!((9..12).contains(&since.elapsed().as_secs()));
        }
        () = unseen => panic!("no sign of life in sixteen seconds"),
    }
}

#[tokio::test]
async fn p8_a_suspended_agencys_stream_ends_at_once() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    let mut watch = hub.watches("health", from("")).await;
    watch.next().await.unwrap();
    hub.says(BoardEvent::AgencyStatusChanged {
        agency: AgencyId::new("health").unwrap(),
        suspended: true,
    })
    .await;
    let since = Instant::now();
    let ended = watch.next().await.unwrap_err();
    assert_eq!(ended.code(), Code::PermissionDenied);
    assert!(since.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn p8_what_ends_by_the_clock_is_retracted_within_a_second_and_busy_streams_too() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut watch = hub.watches("health", from("")).await;
    let mut ending = incident("ending", &["health"], "T-1");
    let end = Instant::now() + Duration::from_secs(4);
    ending.audience.as_mut().unwrap().until = Some(at(4));
    let event = hub.publish("housing", ending).await;
    assert_eq!(item(&watch.next().await.unwrap()).event_id, event);
    let mut number = 0;
    let gone = loop {
        number += 1;
        let other = incident(&format!("i{number}"), &["health"], "T-2");
        hub.publish("housing", other).await;
        let response = watch.next().await.unwrap();
        if let Some(Change::Retraction(gone)) = response.change {
            break gone;
        }
        assert!(number < 10_000);
    };
    assert_eq!(gone.event_id, event);
    let late = Instant::now().saturating_duration_since(end);
    // Its time is in whole seconds.
    assert!(late < Duration::from_secs(2), "{late:?}");
}
