//! P1: what was acknowledged is there after any crash, once, and the chain is whole.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use diogel_event_log::entry::Place;
use diogel_event_log::journal::{Appended, Draft, KeyState};

use crate::support::{
    all, append, copy, draft, erasing, expect_new, id, is_key, key_state, open, verified,
};

const FOLDER: &str = "DIOGEL_TEST_JOURNAL";

/// Not a test: the child of the one below. Appends from 16 callers until it is killed, and says what was acknowledged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_that_appends_until_it_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let journal = open(Path::new(&folder));
    let start = u32::try_from(journal.head().place.seq).unwrap() * 1000;
    let callers = (0..16_u32).map(|caller| {
        let journal = journal.clone();
        tokio::spawn(async move {
            for n in 0.. {
                let n = start + n * 16 + caller;
                append(&journal, n).await;
                writeln!(std::io::stdout(), "acknowledged {n}").unwrap();
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
}

/// Runs the child until `count` appends are acknowledged, kills it, and answers all that were.
fn killed_after(child: &str, folder: &Path, count: usize) -> Vec<u32> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", child, "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let number = |line: &str| line.strip_prefix("acknowledged ")?.parse::<u32>().ok();
    let mut acknowledged: Vec<u32> = Vec::new();
    while acknowledged.len() < count {
        acknowledged.extend(number(&lines.next().unwrap().unwrap()));
    }
    child.kill().unwrap();
    // What it said before it died counts too; the last line may be half.
    acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| number(&line)));
    child.wait().unwrap();
    acknowledged
}

#[tokio::test]
async fn p1_an_acknowledged_append_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for round in 1..=4 {
        let child = "crash::child_that_appends_until_it_is_killed";
        acknowledged.extend(killed_after(child, folder.path(), 60 * round));
        let journal = open(folder.path());
        let mut ids: Vec<_> = all(&journal)
            .await
            .iter()
            .map(|entry| entry.event_id)
            .collect();
        ids.sort_unstable();
        for n in &acknowledged {
            assert!(
                ids.binary_search(&id(*n)).is_ok(),
                "round {round}: {n} was acknowledged"
            );
            assert!(is_key(&key_state(&journal, *n).await, *n));
        }
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count, "each once");
        drop(journal);
        assert_eq!(verified(folder.path()).unwrap().entries, count as u64);
    }
}

/// The power goes while a commit is written, be it to the log or (when that is full) to the store: any of its pages may be on
/// the disk, the others not.
#[tokio::test]
async fn p1_a_torn_commit_leaves_the_commit_before_whole() {
    let (folder, torn) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in 1..=200 {
        append(&journal, n).await;
    }
    let mut seen = [0, 0];
    for round in 0..100_u32 {
        let before = files(folder.path());
        let head = journal.head().place;
        append(&journal, 1000 + round).await;
        copy(folder.path(), torn.path());
        tear(torn.path(), &before, u64::from(round));
        let reopened = open(torn.path());
        let found = reopened.head().place;
        assert!(
            found == head || found == head.next(),
            "round {round}: {found:?}"
        );
        seen[usize::from(found == head.next())] += 1;
        let retried = reopened.append(draft(1000 + round)).await.unwrap();
        let (Appended::New(entry) | Appended::Replayed(entry)) = retried else {
            panic!("conflict")
        };
        assert_eq!(entry.place, head.next());
        assert_eq!(all(&reopened).await.len() as u64, head.next().seq);
    }
    assert!(
        seen.iter().all(|times| *times > 5),
        "before and after: {seen:?}"
    );
}

fn files(folder: &Path) -> [Vec<u8>; 2] {
    ["journal.redb", "journal.wal"].map(|file| fs::read(folder.join(file)).unwrap())
}

/// Takes some pages of the last write before an fsync back, and all that came after it. A commit to the log is one such write.
/// One to the store, once the log is full, is four: the log's announcement, the store's pages, the one byte of its header that
/// goes over to them, the log's first frame.
fn tear(folder: &Path, before: &[Vec<u8>; 2], seed: u64) {
    const GOD_BYTE: usize = 9;
    const ANNOUNCEMENTS: usize = 2 * 4096;
    let [store_before, log_before] = before;
    let [store, log] = files(folder);
    let announced = [&log[..ANNOUNCEMENTS], &log_before[ANNOUNCEMENTS..]].concat();
    let mut prepared = store.clone();
    prepared[GOD_BYTE] = store_before[GOD_BYTE];
    let (store, log) = match seed % 4 {
        _ if store[GOD_BYTE] == store_before[GOD_BYTE] => (store, mix(log_before, &log, seed)),
        0 => (store_before.clone(), mix(log_before, &announced, seed)),
        1 => (mix(store_before, &prepared, seed), announced),
        2 => (mix(&prepared, &store, seed), announced),
        _ => (store, mix(&announced, &log, seed)),
    };
    fs::write(folder.join("journal.redb"), store).unwrap();
    fs::write(folder.join("journal.wal"), log).unwrap();
}

