//! P7: whatever lies on one agency's stream, the others don't notice, and the agency itself goes on unless it contradicted itself.

use std::time::Duration;

use diogel_domain::{
    board::{BoardEvent, KeyWithdrawn},
    content::{EventReference, ReferenceRole},
    ids::AgencyId,
};
use diogel_event_log::journal::KeyState;
use diogel_identity::SigningKey;
use diogel_projection::{
    chain::{Chains, Verdict},
    order::Record,
};

use crate::support::{Hub, Signer, given::incident};

/// A hub with an agency whose chain is made by hand.
async fn with_refuge() -> (Hub, Signer) {
    let mut hub = Hub::start(&["housing", "health"]).await;
    let mut refuge = Signer::new("refuge", 7);
    hub.registers("refuge", refuge.key.public_key(), hub.address())
        .await;
    hub.wire.inject("refuge", refuge.next());
    hub.expect(1);
    hub.settled().await;
    (hub, refuge)
}

async fn is_admitted(hub: &mut Hub, refuge: &mut Signer) {
    hub.wire.inject("refuge", refuge.next());
    hub.expect(1);
    hub.settled().await;
}

/// The refuge's next event gets no position, and housing's does.
async fn has_stopped(hub: &Hub, refuge: &mut Signer, key: &str) {
    hub.wire.inject("refuge", refuge.next());
    tokio::time::sleep(Duration::from_millis(300)).await;
    hub.publish("housing", incident(key, &["health"], "T-1"))
        .await;
    hub.settled().await;
}

#[tokio::test]
async fn p7_a_strangers_bytes_stop_nobody() {
    let (mut hub, mut refuge) = with_refuge().await;
    let mut forger = Signer::new("refuge", 9);
    hub.wire.inject("refuge", &b"not an event"[..]);
    hub.wire.inject("refuge", vec![0xff; 100_000]);
    hub.wire.inject("refuge", forger.next());
    for seq in [1, 2, 3, 900] {
        let (bytes, _) = forger.at(seq, refuge.previous, [9; 16]);
        hub.wire.inject("refuge", bytes);
    }
    // Another agency's event, signed with its own key; and this agency's, for another board.
    let mut housing = Signer::new("housing", 7);
    hub.wire.inject("refuge", housing.next());
    refuge.board = "north";
    let (other_board, _) = refuge.at(2, refuge.previous, [8; 16]);
    refuge.board = crate::support::BOARD;
    hub.wire.inject("refuge", other_board);
    is_admitted(&mut hub, &mut refuge).await;
    // What the refuge's key signs is no event of housing's either.
    hub.wire.inject("housing", refuge.next_with([6; 16]));
    hub.wire.inject("housing", forger.next());
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
}

#[tokio::test]
async fn p3_a_gap_waits_for_what_is_missing_and_repeats_count_once() {
    let (mut hub, mut refuge) = with_refuge().await;
    let (second, third) = (refuge.next(), refuge.next());
    hub.wire.inject("refuge", third.clone());
    tokio::time::sleep(Duration::from_millis(200)).await;
    for bytes in [&second, &second, &third, &second, &third] {
        hub.wire.inject("refuge", bytes.clone());
    }
    hub.expect(2);
    hub.settled().await;
    is_admitted(&mut hub, &mut refuge).await;
}

#[tokio::test]
async fn p7_an_agency_that_contradicts_itself_stops_alone() {
    let (mut hub, mut refuge) = with_refuge().await;
    is_admitted(&mut hub, &mut refuge).await;
    let (other, _) = refuge.at(1, [0; 32], [5; 16]);
    hub.wire.inject("refuge", other);
    has_stopped(&hub, &mut refuge, "i").await;
}

#[tokio::test]
async fn the_board_lets_a_forked_chain_go_on_with_another_key() {
    let (mut hub, mut refuge) = with_refuge().await;
    is_admitted(&mut hub, &mut refuge).await;
    let (seq, last) = (refuge.seq, refuge.previous);
    let (other, _) = refuge.at(1, [0; 32], [5; 16]);
    hub.wire.inject("refuge", other);
    has_stopped(&hub, &mut refuge, "i").await;
    let stolen = std::mem::replace(&mut refuge.key, SigningKey::from_seed(&[8; 32]));
    hub.says(BoardEvent::KeyWithdrawn(KeyWithdrawn {
        agency: AgencyId::new("refuge").unwrap(),
        last_good_epoch: 1,
        last_good_seq: seq,
        last_good_hash: last,
        next_key: refuge.key.public_key().to_bytes(),
    }))
    .await;
    hub.settled().await;
    (refuge.seq, refuge.previous) = (seq, last);
    is_admitted(&mut hub, &mut refuge).await;
    // Whoever has the old key says nothing any more, not even that the chain is forked.
    let thief = Signer {
        key: stolen,
        ..Signer::new("refuge", 0)
    };
    for seq in [1, 2, 3, 4] {
        hub.wire.inject("refuge", thief.at(seq, last, [4; 16]).0);
    }
    is_admitted(&mut hub, &mut refuge).await;
}

