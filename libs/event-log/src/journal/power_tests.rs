//! What only a disk of one's own can show: the power goes at any write of the store, and an fsync that failed leaves pages in the
//! kernel's memory which never reach the disk.

use std::fs::{self, File};
use std::io::Result;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use redb::backends::InMemoryBackend;
use redb::{Builder, Database, ReadableDatabase, StorageBackend};

use super::open::read_state;
use super::recover;
use super::tables::META;
use super::tests::{draft, journal_on};
use super::{Appended, JournalError};

/// A disk with the kernel's memory in front of it.
#[derive(Debug, Clone, Default)]
struct Disk(Arc<Mutex<Platter>>);

#[derive(Debug, Default)]
struct Platter {
    /// What readers see.
    memory: Vec<u8>,
    /// What survives the power.
    disk: Vec<u8>,
    /// What is in memory only.
    dirty: Vec<Write>,
    /// So many fsyncs from now, one fails.
    fails_in: Option<u32>,
    watch: Option<Watch>,
}

/// Called at each write and fsync with the disk and what isn't on it yet.
struct Watch(Box<Watching>);

type Watching = dyn FnMut(&[u8], &[Write]) + Send;

/// Where, and what.
type Write = (usize, Vec<u8>);

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

impl Platter {
    fn look(&mut self) {
        if let Some(mut watch) = self.watch.take() {
            (watch.0)(&self.disk, &self.dirty);
            self.watch = Some(watch);
        }
    }
}

impl Disk {
    fn lock(&self) -> MutexGuard<'_, Platter> {
        self.0.lock().unwrap()
    }

    fn after_a_kill(&self) -> Self {
        let platter = self.lock();
        let (memory, disk) = (platter.memory.clone(), platter.disk.clone());
        Self(Arc::new(Mutex::new(Platter {
            memory,
            disk,
            dirty: platter.dirty.clone(),
            ..Platter::default()
        })))
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64> {
        Ok(self.lock().memory.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        let start = usize::try_from(offset).unwrap();
        out.copy_from_slice(&self.lock().memory[start..start + out.len()]);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<()> {
        let mut platter = self.lock();
        let len = usize::try_from(len).unwrap();
        platter.memory.resize(len, 0);
        platter.disk.resize(len, 0);
        Ok(())
    }

    fn sync_data(&self) -> Result<()> {
        let mut platter = self.lock();
        platter.look();
        let dirty = std::mem::take(&mut platter.dirty);
        let fails_in = platter.fails_in.take();
        platter.fails_in = fails_in.and_then(|left| left.checked_sub(1));
        if fails_in == Some(0) {
            // As the kernel does: the pages count as written from now on.
            return Err(std::io::Error::other("the disk says no"));
        }
        put(&mut platter.disk, &dirty, |_| true);
        platter.look();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<()> {
        let mut platter = self.lock();
        let write = (usize::try_from(offset).unwrap(), data.to_vec());
        put(&mut platter.memory, std::slice::from_ref(&write), |_| true);
        platter.dirty.push(write);
        platter.look();
        Ok(())
    }
}

fn put(bytes: &mut [u8], writes: &[Write], takes: impl Fn(usize) -> bool) {
    for (number, (start, data)) in writes.iter().enumerate() {
        let end = (start + data.len()).min(bytes.len());
        if takes(number) && *start < end {
            bytes[*start..end].copy_from_slice(&data[..end - start]);
        }
    }
}

/// The last entry that an open finds on this store beside the log in `folder`; recovers it as an open does.
fn reopened(
    store: impl StorageBackend,
    folder: &Path,
) -> std::result::Result<(Database, u64), JournalError> {
    let db = Builder::new().create_with_backend(store)?;
    let log = File::options()
        .read(true)
        .write(true)
        .open(folder.join("journal.wal"))
        .unwrap();
    let mut wal = recover::open_log(&db, log)?;
    if let Some(recovered) = recover::replay(&db, &wal, |_| Ok(()))? {
        recover::checkpoint(recovered, &mut wal)?;
    }
    let state = read_state(&db.begin_read()?.open_table(META)?)?;
    Ok((db, state.head.place.seq))
}

fn memory(bytes: &[u8]) -> InMemoryBackend {
    let memory = InMemoryBackend::new();
    memory.set_len(bytes.len() as u64).unwrap();
    memory.write(0, bytes).unwrap();
    memory
}

/// A commit of the store whose fsync failed is in the kernel's memory, whole: the next open sees it. It must not build on it,
/// for it is not on the disk.
#[tokio::test]
async fn p1_a_commit_whose_fsync_failed_is_not_taken_for_one_by_the_next_open() {
    for fails_in in 0..2 {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::default();
        // Room for two frames: the third commit goes to the store.
        let (journal, _) = journal_on(disk.clone(), folder.path(), 2 * 4096);
        for n in 1..=2 {
            let appended = journal.append(draft(n)).await;
            assert!(matches!(appended, Ok(Appended::New(_))));
        }
        disk.lock().fails_in = Some(fails_in);
        let third = journal.append(draft(3)).await;
        assert!(matches!(third, Err(JournalError::Stopped)));
        // The process dies and starts again; the machine, and with it the kernel's memory, stays.
        let again = disk.after_a_kill();
        std::mem::forget(journal);
        let (db, seq) = reopened(again.clone(), folder.path()).unwrap();
        assert!(seq >= 2);
        // Now the power goes: what the open saw and built on is gone, unless it is on the disk.
        let survives = memory(&again.lock().disk);
        let (_, found) = reopened(survives, folder.path()).unwrap();
        assert!(
            found >= seq,
            "{found} of {seq}, when fsync {fails_in} failed"
        );
        drop(db);
    }
}

#[tokio::test]
async fn p1_the_power_may_go_at_any_write_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::default();
    let (journal, _) = journal_on(disk.clone(), folder.path(), 3 * 4096);
    let acknowledged = Arc::new(AtomicU64::new(0));
    let looks = Arc::new(AtomicU64::new(0));
    let (known, looked, path) = (
        Arc::clone(&acknowledged),
        Arc::clone(&looks),
        folder.path().to_owned(),
    );
    let watch = move |disk: &[u8], dirty: &[Write]| {
        let look = looked.fetch_add(1, Ordering::SeqCst);
        for seed in 0..3_u64 {
            let copy = tempfile::tempdir().unwrap();
            fs::copy(path.join("journal.wal"), copy.path().join("journal.wal")).unwrap();
            let mut image = disk.to_vec();
            let coin = |number: usize| match seed {
                0 => false,
                1 => true,
                _ => (look + number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 63 == 1,
            };
            put(&mut image, dirty, coin);
            let found = reopened(memory(&image), copy.path());
            let known = known.load(Ordering::SeqCst);
            match found {
                Ok((_, seq)) => assert!(seq >= known && seq <= known + 1, "{seq}, not {known}"),
                Err(error) => panic!("look {look}, seed {seed}: {error}"),
            }
        }
    };
    disk.lock().watch = Some(Watch(Box::new(watch)));
    for n in 1..=30 {
        let appended = journal.append(draft(n)).await;
        assert!(
            matches!(appended, Ok(Appended::New(_))),
            "{n}: {appended:?}"
        );
        acknowledged.store(u64::from(n), Ordering::SeqCst);
    }
    disk.lock().watch = None;
    assert!(looks.load(Ordering::SeqCst) > 100, "{looks:?}");
}
