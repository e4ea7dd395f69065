//! What only the inside can show: what happens when the disk says no.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use diogel_identity::Vault;
use redb::backends::InMemoryBackend;
use redb::{Builder, StorageBackend};

use super::open::{Opened, initialise};
use super::recover;
use super::state::State;
use super::wal::{FIRST, Frames, Wal};
use super::{Appended, Composed, Draft, Journal, JournalError, JournalName, KeyState};
use crate::entry::Place;

/// A disk whose next fsync fails, once: as the kernel does, which then reports success for pages it has dropped.
#[derive(Debug)]
struct Disk {
    memory: InMemoryBackend,
    fails: Arc<AtomicBool>,
}

impl StorageBackend for Disk {
    fn len(&self) -> std::io::Result<u64> {
        self.memory.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> std::io::Result<()> {
        self.memory.read(offset, out)
    }

    fn set_len(&self, len: u64) -> std::io::Result<()> {
        self.memory.set_len(len)
    }

    fn sync_data(&self) -> std::io::Result<()> {
        if self.fails.swap(false, Ordering::SeqCst) {
            return Err(std::io::Error::other("the disk says no"));
        }
        self.memory.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> std::io::Result<()> {
        self.memory.write(offset, data)
    }
}

pub(super) fn draft(n: u8) -> Draft {
    Draft {
        request_key: [n; 32],
        request_hash: [n; 32],
        event_id: [n; 16],
        recorded_at: 0,
        content_key: None,
        erases: None,
        compose: Box::new(move |_, _| Composed {
            event: Bytes::from(vec![n]),
            digest: [n; 32],
        }),
    }
}

/// A journal whose log has room for so many bytes; what makes the log's and the store's next fsync fail.
fn journal(folder: &Path, wal_bytes: usize) -> (Journal, [Arc<AtomicBool>; 2]) {
    let fails = Arc::new(AtomicBool::new(false));
    let disk = Disk {
        memory: InMemoryBackend::new(),
        fails: Arc::clone(&fails),
    };
    let (journal, log_fails) = journal_on(disk, folder, wal_bytes);
    (journal, [log_fails, fails])
}

/// A new journal on this disk; what makes its log's next fsync fail.
pub(super) fn journal_on(
    disk: impl StorageBackend,
    folder: &Path,
    wal_bytes: usize,
) -> (Journal, Arc<AtomicBool>) {
    let db = Builder::new().create_with_backend(disk).unwrap();
    let name = JournalName {
        board: "board".into(),
        agency: "agency".into(),
    };
    initialise(&db, &name).unwrap();
    let file = File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .open(folder.join("journal.wal"))
        .unwrap();
    Wal::lay_out(&file, wal_bytes).unwrap();
    let wal = recover::open_log(&db, file).unwrap();
    wal.announce(wal.generation()).unwrap();
    let fails = Arc::clone(&wal.fails);
    let vault = Vault::open(folder.join("vault.keys")).unwrap();
    let opened = Opened {
        db: Arc::new(db),
        wal,
        vault,
        check: |_| None,
        state: State::EMPTY,
    };
    (Journal::start(folder, opened).unwrap(), fails)
}

async fn assert_stops(wal_bytes: usize, disk: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (journal, fails) = journal(folder.path(), wal_bytes);
    assert!(matches!(
        journal.append(draft(1)).await,
        Ok(Appended::New(_))
    ));
    fails[disk].store(true, Ordering::SeqCst);
    assert!(matches!(
        journal.append(draft(2)).await,
        Err(JournalError::Stopped)
    ));
    for n in [2, 3, 1] {
        let later = journal.append(draft(n)).await;
        assert!(
            matches!(later, Err(JournalError::Stopped)),
            "the disk works again, the writer doesn't"
        );
    }
    let marked = journal.record_streamed(Place::START.next()).await;
    assert!(matches!(marked, Err(JournalError::Stopped)));
    assert_eq!(
        journal.head().place,
        Place::START.next(),
        "only what was acknowledged shows"
    );
    assert_eq!(journal.read(Place::START, 10).await.unwrap().len(), 1);
    assert!(journal.find([2; 16]).await.unwrap().is_none());
    assert!(journal.find_request([2; 32]).await.unwrap().is_none());
    let keys = journal.content_keys(&[[2; 16]]).await.unwrap();
    assert!(matches!(keys[..], [KeyState::Unknown]));
}

#[tokio::test]
async fn p1_a_failed_fsync_of_the_log_stops_the_journal_and_is_never_retried() {
    assert_stops(1 << 20, 0).await;
}

#[tokio::test]
async fn p1_a_failed_fsync_of_the_store_stops_the_journal_and_is_never_retried() {
    assert_stops(4096, 1).await;
}

/// Frames of these payloads, each on its page, in a log of 16 pages; the file is changed by `change` before it is read.
fn frames_after(change: impl FnOnce(&File)) -> Frames {
    let file = tempfile::tempfile().unwrap();
    Wal::lay_out(&file, 16 * 4096).unwrap();
    let mut wal = Wal::new(file.try_clone().unwrap(), &[7; 32], 3).unwrap();
    wal.announce(3).unwrap();
    for n in 0..5 {
        wal.append(&[n; 100]).unwrap();
    }
    change(&file);
    Wal::new(file, &[7; 32], 3).unwrap().frames().unwrap()
}

#[test]
fn a_torn_last_frame_is_not_there_and_a_torn_earlier_one_is_damage() {
    let whole = frames_after(|_| ());
    assert_eq!(
        (whole.payloads.len(), whole.damaged, whole.ahead),
        (5, false, false)
    );
    for (torn, left, damaged) in [(4_u64, 4, false), (2, 2, true)] {
        let frames = frames_after(|file| {
            file.write_all_at(&[0xa5; 8], FIRST as u64 + torn * 4096 + 100)
                .unwrap();
        });
        assert_eq!((frames.payloads.len(), frames.damaged), (left, damaged));
    }
}

#[test]
fn no_payload_passes_for_a_frame() {
    // The bytes of a frame under another key, as somebody could send them who knows everything but the key.
    let forged = {
        let file = tempfile::tempfile().unwrap();
        Wal::lay_out(&file, 8 * 4096).unwrap();
        let mut wal = Wal::new(file.try_clone().unwrap(), &[8; 32], 3).unwrap();
        (0..6).for_each(|_| wal.append(b"forged").unwrap());
        let mut frame = vec![0; 4096];
        file.read_exact_at(&mut frame, FIRST as u64 + 5 * 4096)
            .unwrap();
        frame
    };
    let frames = frames_after(|file| file.write_all_at(&forged, FIRST as u64 + 5 * 4096).unwrap());
    assert_eq!((frames.payloads.len(), frames.damaged), (5, false));
}

#[test]
fn a_later_generation_shows_that_the_store_is_older() {
    let frames = frames_after(|file| {
        let mut later = Wal::new(file.try_clone().unwrap(), &[7; 32], 4).unwrap();
        later.append(b"later").unwrap();
    });
    assert!(frames.ahead);
}

#[test]
fn p12_no_payload_makes_reading_the_log_slow() {
    // What a publisher could send to have it read as the header of a frame that fills the file, as often as it fits.
    const SIZE: usize = 16 << 20;
    let mut header = b"DGW1".to_vec();
    header.extend_from_slice(&3_u64.to_le_bytes());
    header.extend_from_slice(&0_u32.to_le_bytes());
    header.extend_from_slice(&(8_u32 << 20).to_le_bytes());
    let pages: Vec<u8> = (0..SIZE / 4096)
        .flat_map(|_| [&header[..], &[0; 4096][header.len()..]].concat())
        .collect();
    let file = tempfile::tempfile().unwrap();
    file.write_all_at(&pages, 0).unwrap();
    let wal = Wal::new(file, &[7; 32], 3).unwrap();
    wal.announce(3).unwrap();
    let start = std::time::Instant::now();
    let frames = wal.frames().unwrap();
    assert!(frames.payloads.is_empty() && !frames.damaged && !frames.ahead);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn p12_a_log_of_any_other_length_is_not_even_read() {
    let grown = tempfile::tempfile().unwrap();
    Wal::lay_out(&grown, 16 * 4096).unwrap();
    let wal = Wal::new(grown.try_clone().unwrap(), &[7; 32], 3).unwrap();
    wal.announce(3).unwrap();
    grown
        .set_len(1 << 46)
        .unwrap_or_else(|_| grown.set_len(1 << 42).unwrap());
    let frames = Wal::new(grown, &[7; 32], 3).unwrap().frames().unwrap();
    assert!(!frames.announced && !frames.ahead);
}
