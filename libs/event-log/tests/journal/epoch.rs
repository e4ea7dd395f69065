//! A journal restored from a copy goes on in a new epoch, after everything that the stream has of the old one.

use diogel_event_log::entry::{Entry, Place};
use diogel_event_log::journal::{Appended, JournalError};

use crate::support::{
    all, append, copy, draft, imported, is_key, key_state, links, open, verified,
};

/// A journal of 12, and a copy of it taken at 8.
async fn restored() -> (tempfile::TempDir, Vec<Entry>) {
    let (folder, old) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    let mut streamed = Vec::new();
    for n in 1..=12 {
        streamed.push(append(&journal, n).await);
        if n == 8 {
            copy(folder.path(), old.path());
        }
    }
    (old, streamed)
}

fn beyond(streamed: &[Entry], from: u32) -> Vec<diogel_event_log::journal::Imported> {
    (from..)
        .zip(&streamed[from as usize - 1..])
        .map(|(n, entry)| imported(entry, n))
        .collect()
}

#[tokio::test]
async fn p1_a_restored_journal_imports_what_was_streamed_and_opens_an_epoch() {
    let (folder, streamed) = restored().await;
    let journal = open(folder.path());
    assert_eq!(journal.head().place.seq, 8);
    // Twice, as after a crash in the middle of it; entries that it has are passed over.
    journal
        .import(beyond(&streamed, 9)[..2].to_vec())
        .await
        .unwrap();
    let head = journal.import(beyond(&streamed, 7)).await.unwrap();
    assert_eq!(
        (head.place, head.digest),
        (streamed[11].place, streamed[11].digest)
    );
    assert_eq!(
        journal.streamed(),
        head.place,
        "nothing of it is to be streamed again"
    );

    let opened = journal.open_epoch(draft(100)).await.unwrap();
    let Appended::New(first) = opened.clone() else {
        panic!("{opened:?}")
    };
    assert_eq!(first.place, Place { epoch: 2, seq: 1 });
    assert_eq!(links(&first.event).unwrap().previous, streamed[11].digest);
    assert_eq!(
        append(&journal, 101).await.place,
        Place { epoch: 2, seq: 2 }
    );
    assert_eq!(
        journal.open_epoch(draft(100)).await.unwrap(),
        Appended::Replayed(first)
    );

    drop(journal);
    let journal = open(folder.path());
    assert_eq!(
        all(&journal).await[..12],
        streamed[..],
        "byte for byte as they were streamed"
    );
    assert!(is_key(&key_state(&journal, 11).await, 11));
    assert_eq!(
        journal.append(draft(11)).await.unwrap(),
        Appended::Replayed(streamed[10].clone())
    );
    drop(journal);
    assert_eq!(verified(folder.path()).unwrap().entries, 14);
}

#[tokio::test]
async fn an_import_that_does_not_follow_is_refused_and_named() {
    let (folder, streamed) = restored().await;
    let journal = open(folder.path());
    let refused = |result| match result {
        Err(JournalError::NotChained(damage)) => damage.at.unwrap().seq,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(journal.import(beyond(&streamed, 10)).await),
        10,
        "a gap"
    );
    let mut forged = beyond(&streamed, 9);
    forged[1].entry.event =
        bytes::Bytes::from_static(b"another event, long enough to have a hash in front");
    assert_eq!(refused(journal.import(forged).await), 10, "another event");
    assert_eq!(journal.head().place.seq, 9, "what came before it stays");
    let mut fork = beyond(&streamed, 3);
    fork[0].entry.digest = [9; 32];
    assert_eq!(
        refused(journal.import(fork).await),
        3,
        "a fork within what it has"
    );
}

/// Restored before its first event, and nothing of it was ever admitted: the second epoch is the first that has events.
#[tokio::test]
async fn p1_an_epoch_after_an_empty_one_survives_a_crash_and_is_imported() {
    let [folder, crashed, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    journal.open_epoch(draft(1)).await.unwrap();
    append(&journal, 2).await;
    let entries = all(&journal).await;
    assert_eq!(entries[0].place, Place { epoch: 2, seq: 1 });
    // As kill -9 leaves it: what it holds is in the log alone.
    copy(folder.path(), crashed.path());
    let reopened = open(crashed.path());
    assert_eq!(all(&reopened).await, entries);
    append(&reopened, 3).await;
    drop(reopened);
    assert_eq!(verified(crashed.path()).unwrap().entries, 3);
    assert_eq!(open(crashed.path()).head().place.seq, 3);

    let imports = entries.iter().zip(1..).map(|(e, n)| imported(e, n));
    let head = open(other.path()).import(imports.collect()).await.unwrap();
    assert_eq!(head, journal.head());
    assert_eq!(all(&open(other.path())).await, entries);
}

#[tokio::test]
async fn reading_goes_through_all_epochs() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    journal.open_epoch(draft(2)).await.unwrap();
    append(&journal, 3).await;
    journal.open_epoch(draft(4)).await.unwrap();
    let places: Vec<_> = all(&journal)
        .await
        .iter()
        .map(|e| (e.place.epoch, e.place.seq))
        .collect();
    assert_eq!(places, [(1, 1), (2, 1), (2, 2), (3, 1)]);
}
