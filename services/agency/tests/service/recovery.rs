//! A journal that was restored from a copy recovers: everything admitted comes back, under the key that is in force after it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use diogel_contract::{envelope::Envelope, v1};
use diogel_domain::{content::Kind, ids::EventId};
use diogel_event_log::{
    entry::{Entry, Place},
    journal::{Journal, KeyState},
};
use diogel_identity::{PublicKey, SigningKey};

use crate::support::{Heard, Projection, Running, Site, error_of, given, hex};

async fn publish(service: &Running<'_>, key: &str) -> v1::Receipt {
    let answer = service.system().publish(given::incident(key)).await;
    answer.unwrap().into_inner().receipt.unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.unwrap().path(), to);
        let beside = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &beside);
        } else {
            fs::copy(&path, &beside).unwrap();
        }
    }
}

/// Everything of the journal, as the projection gives it back.
async fn recovered(journal: &Journal) -> Vec<v1::RecoveredEvent> {
    let entries = journal.read(Place::START, 100).await.unwrap();
    let ids: Vec<_> = entries.iter().map(|entry| entry.event_id).collect();
    let keys = journal.content_keys(&ids).await.unwrap();
    let given = |(entry, key): (&Entry, KeyState)| v1::RecoveredEvent {
        event: entry.event.clone(),
        key: Some(match key {
            KeyState::Key(key) => v1::ContentKey {
                key: key.as_bytes().to_vec().into(),
                state: v1::ContentKeyState::Held as i32,
            },
            _ => v1::ContentKey {
                state: v1::ContentKeyState::None as i32,
                ..v1::ContentKey::default()
            },
        }),
    };
    entries.iter().zip(keys).map(given).collect()
}

/// All of it was admitted, and the log holds no more.
fn drained(head: Place, in_force: &PublicKey) -> v1::ReconcileResponse {
    v1::ReconcileResponse {
        state: v1::ChainState::RolledBack as i32,
        admitted_epoch: head.epoch,
        admitted_seq: head.seq,
        known_epoch: head.epoch,
        known_seq: head.seq,
        drained: true,
        key_in_force: in_force.to_bytes().to_vec().into(),
        ..v1::ReconcileResponse::default()
    }
}

/// Event 1, then a copy; then the key is changed by event 2, and event 3 is signed with the next one. The copy is in place, marked.
struct Rotated {
    site: Site,
    events: Vec<v1::RecoveredEvent>,
    projection: Projection,
    next: PublicKey,
}

async fn rotated(with_next_key: bool) -> Rotated {
    let site = Site::new();
    let service = site.start().await;
    publish(&service, "one").await;
    service.stop().await;
    let older = site.dir.path().join("older");
    let next = site.data().join("signing.next.key");
    if !with_next_key {
        copy(&site.data(), &older);
    }
    let next = SigningKey::load_or_create(&next).unwrap().public_key();
    if with_next_key {
        copy(&site.data(), &older);
    }
    let service = site.start().await;
    publish(&service, "three").await;
    let events = recovered(&service.handle.journal).await;
    let head = service.head().place;
    assert_eq!((head.seq, events.len()), (3, 3));
    service.stop().await;
    fs::remove_dir_all(site.data()).unwrap();
    fs::rename(older, site.data()).unwrap();
    fs::write(site.data().join("RESTORED"), "").unwrap();
    Rotated {
        site,
        events,
        projection: Projection::answering(drained(head, &next)),
        next,
    }
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..250 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("not in time: {what}");
}

#[tokio::test]
async fn p1_a_copy_older_than_a_change_of_key_goes_on_under_the_key_in_force() {
    let Rotated {
        site,
        events,
        projection,
        next,
    } = rotated(true).await;
    let page = |events: &[v1::RecoveredEvent], more| v1::RecoverResponse {
        events: events.to_vec(),
        more,
    };
    // An empty page is no end while there is more.
    let pages = [
        page(&events[1..2], true),
        page(&[], true),
        page(&events[2..], false),
    ];
    projection.said().pages = pages.into();
    let address = projection.serve(&site).await;
    let started = site.start_with(site.config_with(address)).await;
    let service = started.unwrap();
    let first = Place { epoch: 2, seq: 1 };
    until("it recovers", || service.head().place == first).await;
    let entries = service.handle.journal.read(Place::START, 9).await.unwrap();
    let bytes = entries.iter().map(|entry| &entry.event);
    assert!(bytes.take(3).eq(events.iter().map(|given| &given.event)));
    let opened = Envelope::read(entries[3].event.clone()).unwrap();
    assert_eq!(opened.kind(), Some(Kind::EpochOpened));
    assert!(opened.is_signed_by(&next));
    let asked: Vec<u64> = projection
        .said()
        .recovered
        .iter()
        .map(|r| r.after_seq)
        .collect();
    assert_eq!(asked[..3], [1, 2, 2]);
    until("the mark goes", || !site.data().join("RESTORED").exists()).await;
    assert!(!site.data().join("signing.next.key").exists());
    let kept = SigningKey::load(&site.data().join("signing.key")).unwrap();
    assert_eq!(kept.public_key(), next);
    let after = publish(&service, "four").await;
    assert_eq!((after.epoch, after.agency_seq), (2, 2));
    assert!(
        publish_again(&service, "three").await,
        "its request came back"
    );
}

