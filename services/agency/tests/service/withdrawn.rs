//! The Board has withdrawn the key that the service signs with: nothing is taken in, and operators are told the way out.

use std::time::{Duration, Instant};

use diogel_contract::v1;
use diogel_identity::SigningKey;
use tokio::net::TcpListener;
use tonic_health::pb::health_check_response::ServingStatus;

use crate::{
    starting::health,
    support::{Heard, Projection, Running, Site, error_of, given, hex},
};

async fn publish(service: &Running<'_>, key: &str) -> Result<(), String> {
    let answer = service.system().publish(given::incident(key)).await;
    answer.map(drop).map_err(|status| error_of(&status).reason)
}

fn refused() -> Result<(), String> {
    Err("JOURNAL_UNAVAILABLE".into())
}

fn complete() -> v1::ReconcileResponse {
    v1::ReconcileResponse {
        state: v1::ChainState::Complete as i32,
        ..v1::ReconcileResponse::default()
    }
}

fn withdrawn(in_force: &SigningKey) -> v1::ReconcileResponse {
    v1::ReconcileResponse {
        key_in_force: in_force.public_key().to_bytes().to_vec().into(),
        key_withdrawn: true,
        ..complete()
    }
}

#[tokio::test]
async fn a_withdrawn_key_closes_the_gate_until_it_is_in_force_and_says_the_way_out_once() {
    let heard = Heard::listen();
    let site = Site::new();
    let projection = Projection::answering(complete());
    let address = projection.serve(&site).await;
    let started = site.start_with(site.config_with(address)).await;
    let service = started.unwrap();
    assert_eq!(publish(&service, "one").await, Ok(()));
    let named = SigningKey::generate().unwrap();
    projection.said().answer = withdrawn(&named);
    projection.asked_again(3).await;
    assert_eq!(publish(&service, "two").await, refused());
    assert_eq!(health(&service).await, ServingStatus::NotServing);
    let errors = heard.errors("the Board withdrew the key");
    assert_eq!(errors.len(), 1, "{errors:?}");
    let key = hex(&named.public_key().to_bytes());
    let file = site.data().join("signing.key").display().to_string();
    let position = format!("epoch=1 seq={}", service.head().place.seq);
    for said in [&key, &hex(&service.head().digest), &file, &position] {
        assert!(errors[0].contains(said), "{said}: {errors:?}");
    }

    // Of an agency that was suspended nothing is said of keys.
    projection.said().answer = v1::ReconcileResponse {
        state: v1::ChainState::NotRegistered as i32,
        ..v1::ReconcileResponse::default()
    };
    projection.asked_again(2).await;
    assert_eq!(publish(&service, "two").await, refused());
    projection.said().answer = complete();
    projection.asked_again(2).await;
    assert_eq!(publish(&service, "two").await, Ok(()));
    assert_eq!(health(&service).await, ServingStatus::Serving);
}

#[tokio::test]
async fn a_start_with_the_key_that_the_board_named_takes_events_in_and_one_with_another_does_not() {
    let site = Site::new();
    site.start().await.stop().await;
    let own = SigningKey::load(&site.data().join("signing.key")).unwrap();
    let projection = Projection::answering(withdrawn(&SigningKey::generate().unwrap()));
    let address = projection.serve(&site).await;
    let started = site.start_with(site.config_with(address)).await;
    let service = started.unwrap();
    assert_eq!(publish(&service, "one").await, refused());
    service.stop().await;
    projection.said().answer = withdrawn(&own);
    let started = site.start_with(site.config_with(address)).await;
    assert_eq!(publish(&started.unwrap(), "one").await, Ok(()));
}

/// Both start at once: the first question finds nobody.
#[tokio::test]
async fn a_start_waits_for_a_projection_that_starts_too() {
    let site = Site::new();
    let projection = Projection::answering(withdrawn(&SigningKey::generate().unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let begun = Instant::now();
    let later = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let listener = TcpListener::bind(address).await.unwrap();
        projection.serve_on(&site, listener);
    };
    let (started, ()) = tokio::join!(site.start_with(site.config_with(address)), later);
    let waited = begun.elapsed();
    assert!(
        waited < Duration::from_secs(2),
        "as soon as it is heard: {waited:?}"
    );
    assert_eq!(publish(&started.unwrap(), "one").await, refused());
}
