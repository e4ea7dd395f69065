//! A chained log of records in segment files: what the projection keeps its accesses in. Records are numbered from 1 without
//! gaps, each hash covers the one before, and a record is found again by keys that its writer gave it. A record is with the
//! operating system before `append` returns, so it survives `kill -9`; it is on the disk at most
//! [`SegmentOptions::sync_within`] later (plus what the disk takes beyond half of that), and only so much can a power cut
//! take. Refuses to look inside a record, to drop or change one, to go on after a failed write or fsync, and to skip what
//! isn't what was written.
//!
//! A folder holds the segments, named by their first record's number; beside each full one an index, made from it and made
//! anew when it is missing or doesn't fit; and for a moment `next.segment`, which gets its number once all before it is on the
//! disk. So only the last segment (and that one) can be torn.
//!
//! What can't be told without a head that was noted elsewhere: records cut off at the end exactly between two of them.

mod error;
mod folder;
mod frame;
mod handle;
mod header;
mod index;
mod live;
mod lookup;
mod open;
mod read;
mod seal;
mod sealed;
mod shared;
mod sidecar;
mod source;
mod sync;
mod tail;
#[cfg(test)]
mod tests;
mod torn;
mod verify;
mod walk;

pub use error::{Fault, SegmentError};
pub use handle::{SegmentLog, SegmentOptions};
pub use read::Record;
pub use verify::{Verified, verify};

/// What a record is found by: a keyed hash, never an identifier itself.
pub type Key = [u8; 16];

/// The longest record, in bytes.
pub const RECORD_BYTES: usize = 64 << 10;
/// The most keys of one record.
pub const RECORD_KEYS: usize = 256;
