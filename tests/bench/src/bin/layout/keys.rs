//! Keys of the rows. One tree holds every kind of row, told apart by the first byte, so that rows and
//! checkpoint go in one batch. Numbers are big-endian: key order is number order.

use crate::event::IdHash;

/// The number of a chunk that still takes entries: it sorts last and is found without a scan.
pub const OPEN: u32 = u32::MAX;

/// A key built from parts.
fn key(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + parts.iter().map(|part| part.len()).sum::<usize>());
    key.push(kind);
    for part in parts {
        key.extend_from_slice(part);
    }
    key
}

/// The checkpoint row.
pub fn checkpoint() -> Vec<u8> {
    key(b'k', &[])
}

/// An event's row, shared by its audiences.
pub fn item(position: u64) -> Vec<u8> {
    key(b'i', &[&position.to_be_bytes()])
}

/// An event's head, where it has a row of its own.
pub fn head(position: u64) -> Vec<u8> {
    key(b'h', &[&position.to_be_bytes()])
}

/// A chunk of an identifier's postings.
pub fn postings(id: &IdHash, chunk: u32) -> Vec<u8> {
    key(b'p', &[id, &chunk.to_be_bytes()])
}

/// One posting as a row of its own.
pub fn posting(id: &IdHash, position: u64) -> Vec<u8> {
    key(b'p', &[id, &position.to_be_bytes()])
}

/// The rows of one identifier.
pub fn person(id: &IdHash) -> Vec<u8> {
    key(b'p', &[id])
}

/// A chunk of an audience's change log.
pub fn changes(audience: u8, chunk: u32) -> Vec<u8> {
    key(
        b'c',
        &[&u16::from(audience).to_be_bytes(), &chunk.to_be_bytes()],
    )
}

/// One change of an audience as a row of its own.
pub fn change(audience: u8, number: u64) -> Vec<u8> {
    key(
        b'c',
        &[&u16::from(audience).to_be_bytes(), &number.to_be_bytes()],
    )
}

/// One audience's copy of an event.
pub fn content(audience: u8, position: u64) -> Vec<u8> {
    key(
        b'i',
        &[&u16::from(audience).to_be_bytes(), &position.to_be_bytes()],
    )
}

/// One audience's index row.
pub fn index(audience: u8, id: &IdHash, position: u64) -> Vec<u8> {
    key(
        b'p',
        &[
            &u16::from(audience).to_be_bytes(),
            id,
            &position.to_be_bytes(),
        ],
    )
}

/// One audience's index rows of one identifier.
pub fn indexed(audience: u8, id: &IdHash) -> Vec<u8> {
    key(b'p', &[&u16::from(audience).to_be_bytes(), id])
}

/// The position a key ends with.
pub fn position(key: &[u8]) -> u64 {
    key.last_chunk()
        .map_or(0, |bytes| u64::from_be_bytes(*bytes))
}
