//! The index file of a full segment: a front that says which segment it is of and where every 64th record lies, then all keys in
//! order, in blocks of 4 KiB with a check each, so that a search reads two or three of them. Made from the segment alone,
//! byte for byte the same each time. Refuses to be believed where a check or the segment's salt doesn't match.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use diogel_identity::private_file::{PRIVATE, write_whole};

use super::error::{SegmentError, io as at};
use super::folder;
use super::header::{CHECK, Head, Header, check};
use super::index::short;
use super::live::Live;
use crate::entry::Digest;

const MAGIC: &[u8; 8] = b"DGINDEX1";
/// Magic, first number, salt, end, last number, hash, count of keys, count of marks.
const FIXED: usize = 8 + 8 + 16 + 8 + 8 + size_of::<Digest>() + 4 + 4;
/// Bytes of a block.
pub(super) const BLOCK: usize = 4096;
/// Key, record, where it lies.
pub(super) const ENTRY: usize = 16 + 4 + 4;
/// Entries of a block, behind its check.
pub(super) const ENTRIES: u32 = 170;
const _: () = assert!(ENTRIES as usize == (BLOCK - CHECK) / ENTRY);
/// Every so many records a mark.
pub(super) const MARK: usize = 64;

/// What the front says beyond the segment's own header.
pub(super) struct Front {
    pub(super) head: Head,
    /// How many keys there are.
    pub(super) keys: u32,
    /// Where records 0, 64, 128 … of the segment lie.
    pub(super) marks: Vec<u32>,
}

impl Front {
    pub(super) fn of(live: &Live) -> Self {
        let marks = live.index.offsets().iter().step_by(MARK);
        Self {
            head: live.head,
            keys: short(live.index.entries().len()),
            marks: marks.copied().collect(),
        }
    }

    fn to_bytes(&self, header: &Header, end: u64) -> Vec<u8> {
        let mut front = fixed(header, end);
        front.extend_from_slice(&self.head.number.to_le_bytes());
        front.extend_from_slice(&self.head.hash);
        front.extend_from_slice(&self.keys.to_le_bytes());
        front.extend_from_slice(&short(self.marks.len()).to_le_bytes());
        for mark in &self.marks {
            front.extend_from_slice(&mark.to_le_bytes());
        }
        let check = check("diogel.segment.index.v1", &[&front]);
        front.extend_from_slice(&check);
        front.resize(front.len().next_multiple_of(BLOCK), 0);
        front
    }

    /// Bytes of the whole front, behind which the blocks start.
    pub(super) const fn length(&self) -> usize {
        (FIXED + self.marks.len() * 4 + CHECK).next_multiple_of(BLOCK)
    }

    /// Reads the front of the segment's index; none if it is another's, or not what was written.
    pub(super) fn read(file: &File, header: &Header, end: u64) -> io::Result<Option<Self>> {
        let length = file.metadata()?.len();
        let mut bytes = [0; FIXED];
        if length < BLOCK as u64 {
            return Ok(None);
        }
        file.read_exact_at(&mut bytes, 0)?;
        let Some((mut front, marks)) = Self::parse(&bytes, header, end) else {
            return Ok(None);
        };
        let mut rest = vec![0; (marks * 4 + CHECK).min(usize::try_from(length).unwrap_or(0))];
        file.read_exact_at(&mut rest, FIXED as u64).ok();
        let Some((marks, found)) = rest.split_last_chunk::<CHECK>() else {
            return Ok(None);
        };
        front.marks = marks
            .as_chunks()
            .0
            .iter()
            .map(|mark| u32::from_le_bytes(*mark))
            .collect();
        let whole = *found == check("diogel.segment.index.v1", &[&bytes, marks]);
        let expected = front.length() + front.keys.div_ceil(ENTRIES) as usize * BLOCK;
        Ok((whole && length == expected as u64).then_some(front))
    }

    /// The front without its marks, and how many they are.
    fn parse(bytes: &[u8; FIXED], header: &Header, end: u64) -> Option<(Self, usize)> {
        let rest = bytes.strip_prefix(fixed(header, end).as_slice())?;
        let (number, rest) = rest.split_first_chunk()?;
        let (hash, rest) = rest.split_first_chunk()?;
        let (keys, marks) = rest.split_first_chunk()?;
        let front = Self {
            head: Head {
                number: u64::from_le_bytes(*number),
                hash: *hash,
            },
            keys: u32::from_le_bytes(*keys),
            marks: Vec::new(),
        };
        let records = front
            .head
            .number
            .checked_sub(header.first)?
            .checked_add(1)?;
        let marks = u32::from_le_bytes(*marks.first_chunk()?);
        let expected = records.div_ceil(MARK as u64) == u64::from(marks);
        expected.then_some((front, marks as usize))
    }
}

/// What binds an index to its segment.
fn fixed(header: &Header, end: u64) -> Vec<u8> {
    let (first, end) = (header.first.to_le_bytes(), end.to_le_bytes());
    [MAGIC.as_slice(), &first, &header.salt, &end].concat()
}

/// The bytes of a segment's index.
pub(super) fn encode(live: &Live) -> Vec<u8> {
    let header = &live.source.header;
    let mut bytes = Front::of(live).to_bytes(header, live.source.end);
    let mut entries = live.index.entries().peekable();
    let mut number = 0_u32;
    while entries.peek().is_some() {
        let mut block = Vec::with_capacity(BLOCK);
        for (key, record) in entries.by_ref().take(ENTRIES as usize) {
            let offset = live.index.offset(u64::from(*record)).unwrap_or(0);
            block.extend_from_slice(key);
            block.extend_from_slice(&record.to_le_bytes());
            block.extend_from_slice(&offset.to_le_bytes());
        }
        block.resize(BLOCK - CHECK, 0);
        bytes.extend_from_slice(&block_check(header, number, &block));
        bytes.extend_from_slice(&block);
        number += 1;
    }
    bytes
}

/// The check in front of block `number`.
pub(super) fn block_check(header: &Header, number: u32, block: &[u8]) -> [u8; CHECK] {
    let number = number.to_le_bytes();
    check(
        "diogel.segment.index.block.v1",
        &[&header.salt, &number, block],
    )
}

/// Puts the index of a full segment beside it.
pub(super) fn write(folder: &Path, live: &Live) -> Result<(), SegmentError> {
    let path = folder::index(folder, live.source.header.first);
    write_whole(&path, &encode(live), PRIVATE).map_err(at(&path))
}
