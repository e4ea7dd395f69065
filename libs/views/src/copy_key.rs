//! The secret that an event's redacted copies are sealed under. Owns the cipher and its nonces; the views never store a key, so
//! that a copy is dead in every page, old or new, once the event's content key is destroyed.

use std::fmt;

use diogel_domain::ids::EventId;
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};
use zeroize::Zeroizing;

use crate::store::StoreError;

/// 32 secret bytes, made from the event's content key alone.
#[derive(Clone)]
pub struct CopyKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for CopyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CopyKey(…)")
    }
}

/// What is known of an event's key.
#[derive(Debug, Clone)]
pub enum CopyKeyState {
    /// The key.
    Key(CopyKey),
    /// The content key was destroyed: nothing opens any more.
    Gone,
    /// It isn't here, and it isn't known to be destroyed.
    Unknown,
}

/// Where reads get keys from.
pub trait CopyKeys: Send + Sync {
    /// The key of an event's copies, as of now. Called on the reader's thread, once for each item that is opened.
    ///
    /// # Errors
    /// [`StoreError::Keys`].
    fn copy_key(&self, event: EventId) -> Result<CopyKeyState, StoreError>;
}

impl CopyKey {
    /// From 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*secret))
    }

    /// Seals `plaintext`, bound to `context`, which no other context begins with. The nonce is a keyed hash of both and stands
    /// before the ciphertext: the same copy is the same bytes in each rebuild (P4), and another one, be it of the same event under
    /// later rules, never meets its nonce.
    pub(crate) fn seal(&self, context: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, StoreError> {
        let nonce = self.nonce(context, plaintext)?;
        let mut bytes = plaintext.to_vec();
        self.cipher()?
            .seal_in_place_append_tag(at(nonce), Aad::from(context), &mut bytes)
            .map_err(|_| StoreError::Seal)?;
        Ok([&nonce[..], &bytes].concat())
    }

    /// Opens what [`Self::seal`] made with the same key and context.
    pub(crate) fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let (nonce, sealed) = sealed.split_first_chunk().ok_or(StoreError::Seal)?;
        let mut bytes = sealed.to_vec();
        let length = self
            .cipher()?
            .open_in_place(at(*nonce), Aad::from(context), &mut bytes)
            .map_err(|_| StoreError::Seal)?
            .len();
        bytes.truncate(length);
        Ok(bytes)
    }

    fn cipher(&self) -> Result<LessSafeKey, StoreError> {
        let unbound = UnboundKey::new(&CHACHA20_POLY1305, self.key_for(b"seal").as_ref());
        unbound.map(LessSafeKey::new).map_err(|_| StoreError::Seal)
    }

    fn nonce(&self, context: &[u8], plaintext: &[u8]) -> Result<[u8; NONCE_LEN], StoreError> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.key_for(b"nonce").as_ref());
        let tag = hmac::sign(&key, &[context, plaintext].concat());
        tag.as_ref().first_chunk().copied().ok_or(StoreError::Seal)
    }

    /// A key for each use: the one that makes nonces is never the one that seals.
    fn key_for(&self, purpose: &[u8]) -> hmac::Tag {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_slice());
        hmac::sign(&secret, purpose)
    }
}

fn at(nonce: [u8; NONCE_LEN]) -> Nonce {
    Nonce::assume_unique_for_key(nonce)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_copy_is_the_same_bytes_and_no_other_shares_its_nonce() {
        let key = CopyKey::new(&[7; 32]);
        let sealed = key.seal(b"a", b"the story").unwrap();
        assert_eq!(sealed, key.seal(b"a", b"the story").unwrap());
        let others = [
            key.seal(b"a", b"the storx").unwrap(),
            key.seal(b"b", b"the story").unwrap(),
            CopyKey::new(&[8; 32]).seal(b"a", b"the story").unwrap(),
        ];
        for other in others {
            assert_ne!(sealed[..NONCE_LEN], other[..NONCE_LEN]);
        }
    }

    #[test]
    fn a_copy_opens_with_its_key_and_context_alone() {
        let key = CopyKey::new(&[7; 32]);
        let mut sealed = key.seal(b"a", b"the story").unwrap();
        assert_eq!(key.open(b"a", &sealed).unwrap(), b"the story");
        let refused = |key: &CopyKey, context: &[u8], sealed: &[u8]| {
            matches!(key.open(context, sealed), Err(StoreError::Seal))
        };
        assert!(refused(&key, b"b", &sealed));
        assert!(refused(&CopyKey::new(&[8; 32]), b"a", &sealed));
        assert!(refused(&key, b"a", &sealed[..5]));
        sealed[20] ^= 1;
        assert!(refused(&key, b"a", &sealed));
    }

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?}", CopyKey::new(&[7; 32])), "CopyKey(…)");
    }
}
