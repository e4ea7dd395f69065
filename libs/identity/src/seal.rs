//! Sealing of one event's content under its own key. Owns the choice of cipher, nonce and domain; refuses to seal two
//! messages under one key, in that it is only given keys made for one event.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};

use crate::content_key::ContentKey;

/// Bytes that sealing adds to a plaintext: the authentication tag.
pub const OVERHEAD: usize = 16;

const DOMAIN: &[u8] = b"diogel.content.v1\0";

/// Why content could not be sealed or opened. Says nothing about the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key is another event's, or the header or the content was changed after sealing.
    #[error("the content doesn't open: wrong key, or header or content changed after sealing")]
    DoesNotOpen,
    /// The plaintext is longer than the cipher takes (256 GiB).
    #[error("the content is too long to seal")]
    TooLong,
}

/// Seals `plaintext` under `key`, bound to `associated_data` (the event's header).
///
/// ChaCha20-Poly1305 with a nonce of zeros: safe only because **each content key seals exactly one message**, ever. An
/// event that is sealed again gets a new key.
///
/// # Errors
/// [`SealError::TooLong`].
pub fn seal(
    key: &ContentKey,
    associated_data: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, SealError> {
    let mut sealed = Vec::with_capacity(plaintext.len() + OVERHEAD);
    sealed.extend_from_slice(plaintext);
    cipher(key)?
        .seal_in_place_append_tag(only_nonce(), bound(associated_data), &mut sealed)
        .map_err(|_| SealError::TooLong)?;
    Ok(sealed)
}

/// Opens what [`seal`] made with the same key and associated data.
///
/// # Errors
/// [`SealError::DoesNotOpen`], whatever the cause: a caller learns no more.
pub fn open(key: &ContentKey, associated_data: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut bytes = sealed.to_vec();
    let length = cipher(key)?
        .open_in_place(only_nonce(), bound(associated_data), &mut bytes)
        .map_err(|_| SealError::DoesNotOpen)?
        .len();
    bytes.truncate(length);
    Ok(bytes)
}

fn cipher(key: &ContentKey) -> Result<LessSafeKey, SealError> {
    let unbound = UnboundKey::new(&CHACHA20_POLY1305, key.as_bytes());
    unbound
        .map(LessSafeKey::new)
        .map_err(|_| SealError::DoesNotOpen)
}

fn only_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

fn bound(associated_data: &[u8]) -> Aad<Vec<u8>> {
    Aad::from([DOMAIN, associated_data].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_opens_with_its_key_and_header() {
        let key = ContentKey::generate().unwrap();
        let sealed = seal(&key, b"header", b"dog in the yard").unwrap();
        assert_eq!(sealed.len(), 15 + OVERHEAD);
        assert_eq!(open(&key, b"header", &sealed).unwrap(), b"dog in the yard");
    }

    #[test]
    fn a_changed_header_or_byte_or_key_never_opens() {
        let key = ContentKey::generate().unwrap();
        let mut sealed = seal(&key, b"header", b"x").unwrap();
        assert_eq!(open(&key, b"other", &sealed), Err(SealError::DoesNotOpen));
        let other = ContentKey::generate().unwrap();
        assert_eq!(
            open(&other, b"header", &sealed),
            Err(SealError::DoesNotOpen)
        );
        sealed[0] ^= 1;
        assert_eq!(open(&key, b"header", &sealed), Err(SealError::DoesNotOpen));
        assert_eq!(open(&key, b"header", &[]), Err(SealError::DoesNotOpen));
    }
}
