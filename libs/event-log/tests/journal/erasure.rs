//! Erasure: the key is gone from every file, nobody else's is, and a crash in between changes nothing.

use std::fs;
use std::path::Path;

use diogel_event_log::journal::{Appended, Draft, Journal, JournalError, KeyState};

use crate::support::{
    append, copy, draft, erasing, expect_new, id, imported, is_key, key, key_state, open,
};

/// Whether any file of the folder has these bytes.
fn found(folder: &Path, bytes: &[u8]) -> bool {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| fs::read(file.unwrap().path()).unwrap());
    files
        .into_iter()
        .any(|file| file.windows(bytes.len()).any(|window| window == bytes))
}

#[tokio::test]
async fn an_erased_key_is_gone_and_its_neighbours_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for n in 1..=150 {
        append(&journal, n).await;
    }
    expect_new(journal.append(erasing(500, 40)).await);
    assert_only_40_is_gone(&journal).await;
    drop(journal);
    assert_only_40_is_gone(&open(folder.path())).await;
}

async fn assert_only_40_is_gone(journal: &Journal) {
    assert!(matches!(key_state(journal, 40).await, KeyState::Destroyed));
    for n in (1..=150).filter(|n| *n != 40) {
        assert!(
            is_key(&key_state(journal, n).await, n),
            "{n} is a neighbour"
        );
    }
    let entry = journal.find(id(40)).await.unwrap();
    assert!(entry.is_some(), "the ciphertext and the chain stay");
}

#[tokio::test]
async fn a_key_asked_for_on_the_callers_thread_is_gone_as_soon_as_it_is_erased() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    append(&journal, 2).await;
    let now = |n| journal.content_key_now(id(n)).unwrap();
    assert!(is_key(&now(1), 1) && is_key(&now(2), 2));
    expect_new(journal.append(erasing(500, 1)).await);
    assert!(matches!(now(1), KeyState::Destroyed) && is_key(&now(2), 2));
    assert!(matches!(now(3), KeyState::Unknown));
}

#[tokio::test]
async fn no_file_has_a_content_key_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for n in 1..=20 {
        append(&journal, n).await;
    }
    expect_new(journal.append(erasing(500, 7)).await);
    assert!(
        found(folder.path(), b"7 at 1/7"),
        "the search finds what is there"
    );
    for n in 1..=20 {
        assert!(!found(folder.path(), key(n).as_bytes()));
    }
}

#[tokio::test]
async fn an_older_copy_of_the_journal_does_not_bring_an_erased_key_back() {
    let (folder, old) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let journal = open(folder.path());
    for n in 1..=10 {
        append(&journal, n).await;
    }
    copy(folder.path(), old.path());
    let erasure = expect_new(journal.append(erasing(500, 4)).await);
    drop(journal);
    // The journal is restored from the copy; the vault is the one of today.
    fs::copy(
        folder.path().join("vault.keys"),
        old.path().join("vault.keys"),
    )
    .unwrap();
    let restored = open(old.path());
    assert!(matches!(key_state(&restored, 4).await, KeyState::Unknown));
    assert!(
        matches!(key_state(&restored, 5).await, KeyState::Unknown),
        "lost, but never called erased"
    );

    // What the projection still has comes back; what was erased is known as erased.
    let five = restored.find(id(5)).await.unwrap().unwrap();
    let mut erasing = imported(&erasure, 500);
    (erasing.key, erasing.erases) = (KeyState::None, Some(id(4)));
    restored
        .import(vec![imported(&five, 5), erasing])
        .await
        .unwrap();
    assert!(is_key(&key_state(&restored, 5).await, 5));
    assert!(matches!(key_state(&restored, 4).await, KeyState::Destroyed));
}

#[tokio::test]
async fn an_erasure_that_a_crash_interrupted_is_finished_at_open() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let before = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for n in 1..=10 {
        append(&journal, n).await;
    }
    copy(folder.path(), before.path());
    expect_new(journal.append(erasing(500, 4)).await);
    // The disk between the commit and the end of the slot: the journal of now, the vault of before.
    copy(folder.path(), crashed.path());
    fs::copy(
        before.path().join("vault.keys"),
        crashed.path().join("vault.keys"),
    )
    .unwrap();
    let reopened = open(crashed.path());
    assert!(matches!(key_state(&reopened, 4).await, KeyState::Destroyed));
    assert!(is_key(&key_state(&reopened, 5).await, 5));
    append(&reopened, 11).await;
    drop(reopened);

    // The slot itself is gone from the vault: the old wrapped bytes open nothing.
    fs::copy(
        crashed.path().join("vault.keys"),
        before.path().join("vault.keys"),
    )
    .unwrap();
    let old = open(before.path());
    assert!(matches!(key_state(&old, 4).await, KeyState::Unknown));
}

