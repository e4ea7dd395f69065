//! The row of one entry. Its checksum covers all of it, signature included, which the chain's hash doesn't: a flipped bit is
//! found here and named, where the store itself checks its pages after a crash only.

use bytes::Bytes;

use super::error::JournalError;
use crate::entry::{Entry, Place};

const CHECKSUM: usize = 8;
const HEADER: usize = CHECKSUM + 16 + 32;

/// The row's bytes.
pub(super) fn encode(entry: &Entry) -> Vec<u8> {
    let mut row = Vec::with_capacity(HEADER + entry.event.len());
    row.extend_from_slice(&[0; CHECKSUM]);
    row.extend_from_slice(&entry.event_id);
    row.extend_from_slice(&entry.digest);
    row.extend_from_slice(&entry.event);
    let checksum = checksum(entry.place, &row[CHECKSUM..]);
    row[..CHECKSUM].copy_from_slice(&checksum);
    row
}

/// The entry, if the row is what was written for this place.
pub(super) fn decode(place: Place, row: &[u8]) -> Result<Entry, JournalError> {
    let damaged = || JournalError::damaged(place, "its bytes are not what was written");
    let (sum, rest) = row.split_first_chunk::<CHECKSUM>().ok_or_else(damaged)?;
    if *sum != checksum(place, rest) {
        return Err(damaged());
    }
    let (event_id, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
    let (digest, event) = rest.split_first_chunk().ok_or_else(damaged)?;
    let event = Bytes::copy_from_slice(event);
    Ok(Entry {
        place,
        digest: *digest,
        event_id: *event_id,
        event,
    })
}

/// SHA-256, cut to 8 bytes: against accidents. Against people there is the chain and its signatures.
fn checksum(place: Place, rest: &[u8]) -> [u8; CHECKSUM] {
    let mut hash = ring::digest::Context::new(&ring::digest::SHA256);
    hash.update(&super::state::place_to_bytes(place));
    hash.update(rest);
    let mut cut = [0; CHECKSUM];
    cut.copy_from_slice(&hash.finish().as_ref()[..CHECKSUM]);
    cut
}
