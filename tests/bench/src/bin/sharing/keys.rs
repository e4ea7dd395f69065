//! Keys of copies, and chance: all made from a position or an id, so that nothing of a million events has to be kept.

use diogel_domain::ids::EventId;
use diogel_views::{CopyKey, CopyKeyState, CopyKeys, store::StoreError};

/// Every event has its key. In the service it comes out of the order journal's vault, which costs a look-up more.
pub struct Keys;

impl CopyKeys for Keys {
    fn copy_key(&self, event: EventId) -> Result<CopyKeyState, StoreError> {
        Ok(CopyKeyState::Key(key_of(event)))
    }
}

/// The event's own key.
pub fn key_of(event: EventId) -> CopyKey {
    let mut secret = [0x5a; 32];
    for (byte, id) in secret.iter_mut().zip(event.0) {
        *byte ^= id;
    }
    CopyKey::new(&secret)
}

/// A number that looks random (the output function of SplitMix64).
pub const fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Chance from a seed: the same seed, the same course.
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// A number below another; 0 below nothing.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(1);
        if bound == 0 { 0 } else { mixed(self.0) % bound }
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let index = self.below(of.len() as u64);
        of.get(usize::try_from(index).ok()?)
    }
}
