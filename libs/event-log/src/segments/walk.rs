//! A walk through a whole segment: every record against the chain, and the index that comes of it. Owns where it ends; whether a
//! segment may end there is [`super::tail`]'s.

use super::error::{Fault, SegmentError};
use super::index::Index;
use super::live::Live;
use super::source::Source;

/// What a walk came to.
pub(super) struct Walk {
    /// The segment up to the first fault.
    pub(super) live: Live,
    /// The last record says that the log was on the disk up to here.
    pub(super) settled: u64,
    pub(super) fault: Option<Fault>,
}

pub(super) fn walk(source: Source) -> Result<Walk, SegmentError> {
    let (mut frames, mut index) = (source.frames()?, Index::default());
    let (mut settled, mut end) = (0, frames.offset);
    let fault = loop {
        match frames.step() {
            Ok(Some(frame)) => {
                index.add(end, &frame.keys);
                settled = frame.synced;
                end = frames.offset;
            }
            Ok(None) => break None,
            Err(SegmentError::Damaged(fault)) => break Some(fault),
            Err(error) => return Err(error),
        }
    };
    let source = Source { end, ..source };
    Ok(Walk {
        live: Live::new(source, frames.head, index),
        settled,
        fault,
    })
}

/// A segment that must be whole.
pub(super) fn whole(source: Source) -> Result<Live, SegmentError> {
    let walk = walk(source)?;
    walk.fault
        .map_or(Ok(walk.live), |fault| Err(SegmentError::Damaged(fault)))
}
