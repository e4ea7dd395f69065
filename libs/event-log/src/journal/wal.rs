//! The write-ahead log: where a commit becomes durable (P1). A commit to the store alone writes dozens of scattered pages before
//! its fsync; a frame here is one contiguous write into a file of fixed size. The store follows in memory and is made durable
//! when the file is full: that ends a generation, and the next starts at the first frame's place again.
//!
//! A frame starts on a page of its own, so that no later write can tear it, and its header carries an HMAC under a key that
//! only this folder has: no event's bytes, left over from an earlier generation, can pass for a frame. Each frame is on the
//! disk before the next is written, so only the last can be torn; a bad frame before a good one is damage.
//!
//! No frame of a generation yet, or no longer? The two pages in front tell: a generation is announced there, each over the
//! last but one, before the store goes over to it. So an emptied or older file, or another journal's, is known by the
//! announcement it lacks.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use ring::{digest, hmac};

/// Frames start at multiples of this: what a disk writes as one, or less than that.
const PAGE: usize = 4096;
/// Where the first frame starts: after the announcements, of even and of odd generations.
pub(super) const FIRST: usize = 2 * PAGE;
const MAGIC: &[u8; 4] = b"DGW1";
/// Magic, generation (8), number (4), length of the payload (4), its SHA-256, HMAC-SHA256 over all these. The header can be
/// told from a forged one by itself: else a forged length would have megabytes hashed for each page (P12).
const HEADER: usize = SIGNED + TAG;
const SIGNED: usize = 4 + 8 + 4 + 4 + digest::SHA256_OUTPUT_LEN;
const TAG: usize = 32;
/// The number of an announcement, whose payload is the file's length.
const ANNOUNCEMENT: u32 = u32::MAX;

/// The log as the writer has it.
pub(super) struct Wal {
    file: File,
    key: hmac::Key,
    /// Bytes of the file.
    length: usize,
    generation: u64,
    number: u32,
    offset: usize,
    #[cfg(test)]
    pub(super) fails: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

/// What the log of one generation holds.
#[derive(Default)]
pub(super) struct Frames {
    /// The payloads, in order.
    pub(super) payloads: Vec<Vec<u8>>,
    /// Whether the generation was announced, and the file has the length it had then.
    pub(super) announced: bool,
    /// Whether there is a good frame beyond a bad one.
    pub(super) damaged: bool,
    /// Whether there are frames of a later generation: then the store beside it is an older copy.
    pub(super) ahead: bool,
}

impl Wal {
    /// The log, to be written from its beginning.
    pub(super) fn new(file: File, key: &[u8], generation: u64) -> io::Result<Self> {
        Ok(Self {
            length: length(&file)?,
            file,
            key: hmac::Key::new(hmac::HMAC_SHA256, key),
            generation,
            number: 0,
            offset: FIRST,
            #[cfg(test)]
            fails: std::sync::Arc::default(),
        })
    }

    /// Zeros in all of the file, with room for so many bytes of frames, so that writing frames never changes its size or its
    /// blocks: that is a second write.
    pub(super) fn lay_out(file: &File, bytes: usize) -> io::Result<()> {
        const CHUNK: usize = 1 << 20;
        let (zeros, bytes) = (vec![0; CHUNK], FIRST.saturating_add(bytes));
        for start in (0..bytes).step_by(CHUNK) {
            file.write_all_at(&zeros[..CHUNK.min(bytes - start)], start as u64)?;
        }
        file.sync_all()
    }

    pub(super) const fn generation(&self) -> u64 {
        self.generation
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.number == 0
    }

    /// Whether a payload of so many bytes finds room in this generation.
    pub(super) const fn fits(&self, payload: usize) -> bool {
        pages(payload) <= self.length.saturating_sub(self.offset)
    }

    /// Writes a frame and waits until it is on the disk. After an error the log must not be used again.
    pub(super) fn append(&mut self, payload: &[u8]) -> io::Result<()> {
        let frame = frame(&self.key, self.generation, self.number, payload)?;
        self.file.write_all_at(&frame, self.offset as u64)?;
        self.sync()?;
        self.offset += frame.len();
        self.number += 1;
        Ok(())
    }

    /// Announces a generation, durably: this one when the log is made, the next before the store goes over to it. The
    /// announcement of the one before stays, for a crash before the store has gone over.
    pub(super) fn announce(&self, generation: u64) -> io::Result<()> {
        let length = (self.length as u64).to_le_bytes();
        let page = frame(&self.key, generation, ANNOUNCEMENT, &length)?;
        self.file
            .write_all_at(&page, announcement_of(generation) as u64)?;
        self.sync()
    }

