//! Redacted copies: sealed bytes until a permit and the event's key open them. Owns the one way from a row to content, and refuses
//! another.

use diogel_domain::{content::Content, ids::EventId};
use diogel_sharing::{
    groups::Groups,
    permit::{Disclosed, Permit},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

use crate::{copy_key::CopyKey, store::StoreError};

/// What remains of content for a set of groups, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredCopy(Vec<u8>);

impl StoredCopy {
    /// Stores what remains for a set of groups.
    pub(crate) fn new(
        event: EventId,
        content: &Content,
        groups: Groups,
        key: &CopyKey,
    ) -> Result<Self, StoreError> {
        let remains = postcard::to_allocvec(&diogel_sharing::redact(content, groups))?;
        Ok(Self(key.seal(&context(event, groups)?, &remains)?))
    }

    /// What a permit discloses of the copy that an event has for these groups.
    pub(crate) fn open(
        &self,
        event: EventId,
        groups: Groups,
        key: &CopyKey,
        permit: &Permit,
    ) -> Result<Disclosed, StoreError> {
        let remains = key.open(&context(event, groups)?, &self.0)?;
        Ok(permit.disclose(&postcard::from_bytes(&remains)?))
    }
}

/// A copy opens only in its own place: the event's, for its groups.
fn context(event: EventId, groups: Groups) -> Result<Vec<u8>, StoreError> {
    Ok(postcard::to_extend(&groups, event.0.to_vec())?)
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
