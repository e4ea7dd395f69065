//! How far the stream has acknowledged, and what the fold made of events.

use diogel_event_log::entry::Place;
use diogel_event_log::journal::Outcome;

use crate::support::{append, copy, id, open};

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
