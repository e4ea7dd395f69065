//! One record's bytes in a segment: a header that can be told from a forged one by itself, the keys, the record, and the
//! chain's hash up to it. A frame stands right behind the hash that it follows, so any one can be checked where it lies.
//!
//! A frame also says up to which record the log was on the disk when it was written: so a torn tail, which nobody was
//! promised, can be told from damage to what had been safe.

use super::header::{CHECK, Head, check, hash};
use super::index::short;
use super::{Key, RECORD_BYTES, RECORD_KEYS};
use crate::entry::Digest;

const MAGIC: &[u8; 4] = b"DGR1";
const CHECKED: usize = 4 + 8 + 8 + 4 + 4;
/// Magic, number (8), number on the disk (8), count of keys (4), length of the record (4), check.
pub(super) const FRAME_HEADER: usize = CHECKED + CHECK;
/// Bytes of the hash behind each frame's record.
pub(super) const HASH: usize = 32;
const KEY: usize = size_of::<Key>();

/// What stands in front of a record.
#[derive(Clone, Copy)]
pub(super) struct FrameHeader {
    pub(super) number: u64,
    /// Up to here the log was on the disk.
    pub(super) synced: u64,
    keys: u32,
    length: u32,
}

impl FrameHeader {
    /// None if it isn't one that was written for this segment.
    pub(super) fn from_bytes(bytes: &[u8; FRAME_HEADER], salt: &[u8; 16]) -> Option<Self> {
        let (checked, found) = bytes.split_at(CHECKED);
        let fields = checked.strip_prefix(MAGIC)?;
        if found != check("diogel.segment.frame.v1", &[salt, checked]) {
            return None;
        }
        let (number, fields) = fields.split_first_chunk()?;
        let (synced, fields) = fields.split_first_chunk()?;
        let (keys, length) = fields.split_first_chunk()?;
        let header = Self {
            number: u64::from_le_bytes(*number),
            synced: u64::from_le_bytes(*synced),
            keys: u32::from_le_bytes(*keys),
            length: u32::from_le_bytes(*length.first_chunk()?),
        };
        let fits = header.keys as usize <= RECORD_KEYS && header.length as usize <= RECORD_BYTES;
        fits.then_some(header)
    }

    /// Bytes behind the header: keys, record, hash.
    pub(super) const fn body(&self) -> usize {
        self.keys as usize * KEY + self.length as usize + HASH
    }

    /// The frame, if the body is what was written after `previous`.
    pub(super) fn open(self, body: &[u8], previous: &Digest) -> Option<Frame> {
        let (content, found) = body.split_last_chunk::<HASH>()?;
        let (keys, record) = content.split_at_checked(self.keys as usize * KEY)?;
        let hash = chained(previous, self.number, self.keys, keys, record);
        (hash == *found).then(|| Frame {
            head: Head {
                number: self.number,
                hash,
            },
            synced: self.synced,
            keys: keys.as_chunks().0.to_vec(),
            record: record.to_vec(),
        })
    }
}

/// A record as it was written.
pub(super) struct Frame {
    pub(super) head: Head,
    pub(super) synced: u64,
    pub(super) keys: Vec<Key>,
    pub(super) record: Vec<u8>,
}

/// What a record adds to the log.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    pub(super) record: &'a [u8],
    pub(super) keys: &'a [Key],
}

impl Draft<'_> {
    /// Bytes of its frame.
    pub(super) const fn frame_length(&self) -> usize {
        FRAME_HEADER + self.keys.len() * KEY + self.record.len() + HASH
    }

    /// Writes its frame into `frame`, and answers the head that it makes. The caller has held it against the limits.
    pub(super) fn encode(
        &self,
        before: Head,
        synced: u64,
        salt: &[u8; 16],
        frame: &mut Vec<u8>,
    ) -> Head {
        let (number, keys) = (before.number + 1, self.keys.as_flattened());
        let [count, length] = [self.keys.len(), self.record.len()].map(short);
        frame.clear();
        frame.extend_from_slice(MAGIC);
        frame.extend_from_slice(&number.to_le_bytes());
        frame.extend_from_slice(&synced.to_le_bytes());
        frame.extend_from_slice(&count.to_le_bytes());
        frame.extend_from_slice(&length.to_le_bytes());
        let check = check("diogel.segment.frame.v1", &[salt, frame]);
        let hash = chained(&before.hash, number, count, keys, self.record);
        for part in [&check, keys, self.record, &hash] {
            frame.extend_from_slice(part);
        }
        Head { number, hash }
    }
}

/// The chain's next hash. It covers nothing that depends on where or when the record is written.
fn chained(previous: &Digest, number: u64, count: u32, keys: &[u8], record: &[u8]) -> Digest {
    let (number, count) = (number.to_le_bytes(), count.to_le_bytes());
    hash(
        "diogel.segment.record.v1",
        &[previous, &number, &count, keys, record],
    )
}
