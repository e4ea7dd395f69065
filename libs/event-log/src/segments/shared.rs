//! What callers and the two threads of an open log share: the segment that is written, the one before it until its index is a
//! file, the full ones, and how far all is on the disk. Refuses every append after the first failure.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::error::SegmentError;
use super::frame::Draft;
use super::handle::SegmentOptions;
use super::header::Head;
use super::live::Live;
use super::open::Opened;
use super::sealed::Sealed;

/// The longest segment: offsets have 32 bits, with room to spare.
const SEGMENT_BYTES: u64 = 1 << 30;

pub(super) struct Shared {
    pub(super) folder: PathBuf,
    pub(super) options: SegmentOptions,
    state: Mutex<State>,
    changed: Condvar,
    pub(super) stopped: watch::Sender<bool>,
    _owned: File,
    /// From now on every fsync fails.
    #[cfg(test)]
    pub(super) fails: std::sync::atomic::AtomicBool,
}

pub(super) struct State {
    pub(super) sealed: Arc<Vec<Arc<Sealed>>>,
    pub(super) sealing: Option<Sealing>,
    pub(super) active: Live,
    /// Up to here all is on the disk.
    pub(super) synced: u64,
    /// Since when something isn't.
    pub(super) unsynced_since: Option<Instant>,
    pub(super) closing: bool,
    pub(super) stopped: bool,
}

/// A full segment that has no index file yet.
pub(super) struct Sealing {
    pub(super) live: Arc<Live>,
    /// Whether it is on the disk, and the one after it has its number.
    pub(super) safe: bool,
}

impl Shared {
    pub(super) fn new(folder: &Path, mut options: SegmentOptions, opened: Opened) -> Self {
        options.segment_bytes = options.segment_bytes.min(SEGMENT_BYTES);
        let state = State {
            sealed: Arc::new(opened.sealed),
            sealing: None,
            synced: opened.active.head.number,
            active: opened.active,
            unsynced_since: None,
            closing: false,
            stopped: false,
        };
        Self {
            folder: folder.to_owned(),
            options,
            state: Mutex::new(state),
            changed: Condvar::new(),
            stopped: watch::Sender::new(false),
            _owned: opened.owned,
            #[cfg(test)]
            fails: std::sync::atomic::AtomicBool::new(false),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes everybody who waits for it.
    pub(super) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_all();
    }

    pub(super) fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let woken = self.changed.wait(state);
        woken.unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn wait_for<'a>(
        &self,
        state: MutexGuard<'a, State>,
        time: Duration,
    ) -> MutexGuard<'a, State> {
        let woken = self.changed.wait_timeout(state, time);
        woken.unwrap_or_else(PoisonError::into_inner).0
    }

    pub(super) fn head(&self) -> Head {
        self.state().active.head
    }

    /// Hands a record to the operating system.
    pub(super) fn append(&self, draft: Draft<'_>) -> Result<u64, SegmentError> {
        let mut state = self.room_for(draft)?;
        let synced = state.synced;
        let number = state.active.append(draft, synced);
        let number = number.inspect_err(|error| self.stop(&mut state, error))?;
        self.begin_waiting(&mut state);
        Ok(number)
    }

    /// Waits only if a whole segment was filled before the one before it was on the disk and had its index: bounds what isn't yet.
    fn room_for(&self, draft: Draft<'_>) -> Result<MutexGuard<'_, State>, SegmentError> {
        let mut state = self.state();
        loop {
            if state.stopped {
                return Err(SegmentError::Stopped);
            }
            if state.active.has_room(draft, self.options.segment_bytes) {
                return Ok(state);
            }
            if state.sealing.is_none() {
                let next = self.next_segment(&mut state);
                next.inspect_err(|error| self.stop(&mut state, error))?;
                return Ok(state);
            }
            state = self.wait(state);
        }
    }

    fn next_segment(&self, state: &mut State) -> Result<(), SegmentError> {
        let next = Live::create(&self.folder, state.active.head)?;
        let full = Arc::new(std::mem::replace(&mut state.active, next));
        state.sealing = Some(Sealing {
            live: full,
            safe: false,
        });
        state.unsynced_since.get_or_insert_with(Instant::now);
        // At once: the one after the next waits for it.
        self.changed.notify_all();
        Ok(())
    }

    /// From the first record on that isn't on the disk, time runs.
    fn begin_waiting(&self, state: &mut State) {
        if state.unsynced_since.is_none() {
            state.unsynced_since = Some(Instant::now());
            self.changed.notify_all();
        }
    }

    /// What the disk answers to the next fsync.
    #[cfg(test)]
    pub(super) fn disk_says(&self) -> std::io::Result<()> {
        let fails = self.fails.load(std::sync::atomic::Ordering::SeqCst);
        let refused = || std::io::Error::other("the disk says no");
        (!fails).then_some(()).ok_or_else(refused)
    }

    /// For good.
    pub(super) fn stop(&self, state: &mut State, error: &SegmentError) {
        if !std::mem::replace(&mut state.stopped, true) {
            tracing::error!(%error, "the log stops: a write failed");
            self.stopped.send_replace(true);
            self.changed.notify_all();
        }
    }
}
