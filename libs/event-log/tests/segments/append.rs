//! Appending, reading and finding.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use diogel_event_log::segments::{
    Key, RECORD_BYTES, RECORD_KEYS, SegmentError, SegmentLog, SegmentOptions, verify,
};

use crate::support::{append, check, check_all, files, key, open, options};

/// A record and its keys.
type Draft<'a> = (&'a [u8], &'a [Key]);

#[tokio::test]
async fn p10_records_are_read_and_found_across_many_segments() {
    let folder = tempfile::tempdir().unwrap();
    let log = open(folder.path());
    assert_eq!(log.head(), (0, [0; 32]));
    assert!(log.read(0, 10).await.unwrap().is_empty());
    for round in 0..3 {
        append(&log, round * 100 + 1..=round * 100 + 100);
        check_all(&log, round * 100 + 100).await;
    }
    let head = log.head();
    drop(log);
    assert!(files(folder.path(), "segment").len() > 30);
    let verified = verify(folder.path()).unwrap();
    assert_eq!(
        (verified.length, verified.head, verified.torn),
        (300, head.1, 0)
    );
    let log = open(folder.path());
    assert_eq!(log.head(), head);
    check_all(&log, 300).await;
}

#[tokio::test]
async fn p10_a_key_is_followed_page_by_page_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let log = open(folder.path());
    append(&log, 1..=200);
    let (mut before, mut found) = (None, Vec::new());
    loop {
        let page = log.by_key(key(3), before, 4).unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.number);
        found.extend(page);
    }
    check(&found, (1..=200).rev().filter(|n| n % 7 == 3));
    for before in 0..=210 {
        let expected = (1..before.min(201)).rev().filter(|n| n % 7 == 3).take(3);
        check(&log.by_key(key(3), Some(before), 3).unwrap(), expected);
    }
    assert!(log.by_key(key(99), None, 9).unwrap().is_empty());
    assert!(log.by_key(key(3), None, 0).unwrap().is_empty());
    assert!(log.read(u64::MAX, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn p10_keys_that_stand_close_together_are_found_too() {
    let folder = tempfile::tempdir().unwrap();
    let log = SegmentLog::open(folder.path(), options(100_000)).unwrap();
    let low = |n: u64| u128::from(n).to_be_bytes();
    for n in 1..=4000 {
        log.append(b"", &[low(n), low(n), [0xff; 16], [0; 16]])
            .unwrap();
    }
    assert!(files(folder.path(), "index").len() > 2);
    for n in (1..=4000).step_by(97) {
        let found = log.by_key(low(n), None, 9).unwrap();
        assert_eq!(
            found.iter().map(|record| record.number).collect::<Vec<_>>(),
            [n]
        );
    }
    for everywhere in [[0xff; 16], [0; 16]] {
        let found = log.by_key(everywhere, None, 5000).unwrap();
        assert!(
            found
                .iter()
                .map(|record| record.number)
                .eq((1..=4000).rev())
        );
    }
}

/// The same records make the same head wherever segments end; any other number, bytes or keys make another.
#[test]
fn p10_the_head_covers_number_bytes_and_keys_and_nothing_else() {
    let head = |size, records: &[Draft<'_>]| {
        let folder = tempfile::tempdir().unwrap();
        let log = SegmentLog::open(folder.path(), options(size)).unwrap();
        for (record, keys) in records {
            log.append(record, keys).unwrap();
        }
        log.head().1
    };
    let (one, two) = ([[1; 16]], [[1; 16], [2; 16]]);
    let base = head(1 << 20, &[(b"a", &one), (b"b", &two)]);
    assert_eq!(base, head(0, &[(b"a", &one), (b"b", &two)]));
    let moved = [[2; 16].as_slice(), b"b"].concat();
    let others: [&[Draft<'_>]; 6] = [
        &[(b"b", &two), (b"a", &one)],
        &[(b"a", &one), (b"b", &one)],
        &[(b"a", &one), (&moved, &one)],
        &[(b"a", &one), (b"b", &[[2; 16], [1; 16]])],
        &[(b"a", &one), (b"c", &two)],
        &[(b"a", &one)],
    ];
    for other in others {
        assert_ne!(base, head(1 << 20, other));
    }
}

#[tokio::test]
async fn p1_eight_callers_at_once_make_one_dense_chain() {
    let folder = tempfile::tempdir().unwrap();
    let log = SegmentLog::open(folder.path(), options(8000)).unwrap();
    let caller = |caller: u64| {
        let log = log.clone();
        let append = move |n: u64| {
            let number = log.append(format!("{caller}/{n}").as_bytes(), &[key(caller)]);
            number.unwrap()
        };
        std::thread::spawn(move || (0..200).map(append).collect::<Vec<_>>())
    };
    let callers: Vec<_> = (0..8).map(caller).collect();
    let mut numbers = Vec::new();
    for (caller, thread) in callers.into_iter().enumerate() {
        let own = thread.join().unwrap();
        let found = log.by_key(key(caller as u64), None, 1000).unwrap();
        assert!(
            own.iter()
                .rev()
                .eq(found.iter().map(|record| &record.number))
        );
        for (n, record) in found.iter().rev().enumerate() {
            assert_eq!(record.bytes, format!("{caller}/{n}"));
        }
        numbers.extend(own);
    }
    numbers.sort_unstable();
    assert!(numbers.into_iter().eq(1..=1600));
    let head = log.head();
    drop(log);
    let verified = verify(folder.path()).unwrap();
    assert_eq!((verified.length, verified.head), head);
}

#[tokio::test]
async fn p12_what_is_too_large_is_refused_and_the_log_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let log = open(folder.path());
    let (longest, most) = (vec![b'x'; RECORD_BYTES], vec![key(1); RECORD_KEYS]);
    let longer = vec![b'x'; RECORD_BYTES + 1];
    assert!(matches!(
        log.append(&longer, &[]),
        Err(SegmentError::TooLong)
    ));
    let more = vec![key(1); RECORD_KEYS + 1];
    assert!(matches!(
        log.append(b"", &more),
        Err(SegmentError::TooManyKeys)
    ));
    assert_eq!(log.append(&longest, &most).unwrap(), 1);
    assert_eq!(log.append(b"", &[]).unwrap(), 2);
    assert_eq!(log.read(0, 9).await.unwrap()[0].bytes, longest);
    assert!(!log.is_stopped());
    drop(log);
    assert_eq!(verify(folder.path()).unwrap().length, 2);
}

#[tokio::test]
async fn p12_an_answer_is_bounded_whatever_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let log = SegmentLog::open(folder.path(), SegmentOptions::default()).unwrap();
    for _ in 0..100 {
        log.append(&vec![b'x'; RECORD_BYTES], &[key(1)]).unwrap();
    }
    assert_eq!(log.read(0, usize::MAX).await.unwrap().len(), 64);
    assert_eq!(log.by_key(key(1), None, usize::MAX).unwrap().len(), 64);
    for _ in 0..5000 {
        log.append(b"", &[key(2)]).unwrap();
    }
    assert_eq!(log.read(100, usize::MAX).await.unwrap().len(), 4096);
    assert_eq!(log.by_key(key(2), None, usize::MAX).unwrap().len(), 4096);
}

#[test]
fn a_log_is_its_owners_alone_and_one_process_has_it() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("accesses");
    let log = open(&folder);
    append(&log, 1..=50);
    let in_use = |error| matches!(error, Some(SegmentError::InUse(_)));
    assert!(in_use(SegmentLog::open(&folder, options(1000)).err()));
    assert!(in_use(verify(&folder).err()));
    drop(log);
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.clone()), 0o700);
    for file in [files(&folder, "segment"), files(&folder, "index")].concat() {
        assert_eq!(mode(file), 0o600);
    }
    assert_eq!(open(&folder).length(), 50);
}
