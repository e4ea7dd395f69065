//! The key of one event's content. Owns its making and its wiping from memory; refuses to be printed.

use std::fmt;

use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

const DERIVED: &[u8] = b"diogel.derived-key.v1\0";

/// The operating system gave no randomness. Nothing can be sealed until it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no randomness; no key can be made until it does")]
pub struct NoRandomness;

/// Fills `bytes` from the operating system's generator.
///
/// # Errors
/// [`NoRandomness`], when there is none; `bytes` must not be used then.
pub fn fill_random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    SystemRandom::new().fill(bytes).map_err(|_| NoRandomness)
}

/// The 32-byte key that seals the content of exactly one event. Destroying every copy of it is erasure.
#[derive(Clone)]
pub struct ContentKey(Zeroizing<[u8; 32]>);

impl ContentKey {
    /// A new random key, for one event only.
    ///
    /// # Errors
    /// [`NoRandomness`], when the operating system gives none.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        fill_random(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// The key with these bytes, as it came over mTLS from the agency that made it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key with these bytes, or nothing when there aren't 32 of them.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }

    /// A key for one other purpose, which says nothing of this one. Whoever doesn't store it has to make it from this one each
    /// time, so that what is sealed under it is erased with the content.
    pub fn derived(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.as_bytes());
        let tag = hmac::sign(&key, &[DERIVED, purpose.as_bytes()].concat());
        let mut derived = Zeroizing::new([0; 32]);
        derived.copy_from_slice(tag.as_ref());
        derived
    }

    /// The key's bytes: for sealing, wrapping and the key service, never for a log.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContentKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_printed() {
        let key = ContentKey::from_bytes([7; 32]);
        assert_eq!(format!("{key:?}"), "ContentKey(…)");
    }

    #[test]
    fn two_generated_keys_differ() {
        let (a, b) = (
            ContentKey::generate().unwrap(),
            ContentKey::generate().unwrap(),
        );
        assert_ne!(a.as_bytes(), b.as_bytes());
    }

    #[test]
    fn a_derived_key_is_one_for_each_key_and_purpose() {
        let (a, b) = (
            ContentKey::from_bytes([7; 32]),
            ContentKey::from_bytes([8; 32]),
        );
        assert_eq!(a.derived("copies"), a.derived("copies"));
        assert_ne!(a.derived("copies"), a.derived("other"));
        assert_ne!(a.derived("copies"), b.derived("copies"));
        assert_ne!(*a.derived("copies"), *a.as_bytes());
    }

    #[test]
    fn a_key_has_32_bytes_or_is_none() {
        assert!(ContentKey::from_slice(&[0; 31]).is_none());
        assert!(ContentKey::from_slice(&[0; 32]).is_some());
    }
}
