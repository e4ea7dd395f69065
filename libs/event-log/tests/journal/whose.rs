//! Whose journal it is, and who may open it.

use std::fs;

use diogel_event_log::journal::{Journal, JournalError, JournalName, JournalOptions};

use crate::support::{FILES, append, name, open, options, try_open, verified};

#[tokio::test]
async fn another_agencys_or_boards_journal_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    append(&open(folder.path()), 1).await;
    for other in [
        JournalName {
            agency: "south".into(),
            ..name()
        },
        JournalName {
            board: "powys".into(),
            ..name()
        },
    ] {
        let opened = Journal::open(
            folder.path(),
            &JournalOptions {
                name: other,
                ..options()
            },
        );
        let Err(JournalError::Foreign { board, agency }) = opened else {
            panic!("opened")
        };
        assert_eq!((board, agency), (name().board, name().agency));
    }
}

#[tokio::test]
async fn a_folder_in_use_is_refused_and_free_once_the_last_handle_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path());
    let clone = journal.clone();
    drop(journal);
    assert!(matches!(
        try_open(folder.path()),
        Err(JournalError::InUse(_))
    ));
    assert!(matches!(
        verified(folder.path()),
        Err(JournalError::InUse(_))
    ));
    append(&clone, 1).await;
    drop(clone);
    assert_eq!(open(folder.path()).head().place.seq, 1);
}

#[tokio::test]
async fn a_missing_file_is_never_made_anew() {
    for file in FILES {
        let folder = tempfile::tempdir().unwrap();
        append(&open(folder.path()), 1).await;
        fs::remove_file(folder.path().join(file)).unwrap();
        let Err(JournalError::Incomplete(missing)) = try_open(folder.path()) else {
            panic!("{file}")
        };
        assert_eq!(missing, folder.path().join(file));
        assert!(!missing.exists());
    }
}

#[tokio::test]
async fn a_creation_that_was_interrupted_starts_again() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    // As it was just before the rename.
    let (store, new) = (
        folder.path().join("journal.redb"),
        folder.path().join("journal.redb.new"),
    );
    fs::rename(&store, &new).unwrap();
    append(&open(folder.path()), 1).await;
    assert!(!new.exists());
}

#[test]
fn a_newer_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let meta = redb::TableDefinition::<&str, &[u8]>::new("meta");
    let db = redb::Database::open(folder.path().join("journal.redb")).unwrap();
    let txn = db.begin_write().unwrap();
    txn.open_table(meta)
        .unwrap()
        .insert("format", &2_u32.to_le_bytes()[..])
        .unwrap();
    txn.commit().unwrap();
    drop(db);
    assert!(matches!(
        try_open(folder.path()),
        Err(JournalError::Format(2))
    ));
}

#[tokio::test]
async fn a_creation_that_was_torn_starts_again() {
    for torn in [
        Vec::new(),
        vec![0; 4096],
        vec![0xa5; 10_000],
        b"redb".to_vec(),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("journal.redb.new"), torn).unwrap();
        fs::write(folder.path().join("journal.wal"), [0; 100]).unwrap();
        append(&open(folder.path()), 1).await;
        assert_eq!(open(folder.path()).head().place.seq, 1);
    }
}

/// Several processes start on an empty folder at once: one has it, and what it acknowledges is on the disk.
#[test]
fn p1_a_second_process_never_lays_out_the_log_of_the_first() {
    for round in 0..60 {
        let folder = tempfile::tempdir().unwrap();
        let crashed = tempfile::tempdir().unwrap();
        let opened: Vec<_> = std::thread::scope(|scope| {
            let openers = (0..6).map(|_| {
                scope.spawn(|| {
                    let opened = try_open(folder.path());
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .build()
                        .unwrap();
                    let opened = opened.inspect(|journal| {
                        runtime.block_on(append(journal, 1));
                    });
                    opened.map_err(|error| {
                        assert!(matches!(error, JournalError::InUse(_)), "{error}");
                    })
                })
            });
            let openers: Vec<_> = openers.collect();
            openers
                .into_iter()
                .map(|opener| opener.join().unwrap())
                .collect()
        });
        assert_eq!(
            opened.iter().filter(|opened| opened.is_ok()).count(),
            1,
            "round {round}"
        );
        crate::support::copy(folder.path(), crashed.path());
        assert_eq!(open(crashed.path()).head().place.seq, 1, "round {round}");
    }
}

/// What keeps the second out of a folder that both found empty: whoever opens holds the folder until the store's own lock.
#[test]
fn a_folder_that_another_process_is_opening_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let opening = fs::File::open(folder.path()).unwrap();
    opening.lock().unwrap();
    assert!(matches!(
        try_open(folder.path()),
        Err(JournalError::InUse(_))
    ));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    drop(opening);
    drop(open(folder.path()));
}
