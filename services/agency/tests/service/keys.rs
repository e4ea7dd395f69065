//! Content keys, as the projection asks for them.

use diogel_contract::{envelope::Envelope, v1};
use diogel_domain::ids::EventId;
use diogel_event_log::entry::Place;
use diogel_identity::{ContentKey, Role};
use tonic::Code;

use crate::support::{Heard, Running, Site, assert_names, given, name};

#[tokio::test]
async fn the_projection_gets_the_key_that_opens_the_event() {
    let site = Site::new();
    let service = site.start().await;
    let answer = service
        .system()
        .publish(given::incident("one"))
        .await
        .unwrap();
    let receipt = answer.into_inner().receipt.unwrap();
    let id = EventId::parse(&receipt.event_id).unwrap();
    let mut keys = service.keys(&name("board", Role::Projection, "hub"));
    let asked = v1::GetContentKeysRequest {
        event_ids: vec![id.0.to_vec().into(); 2],
    };
    let given = keys
        .get_content_keys(asked)
        .await
        .unwrap()
        .into_inner()
        .keys;
    assert_eq!(given.len(), 2);
    let entries = service.handle.journal.read(Place::START, 10).await.unwrap();
    let event = Envelope::read(entries[0].event.clone()).unwrap();
    assert!(event.is_signed_by(&service.handle.public_key));
    let opened = event
        .open(&ContentKey::from_slice(&given[0].key).unwrap())
        .unwrap();
    assert!(format!("{:?}", opened.content).contains(given::SECRET));
    assert!(!format!("{:?}", event.header()).contains(given::PERSON));
}

#[tokio::test]
async fn a_question_for_keys_that_can_not_be_answered_says_why() {
    let site = Site::new();
    let service = site.start().await;
    let mut keys = service.keys(&name("board", Role::Projection, "hub"));
    let many = v1::GetContentKeysRequest {
        event_ids: vec![vec![0; 16].into(); 1_001],
    };
    assert_names(&keys.get_content_keys(many).await.unwrap_err(), "event_ids");
    let odd = v1::GetContentKeysRequest {
        event_ids: vec![vec![0; 15].into()],
    };
    assert_names(&keys.get_content_keys(odd).await.unwrap_err(), "event_ids");
    let unknown = v1::GetContentKeysRequest {
        event_ids: vec![vec![7; 16].into()],
    };
    let answer = keys.get_content_keys(unknown).await.unwrap().into_inner();
    assert_eq!(answer.keys[0].state(), v1::ContentKeyState::Unknown);
}

#[tokio::test]
async fn p1_a_restored_journal_says_which_keys_it_has_lost_and_takes_nothing_in() {
    let site = Site::new();
    let service = site.start().await;
    let answer = service.system().publish(given::incident("one")).await;
    let receipt = answer.unwrap().into_inner().receipt.unwrap();
    let id = EventId::parse(&receipt.event_id).unwrap();
    service.stop().await;
    let service = site.start_restored().await;
    let mut keys = service.keys(&name("board", Role::Projection, "hub"));
    let asked = v1::GetContentKeysRequest {
        event_ids: vec![id.0.to_vec().into(), vec![7; 16].into()],
    };
    let answer = keys.get_content_keys(asked).await.unwrap().into_inner();
    let states = answer.keys.iter().map(v1::ContentKey::state);
    let expected = [v1::ContentKeyState::Held, v1::ContentKeyState::Lost];
    assert!(states.eq(expected));
    let refused = service.system().publish(given::incident("two")).await;
    assert_eq!(refused.unwrap_err().code(), Code::Unavailable);
}

/// Publishes and answers the event's id.
async fn published(service: &Running<'_>, key: &str) -> Vec<u8> {
    let answer = service.system().publish(given::incident(key)).await;
    let receipt = answer.unwrap().into_inner().receipt.unwrap();
    EventId::parse(&receipt.event_id).unwrap().0.to_vec()
}

async fn states(service: &Running<'_>, events: &[&Vec<u8>]) -> Vec<v1::ContentKeyState> {
    let mut keys = service.keys(&name("board", Role::Projection, "hub"));
    let event_ids = events.iter().map(|id| (*id).clone().into()).collect();
    let asked = v1::GetContentKeysRequest { event_ids };
    let answer = keys.get_content_keys(asked).await.unwrap().into_inner();
    answer.keys.iter().map(v1::ContentKey::state).collect()
}

/// The first slot of the vault that is used: making it and opening it each make slots ahead.
const FIRST_SLOT: usize = 64 * 64;

#[tokio::test]
async fn p1_a_damaged_slot_stops_no_other_key_and_is_no_loss_before_somebody_says_so() {
    use v1::ContentKeyState::{Held, Lost, Unknown};
    let heard = Heard::listen();
    let site = Site::new();
    let service = site.start().await;
    let one = published(&service, "one").await;
    service.stop().await;
    let vault = site.data().join("journal/vault.keys");
    let mut bytes = std::fs::read(&vault).unwrap();
    bytes[FIRST_SLOT + 20] ^= 1;
    std::fs::write(&vault, bytes).unwrap();

    let service = site.start().await;
    let two = published(&service, "two").await;
    for _ in 0..2 {
        assert_eq!(states(&service, &[&one, &two]).await, [Unknown, Held]);
    }
    let errors = heard.errors("content key that this journal lacks");
    assert_eq!(errors.len(), 1, "{errors:?}");
    for way_out in ["right vault.keys", "RESTORED"] {
        assert!(errors[0].contains(way_out), "{errors:?}");
    }
    service.stop().await;
    let service = site.start_restored().await;
    assert_eq!(states(&service, &[&one, &two]).await, [Lost, Held]);
}
