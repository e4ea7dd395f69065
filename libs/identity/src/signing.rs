//! Signatures and digests of what is kept for decades. Owns Ed25519 keys, their ids and the separation of domains; refuses
//! to know what is signed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ed25519_dalek::Signer;
use ring::digest;
use zeroize::Zeroizing;

use crate::content_key::{NoRandomness, fill_random};
use crate::private_file;

/// SHA-256 of the domain's name, a zero byte, and `bytes`: the same bytes never have one digest in two roles.
pub fn sha256(domain: &str, bytes: &[u8]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(domain.as_bytes());
    context.update(&[0]);
    context.update(bytes);
    first(context.finish().as_ref())
}

/// Names a public key: the first 16 bytes of its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 16]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// Why a key or a signature is refused.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The key's file can't be read or written, or others may read it.
    #[error("the signing key {path}: {source}")]
    File {
        /// The key's file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file doesn't hold 32 bytes.
    #[error("{0} isn't a signing key: it must hold 32 bytes; restore it from the backup")]
    NotAKey(PathBuf),
    /// Not a point of the curve, or a weak one.
    #[error("not an Ed25519 public key of 32 bytes")]
    NotAPublicKey,
    /// The signature isn't this key's over these bytes in this domain.
    #[error("the signature doesn't verify")]
    DoesNotVerify,
    /// No key can be made now.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// An agency's own Ed25519 key. Wiped from memory on drop, never printed.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// A new random key that is nowhere but in memory.
    ///
    /// # Errors
    /// [`SigningError::NoRandomness`].
    pub fn generate() -> Result<Self, SigningError> {
        let mut seed = Zeroizing::new([0; 32]);
        fill_random(seed.as_mut_slice())?;
        Ok(Self::from_seed(&seed))
    }

    /// The key of this seed: for tests and for restoring from a backup.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// Reads the key from its file (32 bytes, mode 0600).
    ///
    /// # Errors
    /// [`SigningError::File`], [`SigningError::NotAKey`].
    pub fn load(path: &Path) -> Result<Self, SigningError> {
        let read = private_file::read_private(path).map_err(|e| in_file(path, e))?;
        let bytes = Zeroizing::new(read);
        let seed: &[u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| SigningError::NotAKey(path.to_owned()))?;
        Ok(Self::from_seed(seed))
    }

    /// Makes a new key and its file, durably; an existing key is never overwritten.
    ///
    /// # Errors
    /// [`SigningError::File`], [`SigningError::NoRandomness`].
    pub fn create(path: &Path) -> Result<Self, SigningError> {
        let key = Self::generate()?;
        let seed = Zeroizing::new(key.0.to_bytes());
        private_file::create_private(path, seed.as_slice()).map_err(|e| in_file(path, e))?;
        Ok(key)
    }

    /// [`Self::load`], or [`Self::create`] if there is no file yet.
    ///
    /// # Errors
    /// As those two.
    pub fn load_or_create(path: &Path) -> Result<Self, SigningError> {
        if path.exists() {
            Self::load(path)
        } else {
            Self::create(path)
        }
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The public half's id.
    pub fn key_id(&self) -> KeyId {
        self.public_key().key_id()
    }

    /// Signs the domain's name, a zero byte, and `bytes`.
    pub fn sign(&self, domain: &str, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(&in_domain(domain, bytes)).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.key_id())
    }
}

/// The public half of a signing key: whoever has it can verify offline (P10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// The key of these 32 bytes.
    ///
    /// # Errors
    /// [`SigningError::NotAPublicKey`], for weak keys as well: under these a signature fits many messages.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SigningError> {
        let array: &[u8; 32] = bytes.try_into().map_err(|_| SigningError::NotAPublicKey)?;
        ed25519_dalek::VerifyingKey::from_bytes(array)
            .ok()
            .filter(|key| !key.is_weak())
            .map(Self)
            .ok_or(SigningError::NotAPublicKey)
    }

    /// The 32 bytes of the key.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The key's id.
    pub fn key_id(&self) -> KeyId {
        KeyId(first(
            digest::digest(&digest::SHA256, self.0.as_bytes()).as_ref(),
        ))
    }

    /// Holds `signature` against `bytes` in `domain`, strictly: one signature, one message, one key.
    ///
    /// # Errors
    /// [`SigningError::DoesNotVerify`].
    pub fn verify(&self, domain: &str, bytes: &[u8], signature: &[u8]) -> Result<(), SigningError> {
        let signature = ed25519_dalek::Signature::from_slice(signature)
            .map_err(|_| SigningError::DoesNotVerify)?;
        self.0
            .verify_strict(&in_domain(domain, bytes), &signature)
            .map_err(|_| SigningError::DoesNotVerify)
    }
}

fn in_domain(domain: &str, bytes: &[u8]) -> Vec<u8> {
    [domain.as_bytes(), &[0], bytes].concat()
}

/// The first N bytes; SHA-256 has 32, and no caller asks for more.
fn first<const N: usize>(digest: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = *from);
    out
}

fn in_file(path: &Path, source: io::Error) -> SigningError {
    SigningError::File {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_good_in_its_domain_only() {
        let key = SigningKey::generate().unwrap();
        let signature = key.sign("diogel.event.v1", b"body");
        let public = PublicKey::from_bytes(&key.public_key().to_bytes()).unwrap();
        public
            .verify("diogel.event.v1", b"body", &signature)
            .unwrap();
        assert!(
            public
                .verify("diogel.order.v1", b"body", &signature)
                .is_err()
        );
        assert!(
            public
                .verify("diogel.event.v1", b"Body", &signature)
                .is_err()
        );
        assert!(
            public
                .verify("diogel.event.v1", b"body", &signature[..63])
                .is_err()
        );
    }

    #[test]
    fn a_weak_public_key_is_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert!(PublicKey::from_bytes(&identity).is_err());
    }

    #[test]
    fn a_key_comes_back_from_its_file_and_is_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("signing.key");
        let made = SigningKey::load_or_create(&path).unwrap();
        assert_eq!(
            SigningKey::load_or_create(&path).unwrap().key_id(),
            made.key_id()
        );
        assert!(matches!(
            SigningKey::create(&path),
            Err(SigningError::File { .. })
        ));
    }

    #[test]
    fn a_digest_depends_on_its_domain() {
        assert_ne!(sha256("a", b"x"), sha256("b", b"x"));
        assert_ne!(sha256("a", b"x"), sha256("a", b"y"));
    }
}
