//! A full segment with its index in a file. Keeps in memory only what finds the way into both (100 bytes, and four for 64
//! records); mends an index that is missing or doesn't fit, which costs a walk through the segment.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::Key;
use super::error::{SegmentError, io};
use super::folder;
use super::header::{Head, Header};
use super::live::Live;
use super::lookup::{Lookup, Unfit};
use super::sidecar::{self, Front, MARK};
use super::source::{Place, Source};
use super::walk;

pub(super) struct Sealed {
    header: Header,
    end: u64,
    front: Front,
    /// One at a time makes the index anew.
    mending: Mutex<()>,
}

impl Sealed {
    /// Of a segment that is whole, and whose index is written.
    pub(super) fn of(live: &Live) -> Self {
        Self::with(&live.source, Front::of(live))
    }

    const fn with(source: &Source, front: Front) -> Self {
        Self {
            header: source.header,
            end: source.end,
            front,
            mending: Mutex::new(()),
        }
    }

    /// The segment after `before`. Its records aren't looked at, unless its index has to be made.
    pub(super) fn open(folder: &Path, before: Head) -> Result<Self, SegmentError> {
        let first = before.number + 1;
        let source = Source::open(folder::segment(folder, first), before)?;
        let front = File::open(folder::index(folder, first))
            .and_then(|file| Front::read(&file, &source.header, source.end));
        if let Ok(Some(front)) = front {
            return Ok(Self::with(&source, front));
        }
        Ok(Self::of(&mend(folder, source)?))
    }

    pub(super) const fn first(&self) -> u64 {
        self.header.first
    }

    pub(super) const fn head(&self) -> Head {
        self.front.head
    }

    /// Its records; the file is opened for each reader.
    pub(super) fn source(&self, folder: &Path) -> Result<Source, SegmentError> {
        let path = folder::segment(folder, self.first());
        let file = File::open(&path).map_err(io(&path))?;
        Ok(Source {
            path,
            file: Arc::new(file),
            header: self.header,
            end: self.end,
        })
    }

    /// Where a record at or shortly before `number` lies.
    pub(super) fn place(&self, folder: &Path, number: u64) -> Result<Place, SegmentError> {
        let past = number.saturating_sub(self.first());
        let at = usize::try_from(past).unwrap_or(usize::MAX) / MARK;
        let offset = self.front.marks.get(at);
        let offset = offset.ok_or_else(|| self.damaged("its index lacks a record"))?;
        Ok(Place {
            source: self.source(folder)?,
            number: self.first() + (at * MARK) as u64,
            offset: *offset,
        })
    }

    /// The last `max` records before `before` under `key`, newest first, and where they lie.
    pub(super) fn find(
        &self,
        folder: &Path,
        key: Key,
        before: u64,
        max: usize,
    ) -> Result<Vec<(u64, u32)>, SegmentError> {
        let before = u32::try_from(before.saturating_sub(self.first())).unwrap_or(u32::MAX);
        let look = || self.look(folder, key, before, max);
        let found = look().or_else(|Unfit| {
            let _one = self.mending.lock().unwrap_or_else(PoisonError::into_inner);
            // Somebody else may have mended it meanwhile.
            look().or_else(|Unfit| {
                self.check(&mend(folder, self.source(folder)?)?)?;
                look().map_err(|Unfit| self.damaged("its index can't be read"))
            })
        })?;
        let numbered = found.into_iter();
        let numbered = numbered.map(|(record, at)| (self.first() + u64::from(record), at));
        Ok(numbered.collect())
    }

    fn look(
        &self,
        folder: &Path,
        key: Key,
        before: u32,
        max: usize,
    ) -> Result<Vec<(u32, u32)>, Unfit> {
        let file = File::open(folder::index(folder, self.first())).map_err(|_| Unfit)?;
        Lookup::new(file, &self.header, &self.front).find(key, before, max)
    }

    fn check(&self, live: &Live) -> Result<(), SegmentError> {
        let same = live.head == self.head();
        same.then_some(())
            .ok_or_else(|| self.damaged("its records are not those that it was opened with"))
    }

    const fn damaged(&self, what: &'static str) -> SegmentError {
        SegmentError::damaged(self.first(), 0, what)
    }
}

/// Makes the index of a full segment anew.
fn mend(folder: &Path, source: Source) -> Result<Live, SegmentError> {
    let segment = source.header.first;
    tracing::warn!(
        segment,
        "the index of a segment is missing or doesn't fit: making it anew"
    );
    let live = walk::whole(source)?;
    sidecar::write(folder, &live)?;
    Ok(live)
}
