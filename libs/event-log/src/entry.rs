//! An entry of an agency's chain, as the log carries it.

use bytes::Bytes;

/// SHA-256 of an event's body.
pub type Digest = [u8; 32];

/// The hash that stands before an agency's very first event.
pub const NO_DIGEST: Digest = [0; 32];

/// A place in one agency's chain. Epochs follow each other when a journal was restored from a copy; within an epoch `seq` is
/// gapless from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// From 1.
    pub epoch: u32,
    /// From 1; 0 stands before the epoch's first event.
    pub seq: u64,
}

impl Place {
    /// Before any event of the first epoch.
    pub const START: Self = Self { epoch: 1, seq: 0 };

    /// The place that follows within the same epoch.
    #[must_use]
    pub const fn next(self) -> Self {
        Self {
            epoch: self.epoch,
            seq: self.seq + 1,
        }
    }
}

/// A journalled event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// Its hash, which the next entry names.
    pub digest: Digest,
    /// UUIDv7.
    pub event_id: [u8; 16],
    /// The encoded `SignedEvent`.
    pub event: Bytes,
}
