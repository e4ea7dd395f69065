//! Redacted copies: bytes until a permit opens them. Owns the one way from a row to content, and refuses another.

use diogel_domain::content::Content;
use diogel_sharing::{
    groups::Groups,
    permit::{Disclosed, Permit},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

use crate::store::StoreError;

/// What remains of content for a set of groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredCopy(Vec<u8>);

impl StoredCopy {
    /// Stores what remains for a set of groups.
    pub(crate) fn new(content: &Content, groups: Groups) -> Result<Self, StoreError> {
        Ok(Self(postcard::to_allocvec(&diogel_sharing::redact(
            content, groups,
        ))?))
    }

    /// What a permit discloses of it.
    pub(crate) fn open(&self, permit: &Permit) -> Result<Disclosed, StoreError> {
        Ok(permit.disclose(&postcard::from_bytes(&self.0)?))
    }

    /// For the fold alone: the identifiers that go into or out of the index.
    pub(crate) fn for_index(&self) -> Result<Content, StoreError> {
        Ok(postcard::from_bytes(&self.0)?)
    }
}

/// As bytes, not as a sequence of numbers: a read takes up a row with every copy in it and opens one of them.
impl Serialize for StoredCopy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for StoredCopy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = StoredCopy;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<StoredCopy, E> {
                Ok(StoredCopy(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