#[tokio::test]
async fn an_older_copy_never_costs_the_newer_journal_a_key() {
    let (folder, old) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(open(folder.path()));
    copy(folder.path(), old.path());
    append(&open(folder.path()), 1).await;
    // Somebody looks into yesterday's copy with today's vault, and puts the vault back.
    fs::copy(
        folder.path().join("vault.keys"),
        old.path().join("vault.keys"),
    )
    .unwrap();
    append(&open(old.path()), 2).await;
    fs::copy(
        old.path().join("vault.keys"),
        folder.path().join("vault.keys"),
    )
    .unwrap();
    assert!(is_key(&key_state(&open(folder.path()), 1).await, 1));
}

#[tokio::test]
async fn erasing_twice_or_without_content_is_journalled_and_an_unknown_event_is_refused() {
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
    for (n, target) in [(10, 1), (11, 1), (12, 2)] {
        expect_new(journal.append(erasing(n, target)).await);
    }
    assert!(matches!(
        journal.append(erasing(13, 99)).await,
        Err(JournalError::NothingToErase)
    ));
    assert_eq!(journal.head().place.seq, 5);
    assert!(matches!(
        journal.append(erasing(10, 1)).await.unwrap(),
        Appended::Replayed(_)
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_neighbour_is_readable_at_every_moment_of_an_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for n in 1..=60 {
        append(&journal, n).await;
    }
    let reading = tokio::spawn({
        let journal = journal.clone();
        async move {
            while !matches!(key_state(&journal, 59).await, KeyState::Destroyed) {
                assert!(is_key(&key_state(&journal, 60).await, 60));
            }
        }
    });
    for n in 1..=59 {
        expect_new(journal.append(erasing(1000 + n, n)).await);
    }
    reading.await.unwrap();
    assert!(is_key(&key_state(&journal, 60).await, 60));
}

#[tokio::test]
async fn an_erasing_event_keeps_its_own_key() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let erasing_with_content = |n, target| Draft {
        content_key: Some(key(n)),
        ..erasing(n, target)
    };
    append(&journal, 1).await;
    append(&journal, 2).await;
    let erasure = expect_new(journal.append(erasing_with_content(10, 1)).await);
    assert!(is_key(&key_state(&journal, 10).await, 10));
    assert!(is_key(&key_state(&journal, 2).await, 2));
    assert!(matches!(key_state(&journal, 1).await, KeyState::Destroyed));

    // The same when it is imported.
    let restored = tempfile::tempdir().unwrap();
    let other = open(restored.path());
    let mut entries = journal
        .read(diogel_event_log::entry::Place::START, 2)
        .await
        .unwrap();
    entries.push(erasure);
    let mut imports: Vec<_> = entries
        .iter()
        .zip([1, 2, 10])
        .map(|(e, n)| imported(e, n))
        .collect();
    imports[2].erases = Some(id(1));
    other.import(imports).await.unwrap();
    assert!(is_key(&key_state(&other, 10).await, 10));
    assert!(matches!(key_state(&other, 1).await, KeyState::Destroyed));
}

/// Making the vault and opening it each make slots ahead; those of an earlier open aren't used.
const FIRST_USED: usize = 64;

/// The bytes of a slot's key in the vault's file.
fn slot_key(folder: &Path, slot: usize) -> Vec<u8> {
    fs::read(folder.join("vault.keys")).unwrap()[slot * 64 + 16..slot * 64 + 48].to_vec()
}

/// The head is told as soon as readers see the entry; the answer waits for the vault.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_head_moves_before_an_emptied_slot_is_destroyed() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let erased = slot_key(folder.path(), FIRST_USED);
    let head = journal.changed();
    let appending = {
        // While somebody looks at the head it can't move, and the writer waits.
        let _looking = head.borrow();
        let asked = journal.clone();
        let appending = tokio::spawn(async move { asked.append(erasing(2, 1)).await });
        while !matches!(journal.content_key_now(id(1)), Ok(KeyState::Destroyed)) {
            std::thread::yield_now();
        }
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(
            found(folder.path(), &erased),
            "the vault comes after the head"
        );
        assert!(!appending.is_finished());
        appending
    };
    expect_new(appending.await.unwrap());
    assert!(!found(folder.path(), &erased));
}

