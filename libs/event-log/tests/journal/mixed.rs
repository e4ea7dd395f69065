//! The three files belong together: an older copy, another journal's file, a cut or an emptied one is refused, and refusing
//! writes nothing that would keep the right file from being put back.

use std::fs;
use std::path::Path;

use diogel_event_log::journal::JournalError;
use tempfile::TempDir;

use crate::support::{FILES, all, append, copy, expect_new, open, sized, try_open, verified};

/// A journal as a crash leaves it: `count` events since the store was last made durable, or a few more.
async fn crashed(first: u32, count: u32) -> TempDir {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in first..first + count {
        append(&journal, n).await;
    }
    copy(folder.path(), crashed.path());
    crashed
}

fn log(folder: &Path) -> std::path::PathBuf {
    folder.join("journal.wal")
}

fn read_all(folder: &Path) -> [Vec<u8>; 3] {
    FILES.map(|file| fs::read(folder.join(file)).unwrap())
}

fn refused(folder: &Path) {
    assert!(matches!(verified(folder), Err(JournalError::Damaged(_))));
    match try_open(folder) {
        Err(JournalError::Damaged(_)) => (),
        Err(error) => panic!("not as damage: {error}"),
        Ok(journal) => panic!("opened at {:?}", journal.head().place),
    }
}

#[tokio::test]
async fn p1_a_log_that_was_emptied_or_cut_is_refused_and_the_right_one_still_opens() {
    let folder = crashed(1, 20).await;
    let whole = fs::read(log(folder.path())).unwrap();
    for spoilt in [
        vec![0; whole.len()],
        Vec::new(),
        whole[..6 * 4096].to_vec(),
        // The announcement of this generation, an odd one.
        [&whole[..4096], &[0; 4096], &whole[8192..]].concat(),
    ] {
        fs::write(log(folder.path()), &spoilt).unwrap();
        refused(folder.path());
    }
    fs::write(log(folder.path()), &whole).unwrap();
    assert_eq!(all(&open(folder.path())).await.len(), 20);
}

#[tokio::test]
async fn p1_a_log_of_another_journal_is_refused() {
    let (folder, other) = (crashed(1, 20).await, crashed(1, 20).await);
    fs::copy(log(other.path()), log(folder.path())).unwrap();
    refused(folder.path());
}

#[tokio::test]
async fn p1_an_older_copy_of_the_log_is_refused() {
    let (folder, newer) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    append(&journal, 1).await;
    let older = fs::read(log(folder.path())).unwrap();
    // Through several laps of the log.
    for n in 2..=100 {
        append(&journal, n).await;
    }
    copy(folder.path(), newer.path());
    fs::write(log(newer.path()), older).unwrap();
    refused(newer.path());
}

#[tokio::test]
async fn p1_an_older_copy_of_the_store_is_refused_or_brought_up_to_date_by_the_log() {
    let (folder, mixed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    append(&journal, 1).await;
    let mut older: Vec<Vec<u8>> = Vec::new();
    let store = |folder: &Path| folder.join("journal.redb");
    // At each moment with each of the stores that have been: among them the moment right after the log began anew.
    for n in 2..=80 {
        older.push(fs::read(store(folder.path())).unwrap());
        append(&journal, n).await;
        copy(folder.path(), mixed.path());
        for back in [1, 2, 30] {
            let Some(at) = older.len().checked_sub(back) else {
                continue;
            };
            copy(folder.path(), mixed.path());
            fs::write(store(mixed.path()), &older[at]).unwrap();
            if let Ok(opened) = try_open(mixed.path()) {
                assert_eq!(opened.head(), journal.head(), "{n}, {back} back");
            }
        }
    }
}

#[tokio::test]
async fn a_log_that_goes_on_from_another_state_is_refused_and_nothing_is_written() {
    // Two journals that were one: the same key, the same generation, another past.
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    append(&open(one.path()), 1).await;
    copy(one.path(), two.path());
    for (folder, n) in [(&one, 2), (&two, 3)] {
        append(&open(folder.path()), n).await;
    }
    let copies = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for (folder, copied) in [&one, &two].iter().zip(&copies) {
        let journal = open(folder.path());
        expect_new(journal.append(sized(9, 10)).await);
        copy(folder.path(), copied.path());
    }
    let right = fs::read(log(copies[0].path())).unwrap();
    fs::copy(log(copies[1].path()), log(copies[0].path())).unwrap();
    refused(copies[0].path());
    fs::write(log(copies[0].path()), right).unwrap();
    let found = all(&open(copies[0].path())).await;
    assert_eq!(found.len(), 3, "the right log still has it all");
}

#[tokio::test]
async fn a_log_behind_the_store_is_refused_and_nothing_is_written() {
    let (folder, mixed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in 1..=3 {
        append(&journal, n).await;
    }
    let older = fs::read(log(folder.path())).unwrap();
    for n in 4..=6 {
        append(&journal, n).await;
    }
    copy(folder.path(), mixed.path());
    // What the log would have brought, it brought: the store alone now has more than an older log.
    fs::write(log(mixed.path()), &older).unwrap();
    let before = read_all(mixed.path());
    match try_open(mixed.path()) {
        // Bounded: a log copied alone, out of the same lap, is the one older copy that nothing tells from a torn end.
        Ok(opened) => assert_eq!(opened.head().place.seq, 3),
        Err(_) => assert!(read_all(mixed.path()) == before),
    }
}
