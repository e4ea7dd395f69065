//! The thread that brings records to the disk. It begins when half of the time has passed, so that the other half is the
//! disk's; a full segment's turn comes at once, and with it the next one's number. After a failed fsync the log stops.

use std::fs::File;
use std::sync::{Arc, MutexGuard};

use super::error::{SegmentError, io};
use super::folder;
use super::shared::{Shared, State};

/// What is to be brought to the disk.
struct Job {
    /// A full segment, whose records stand before the active one's.
    full: Option<Arc<File>>,
    active: Arc<File>,
    first: u64,
    /// The last record of both.
    last: u64,
}

/// Until the log is closed or stops.
pub(super) fn run(shared: &Shared) {
    while let Some(job) = next(shared) {
        match sync(shared, &job) {
            Ok(()) => shared.change(|state| done(state, &job)),
            Err(error) => shared.stop(&mut shared.state(), &error),
        }
    }
}

fn next(shared: &Shared) -> Option<Job> {
    let mut state = shared.state();
    loop {
        if state.stopped {
            return None;
        }
        let Some(since) = state.unsynced_since else {
            if state.closing {
                return None;
            }
            state = shared.wait(state);
            continue;
        };
        let left = (shared.options.sync_within / 2).saturating_sub(since.elapsed());
        if left.is_zero() || state.closing || is_full(&state) {
            return Some(job(state));
        }
        state = shared.wait_for(state, left);
    }
}

/// Whether a full segment waits for the disk.
fn is_full(state: &State) -> bool {
    state.sealing.as_ref().is_some_and(|sealing| !sealing.safe)
}

fn job(mut state: MutexGuard<'_, State>) -> Job {
    state.unsynced_since = None;
    let full = state.sealing.as_ref().filter(|sealing| !sealing.safe);
    Job {
        full: full.map(|sealing| sealing.live.file()),
        active: state.active.file(),
        first: state.active.source.header.first,
        last: state.active.head.number,
    }
}

/// The full one first: a segment has a number only if all before it is on the disk.
fn sync(shared: &Shared, job: &Job) -> Result<(), SegmentError> {
    for file in job.full.iter().chain([&job.active]) {
        #[cfg(test)]
        shared.disk_says().map_err(io(&shared.folder))?;
        file.sync_data().map_err(io(&shared.folder))?;
    }
    match job.full {
        Some(_) => folder::name_next(&shared.folder, job.first),
        None => Ok(()),
    }
}

fn done(state: &mut State, job: &Job) {
    state.synced = job.last;
    if let (Some(sealing), Some(_)) = (&mut state.sealing, &job.full) {
        sealing.safe = true;
    }
}
