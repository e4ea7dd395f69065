//! What every store has to keep, whatever lies below it.

use std::path::Path;

use diogel_views::store::{Row, Store, Write};

fn put(key: &[u8], value: &[u8]) -> Write {
    (key.to_vec(), Some(value.to_vec()))
}

fn gone(key: &[u8]) -> Write {
    (key.to_vec(), None)
}

fn row(key: &[u8], value: &[u8]) -> Row {
    (key.to_vec(), value.to_vec())
}

/// Runs each rule on a store of its own.
pub fn keeps_the_contract<S: Store>(open: impl Fn(&Path) -> S) {
    let rules = [
        a_key_answers_with_its_last_value::<S>,
        a_scan_is_in_order_limited_and_ends_before_its_end,
        the_last_row_lies_within_its_range,
        a_removed_row_is_nowhere,
        a_range_that_ends_before_it_begins_is_empty,
    ];
    for rule in rules {
        let folder = tempfile::tempdir().unwrap();
        rule(&open(folder.path()));
    }
}

fn a_key_answers_with_its_last_value<S: Store>(store: &S) {
    assert_eq!(store.get(b"a").unwrap(), None);
    store.write(vec![put(b"a", b"1"), put(b"b", b"")]).unwrap();
    store.write(vec![put(b"a", b"2")]).unwrap();
    assert_eq!(store.get(b"a").unwrap().as_deref(), Some(&b"2"[..]));
    assert_eq!(store.get(b"b").unwrap().as_deref(), Some(&b""[..]));
    // Within one batch the later write counts.
    store.write(vec![put(b"c", b"1"), gone(b"c")]).unwrap();
    assert_eq!(store.get(b"c").unwrap(), None);
    store.write(Vec::new()).unwrap();
}

fn a_scan_is_in_order_limited_and_ends_before_its_end<S: Store>(store: &S) {
    let keys: [&[u8]; 6] = [b"b\xff", b"a", b"b", b"c", b"b\x00", b"b\x00\x00"];
    store.write(keys.map(|k| put(k, k)).to_vec()).unwrap();
    let scan = |from: &[u8], to: &[u8], limit| store.scan(from, to, limit).unwrap();
    let below_b = [
        row(b"b", b"b"),
        row(b"b\x00", b"b\x00"),
        row(b"b\x00\x00", b"b\x00\x00"),
        row(b"b\xff", b"b\xff"),
    ];
    assert_eq!(scan(b"b", b"c", usize::MAX), below_b);
    assert_eq!(scan(b"b", b"c", 2), below_b[..2]);
    assert_eq!(scan(b"b", b"c", 0), []);
    assert_eq!(scan(b"b", b"b\xff", 9), below_b[..3]);
    assert_eq!(scan(b"d", b"e", 9), []);
}

fn the_last_row_lies_within_its_range<S: Store>(store: &S) {
    store
        .write(vec![put(b"a", b"1"), put(b"b", b"2"), put(b"c", b"3")])
        .unwrap();
    assert_eq!(store.last(b"a", b"c").unwrap(), Some(row(b"b", b"2")));
    assert_eq!(store.last(b"a", b"z").unwrap(), Some(row(b"c", b"3")));
    assert_eq!(store.last(b"a\x00", b"b").unwrap(), None);
}

fn a_removed_row_is_nowhere<S: Store>(store: &S) {
    store.write(vec![put(b"a", b"1"), put(b"b", b"2")]).unwrap();
    store.write(vec![gone(b"b"), gone(b"never")]).unwrap();
    assert_eq!(store.get(b"b").unwrap(), None);
    assert_eq!(store.scan(b"a", b"z", 9).unwrap(), [row(b"a", b"1")]);
    assert_eq!(store.last(b"a", b"z").unwrap(), Some(row(b"a", b"1")));
}

fn a_range_that_ends_before_it_begins_is_empty<S: Store>(store: &S) {
    store.write(vec![put(b"a", b"1"), put(b"b", b"2")]).unwrap();
    assert_eq!(store.scan(b"b", b"a", 9).unwrap(), []);
    assert_eq!(store.last(b"b", b"a").unwrap(), None);
    assert_eq!(store.scan(b"b", b"b", 9).unwrap(), []);
}

const ROWS_A_BATCH: usize = 40;

/// Batch `n` of a store: the same rows again, each with the batch's number.
fn batch(n: u32) -> Vec<Write> {
    let key = |i: usize| format!("row{i:02}").into_bytes();
    (0..ROWS_A_BATCH)
        .map(|i| put(&key(i), &n.to_be_bytes()))
        .collect()
}

/// After a reopening every row is of one and the same batch. Which one isn't promised: a view is a cache.
pub fn keeps_whole_batches<S: Store>(open: impl Fn(&Path) -> S) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    (0..10).for_each(|n| store.write(batch(n)).unwrap());
    // What lies on the disk while the store is open is what a kill leaves behind.
    let killed = tempfile::tempdir().unwrap();
    copy(folder.path(), killed.path());
    one_batch(&open(killed.path()));
    drop(store);
    let store = open(folder.path());
    let closed = one_batch(&store);
    assert_eq!(closed, Some(9), "an orderly closing keeps everything");
    store.write(batch(10)).unwrap();
    assert_eq!(one_batch(&store), Some(10));
}

fn one_batch(store: &impl Store) -> Option<u32> {
    let rows = store.scan(b"row", b"rox", usize::MAX).unwrap();
    let (_, first) = rows.first()?;
    assert_eq!(rows.len(), ROWS_A_BATCH);
    assert!(rows.iter().all(|(_, value)| value == first), "a torn batch");
    Some(u32::from_be_bytes(first.as_slice().try_into().unwrap()))
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
