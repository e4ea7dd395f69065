//! The 64 bytes of a slot. Owns their layout and the check that tells a torn or damaged slot from a whole one; refuses to
//! touch files.
//!
//! ```text
//! 0..4 "DGS1"   4 state   5..8 zero   8..12 slot number, little endian   12..16 zero   16..48 key   48..64 check
//! ```
//! The check is the first 16 bytes of SHA-256 over the 48 before it, so that a slot in another's place is damage too.

use ring::digest;
use zeroize::Zeroizing;

/// Bytes of a slot in the file; a divisor of every disk's sector, so that a power cut tears none in practice.
pub(super) const SLOT_BYTES: usize = 64;

const MAGIC: &[u8; 4] = b"DGS1";
const LIVE: u8 = 1;
const DESTROYED: u8 = 2;
const CHECK_DOMAIN: &[u8] = b"diogel.vault.slot.v1\0";

/// A slot's key: wraps the content keys of at most [`super::EVENTS_PER_SLOT`] events.
pub(super) type SlotKey = Zeroizing<[u8; 32]>;

/// What a slot is worth.
pub(super) enum Slot {
    /// Has its key.
    Live(SlotKey),
    /// Its key was overwritten: what it wrapped is erased.
    Destroyed,
    /// Torn by a crash, or damaged: its key is not to be trusted.
    Damaged,
}

impl Slot {
    /// Reads slot `number`; fewer than 64 bytes, as a torn end of the file leaves them, are a damaged slot.
    pub(super) fn read(number: u32, bytes: &[u8]) -> Self {
        let (Some(body), Some(found)) = (bytes.get(..48), bytes.get(48..SLOT_BYTES)) else {
            return Self::Damaged;
        };
        let in_place = body.starts_with(MAGIC) && body[8..12] == number.to_le_bytes();
        if !in_place || check(body) != found {
            return Self::Damaged;
        }
        match body[4] {
            LIVE => Self::live(&body[16..48]),
            DESTROYED => Self::Destroyed,
            _ => Self::Damaged,
        }
    }

    fn live(key: &[u8]) -> Self {
        let mut held = Zeroizing::new([0; 32]);
        held.copy_from_slice(key);
        Self::Live(held)
    }
}

/// The bytes of a live slot.
pub(super) fn live_bytes(number: u32, key: &SlotKey) -> Zeroizing<[u8; SLOT_BYTES]> {
    written(number, LIVE, key)
}

/// The bytes of a destroyed slot: zeros where the key was.
pub(super) fn destroyed_bytes(number: u32) -> Zeroizing<[u8; SLOT_BYTES]> {
    written(number, DESTROYED, &[0; 32])
}

fn written(number: u32, state: u8, key: &[u8; 32]) -> Zeroizing<[u8; SLOT_BYTES]> {
    let mut bytes = Zeroizing::new([0; SLOT_BYTES]);
    bytes[..4].copy_from_slice(MAGIC);
    bytes[4] = state;
    bytes[8..12].copy_from_slice(&number.to_le_bytes());
    bytes[16..48].copy_from_slice(key);
    let check = check(&bytes[..48]);
    bytes[48..].copy_from_slice(&check);
    bytes
}

fn check(body: &[u8]) -> [u8; 16] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(CHECK_DOMAIN);
    context.update(body);
    let mut out = [0; 16];
    out.copy_from_slice(&context.finish().as_ref()[..16]);
    out
}
