//! The front of a segment: its first record's number, the hash that this one follows, and a salt. Owns its bytes. The salt goes
//! into the checks of frames and index, so that no record's own bytes can pass for either, and no other segment's index fits.

use diogel_identity::content_key::fill_random;
use ring::digest;

use crate::entry::{Digest, NO_DIGEST};

const MAGIC: &[u8; 8] = b"DGSEGMT1";
const CHECKED: usize = 8 + 8 + 16;
/// Magic, number (8), salt (16), check, and last the hash before the first record: as before every other.
pub(super) const SEGMENT_HEADER: usize = CHECKED + CHECK + 32;
/// Bytes of a check: SHA-256, cut. Against accidents; against people there is the chain.
pub(super) const CHECK: usize = 8;

/// The last record, and the hash of the chain up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) number: u64,
    pub(super) hash: Digest,
}

impl Head {
    pub(super) const EMPTY: Self = Self {
        number: 0,
        hash: NO_DIGEST,
    };
}

/// What a segment says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) first: u64,
    pub(super) salt: [u8; 16],
    /// The hash of the record before the first.
    pub(super) previous: Digest,
}

impl Header {
    /// For a new segment.
    pub(super) fn after(head: Head) -> std::io::Result<Self> {
        let mut salt = [0; 16];
        fill_random(&mut salt).map_err(std::io::Error::other)?;
        Ok(Self {
            first: head.number + 1,
            salt,
            previous: head.hash,
        })
    }

    pub(super) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SEGMENT_HEADER);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.first.to_le_bytes());
        bytes.extend_from_slice(&self.salt);
        let check = check("diogel.segment.v1", &[&bytes, &self.previous]);
        bytes.extend_from_slice(&check);
        bytes.extend_from_slice(&self.previous);
        bytes
    }

    /// None if it isn't one that was written.
    pub(super) fn from_bytes(bytes: &[u8; SEGMENT_HEADER]) -> Option<Self> {
        let (checked, rest) = bytes.split_at(CHECKED);
        let (found, previous) = rest.split_first_chunk::<CHECK>()?;
        let (first, salt) = checked.strip_prefix(MAGIC)?.split_first_chunk()?;
        let whole = *found == check("diogel.segment.v1", &[checked, previous]);
        Some(Self {
            first: u64::from_le_bytes(*first),
            salt: salt.try_into().ok()?,
            previous: previous.try_into().ok()?,
        })
        .filter(|_| whole)
    }
}

pub(super) fn check(domain: &str, parts: &[&[u8]]) -> [u8; CHECK] {
    let mut cut = [0; CHECK];
    cut.copy_from_slice(&hash(domain, parts)[..CHECK]);
    cut
}

/// SHA-256 of the parts, one after another, as [`diogel_identity::sha256`] takes it of bytes.
pub(super) fn hash(domain: &str, parts: &[&[u8]]) -> Digest {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(domain.as_bytes());
    context.update(&[0]);
    for part in parts {
        context.update(part);
    }
    let mut hash = NO_DIGEST;
    hash.copy_from_slice(context.finish().as_ref());
    hash
}
