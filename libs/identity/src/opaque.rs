//! Numbers that a caller carries and can't read: places in a list that others' entries are in too, where the number itself would count
//! them (P6). Two numbers hidden under one key can't be told apart, nor whether they are the same.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::content_key::fill_random;

/// Hides numbers, each for one context: a caller's, of one list.
pub struct Opaque([u8; 32]);

impl Opaque {
    /// With 32 secret bytes: whoever has them finds what was hidden, after a restart too.
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The number, hidden; none: the system has no randomness to give.
    pub fn hide(&self, context: &[u8], number: u64) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        fill_random(&mut nonce).ok()?;
        let mut hidden = number.to_be_bytes().to_vec();
        let sealed = self.cipher()?.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(context),
            &mut hidden,
        );
        sealed.ok()?;
        Some([&nonce[..], &hidden].concat())
    }

    /// The number again; none: it wasn't hidden here, or for another context.
    pub fn find(&self, context: &[u8], hidden: &[u8]) -> Option<u64> {
        let (nonce, hidden) = hidden.split_first_chunk::<NONCE_LEN>()?;
        let mut hidden = hidden.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let cipher = self.cipher()?;
        let opened = cipher.open_in_place(nonce, Aad::from(context), &mut hidden);
        let number = <[u8; 8]>::try_from(&*opened.ok()?).ok()?;
        Some(u64::from_be_bytes(number))
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.0).ok()?;
        Some(LessSafeKey::new(key))
    }
}

impl std::fmt::Debug for Opaque {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opaque")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p6_a_hidden_number_is_found_by_whom_it_was_hidden_for_and_shows_nothing() {
        let [one, other] = [1, 2].map(|byte| Opaque::new([byte; 32]));
        let hidden = one.hide(b"police", 7).unwrap();
        assert_eq!(one.find(b"police", &hidden), Some(7));
        assert_eq!(one.find(b"health", &hidden), None);
        assert_eq!(other.find(b"police", &hidden), None);
        let again = one.hide(b"police", 7).unwrap();
        assert_ne!(hidden, again, "two of the same can't be compared");
        assert_eq!(hidden.len(), one.hide(b"police", u64::MAX).unwrap().len());
        for cut in 0..hidden.len() {
            assert_eq!(one.find(b"police", &hidden[..cut]), None);
        }
    }
}
