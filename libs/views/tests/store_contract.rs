//! One contract suite for every backend of the views.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

mod store_suite;

use diogel_views::store::{MemoryStore, RedbStore, SledStore};

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