#[tokio::test]
async fn p7_a_fork_at_the_head_stops_one_chain() {
    let (hub, mut refuge) = with_refuge().await;
    let (other, hash) = refuge.at(2, [3; 32], [5; 16]);
    hub.wire.inject("refuge", other);
    refuge.previous = hash;
    has_stopped(&hub, &mut refuge, "i").await;
}

#[tokio::test]
async fn p7_nobody_destroys_the_key_of_anothers_event() {
    let (mut hub, mut refuge) = with_refuge().await;
    let id = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let event_id = diogel_domain::ids::EventId::parse(&id).unwrap();
    refuge.references = vec![EventReference {
        event_id,
        hash: None,
        role: ReferenceRole::Erases,
    }];
    is_admitted(&mut hub, &mut refuge).await;
    let journal = hub.projection().order.journal().clone();
    let keys = journal.content_keys(&[event_id.0]).await.unwrap();
    assert!(matches!(keys[..], [KeyState::Key(_)]));
    // Its own it does destroy, there and here.
    hub.erase("housing", "i").await;
    hub.settled().await;
    let keys = journal.content_keys(&[event_id.0]).await.unwrap();
    assert!(matches!(keys[..], [KeyState::Destroyed]));
}

#[tokio::test]
async fn p7_nobody_takes_the_id_of_anothers_event() {
    let (mut hub, mut refuge) = with_refuge().await;
    let id = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let id = diogel_domain::ids::EventId::parse(&id).unwrap().0;
    // In one breath: the one before keeps its place, what comes after has none.
    is_admitted(&mut hub, &mut refuge).await;
    hub.wire.inject("refuge", refuge.next_with(id));
    has_stopped(&hub, &mut refuge, "j").await;
    let record = hub.projection().order.find(id).await.unwrap().unwrap();
    assert_eq!(record.event.agency.as_str(), "housing");
    // Nor after a restart.
    hub.stop_projection().await;
    hub.start_projection().await;
    hub.settled().await;
    hub.publish("housing", incident("k", &["health"], "T-1"))
        .await;
    hub.settled().await;
}

/// Judged before the withdrawal, and ordered after it: replicas and whoever verifies would stop there for good.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_nothing_that_a_withdrawn_key_signed_is_ordered_after_the_withdrawal() {
    let (hub, mut refuge) = with_refuge().await;
    let order = &hub.projection().order;
    for round in 0..12 {
        let next = SigningKey::from_seed(&[100 + round; 32]);
        let withdrawn = KeyWithdrawn {
            agency: AgencyId::new("refuge").unwrap(),
            last_good_epoch: refuge.epoch,
            last_good_seq: refuge.seq,
            last_good_hash: refuge.previous,
            next_key: next.public_key().to_bytes(),
        };
        let wire = hub.wire.clone();
        let flooding = tokio::spawn(async move {
            for _ in 0..150 {
                wire.inject("refuge", refuge.next());
                tokio::time::sleep(Duration::from_micros(500)).await;
            }
            refuge
        });
        hub.says(BoardEvent::KeyWithdrawn(withdrawn)).await;
        refuge = flooding.await.unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        let records = order.read(0, 10_000).await.unwrap();
        let of_refuge = |record: &&Record| record.event.agency.as_str() == "refuge";
        let last = records.iter().rev().find(of_refuge).unwrap();
        (refuge.seq, refuge.previous, refuge.key) = (last.event.seq, last.event.hash, next);
    }
    let genesis = hub.agency("board").public_key.to_bytes();
    let mut chains = Chains::new(AgencyId::new("board").unwrap(), genesis);
    for record in order.read(0, 10_000).await.unwrap() {
        let chain = chains.get(&record.event.agency).unwrap();
        let verdict = chain.judge(&record.event);
        assert_eq!(verdict, Verdict::Next, "position {}", record.position);
        chains.apply(&record.event);
    }
}
