//! Reading a segment's file: from any record on, each checked against the hash before it. Owns nothing but the place where it
//! is; refuses to give a record that isn't what was written, and to step over one.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use super::error::{SegmentError, io as at};
use super::frame::{FRAME_HEADER, Frame, FrameHeader, HASH};
use super::header::{Head, Header, SEGMENT_HEADER};
use crate::entry::NO_DIGEST;

/// For walking through a segment.
pub(super) const WALKING: usize = 256 << 10;
/// For one record, most often with one read.
pub(super) const ONE: usize = 4 << 10;

/// A segment's file, up to where it counts.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) file: Arc<File>,
    pub(super) header: Header,
    pub(super) end: u64,
}

/// Where a record lies.
pub(super) struct Place {
    pub(super) source: Source,
    pub(super) number: u64,
    pub(super) offset: u32,
}

impl Place {
    /// A walk from it on.
    pub(super) fn frames(&self) -> Result<Frames, SegmentError> {
        self.source
            .frames_from(self.number, self.offset.into(), WALKING)
    }
}

impl Source {
    /// The segment after `before`, all of its file.
    pub(super) fn open(path: PathBuf, before: Head) -> Result<Self, SegmentError> {
        let file = File::open(&path).map_err(at(&path))?;
        let source = Self::read(path, file)?.ok_or_else(|| unreadable(before))?;
        source.check_follows(before)?;
        Ok(source)
    }

    /// A segment's file; none if it has no header that was written.
    pub(super) fn read(path: PathBuf, file: File) -> Result<Option<Self>, SegmentError> {
        let end = file.metadata().map_err(at(&path))?.len();
        let mut bytes = [0; SEGMENT_HEADER];
        if end < SEGMENT_HEADER as u64 {
            return Ok(None);
        }
        file.read_exact_at(&mut bytes, 0).map_err(at(&path))?;
        let header = Header::from_bytes(&bytes).filter(|_| u32::try_from(end).is_ok());
        Ok(header.map(|header| Self {
            path,
            file: Arc::new(file),
            header,
            end,
        }))
    }

    /// Whether it is the segment after `before`.
    pub(super) fn check_follows(&self, before: Head) -> Result<(), SegmentError> {
        let follows = (self.header.first, self.header.previous) == (before.number + 1, before.hash);
        let what = "it doesn't follow the segment before it";
        let damaged = || SegmentError::damaged(before.number + 1, 0, what);
        follows.then_some(()).ok_or_else(damaged)
    }

    /// From the first record on.
    pub(super) fn frames(&self) -> Result<Frames, SegmentError> {
        self.frames_from(self.header.first, SEGMENT_HEADER as u64, WALKING)
    }

    /// From record `number` on, which lies at `offset`.
    pub(super) fn frames_from(
        &self,
        number: u64,
        offset: u64,
        buffer: usize,
    ) -> Result<Frames, SegmentError> {
        let bytes = At {
            file: Arc::clone(&self.file),
            offset: offset.saturating_sub(HASH as u64),
        };
        let mut bytes = BufReader::with_capacity(buffer, bytes);
        let mut hash = NO_DIGEST;
        bytes.read_exact(&mut hash).map_err(at(&self.path))?;
        Ok(Frames {
            source: self.clone(),
            bytes,
            offset,
            head: Head {
                number: number - 1,
                hash,
            },
        })
    }

    /// Record `number`, which lies at `offset`.
    pub(super) fn frame_at(&self, number: u64, offset: u32) -> Result<Frame, SegmentError> {
        let mut frames = self.frames_from(number, u64::from(offset), ONE)?;
        let frame = frames.step()?;
        frame.ok_or_else(|| frames.damaged("no record stands here"))
    }
}

/// The segment after `before` has a name but no header, or more bytes than are ever written.
pub(super) const fn unreadable(before: Head) -> SegmentError {
    let what = "the segment's header is not what was written";
    SegmentError::damaged(before.number + 1, 0, what)
}

/// A walk along a segment.
pub(super) struct Frames {
    source: Source,
    bytes: BufReader<At>,
    /// Where the next frame starts.
    pub(super) offset: u64,
    /// The record before it.
    pub(super) head: Head,
}

impl Frames {
    /// The next frame; none at the end.
    pub(super) fn step(&mut self) -> Result<Option<Frame>, SegmentError> {
        let left = self.source.end.saturating_sub(self.offset);
        if left == 0 {
            return Ok(None);
        }
        if left < FRAME_HEADER as u64 {
            return Err(self.damaged("it ends within a record"));
        }
        let header = self.header()?;
        let length = FRAME_HEADER + header.body();
        if left < length as u64 {
            return Err(self.damaged("it ends within a record"));
        }
        let mut body = vec![0; header.body()];
        self.read(&mut body)?;
        let frame = header.open(&body, &self.head.hash);
        let frame = frame.ok_or_else(|| self.damaged("the record is not what was written"))?;
        self.offset += length as u64;
        self.head = frame.head;
        Ok(Some(frame))
    }

    fn header(&mut self) -> Result<FrameHeader, SegmentError> {
        let mut bytes = [0; FRAME_HEADER];
        self.read(&mut bytes)?;
        FrameHeader::from_bytes(&bytes, &self.source.header.salt)
            .filter(|header| header.number == self.head.number + 1)
            .ok_or_else(|| self.damaged("the record's header is not what was written"))
    }

    fn read(&mut self, bytes: &mut [u8]) -> Result<(), SegmentError> {
        self.bytes.read_exact(bytes).map_err(at(&self.source.path))
    }

    fn damaged(&self, what: &'static str) -> SegmentError {
        SegmentError::damaged(self.source.header.first, self.offset, what)
    }
}

/// A reader of its own place in a file that others read and write too.
struct At {
    file: Arc<File>,
    offset: u64,
}

impl Read for At {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(bytes, self.offset)?;
        self.offset += read as u64;
        Ok(read)
    }
}
