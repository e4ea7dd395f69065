//! P1 and P10: what a crash leaves of the last records is cut off, and nothing else is ever cut.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diogel_event_log::segments::{SegmentLog, verify};

use crate::support::{
    append, change, check_all, copy, fault, files, log_of, open, open_unsynced, options, record,
};

/// Bytes of a segment's header, and of a record's frame beyond the record and two keys.
const FRONT: usize = 72;
const FRAME: usize = 68 + 32;

fn last(folder: &Path) -> PathBuf {
    files(folder, "segment").pop().unwrap()
}

#[tokio::test]
async fn p1_a_torn_tail_is_cut_off_at_every_byte_of_the_last_frame() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 30);
    let whole = fs::read(last(folder.path())).unwrap();
    let frame = FRAME + record(30).len();
    for cut in 1..=frame {
        let copied = copy(folder.path());
        change(&last(copied.path()), |bytes| {
            bytes.truncate(whole.len() - cut);
        });
        let verified = verify(copied.path()).unwrap();
        assert_eq!((verified.length, verified.torn), (29, (frame - cut) as u64));
        let log = open(copied.path());
        assert_eq!(log.head(), (29, verified.head));
        append(&log, 30..=33);
        check_all(&log, 33).await;
        drop(log);
        let verified = verify(copied.path()).unwrap();
        assert_eq!((verified.length, verified.torn), (33, 0));
    }
}

#[tokio::test]
async fn p1_zeros_behind_the_last_record_are_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 30);
    for zeros in [1, 35, 36, 37, 500, 512, 4096, 10_000] {
        let copied = copy(folder.path());
        change(&last(copied.path()), |bytes| {
            bytes.resize(bytes.len() + zeros, 0);
        });
        let verified = verify(copied.path()).unwrap();
        assert_eq!((verified.length, verified.torn), (30, zeros as u64));
        check_all(&open(copied.path()), 30).await;
        let verified = verify(copied.path()).unwrap();
        assert_eq!((verified.length, verified.torn), (30, 0));
    }
}

/// The power goes: of what isn't on the disk, any sector may be missing, and the file may be shorter.
#[tokio::test]
async fn p1_whatever_the_power_takes_what_is_left_is_a_beginning_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let log = open_unsynced(folder.path());
    append(&log, 1..=100);
    for seed in 0..40_u64 {
        let copied = copy(folder.path());
        let mut coin = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        change(&last(copied.path()), |bytes| {
            let (first, others) = bytes.split_at_mut(512);
            // The header is on the disk before the segment has its number.
            let first = &mut first[FRONT..];
            for sector in [first].into_iter().chain(others.chunks_mut(512)) {
                coin ^= coin << 13;
                coin ^= coin >> 7;
                coin ^= coin << 17;
                if coin.is_multiple_of(seed / 4 + 2) {
                    sector.fill(0);
                }
            }
            if seed % 3 == 0 {
                bytes.truncate(bytes.len() - usize::try_from(coin % 3000).unwrap());
            }
        });
        let verified = verify(copied.path()).unwrap();
        let log = open(copied.path());
        assert_eq!(log.head(), (verified.length, verified.head));
        check_all(&log, verified.length).await;
        append(&log, verified.length + 1..=verified.length + 2);
        drop(log);
        let after = verify(copied.path()).unwrap();
        assert_eq!((after.length, after.torn), (verified.length + 2, 0));
    }
}

async fn synced(log: &SegmentLog, number: u64) {
    while log.synced() < number {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// An empty sector where the log had been on the disk is no torn tail, though the file looks as if the power had gone.
#[tokio::test]
async fn p10_what_was_on_the_disk_is_never_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let log = SegmentLog::open(folder.path(), options(1 << 20)).unwrap();
    append(&log, 1..=50);
    synced(&log, 50).await;
    append(&log, 51..=60);
    drop(log);
    let offset = FRONT + (1..=20).map(|n| FRAME + record(n).len()).sum::<usize>();
    change(&last(folder.path()), |bytes| {
        bytes[offset..offset + 600].fill(0);
    });
    for damaged in [
        fault(verify(folder.path())),
        fault(SegmentLog::open(folder.path(), options(1000))),
    ] {
        assert_eq!((damaged.segment, damaged.offset), (1, offset as u64));
    }
}

/// A crash leaves parts of a record or empty sectors, but no other bytes.
#[test]
fn p10_a_flipped_byte_in_the_last_record_is_no_torn_tail() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 30);
    let whole = fs::read(last(folder.path())).unwrap();
    let offset = whole.len() - FRAME - record(30).len();
    for at in offset..whole.len() {
        change(&last(folder.path()), |bytes| bytes[at] ^= 1);
        let verified = fault(verify(folder.path()));
        let opened = fault(SegmentLog::open(folder.path(), options(1000)));
        assert_eq!(verified.offset, offset as u64);
        assert_eq!(opened, verified);
        fs::write(last(folder.path()), &whole).unwrap();
    }
}

/// Else who may say what a record says could have a log refused after a power cut: its bytes claim to be records of a log that was
/// on the disk.
#[tokio::test]
async fn p12_a_record_that_looks_like_a_segment_is_a_record() {
    let (other, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let log = SegmentLog::open(other.path(), options(1 << 20)).unwrap();
    append(&log, 1..=50);
    synced(&log, 50).await;
    append(&log, 51..=60);
    let forged = fs::read(last(other.path())).unwrap();
    let log = open_unsynced(folder.path());
    append(&log, 1..=8);
    assert_eq!(log.append(&forged, &[]).unwrap(), 9);
    let copied = copy(folder.path());
    change(&last(copied.path()), |bytes| bytes[512..1024].fill(0));
    let verified = verify(copied.path()).unwrap();
    assert!(verified.length < 8 && verified.torn > forged.len() as u64);
    check_all(&open(copied.path()), verified.length).await;
    drop(log);
    assert_eq!(open(folder.path()).length(), 9);
}
