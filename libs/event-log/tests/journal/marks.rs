//! How far the stream has acknowledged, and what the fold made of events.

use diogel_event_log::entry::Place;
use diogel_event_log::journal::{Appended, Draft, Journal, Outcome};

use crate::support::{append, copy, draft, expect_new, hash, id, open, verified};

const fn at(seq: u64) -> Place {
    Place { epoch: 1, seq }
}

#[tokio::test]
async fn the_streams_mark_only_rises_and_never_passes_the_head() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for n in 1..=5 {
        append(&journal, n).await;
    }
    for (told, stands) in [(3, 3), (2, 3), (9, 5)] {
        journal.record_streamed(at(told)).await.unwrap();
        assert_eq!(journal.streamed(), at(stands));
    }
    drop(journal);
    assert_eq!(
        open(folder.path()).streamed(),
        at(5),
        "a clean end saves it"
    );
}

#[tokio::test]
async fn the_streams_mark_costs_no_commit_and_rides_with_the_next() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    append(&journal, 1).await;
    let before = journal.stats().commits;
    journal.record_streamed(at(1)).await.unwrap();
    assert_eq!(journal.stats().commits, before);
    append(&journal, 2).await;
    copy(folder.path(), crashed.path());
    assert_eq!(open(crashed.path()).streamed(), at(1));
}

#[tokio::test]
async fn the_latest_outcome_counts_whatever_the_order_it_came_in() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let outcome = |number, state| Outcome {
        event_id: id(1),
        number,
        state,
        reason: "parked".into(),
        forgets: None,
    };
    assert_eq!(
        (
            journal.last_outcome(),
            journal.outcome(id(1)).await.unwrap()
        ),
        (0, None)
    );
    journal
        .record_outcomes(vec![outcome(4, 2), outcome(7, 1)])
        .await
        .unwrap();
    journal.record_outcomes(vec![outcome(5, 3)]).await.unwrap();
    drop(journal);
    let journal = open(folder.path());
    assert_eq!(journal.outcome(id(1)).await.unwrap(), Some(outcome(7, 1)));
    assert_eq!(journal.last_outcome(), 7);
}

/// Event `n` under request 1.
fn under_request_1(n: u32) -> Draft {
    Draft {
        event_id: id(n),
        content_key: None,
        ..draft(1)
    }
}

/// An outcome of event `n`, which has request 1 forgotten.
fn forgetting(n: u32, number: u64) -> Outcome {
    Outcome {
        event_id: id(n),
        number,
        state: 6,
        reason: "CONTENT_LOST".into(),
        forgets: Some(hash(&1_u32.to_le_bytes())),
    }
}

async fn is_remembered(journal: &Journal) -> bool {
    let key = hash(&1_u32.to_le_bytes());
    journal.find_request(key).await.unwrap().is_some()
}

#[tokio::test]
async fn p1_a_request_that_an_outcome_has_forgotten_is_a_new_event_when_it_comes_again() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    append(&journal, 1).await;
    let again = journal.append(under_request_1(2)).await.unwrap();
    assert!(matches!(again, Appended::Replayed(_)));
    let recorded = journal.record_outcomes(vec![forgetting(1, 1)]).await;
    recorded.unwrap();
    // The power goes right after the commit: the log alone has it.
    copy(folder.path(), crashed.path());
    for folder in [folder.path(), crashed.path()] {
        let journal = if folder == crashed.path() {
            open(folder)
        } else {
            journal.clone()
        };
        assert!(!is_remembered(&journal).await);
        let kept = journal.outcome(id(1)).await.unwrap().unwrap();
        assert_eq!((kept.number, kept.forgets), (1, None));
        assert_eq!(
            expect_new(journal.append(under_request_1(2)).await)
                .place
                .seq,
            2
        );
        // Another outcome of the first event doesn't touch what the key stands for now, nor does one of an unknown event.
        for outcome in [forgetting(1, 2), forgetting(9, 3)] {
            journal.record_outcomes(vec![outcome]).await.unwrap();
        }
        let again = journal.append(under_request_1(3)).await.unwrap();
        assert!(matches!(again, Appended::Replayed(entry) if entry.event_id == id(2)));
    }
    drop(journal);
    // After the crash and after a clean end.
    for folder in [folder.path(), crashed.path()] {
        assert!(is_remembered(&open(folder)).await);
        assert_eq!(verified(folder).unwrap().entries, 2);
    }
}

#[tokio::test]
async fn an_outcome_that_is_not_kept_has_nothing_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let later = Outcome {
        forgets: None,
        ..forgetting(1, 5)
    };
    for outcome in [later, forgetting(1, 4)] {
        journal.record_outcomes(vec![outcome]).await.unwrap();
    }
    assert!(is_remembered(&journal).await);
}

#[tokio::test]
async fn a_watcher_sees_the_head_move() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let mut head = journal.changed();
    assert!(!head.has_changed().unwrap());
    let entry = append(&journal, 1).await;
    assert!(head.has_changed().unwrap(), "before the caller is answered");
    assert_eq!(head.borrow_and_update().place, entry.place);
}
