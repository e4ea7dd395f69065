//! The thread that writes the index of each full segment, once that is on the disk: away from the one that brings records there, whom
//! it would hold up. If it fails, the log stops: a search mustn't grow dearer in silence.

use std::sync::Arc;

use super::error::SegmentError;
use super::live::Live;
use super::sealed::Sealed;
use super::shared::{Shared, State};
use super::sidecar;

/// Until the log is closed or stops.
pub(super) fn run(shared: &Shared) {
    while let Some(live) = next(shared) {
        match seal(shared, &live) {
            Ok(sealed) => shared.change(|state| done(state, sealed)),
            Err(error) => shared.stop(&mut shared.state(), &error),
        }
    }
}

fn next(shared: &Shared) -> Option<Arc<Live>> {
    let mut state = shared.state();
    loop {
        match &state.sealing {
            _ if state.stopped => return None,
            Some(sealing) if sealing.safe => return Some(Arc::clone(&sealing.live)),
            None if state.closing => return None,
            Some(_) | None => state = shared.wait(state),
        }
    }
}

fn seal(shared: &Shared, live: &Live) -> Result<Sealed, SegmentError> {
    sidecar::write(&shared.folder, live)?;
    Ok(Sealed::of(live))
}

fn done(state: &mut State, sealed: Sealed) {
    // A reader may still hold the list as it was.
    Arc::make_mut(&mut state.sealed).push(Arc::new(sealed));
    state.sealing = None;
}
