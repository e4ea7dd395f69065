//! Torn or damaged? What a crash leaves of the records that weren't on the disk yet: the file ends within one, or sectors of it
//! were never written and read as zeros. Everything else is damage. So is even that, where a later record says that the
//! log was on the disk beyond it.

use std::os::unix::fs::FileExt;

use super::error::{SegmentError, io};
use super::frame::{FRAME_HEADER, FrameHeader};
use super::source::Source;

/// What a disk writes as one, at least.
const SECTOR: u64 = 512;
/// Searched at a time.
const WINDOW: u64 = 1 << 20;

/// Whether the frame at `offset`, which can't be read, was never wholly written.
pub(super) fn is_unwritten(source: &Source, offset: u64) -> Result<bool, SegmentError> {
    let header = bytes(source, offset, offset + FRAME_HEADER as u64)?;
    let Some(header) = header.first_chunk() else {
        return Ok(true);
    };
    let header = FrameHeader::from_bytes(header, &source.header.salt);
    let body = header.map_or(0, |header| header.body());
    let end = offset + (FRAME_HEADER + body) as u64;
    Ok(end > source.end || has_empty_sector(source, offset, end)?)
}

/// Whether one of the sectors of `offset..end` is zeros to its own end, or to that of the file.
fn has_empty_sector(source: &Source, offset: u64, end: u64) -> Result<bool, SegmentError> {
    let mut start = offset;
    while start < end {
        let next = (start + 1).next_multiple_of(SECTOR);
        if bytes(source, start, next)?.iter().all(|byte| *byte == 0) {
            return Ok(true);
        }
        start = next;
    }
    Ok(false)
}

/// Whether a record beyond `offset` says that record `number` was on the disk.
pub(super) fn was_safe(source: &Source, offset: u64, number: u64) -> Result<bool, SegmentError> {
    let says = |bytes: &[u8]| {
        let header = bytes.first_chunk();
        let header = header.and_then(|header| FrameHeader::from_bytes(header, &source.header.salt));
        header.is_some_and(|header| header.number > number && header.synced >= number)
    };
    let mut start = offset;
    while start < source.end {
        let window = bytes(source, start, start + WINDOW + FRAME_HEADER as u64)?;
        if window.windows(FRAME_HEADER).any(says) {
            return Ok(true);
        }
        start += WINDOW;
    }
    Ok(false)
}

/// Of the file, as far as it goes.
fn bytes(source: &Source, from: u64, to: u64) -> Result<Vec<u8>, SegmentError> {
    let length = to.min(source.end).saturating_sub(from);
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    let read = source.file.read_exact_at(&mut bytes, from);
    read.map_err(io(&source.path))?;
    Ok(bytes)
}