#[tokio::test]
async fn an_older_copy_of_the_vault_does_not_bring_an_erased_key_back() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    for n in 1..=10 {
        append(&journal, n).await;
    }
    let (vault, erased) = (
        folder.path().join("vault.keys"),
        slot_key(folder.path(), FIRST_USED),
    );
    let older = fs::read(&vault).unwrap();
    expect_new(journal.append(erasing(500, 4)).await);
    append(&journal, 11).await;
    drop(journal);
    assert!(!found(folder.path(), &erased));
    // The vault is restored from the keys' backup.
    fs::write(&vault, older).unwrap();
    let restored = open(folder.path());
    assert!(
        !found(folder.path(), &erased),
        "destroyed again, before anything else"
    );
    assert!(
        is_key(&key_state(&restored, 5).await, 5),
        "its neighbours were wrapped anew in time"
    );
}

#[tokio::test]
async fn an_older_copy_of_the_vault_loses_the_keys_since_and_none_to_come() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let vault = folder.path().join("vault.keys");
    drop(journal);
    let older = fs::read(&vault).unwrap();
    let journal = open(folder.path());
    for n in 2..=5 {
        append(&journal, n).await;
    }
    drop(journal);
    fs::write(&vault, older).unwrap();

    let journal = open(folder.path());
    for n in 6..=9 {
        append(&journal, n).await;
    }
    assert!(is_key(&key_state(&journal, 1).await, 1));
    assert!(is_key(&key_state(&journal, 7).await, 7));
    assert!(matches!(key_state(&journal, 3).await, KeyState::Unknown));
    // What is lost can be erased, and its neighbours come back from the projection.
    expect_new(journal.append(erasing(500, 3)).await);
    assert!(matches!(key_state(&journal, 3).await, KeyState::Destroyed));
    let four = journal.find(id(4)).await.unwrap().unwrap();
    journal.import(vec![imported(&four, 4)]).await.unwrap();
    assert!(is_key(&key_state(&journal, 4).await, 4));
    drop(journal);
    let journal = open(folder.path());
    for n in [1, 4, 6, 7, 8, 9] {
        assert!(is_key(&key_state(&journal, n).await, n), "{n}");
    }
}

#[tokio::test]
async fn a_damaged_slot_costs_its_own_keys_alone_and_they_come_back_by_import() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    append(&journal, 1).await;
    let two = append(&journal, 2).await;
    drop(journal);
    let vault = folder.path().join("vault.keys");
    let mut bytes = fs::read(&vault).unwrap();
    bytes[FIRST_USED * 64 + 20] ^= 1;
    fs::write(&vault, bytes).unwrap();
    let journal = open(folder.path());
    append(&journal, 3).await;
    let keys = journal.content_keys(&[id(2), id(3)]).await.unwrap();
    assert!(
        matches!(&keys[..], [KeyState::Unknown, found] if is_key(found, 3)),
        "damage is no erasure, and no other key's loss"
    );
    let now = journal.content_key_now(id(2)).unwrap();
    assert!(matches!(now, KeyState::Unknown));
    journal.import(vec![imported(&two, 2)]).await.unwrap();
    assert!(is_key(&key_state(&journal, 2).await, 2));
}

#[tokio::test]
async fn another_journals_vault_is_refused() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // The other one is shorter: what the newest keys name isn't in it at all.
    append(&open(folder.path()), 1).await;
    drop(open(folder.path()));
    append(&open(folder.path()), 2).await;
    append(&open(other.path()), 1).await;
    let vault = folder.path().join("vault.keys");
    let own = fs::read(&vault).unwrap();
    fs::copy(other.path().join("vault.keys"), &vault).unwrap();
    assert!(matches!(
        crate::support::try_open(folder.path()),
        Err(JournalError::Damaged(_))
    ));
    fs::write(&vault, own).unwrap();
    assert!(is_key(&key_state(&open(folder.path()), 1).await, 1));
}
