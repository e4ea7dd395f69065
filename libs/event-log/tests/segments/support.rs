//! What the tests of the segment log share: records, their keys, and folders to keep them in.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diogel_event_log::segments::{Fault, Key, Record, SegmentError, SegmentLog, SegmentOptions};

pub fn options(segment_bytes: u64) -> SegmentOptions {
    SegmentOptions {
        segment_bytes,
        ..SegmentOptions::default()
    }
}

/// With a handful of records in a segment.
pub fn open(folder: &Path) -> SegmentLog {
    SegmentLog::open(folder, options(1000)).unwrap()
}

/// As a log in whose time nothing gets to the disk by itself.
pub fn open_unsynced(folder: &Path) -> SegmentLog {
    let options = SegmentOptions {
        sync_within: Duration::from_hours(9),
        ..options(1 << 20)
    };
    SegmentLog::open(folder, options).unwrap()
}

/// Record `n`: its length changes from one to the next.
pub fn record(n: u64) -> Vec<u8> {
    let length = usize::try_from(n * 37 % 90).unwrap();
    format!("record {n} {}", "x".repeat(length)).into_bytes()
}

/// Spread as hashes are.
pub fn key(n: u64) -> Key {
    let mut key = [0; 16];
    key.copy_from_slice(&diogel_identity::sha256("a test's key", &n.to_le_bytes())[..16]);
    key
}

/// Record `n` has a key of its own, and one of seven that all share.
pub fn keys(n: u64) -> [Key; 2] {
    [key(1000 + n), key(n % 7)]
}

/// Appends `numbers`, in their order.
pub fn append(log: &SegmentLog, numbers: impl IntoIterator<Item = u64>) {
    for n in numbers {
        assert_eq!(log.append(&record(n), &keys(n)).unwrap(), n);
    }
}

/// Makes a log of records 1 to `count`, and closes it.
pub fn log_of(folder: &Path, count: u64) {
    append(&open(folder), 1..=count);
}

/// Each is what was appended under its number.
pub fn check(records: &[Record], expected: impl IntoIterator<Item = u64>) {
    let found: Vec<_> = records.iter().map(|record| record.number).collect();
    assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    for found in records {
        assert_eq!(found.bytes, record(found.number));
    }
}

/// All of a log that has `length` records, read in order and found by both kinds of key.
pub async fn check_all(log: &SegmentLog, length: u64) {
    assert_eq!(log.length(), length);
    let mut last = 0;
    loop {
        let records = log.read(last, 30).await.unwrap();
        let Some(record) = records.last() else { break };
        check(&records, last + 1..=record.number);
        last = record.number;
    }
    assert_eq!(last, length);
    for n in 1..=length {
        check(&log.by_key(key(1000 + n), None, 9).unwrap(), [n]);
    }
    for shared in 0..7 {
        let expected = (1..=length).rev().filter(|n| n % 7 == shared);
        check(&log.by_key(key(shared), None, 4000).unwrap(), expected);
    }
}

/// The folder's files with this ending, in order.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let ends = |path: &PathBuf| path.extension().is_some_and(|found| found == ending);
    let mut files: Vec<_> = files.filter(ends).collect();
    files.sort();
    files
}

/// A copy of a log's folder as it is now, open or not.
pub fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
    }
    to
}

/// Changes a file's bytes.
pub fn change(file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap();
    change(&mut bytes);
    fs::write(file, bytes).unwrap();
}

/// Where it is damaged.
pub fn fault<T>(result: Result<T, SegmentError>) -> Fault {
    match result {
        Err(SegmentError::Damaged(fault)) => fault,
        Err(error) => panic!("not as damage: {error}"),
        Ok(_) => panic!("taken for whole"),
    }
}
