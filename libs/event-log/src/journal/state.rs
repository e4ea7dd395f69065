//! Where the journal stands: the one small row that every commit writes.

use crate::entry::{Digest, NO_DIGEST, Place};

/// The last entry and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// [`Place::START`] while the journal is empty.
    pub place: Place,
    /// What the next event names as the one before.
    pub digest: Digest,
}

/// The head, how far the stream has acknowledged, and the number of the last outcome heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) head: Head,
    pub(super) streamed: Place,
    pub(super) last_outcome: u64,
}

impl State {
    pub(super) const EMPTY: Self = Self {
        head: Head {
            place: Place::START,
            digest: NO_DIGEST,
        },
        streamed: Place::START,
        last_outcome: 0,
    };

    pub(super) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = place_to_bytes(self.head.place).to_vec();
        bytes.extend_from_slice(&self.head.digest);
        bytes.extend_from_slice(&place_to_bytes(self.streamed));
        bytes.extend_from_slice(&self.last_outcome.to_le_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (place, rest) = place_from_bytes(bytes)?;
        let (digest, rest) = rest.split_first_chunk()?;
        let (streamed, rest) = place_from_bytes(rest)?;
        let last_outcome = u64::from_le_bytes(rest.try_into().ok()?);
        Some(Self {
            head: Head {
                place,
                digest: *digest,
            },
            streamed,
            last_outcome,
        })
    }
}

pub(super) fn place_to_bytes(place: Place) -> [u8; 12] {
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&place.epoch.to_le_bytes());
    bytes[4..].copy_from_slice(&place.seq.to_le_bytes());
    bytes
}

pub(super) fn place_from_bytes(bytes: &[u8]) -> Option<(Place, &[u8])> {
    let (epoch, rest) = bytes.split_first_chunk()?;
    let (seq, rest) = rest.split_first_chunk()?;
    Some((
        Place {
            epoch: u32::from_le_bytes(*epoch),
            seq: u64::from_le_bytes(*seq),
        },
        rest,
    ))
}