async fn publish_again(service: &Running<'_>, key: &str) -> bool {
    publish(service, key).await.replayed
}

#[tokio::test]
async fn p1_a_copy_without_the_key_in_force_stays_closed_and_says_which_key_it_needs() {
    let heard = Heard::listen();
    let Rotated {
        site,
        projection,
        next,
        ..
    } = rotated(false).await;
    let address = projection.serve(&site).await;
    let started = site.start_with(site.config_with(address)).await;
    let service = started.unwrap();
    projection.asked_again(3).await;
    assert_eq!(service.head().place.seq, 1, "no epoch under another key");
    assert!(projection.said().recovered.is_empty());
    let refused = service.system().publish(given::incident("four")).await;
    assert_eq!(
        error_of(&refused.unwrap_err()).reason,
        "JOURNAL_UNAVAILABLE"
    );
    let errors = heard.errors("older than a change of its key");
    assert_eq!(errors.len(), 1, "once: {errors:?}");
    let key = hex(&next.to_bytes());
    assert!(errors[0].contains(&key), "{errors:?}");
    service.stop().await;
    assert!(site.data().join("RESTORED").exists());
}

#[tokio::test]
async fn p1_a_journal_found_out_at_its_start_names_no_key_and_marks_itself() {
    let site = Site::new();
    let service = site.start().await;
    publish(&service, "one").await;
    service.stop().await;
    SigningKey::load_or_create(&site.data().join("signing.next.key")).unwrap();
    let known = Place { epoch: 1, seq: 7 };
    let key = SigningKey::load(&site.data().join("signing.key")).unwrap();
    let projection = Projection::answering(v1::ReconcileResponse {
        drained: false,
        ..drained(known, &key.public_key())
    });
    let address = projection.serve(&site).await;
    let started = site.start_with(site.config_with(address)).await;
    let service = started.unwrap();
    assert_eq!(service.head().place.seq, 1, "its place is used already");
    let mark = fs::metadata(site.data().join("RESTORED")).unwrap();
    assert_eq!(mark.permissions().mode() & 0o777, 0o600, "written whole");
    projection.asked_again(1).await;
    assert!(projection.said().asked.last().unwrap().restored);
    assert!(site.data().join("signing.next.key").exists());
}

#[tokio::test]
async fn p1_a_request_whose_content_was_lost_is_a_new_event_when_it_comes_again() {
    let site = Site::new();
    let projection = Projection::answering(v1::ReconcileResponse {
        state: v1::ChainState::Complete as i32,
        ..v1::ReconcileResponse::default()
    });
    let address = projection.serve(&site).await;
    let started = site.start_with(site.config_with(address)).await;
    let service = started.unwrap();
    let [lost, kept] = [
        publish(&service, "lost").await,
        publish(&service, "kept").await,
    ];
    let outcome = |number, receipt: &v1::Receipt, reason: &str| v1::Outcome {
        number,
        event_id: EventId::parse(&receipt.event_id).unwrap().0.to_vec().into(),
        state: v1::EventState::WithoutEffect as i32,
        reason: reason.into(),
    };
    projection.said().answer.outcomes = vec![
        outcome(1, &kept, "NO_LONGER_CURRENT"),
        outcome(2, &lost, "CONTENT_LOST"),
    ];
    let journal = service.handle.journal.clone();
    // Something new has it ask soon.
    publish(&service, "other").await;
    until("it hears", || journal.last_outcome() == 2).await;
    assert!(publish_again(&service, "kept").await);
    let again = publish(&service, "lost").await;
    assert!(!again.replayed && again.event_id != lost.event_id);
    assert!(publish_again(&service, "lost").await, "of the new event");
}
