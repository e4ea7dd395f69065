//! What only a disk that refuses can show: after a failed fsync nothing is taken any more. And what a crash between two segments
//! leaves, which no outside test can hold still.

use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{SegmentError, SegmentLog, SegmentOptions, verify};

fn open(folder: &Path) -> SegmentLog {
    let options = SegmentOptions {
        segment_bytes: 2000,
        sync_within: Duration::from_millis(1),
    };
    SegmentLog::open(folder, options).unwrap()
}

/// A log that stopped because the disk failed under its second segment, which has no number yet: how many records it took.
async fn stopped_between_segments(folder: &Path) -> u64 {
    let log = open(folder);
    log.append(b"before", &[]).unwrap();
    while log.synced() < 1 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    log.shared().fails.store(true, Ordering::SeqCst);
    let all = [[7; 700].as_slice(); 3].into_iter();
    let taken = all.take_while(|record| log.append(record, &[[1; 16]]).is_ok());
    let taken = 1 + taken.count() as u64;
    log.stopped().await;
    assert!(log.is_stopped());
    assert!(matches!(
        log.append(b"more", &[]),
        Err(SegmentError::Stopped)
    ));
    assert_eq!(log.length(), taken);
    taken
}

#[tokio::test]
async fn p1_a_failed_fsync_fails_closed() {
    let folder = tempfile::tempdir().unwrap();
    let taken = stopped_between_segments(folder.path()).await;
    let again = open(folder.path());
    assert_eq!(again.length(), taken, "what the kernel still has is kept");
    assert_eq!(again.append(b"more", &[]).unwrap(), taken + 1);
}

/// The state that `stopped_between_segments` may leave, but always: a full segment that isn't safe, and the next without a number.
async fn between_segments(folder: &Path) -> u64 {
    loop {
        for entry in fs::read_dir(folder).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        // The disk may have refused before the first segment was full.
        let taken = stopped_between_segments(folder).await;
        if folder.join("next.segment").exists() {
            return taken;
        }
    }
}

#[tokio::test]
async fn p1_a_crash_between_two_segments_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let taken = between_segments(folder.path()).await;
    let verified = verify(folder.path()).unwrap();
    assert_eq!((verified.length, verified.torn), (taken, 0));
    let log = open(folder.path());
    assert_eq!(log.head(), (taken, verified.head));
    assert!(!folder.path().join("next.segment").exists());
    assert_eq!(
        log.by_key([1; 16], None, 9).unwrap().len() as u64,
        taken - 1
    );
    assert_eq!(log.read(0, 9).await.unwrap().len() as u64, taken);
}

#[tokio::test]
async fn p1_a_segment_without_a_number_counts_only_if_the_one_before_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let taken = between_segments(folder.path()).await;
    let first = folder.path().join("00000000000000000001.segment");
    let bytes = fs::read(&first).unwrap();
    fs::write(&first, &bytes[..bytes.len() - 1]).unwrap();
    assert!(verify(folder.path()).unwrap().torn > 0);
    let log = open(folder.path());
    assert_eq!(
        log.length(),
        taken - 2,
        "the torn one and the one behind it"
    );
    assert_eq!(log.append(b"more", &[]).unwrap(), taken - 1);
}

#[tokio::test]
async fn p1_a_segment_that_was_begun_but_never_written_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let taken = between_segments(folder.path()).await;
    let next = folder.path().join("next.segment");
    for size in [0, 1, 71, 72, 900] {
        fs::write(&next, vec![0; size]).unwrap();
        assert_eq!(verify(folder.path()).unwrap().torn, size as u64);
        assert_eq!(open(folder.path()).length(), taken - 1);
    }
    fs::write(&next, vec![1; 900]).unwrap();
    assert!(matches!(
        verify(folder.path()),
        Err(SegmentError::Damaged(_))
    ));
}
