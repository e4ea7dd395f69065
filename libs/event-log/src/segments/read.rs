//! Reading a log: in order, or by a key. Each record is checked against the hash before it and given whole, or the read fails.
//! An answer is bounded by [`ANSWER_BYTES`] besides what the caller asks for; who wants more asks again from the last number.

use std::sync::Arc;

use bytes::Bytes;

use super::Key;
use super::error::SegmentError;
use super::frame::Frame;
use super::sealed::Sealed;
use super::shared::Shared;
use super::source::{Place, Source};

/// An answer ends with the record that passes this.
const ANSWER_BYTES: usize = 4 << 20;
/// The most records of an answer.
const ANSWER_RECORDS: usize = 4096;

/// A record, as it was appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// From 1, without gaps.
    pub number: u64,
    /// What was appended.
    pub bytes: Bytes,
}

/// What is answered.
struct Answer {
    records: Vec<Record>,
    bytes: usize,
    max: usize,
}

impl Answer {
    fn new(max: usize) -> Self {
        Self {
            records: Vec::new(),
            bytes: 0,
            max: max.min(ANSWER_RECORDS),
        }
    }

    /// How many more records it takes.
    const fn room(&self) -> usize {
        if self.bytes >= ANSWER_BYTES {
            return 0;
        }
        self.max.saturating_sub(self.records.len())
    }

    fn push(&mut self, frame: Frame) {
        self.bytes += frame.record.len();
        self.records.push(Record {
            number: frame.head.number,
            bytes: frame.record.into(),
        });
    }

    /// Records of one segment, up to its room.
    fn take(&mut self, source: &Source, found: &[(u64, u32)]) -> Result<(), SegmentError> {
        for (number, offset) in found {
            if self.room() == 0 {
                break;
            }
            self.push(source.frame_at(*number, *offset)?);
        }
        Ok(())
    }
}

/// Records after `after`, oldest first.
pub(super) fn after(shared: &Shared, after: u64, max: usize) -> Result<Vec<Record>, SegmentError> {
    let (mut answer, mut next) = (Answer::new(max), after.saturating_add(1));
    while answer.room() > 0 {
        let Some(place) = place_of(shared, next)? else {
            break;
        };
        let mut frames = place.frames()?;
        while answer.room() > 0
            && let Some(frame) = frames.step()?
        {
            // The walk may begin before it.
            if frame.head.number == next {
                next += 1;
                answer.push(frame);
            }
        }
    }
    Ok(answer.records)
}

/// Where record `number` lies, or one shortly before it; none if there is no such record yet.
fn place_of(shared: &Shared, number: u64) -> Result<Option<Place>, SegmentError> {
    let sealed = {
        let state = shared.state();
        if number > state.active.head.number {
            return Ok(None);
        }
        let sealing = state.sealing.as_ref().map(|sealing| &*sealing.live);
        let mut live = [Some(&state.active), sealing].into_iter().flatten();
        if let Some(place) = live.find_map(|live| live.place(number)) {
            return Ok(Some(place));
        }
        Arc::clone(&state.sealed)
    };
    let at = sealed.partition_point(|segment| segment.first() <= number);
    let segment = at.checked_sub(1).and_then(|at| sealed.get(at));
    segment
        .map(|segment| segment.place(&shared.folder, number))
        .transpose()
}

/// Records under `key` before `before`, newest first.
pub(super) fn by_key(
    shared: &Shared,
    key: Key,
    before: Option<u64>,
    max: usize,
) -> Result<Vec<Record>, SegmentError> {
    let (mut answer, before) = (Answer::new(max), before.unwrap_or(u64::MAX));
    let (found, sealed) = in_memory(shared, key, before, answer.room());
    for (source, found) in found {
        answer.take(&source, &found)?;
    }
    for segment in sealed
        .iter()
        .rev()
        .filter(|segment| segment.first() < before)
    {
        if answer.room() == 0 {
            break;
        }
        let found = segment.find(&shared.folder, key, before, answer.room())?;
        if !found.is_empty() {
            answer.take(&segment.source(&shared.folder)?, &found)?;
        }
    }
    Ok(answer.records)
}

/// Where records lie in one segment, newest first.
type InSegment = (Source, Vec<(u64, u32)>);

/// At one moment, newest first: of the segments whose index is in memory; and the others as they were then.
fn in_memory(
    shared: &Shared,
    key: Key,
    before: u64,
    max: usize,
) -> (Vec<InSegment>, Arc<Vec<Arc<Sealed>>>) {
    let state = shared.state();
    let sealing = state.sealing.as_ref().map(|sealing| &*sealing.live);
    let live = [Some(&state.active), sealing].into_iter().flatten();
    let found = live.map(|live| (live.source.clone(), live.find(key, before, max)));
    (found.collect(), Arc::clone(&state.sealed))
}