    fn sync(&self) -> io::Result<()> {
        #[cfg(test)]
        if self.fails.swap(false, std::sync::atomic::Ordering::SeqCst) {
            return Err(io::Error::other("the disk says no"));
        }
        self.file.sync_data()
    }

    /// The store has everything, durably: start over.
    pub(super) const fn restart(&mut self) {
        self.generation += 1;
        self.number = 0;
        self.offset = FIRST;
    }

    /// All frames of this generation; none of a file whose announcement doesn't hold, which could have any length.
    pub(super) fn frames(&self) -> io::Result<Frames> {
        let mut front = vec![0; FIRST.min(self.length)];
        self.file.read_exact_at(&mut front, 0)?;
        let announced = self.parse(&front, announcement_of(self.generation));
        if !announced.as_ref().is_some_and(|page| self.is_own(page)) {
            return Ok(Frames {
                ahead: announced.is_some_and(|page| page.generation > self.generation),
                ..Frames::default()
            });
        }
        self.announced_frames()
    }

    fn announced_frames(&self) -> io::Result<Frames> {
        let mut bytes = vec![0; self.length];
        self.file.read_exact_at(&mut bytes, 0)?;
        let (mut payloads, mut offset) = (Vec::new(), FIRST);
        while let Some(frame) = self.parse(&bytes, offset) {
            if (frame.generation, frame.number as usize) != (self.generation, payloads.len()) {
                break;
            }
            offset += pages(frame.payload.len());
            payloads.push(frame.payload.to_vec());
        }
        let rest = (offset..bytes.len())
            .step_by(PAGE)
            .filter_map(|at| self.parse(&bytes, at));
        let latest = rest.map(|frame| frame.generation).max().unwrap_or(0);
        Ok(Frames {
            payloads,
            announced: true,
            damaged: latest == self.generation,
            ahead: latest > self.generation,
        })
    }

    fn is_own(&self, page: &Parsed<'_>) -> bool {
        (page.generation, page.number) == (self.generation, ANNOUNCEMENT)
            && page.payload == (self.length as u64).to_le_bytes()
    }

    fn parse<'a>(&self, bytes: &'a [u8], offset: usize) -> Option<Parsed<'a>> {
        let (header, rest) = bytes.get(offset..)?.split_first_chunk::<HEADER>()?;
        let (signed, tag) = header.split_at(SIGNED);
        let fields = signed.strip_prefix(MAGIC)?;
        hmac::verify(&self.key, signed, tag).ok()?;
        let (generation, fields) = fields.split_first_chunk()?;
        let (number, fields) = fields.split_first_chunk()?;
        let (length, hash) = fields.split_first_chunk()?;
        let payload = rest.get(..u32::from_le_bytes(*length) as usize)?;
        let whole = digest::digest(&digest::SHA256, payload).as_ref() == hash;
        whole.then_some(Parsed {
            generation: u64::from_le_bytes(*generation),
            number: u32::from_le_bytes(*number),
            payload,
        })
    }
}

struct Parsed<'a> {
    generation: u64,
    number: u32,
    payload: &'a [u8],
}

/// Header, payload, zeros up to a whole page.
fn frame(key: &hmac::Key, generation: u64, number: u32, payload: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(payload.len()).map_err(io::Error::other)?;
    let mut frame = Vec::with_capacity(pages(payload.len()));
    frame.extend_from_slice(MAGIC);
    frame.extend_from_slice(&generation.to_le_bytes());
    frame.extend_from_slice(&number.to_le_bytes());
    frame.extend_from_slice(&length.to_le_bytes());
    frame.extend_from_slice(digest::digest(&digest::SHA256, payload).as_ref());
    let tag = hmac::sign(key, &frame);
    frame.extend_from_slice(tag.as_ref());
    frame.extend_from_slice(payload);
    frame.resize(pages(payload.len()), 0);
    Ok(frame)
}

/// Bytes of a frame with so much payload.
const fn pages(payload: usize) -> usize {
    (HEADER + payload).next_multiple_of(PAGE)
}

/// Where a generation is announced.
const fn announcement_of(generation: u64) -> usize {
    if generation.is_multiple_of(2) {
        0
    } else {
        PAGE
    }
}

fn length(file: &File) -> io::Result<usize> {
    usize::try_from(file.metadata()?.len()).map_err(io::Error::other)
}
