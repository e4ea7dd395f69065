//! The log's handle: what the services call. Appends go to the operating system on the caller's own thread; reads to blocking ones.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::error::{SegmentError, io};
use super::frame::Draft;
use super::header::Head;
use super::read::{self, Record};
use super::shared::Shared;
use super::{Key, RECORD_BYTES, RECORD_KEYS, open, seal, sync};
use crate::entry::Digest;

/// How to open a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentOptions {
    /// A segment of so many bytes is full; at most 1 GiB counts.
    pub segment_bytes: u64,
    /// How long a record may be with the operating system alone: a power cut takes at most what was appended in this time, or
    /// while the disk took longer than half of it for an fsync (at a full segment, three).
    pub sync_within: Duration,
}

impl Default for SegmentOptions {
    fn default() -> Self {
        Self {
            segment_bytes: 64 << 20,
            sync_within: Duration::from_millis(50),
        }
    }
}

/// An open log; clones share it. When the last clone is dropped, the drop waits until all is on the disk, and the folder is free
/// for the next to open.
#[derive(Clone)]
pub struct SegmentLog {
    open: Arc<Open>,
}

struct Open {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl SegmentLog {
    /// Opens the log in `folder`, or begins one there if the folder is empty or missing. Blocks: the last segment is read whole,
    /// of the others the header and the front of the index; an index that is missing or doesn't fit is made anew. A torn tail
    /// is cut off, with a warning.
    ///
    /// # Errors
    /// [`SegmentError::InUse`]; [`SegmentError::Damaged`], which names segment and byte; those of files.
    pub fn open(folder: impl AsRef<Path>, options: SegmentOptions) -> Result<Self, SegmentError> {
        let folder = folder.as_ref();
        let shared = Arc::new(Shared::new(folder, options, open::open(folder)?));
        // From here on, so that one thread is ended if the other can't be had.
        let mut open = Open {
            shared,
            threads: Vec::new(),
        };
        open.start("segments-sync", sync::run)?;
        open.start("segments-seal", seal::run)?;
        Ok(Self {
            open: Arc::new(open),
        })
    }

    /// Appends a record, to be found by `keys`, and answers its number. It survives `kill -9` from then on, and a power cut from
    /// [`SegmentOptions::sync_within`] later on. For async callers too: it waits for no fsync, unless a whole segment was
    /// filled before the last was on the disk. Some 10 µs, one caller after another.
    ///
    /// # Errors
    /// [`SegmentError::TooLong`] and [`SegmentError::TooManyKeys`], with nothing written; [`SegmentError::Io`] for the write that
    /// failed, after which the record may or may not be there when the log is opened again; [`SegmentError::Stopped`] ever after.
    pub fn append(&self, record: &[u8], keys: &[Key]) -> Result<u64, SegmentError> {
        if record.len() > RECORD_BYTES {
            return Err(SegmentError::TooLong);
        }
        if keys.len() > RECORD_KEYS {
            return Err(SegmentError::TooManyKeys);
        }
        self.open.shared.append(Draft { record, keys })
    }

    /// Waits until the log takes nothing any more: a write or an fsync failed, and only opening it again tells what is on the disk.
    pub async fn stopped(&self) {
        let mut stopped = self.open.shared.stopped.subscribe();
        // The sender is as alive as this handle.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    }

    /// Whether it takes nothing any more.
    pub fn is_stopped(&self) -> bool {
        *self.open.shared.stopped.borrow()
    }

    /// Up to `max` records after number `after`, oldest first; fewer when they pass 4 MiB together or are more than 4,096. None are
    /// left only when none are answered.
    ///
    /// # Errors
    /// [`SegmentError::Damaged`] names segment and byte; those before it are answered by a smaller `max`.
    pub async fn read(&self, after: u64, max: usize) -> Result<Vec<Record>, SegmentError> {
        self.reading(move |shared| read::after(shared, after, max))
            .await
    }

    /// Up to `max` records under `key` with numbers below `before`, newest first; fewer as with [`Self::read`]. A search goes back
    /// until it has them: each full segment costs it two or three reads of 4 KiB, and blocks until these are done.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn by_key(
        &self,
        key: Key,
        before: Option<u64>,
        max: usize,
    ) -> Result<Vec<Record>, SegmentError> {
        read::by_key(&self.open.shared, key, before, max)
    }

    /// How many records there are.
    pub fn length(&self) -> u64 {
        self.open.shared.head().number
    }

    /// The last record's number and the hash of the chain up to it; 0 and zeros before the first. Noted elsewhere from time to
    /// time, it shows that nothing was cut off since.
    pub fn head(&self) -> (u64, Digest) {
        let Head { number, hash } = self.open.shared.head();
        (number, hash)
    }

    /// Up to this number records are on the disk.
    pub fn synced(&self) -> u64 {
        self.open.shared.state().synced
    }

    async fn reading<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Shared) -> Result<T, SegmentError> + Send + 'static,
    ) -> Result<T, SegmentError> {
        let open = Arc::clone(&self.open);
        let read = tokio::task::spawn_blocking(move || read(&open.shared));
        let folder = &self.open.shared.folder;
        read.await
            .map_err(|error| io(folder)(std::io::Error::other(error)))?
    }

    #[cfg(test)]
    pub(super) fn shared(&self) -> &Shared {
        &self.open.shared
    }
}

impl Open {
    fn start(&mut self, name: &str, run: fn(&Shared)) -> Result<(), SegmentError> {
        let shared = Arc::clone(&self.shared);
        let thread = std::thread::Builder::new().name(name.into());
        let thread = thread.spawn(move || {
            let _stops = StopsOnPanic(&shared);
            run(&shared);
        });
        self.threads.push(thread.map_err(io(&self.shared.folder))?);
        Ok(())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.shared.change(|state| state.closing = true);
        for thread in self.threads.drain(..) {
            // If it panicked it is over too.
            let _ = thread.join();
        }
    }
}

/// Without its threads a log would take records that never get to the disk.
struct StopsOnPanic<'a>(&'a Shared);

impl Drop for StopsOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop(&mut self.0.state(), &SegmentError::Stopped);
        }
    }
}
