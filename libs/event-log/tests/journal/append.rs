//! Appending: places, idempotency, group commit.

use diogel_event_log::entry::{Entry, NO_DIGEST, Place};
use diogel_event_log::journal::{Appended, Draft, Journal, JournalError};

use crate::support::{all, append, draft, expect_new, hash, id, is_key, key_state, links, open};

#[tokio::test]
async fn events_are_chained_from_the_first_place_without_a_gap() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    assert_eq!(
        (journal.head().place, journal.head().digest),
        (Place::START, NO_DIGEST)
    );
    let mut previous = NO_DIGEST;
    for n in 1..=5 {
        let entry = append(&journal, n).await;
        assert_eq!(
            entry.place,
            Place {
                epoch: 1,
                seq: u64::from(n)
            }
        );
        assert_eq!(links(&entry.event).unwrap().previous, previous);
        previous = entry.digest;
    }
    assert_eq!(
        (journal.head().place.seq, journal.head().digest),
        (5, previous)
    );
    assert_eq!(all(&journal).await.len(), 5);
}

#[tokio::test]
async fn the_same_request_gets_the_same_receipt_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let first = append(&journal, 1).await;
    append(&journal, 2).await;
    assert_replayed(&journal, &first).await;
    drop(journal);
    assert_replayed(&open(folder.path()), &first).await;
}

async fn assert_replayed(journal: &Journal, first: &Entry) {
    let again = Draft {
        event_id: id(77),
        ..draft(1)
    };
    let replayed = Appended::Replayed(first.clone());
    assert_eq!(journal.append(again).await.unwrap(), replayed);
    assert_eq!(journal.head().place.seq, 2, "nothing was written");
    let earlier = journal
        .find_request(draft(1).request_key)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((earlier.request.recorded_at, &earlier.entry), (1, first));
}

#[tokio::test]
async fn another_request_under_the_same_key_is_a_conflict() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let other = Draft {
        request_hash: hash(b"another"),
        event_id: id(2),
        ..draft(1)
    };
    assert_eq!(journal.append(other).await.unwrap(), Appended::Conflict);
    assert_eq!(journal.head().place.seq, 1);
    assert!(journal.find(id(2)).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_many_times_at_once_is_one_event() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let tries = (0..200).map(|n| {
        let journal = journal.clone();
        let draft = Draft {
            event_id: id(1000 + n),
            ..draft(n % 4)
        };
        tokio::spawn(async move { journal.append(draft).await.unwrap() })
    });
    let mut new = 0;
    for tried in tries.collect::<Vec<_>>() {
        match tried.await.unwrap() {
            Appended::New(_) => new += 1,
            Appended::Replayed(entry) => assert!(entry.place.seq <= 4),
            Appended::Conflict => panic!("no conflict"),
        }
    }
    assert_eq!((new, journal.head().place.seq), (4, 4));
}

#[tokio::test]
async fn an_event_id_stands_once() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let other = Draft {
        event_id: id(1),
        ..draft(2)
    };
    assert!(matches!(
        journal.append(other).await,
        Err(JournalError::EventIdTaken)
    ));
    assert_eq!(
        append(&journal, 3).await.place.seq,
        2,
        "a refusal leaves no gap"
    );
}

#[tokio::test]
async fn p3_a_refusal_ends_a_list_so_that_it_leaves_no_hole() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let taken = Draft {
        event_id: id(1),
        ..draft(4)
    };
    let list = vec![draft(2), draft(1), draft(3), taken, draft(5)];
    let tried = journal.append_all(list).await.unwrap();
    assert!(matches!(
        tried.as_slice(),
        [
            Ok(Appended::New(_)),
            Ok(Appended::Replayed(_)),
            Ok(Appended::New(_)),
            Err(JournalError::EventIdTaken)
        ]
    ));
    assert_eq!(journal.head().place.seq, 3);
    drop(journal);
    assert_eq!(all(&open(folder.path())).await.len(), 3);
}

#[tokio::test]
async fn p3_a_list_keeps_its_order_beside_other_callers() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let others = (0..200).map(|n| {
        let journal = journal.clone();
        tokio::spawn(async move { append(&journal, 10_000 + n).await })
    });
    let others: Vec<_> = others.collect();
    let tried = journal.append_all((0..256).map(draft).collect()).await;
    let places = tried.unwrap().into_iter().map(|one| match one.unwrap() {
        Appended::New(entry) => entry.place.seq,
        _ => panic!("each is new"),
    });
    let places: Vec<u64> = places.collect();
    assert!(places.is_sorted() && places.len() == 256);
    for other in others {
        other.await.unwrap();
    }
    assert_eq!(journal.head().place.seq, 456);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_share_commits() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let callers = (0..64_u32).map(|caller| {
        let journal = journal.clone();
        tokio::spawn(async move {
            for n in 0..10 {
                append(&journal, caller * 10 + n).await;
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    let stats = journal.stats();
    assert_eq!((stats.commands, journal.head().place.seq), (640, 640));
    assert!(
        stats.commits * 4 < 640,
        "{} commits for 640 appends",
        stats.commits
    );
}

#[tokio::test]
async fn a_call_that_was_dropped_is_answered_to_the_retry() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    drop(tokio::spawn({
        let journal = journal.clone();
        async move { journal.append(draft(1)).await }
    }));
    append(&journal, 2).await;
    let retried = journal.append(draft(1)).await.unwrap();
    let (Appended::New(entry) | Appended::Replayed(entry)) = retried else {
        panic!("a conflict")
    };
    assert_eq!(journal.find(id(1)).await.unwrap(), Some(entry));
    assert_eq!(all(&journal).await.len(), 2);
}

#[tokio::test]
async fn a_content_key_is_there_with_its_event_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    expect_new(
        journal
            .append(Draft {
                content_key: None,
                ..draft(2)
            })
            .await,
    );
    drop(journal);
    let journal = open(folder.path());
    assert!(is_key(&key_state(&journal, 1).await, 1));
    let none = journal.content_keys(&[id(2), id(3)]).await.unwrap();
    assert_eq!(format!("{none:?}"), "[None, Unknown]");
}

#[tokio::test]
async fn a_read_goes_on_after_the_place_and_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for n in 1..=120 {
        expect_new(journal.append(crate::support::sized(n, 48 * 1024)).await);
    }
    let first = journal.read(Place::START, 1000).await.unwrap();
    assert!(
        (80..90).contains(&first.len()),
        "4 MiB, not {} × 48 KiB",
        first.len()
    );
    let after = Place { epoch: 1, seq: 118 };
    let places: Vec<_> = journal
        .read(after, 1000)
        .await
        .unwrap()
        .iter()
        .map(|e| e.place.seq)
        .collect();
    assert_eq!(places, [119, 120]);
    assert_eq!(journal.at(after).await.unwrap().unwrap().event_id, id(118));
    assert!(
        journal
            .at(Place { epoch: 1, seq: 121 })
            .await
            .unwrap()
            .is_none()
    );
}
