//! A damaged journal is refused and the entry is named; nothing panics.

use std::fs;
use std::path::Path;

use diogel_event_log::entry::Place;
use diogel_event_log::journal::{Journal, JournalError, JournalOptions, verify};

use crate::support::{
    FILES, append, copy, event, hash, id, name, open, options, try_open, verified,
};

async fn journal_of(folder: &Path, count: u32) {
    let journal = open(folder);
    for n in 1..=count {
        append(&journal, n).await;
    }
}

/// Flips one bit in event `n`'s text, in every copy of it that the file has.
fn flip_in(folder: &Path, n: u32) {
    let store = folder.join("journal.redb");
    let mut bytes = fs::read(&store).unwrap();
    let text = format!("{n} at 1/{n} ");
    let found: Vec<_> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(text.as_bytes()))
        .collect();
    assert!(!found.is_empty());
    for at in found {
        bytes[at + text.len() + 3] ^= 4;
    }
    fs::write(&store, bytes).unwrap();
}

fn named<T>(result: Result<T, JournalError>) -> Option<Place> {
    match result {
        Err(JournalError::Damaged(damage)) => damage.at,
        Err(error) => panic!("not as damage: {error}"),
        Ok(_) => panic!("opened"),
    }
}

#[tokio::test]
async fn a_flipped_bit_in_the_last_thousand_entries_is_named_at_open() {
    let folder = tempfile::tempdir().unwrap();
    journal_of(folder.path(), 120).await;
    flip_in(folder.path(), 57);
    assert_eq!(
        named(try_open(folder.path())),
        Some(Place { epoch: 1, seq: 57 })
    );
}

#[tokio::test]
async fn a_flipped_bit_in_an_older_entry_is_named_by_verify_and_when_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    journal_of(folder.path(), 1300).await;
    assert_eq!(verified(folder.path()).unwrap().entries, 1300);
    flip_in(folder.path(), 104);
    let damaged = Some(Place { epoch: 1, seq: 104 });
    assert_eq!(named(verified(folder.path())), damaged);
    let journal = open(folder.path());
    assert_eq!(named(journal.find(id(104)).await), damaged);
    assert_eq!(named(journal.read(Place::START, 200).await), damaged);
    assert_eq!(journal.read(Place::START, 103).await.unwrap().len(), 103);
}

/// After a crash the store checks all its pages, so it finds even what isn't an entry; it can't say which one then.
#[tokio::test]
async fn a_flipped_bit_is_found_after_a_crash_too() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in 1..=1300 {
        append(&journal, n).await;
    }
    copy(folder.path(), crashed.path());
    flip_in(crashed.path(), 104);
    named(verified(crashed.path()));
    named(try_open(crashed.path()));
}

#[tokio::test]
async fn verify_leaves_a_crashed_journal_as_it_was() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in 1..=30 {
        append(&journal, n).await;
    }
    copy(folder.path(), crashed.path());
    let read = || FILES.map(|file| fs::read(crashed.path().join(file)).unwrap());
    let before = read();
    let verified = verified(crashed.path()).unwrap();
    let found = (verified.entries, verified.head, verified.name);
    assert_eq!(found, (30, journal.head(), name()));
    assert!(read() == before, "not one byte is written");
}

/// Only the last frame of the write-ahead log can be torn by a crash: a bad one before a good one is damage.
#[tokio::test]
async fn a_flipped_bit_in_the_log_of_a_crashed_journal_is_refused() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in 1..=20 {
        append(&journal, n).await;
    }
    copy(folder.path(), crashed.path());
    let log = crashed.path().join("journal.wal");
    let mut bytes = fs::read(&log).unwrap();
    bytes[5 * 4096 + 200] ^= 1;
    fs::write(&log, bytes).unwrap();
    named(verified(crashed.path()));
    named(try_open(crashed.path()));
}

#[tokio::test]
async fn a_file_that_was_cut_or_overwritten_is_refused_without_a_panic() {
    let (whole, damaged) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    journal_of(whole.path(), 300).await;
    let bytes = fs::read(whole.path().join("journal.redb")).unwrap();
    let (store, pages) = (damaged.path().join("journal.redb"), bytes.len() / 4096);
    for page in (0..pages).step_by(pages / 24) {
        copy(whole.path(), damaged.path());
        fs::write(&store, &bytes[..page * 4096]).unwrap();
        assert!(
            try_open(damaged.path()).is_err(),
            "cut to {page} of {pages} pages"
        );
    }
    let mut found = 0;
    for page in 0..pages {
        let mut changed = bytes.clone();
        changed[page * 4096..(page + 1) * 4096].fill(0xa5);
        fs::write(&store, changed).unwrap();
        // Pages that hold nothing are allowed to hold anything: then the journal is whole.
        match verified(damaged.path()) {
            Ok(verified) => assert_eq!(verified.entries, 300),
            Err(_) => found += 1,
        }
    }
    assert!(found > pages / 4, "{found} of {pages}");
}

#[tokio::test]
async fn an_event_that_was_exchanged_is_named_though_its_row_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    journal_of(folder.path(), 20).await;
    // To the eyes of a checker to whom this event has another hash than was journalled.
    let doubting = |bytes: &[u8]| {
        let mut links = crate::support::links(bytes)?;
        if bytes[32..].starts_with(b"9 at") {
            links.own = hash(&event([1; 32], "another"));
        }
        Some(links)
    };
    let opened = Journal::open(
        folder.path(),
        &JournalOptions {
            check: doubting,
            ..options()
        },
    );
    assert_eq!(named(opened), Some(Place { epoch: 1, seq: 9 }));
    let visited = verify(folder.path(), |place, _, _| {
        if place.seq == 12 {
            Err("the signature doesn't hold".into())
        } else {
            Ok(())
        }
    });
    let Err(error) = visited else {
        panic!("verified")
    };
    assert_eq!(
        error.to_string(),
        "journal damaged at entry 1/12: the signature doesn't hold"
    );
}
