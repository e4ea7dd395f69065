//! What an agency's service is told of its own chain, and nobody else.

use std::time::Duration;

use diogel_contract::v1::{self, ChainState, ContentKeyState};
use tonic::Code;

use crate::support::{Hub, Signer, given::incident};

async fn state(hub: &Hub, seq: u64, hash: [u8; 32]) -> ChainState {
    let request = v1::ReconcileRequest {
        agency: "refuge".into(),
        epoch: 1,
        head_seq: seq,
        head_hash: hash.to_vec().into(),
        at: Some(crate::support::given::at(0)),
        outcomes_after: 0,
        restored: false,
    };
    let answer = hub.reconciles("refuge").reconcile(request).await;
    answer.unwrap().into_inner().state()
}

#[tokio::test]
async fn an_agency_is_told_how_its_chain_stands() {
    let mut hub = Hub::start(&["housing"]).await;
    let mut refuge = Signer::new("refuge", 7);
    assert_eq!(state(&hub, 0, [0; 32]).await, ChainState::NotRegistered);
    hub.registers("refuge", refuge.key.public_key(), hub.address())
        .await;
    hub.settled().await;
    assert_eq!(state(&hub, 0, [0; 32]).await, ChainState::Complete);
    hub.wire.inject("refuge", refuge.next());
    let first = refuge.previous;
    hub.wire.inject("refuge", refuge.next());
    hub.expect(2);
    hub.settled().await;
    let head = refuge.previous;
    assert_eq!(state(&hub, 2, head).await, ChainState::Complete);
    assert_eq!(state(&hub, 1, first).await, ChainState::RolledBack);
    assert_eq!(state(&hub, 1, [9; 32]).await, ChainState::Forked);
    assert_eq!(state(&hub, 2, [9; 32]).await, ChainState::Forked);
    // Just accepted is no gap; five seconds without it is one.
    assert_eq!(state(&hub, 3, [3; 32]).await, ChainState::Behind);
    tokio::time::sleep(Duration::from_millis(4_500)).await;
    assert_eq!(state(&hub, 3, [3; 32]).await, ChainState::Gap);
    assert_eq!(
        state(&hub, 3, [3; 32]).await,
        ChainState::Behind,
        "asked for once"
    );
    // Seen to be missing: at once.
    refuge.next();
    hub.wire.inject("refuge", refuge.next());
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(state(&hub, 4, refuge.previous).await, ChainState::Gap);
    assert_eq!(state(&hub, 2, head).await, ChainState::Complete);
}

#[tokio::test]
async fn nobody_asks_about_another_agencys_chain() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut housing = hub.reconciles("housing");
    let asked = v1::ReconcileRequest {
        agency: "health".into(),
        ..v1::ReconcileRequest::default()
    };
    let refused = housing.reconcile(asked).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    let asked = v1::RecoverRequest {
        agency: "health".into(),
        ..v1::RecoverRequest::default()
    };
    let refused = housing.recover(asked).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
}

#[tokio::test]
async fn a_restored_journal_gets_its_own_events_back_and_no_destroyed_key() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("health", incident("other", &["housing"], "T-1"))
        .await;
    hub.publish("housing", incident("kept", &["health"], "T-1"))
        .await;
    hub.publish("housing", incident("gone", &["health"], "T-1"))
        .await;
    hub.erase("housing", "gone").await;
    hub.settled().await;
    let request = v1::RecoverRequest {
        agency: "housing".into(),
        after_epoch: 1,
        after_seq: 0,
    };
    let answer = hub.reconciles("housing").recover(request).await.unwrap();
    let keys: Vec<(bool, ContentKeyState)> = answer
        .into_inner()
        .events
        .iter()
        .map(|event| event.key.as_ref().unwrap())
        .map(|key| (key.key.is_empty(), key.state()))
        .collect();
    let expected = [
        // Its signature under the protocol.
        (true, ContentKeyState::None),
        (false, ContentKeyState::Held),
        (true, ContentKeyState::Destroyed),
        (true, ContentKeyState::None),
    ];
    assert_eq!(keys, expected);
}
