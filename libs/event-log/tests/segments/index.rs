//! The index of a full segment is made from it, and made anew on any doubt.

use std::fs;

use diogel_event_log::segments::verify;

use crate::support::{change, check_all, copy, fault, files, key, log_of, open};

#[tokio::test]
async fn an_index_that_is_missing_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 60);
    let indexes = files(folder.path(), "index");
    assert_eq!(indexes.len() + 1, files(folder.path(), "segment").len());
    let before: Vec<_> = indexes
        .iter()
        .map(|index| fs::read(index).unwrap())
        .collect();
    for index in &indexes {
        fs::remove_file(index).unwrap();
    }
    assert_eq!(verify(folder.path()).unwrap().length, 60);
    check_all(&open(folder.path()), 60).await;
    let after = indexes.iter().map(|index| fs::read(index).unwrap());
    assert!(after.eq(before), "byte for byte");
}

#[tokio::test]
async fn an_index_that_goes_while_the_log_is_open_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 60);
    let log = open(folder.path());
    let indexes = files(folder.path(), "index");
    fs::remove_file(&indexes[0]).unwrap();
    change(&indexes[1], |bytes| bytes.truncate(5000));
    check_all(&log, 60).await;
    drop(log);
    assert_eq!(verify(folder.path()).unwrap().length, 60);
}

/// Of the others nothing is read but the front, so one damaged index is enough to look at.
#[tokio::test]
async fn p10_no_damage_to_an_index_hides_a_record() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 20);
    let index = &files(folder.path(), "index")[0];
    let whole = fs::read(index).unwrap();
    // Front and first block, each with some of the zeros behind.
    for at in (0..200).chain(4096..4096 + 500) {
        change(index, |bytes| bytes[at] ^= 0x20);
        fault(verify(folder.path()));
        let log = open(folder.path());
        for n in 1..=3 {
            let found = log.by_key(key(1000 + n), None, 9).unwrap();
            assert_eq!(found.len(), 1, "record {n}, byte {at}");
        }
        drop(log);
        fs::write(index, &whole).unwrap();
    }
}

#[tokio::test]
async fn an_index_of_another_segment_or_another_length_is_not_believed() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    log_of(folder.path(), 60);
    log_of(other.path(), 60);
    let [indexes, others] = [&folder, &other].map(|folder| files(folder.path(), "index"));
    let bytes = fs::read(&indexes[0]).unwrap();
    let wrong = [
        fs::read(&indexes[1]).unwrap(),
        fs::read(&others[0]).unwrap(),
        bytes[..bytes.len() - 1].to_vec(),
        bytes[..4096].to_vec(),
        [bytes.as_slice(), &[0; 4096]].concat(),
        Vec::new(),
    ];
    for wrong in wrong {
        let copied = copy(folder.path());
        fs::write(&files(copied.path(), "index")[0], wrong).unwrap();
        assert_eq!(fault(verify(copied.path())).segment, 1);
        check_all(&open(copied.path()), 60).await;
        assert_eq!(verify(copied.path()).unwrap().length, 60);
    }
}
