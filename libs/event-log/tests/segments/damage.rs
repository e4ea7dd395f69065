//! P10: no byte of a log can change, and no file of it go, without being told; never is a wrong record answered.

use std::fs;

use diogel_event_log::segments::{SegmentLog, verify};

use crate::support::{change, check, copy, fault, files, key, log_of, open, options};

#[tokio::test]
async fn p10_a_flipped_byte_anywhere_is_told() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 20);
    for segment in files(folder.path(), "segment") {
        let whole = fs::read(&segment).unwrap();
        for at in 0..whole.len() {
            for byte in [whole[at] ^ 1, whole[at] ^ 0x80, !whole[at]] {
                change(&segment, |bytes| bytes[at] = byte);
                // Where it happens to look as a torn tail does, it is called that: but told it is.
                let told = verify(folder.path()).map_or(true, |verified| verified.torn > 0);
                assert!(told, "{} at {at}", segment.display());
            }
            fs::write(&segment, &whole).unwrap();
        }
    }
}

#[tokio::test]
async fn p10_a_flipped_byte_never_makes_a_wrong_record() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 12);
    for segment in files(folder.path(), "segment") {
        let whole = fs::read(&segment).unwrap();
        for at in (0..whole.len()).step_by(3) {
            let copied = copy(folder.path());
            change(&copied.path().join(segment.file_name().unwrap()), |bytes| {
                bytes[at] ^= 4;
            });
            let Ok(log) = SegmentLog::open(copied.path(), options(1000)) else {
                continue;
            };
            let mut failed = log.length() < 12;
            for n in 1..=log.length() {
                match log.read(n - 1, 1).await {
                    Ok(read) => check(&read, [n]),
                    Err(_) => failed = true,
                }
                match log.by_key(key(1000 + n), None, 1) {
                    Ok(found) => check(&found, [n]),
                    Err(_) => failed = true,
                }
            }
            assert!(failed, "{} at {at}", segment.display());
        }
    }
}

#[tokio::test]
async fn p10_damage_names_its_segment_and_byte() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 40);
    let segment = &files(folder.path(), "segment")[1];
    let number = segment
        .file_stem()
        .unwrap()
        .to_str()
        .unwrap()
        .parse::<u64>()
        .unwrap();
    change(segment, |bytes| bytes[72 + 50] ^= 1);
    let told = fault(verify(folder.path()));
    assert_eq!((told.segment, told.offset), (number, 72));
    let log = open(folder.path());
    let told = fault(log.read(number - 1, 1).await);
    assert_eq!((told.segment, told.offset), (number, 72));
    assert_eq!(
        log.read(0, 1000).await.err().map(fault_text),
        Some(told.to_string())
    );
    check(
        &log.read(0, usize::try_from(number).unwrap() - 1)
            .await
            .unwrap(),
        1..number,
    );
}

fn fault_text(error: diogel_event_log::segments::SegmentError) -> String {
    fault::<()>(Err(error)).to_string()
}

/// Only the last segment can be torn.
#[tokio::test]
async fn p10_a_full_segment_that_is_cut_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 40);
    let segments = files(folder.path(), "segment");
    for (number, segment) in segments[..segments.len() - 1].iter().enumerate() {
        let copied = copy(folder.path());
        let segment = copied.path().join(segment.file_name().unwrap());
        change(&segment, |bytes| bytes.truncate(bytes.len() - 1 - number));
        fault(verify(copied.path()));
        fault(SegmentLog::open(copied.path(), options(1000)));
    }
}

#[tokio::test]
async fn p10_a_segment_that_is_missing_or_exchanged_is_refused() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    log_of(folder.path(), 40);
    log_of(other.path(), 41);
    for segment in files(folder.path(), "segment") {
        let copied = copy(folder.path());
        fs::remove_file(copied.path().join(segment.file_name().unwrap())).unwrap();
        fault(verify(copied.path()));
        fault(SegmentLog::open(copied.path(), options(1000)));
    }
    let copied = copy(folder.path());
    let segments = files(copied.path(), "segment");
    fs::rename(&segments[1], copied.path().join("kept")).unwrap();
    fs::copy(&segments[2], &segments[1]).unwrap();
    fault(verify(copied.path()));
    fault(SegmentLog::open(copied.path(), options(1000)));
}

#[test]
fn p10_an_index_without_any_segment_is_no_new_log() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 20);
    for segment in files(folder.path(), "segment") {
        fs::remove_file(segment).unwrap();
    }
    fault(verify(folder.path()));
    fault(SegmentLog::open(folder.path(), options(1000)));
    assert!(files(folder.path(), "segment").is_empty());
}
