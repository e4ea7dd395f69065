//! One contract suite for every backend of the views.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

mod store_suite;

use std::{sync::mpsc, thread, time::Duration};

use diogel_views::store::{MemoryStore, RedbStore, SledStore, Store};

#[test]
fn the_memory_store_keeps_the_contract() {
    store_suite::keeps_the_contract(|_| MemoryStore::default());
}

#[test]
fn the_sled_store_keeps_the_contract() {
    store_suite::keeps_the_contract(|path| SledStore::open(path).unwrap());
}

#[test]
fn the_redb_store_keeps_the_contract() {
    store_suite::keeps_the_contract(|path| RedbStore::open(path).unwrap());
}

#[test]
fn the_sled_store_keeps_whole_batches_over_a_reopening() {
    store_suite::keeps_whole_batches(|path| SledStore::open(path).unwrap());
}

#[test]
fn the_redb_store_keeps_whole_batches_over_a_reopening() {
    store_suite::keeps_whole_batches(|path| RedbStore::open(path).unwrap());
}

#[test]
fn a_sled_store_whose_folder_is_gone_ends_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("views")).unwrap();
    drop(folder);
    // Longer than sled keeps beside others: it wants a file of its own.
    let long = (b"key".to_vec(), Some(vec![7; 4 << 20]));
    let written = store.write(vec![long]);
    let (ended, waits) = mpsc::channel();
    thread::spawn(move || {
        drop(store);
        ended.send(()).unwrap();
    });
    assert!(
        waits.recv_timeout(Duration::from_mins(1)).is_ok(),
        "{written:?}"
    );
}
