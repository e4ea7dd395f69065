//! A segment whose index is in memory: the one that is written, and the one before it until its index is a file. Owns its end and
//! the head of the chain.

use std::fs::{self, File};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

use diogel_identity::private_file::PRIVATE;

use super::error::{SegmentError, io};
use super::folder;
use super::frame::Draft;
use super::header::{Head, Header, SEGMENT_HEADER};
use super::index::{Index, short};
use super::source::{Place, Source};

pub(super) struct Live {
    pub(super) source: Source,
    pub(super) head: Head,
    pub(super) index: Index,
    /// Reused from record to record.
    frame: Vec<u8>,
}

impl Live {
    /// The segment after `head`, without a number as its name yet.
    pub(super) fn create(folder: &Path, head: Head) -> Result<Self, SegmentError> {
        let path = folder.join(folder::NEXT);
        let mut options = fs::OpenOptions::new();
        options
            .read(true)
            .write(true)
            .create_new(true)
            .mode(PRIVATE);
        let file = options.open(&path).map_err(io(&path))?;
        let header = Header::after(head).map_err(io(&path))?;
        file.write_all_at(&header.to_bytes(), 0)
            .map_err(io(&path))?;
        let source = Source {
            path: folder::segment(folder, header.first),
            file: Arc::new(file),
            header,
            end: SEGMENT_HEADER as u64,
        };
        Ok(Self::new(source, head, Index::default()))
    }

    pub(super) const fn new(source: Source, head: Head, index: Index) -> Self {
        Self {
            source,
            head,
            index,
            frame: Vec::new(),
        }
    }

    /// Whether a record finds room. The first always does.
    pub(super) fn has_room(&self, draft: Draft<'_>, segment_bytes: u64) -> bool {
        let end = self.source.end + draft.frame_length() as u64;
        let fits = end <= segment_bytes && self.index.has_room(draft.keys.len());
        fits || self.index.count() == 0
    }

    /// Hands a record to the operating system; it is read again only if that took all of it.
    pub(super) fn append(&mut self, draft: Draft<'_>, synced: u64) -> Result<u64, SegmentError> {
        let Source {
            path,
            file,
            header,
            end,
        } = &mut self.source;
        let head = draft.encode(self.head, synced, &header.salt, &mut self.frame);
        file.write_all_at(&self.frame, *end).map_err(io(path))?;
        self.index.add(*end, draft.keys);
        *end += self.frame.len() as u64;
        self.head = head;
        Ok(head.number)
    }

    /// The file of this segment, for the fsync.
    pub(super) fn file(&self) -> Arc<File> {
        Arc::clone(&self.source.file)
    }

    /// Where record `number` lies, if it is of this segment.
    pub(super) fn place(&self, number: u64) -> Option<Place> {
        let record = number.checked_sub(self.source.header.first)?;
        Some(Place {
            offset: self.index.offset(record)?,
            source: self.source.clone(),
            number,
        })
    }

    /// Records under `key` before `before`, newest first, and where they lie.
    pub(super) fn find(&self, key: super::Key, before: u64, max: usize) -> Vec<(u64, u32)> {
        let first = self.source.header.first;
        let before = before.saturating_sub(first).min(self.index.count().into());
        let found = self.index.find(key, short(before), max);
        let numbered = found.into_iter();
        numbered
            .map(|(record, offset)| (first + u64::from(record), offset))
            .collect()
    }
}
