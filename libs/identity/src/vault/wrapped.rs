//! A wrapped content key. Owns its bytes and the cipher that wraps and unwraps it; refuses to know where slots are kept.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::error::VaultError;
use super::slot::SlotKey;
use crate::content_key::{ContentKey, NoRandomness, fill_random};

const DOMAIN: &[u8] = b"diogel.vault.wrap.v1\0";
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;
/// Nonce, key, tag.
const SEALED_BYTES: usize = NONCE_BYTES + 32 + 16;

/// A content key under the key of a slot. May lie in any store and in any copy: without the slot it is noise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// The slot whose key unwraps it.
    pub slot: u32,
    /// Nonce, ciphertext and tag: 60 bytes.
    pub bytes: Vec<u8>,
}

impl Wrapped {
    /// Bytes of [`Self::to_bytes`].
    pub const LENGTH: usize = 5 + SEALED_BYTES;

    /// The form to store: a version byte, the slot (little endian), the sealed key.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&[VERSION][..], &self.slot.to_le_bytes(), &self.bytes].concat()
    }

    /// Reads what [`Self::to_bytes`] made.
    ///
    /// # Errors
    /// [`VaultError::NotWrapped`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        match bytes {
            [VERSION, a, b, c, d, sealed @ ..] if sealed.len() == SEALED_BYTES => Ok(Self {
                slot: u32::from_le_bytes([*a, *b, *c, *d]),
                bytes: sealed.to_vec(),
            }),
            _ => Err(VaultError::NotWrapped),
        }
    }

    pub(super) fn make(
        slot: u32,
        slot_key: &SlotKey,
        event_id: &[u8; 16],
        key: &ContentKey,
    ) -> Result<Self, VaultError> {
        let mut nonce = [0; NONCE_BYTES];
        fill_random(&mut nonce)?;
        let mut sealed = Zeroizing::new(*key.as_bytes());
        let tag = cipher(slot_key)
            .and_then(|cipher| {
                let nonce = Nonce::assume_unique_for_key(nonce);
                cipher.seal_in_place_separate_tag(
                    nonce,
                    bound(slot, event_id),
                    sealed.as_mut_slice(),
                )
            })
            .map_err(|_| NoRandomness)?;
        let bytes = [&nonce[..], sealed.as_slice(), tag.as_ref()].concat();
        Ok(Self { slot, bytes })
    }

    pub(super) fn open(
        &self,
        slot_key: &SlotKey,
        event_id: &[u8; 16],
    ) -> Result<ContentKey, VaultError> {
        let damaged = VaultError::Damaged { slot: self.slot };
        let Some((nonce, sealed)) = self.bytes.split_first_chunk::<NONCE_BYTES>() else {
            return Err(damaged);
        };
        let mut sealed = Zeroizing::new(sealed.to_vec());
        let opened = cipher(slot_key).and_then(|cipher| {
            let nonce = Nonce::assume_unique_for_key(*nonce);
            cipher.open_in_place(nonce, bound(self.slot, event_id), sealed.as_mut_slice())
        });
        opened
            .ok()
            .and_then(|key| ContentKey::from_slice(key))
            .ok_or(damaged)
    }
}

fn cipher(slot_key: &SlotKey) -> Result<LessSafeKey, ring::error::Unspecified> {
    UnboundKey::new(&CHACHA20_POLY1305, slot_key.as_slice()).map(LessSafeKey::new)
}

fn bound(slot: u32, event_id: &[u8; 16]) -> Aad<Vec<u8>> {
    Aad::from([DOMAIN, &slot.to_le_bytes(), event_id].concat())
}