/// Between two fsyncs of the store nothing of it need be on the disk: the log has it all.
#[tokio::test]
async fn p1_the_log_has_all_that_the_store_does_not_have_yet() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    append(&journal, 1).await;
    expect_new(journal.append(draft(2)).await);
    let store = fs::read(folder.path().join("journal.redb")).unwrap();
    for n in 3..=20 {
        append(&journal, n).await;
    }
    expect_new(journal.append(erasing(21, 4)).await);
    copy(folder.path(), crashed.path());
    fs::write(crashed.path().join("journal.redb"), store).unwrap();
    let reopened = open(crashed.path());
    assert_eq!(reopened.head(), journal.head());
    assert_eq!(all(&reopened).await, all(&journal).await);
    assert!(is_key(&key_state(&reopened, 5).await, 5));
    assert!(matches!(key_state(&reopened, 4).await, KeyState::Destroyed));
    assert!(matches!(
        reopened.append(draft(17)).await.unwrap(),
        Appended::Replayed(_)
    ));
    drop(reopened);
    assert_eq!(
        open(crashed.path()).head(),
        journal.head(),
        "nothing is applied twice"
    );
}

/// Of the pages that differ, each is from `before` or `after` by a coin that `seed` tosses.
fn mix(before: &[u8], after: &[u8], seed: u64) -> Vec<u8> {
    const PAGE: usize = 4096;
    let mut mixed = after.to_vec();
    let mut coin = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for start in (0..mixed.len()).step_by(PAGE) {
        coin ^= coin << 13;
        coin ^= coin >> 7;
        coin ^= coin << 17;
        let end = (start + PAGE).min(mixed.len());
        // The header is a sector of its own: it comes last or not at all in some rounds, first in others.
        if coin.is_multiple_of(3) && end <= before.len() {
            mixed[start..end].copy_from_slice(&before[start..end]);
        } else if coin.is_multiple_of(3) {
            mixed[start..end].fill(0);
        }
    }
    mixed
}

/// The disk as it was at any moment of a run: everything acknowledged by then is on it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_a_copy_taken_while_it_writes_has_all_that_was_acknowledged() {
    let (folder, copied) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in 1..=50 {
        append(&journal, n).await;
    }
    let acknowledged = journal.head();
    copy(folder.path(), copied.path());
    append(&journal, 51).await;
    let reopened = open(copied.path());
    assert_eq!(reopened.head(), acknowledged);
    assert_eq!(reopened.read(Place::START, 100).await.unwrap().len(), 50);
}

/// Not a test: the child of the one below. Appends and erases in turn until it is killed.
#[tokio::test]
async fn child_that_erases_until_it_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let journal = open(Path::new(&folder));
    let start = u32::try_from(journal.head().place.seq).unwrap() + 1;
    for n in start.. {
        // Every fourth erases the one three before it, and has content of its own.
        let erased = if n % 4 == 0 { Some(id(n - 3)) } else { None };
        let draft = Draft {
            erases: erased,
            ..draft(n)
        };
        expect_new(journal.append(draft).await);
        writeln!(std::io::stdout(), "acknowledged {n}").unwrap();
    }
}

#[tokio::test]
async fn p1_an_erasure_at_kill_9_costs_nobody_elses_key_and_leaves_none_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..6 {
        let child = "crash::child_that_erases_until_it_is_killed";
        let acknowledged = killed_after(child, folder.path(), 30 + 7 * round);
        let journal = open(folder.path());
        let last = u32::try_from(journal.head().place.seq).unwrap();
        assert!(last >= *acknowledged.last().unwrap());
        for n in 1..=last {
            let erased = n % 4 == 1 && n + 3 <= last;
            let state = key_state(&journal, n).await;
            assert_eq!(
                matches!(state, KeyState::Destroyed),
                erased,
                "{n} of {last}"
            );
            assert_eq!(is_key(&state, n), !erased, "{n} of {last}");
        }
    }
}
