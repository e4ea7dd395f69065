//! The key of one event's content. Owns its making and its wiping from memory; refuses to be printed.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

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
    fn a_key_has_32_bytes_or_is_none() {
        assert!(ContentKey::from_slice(&[0; 31]).is_none());
        assert!(ContentKey::from_slice(&[0; 32]).is_some());
    }
}
