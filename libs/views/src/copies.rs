//! Redacted copies: sealed bytes until a permit and the event's key open them. Owns the one way from a row to content, and refuses
//! another.

use diogel_domain::ids::EventId;
use diogel_sharing::{
    AtTheDoor,
    groups::Groups,
    permit::{Disclosed, Permit},
    remains::Remains,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

use crate::{
    copy_key::{CopyKey, CopyKeyState, CopyKeys},
    rows::Item,
    store::StoreError,
};

/// What remains of content for a set of groups, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredCopy(Vec<u8>);

impl StoredCopy {
    /// Stores what remains for a set of groups.
    pub(crate) fn new(
        event: EventId,
        remains: &Remains,
        groups: Groups,
        key: &CopyKey,
    ) -> Result<Self, StoreError> {
        let remains = postcard::to_allocvec(remains)?;
        Ok(Self(key.seal(&context(event, groups)?, &remains)?))
    }

    /// What remains in the copy that an event has for these groups.
    fn open(&self, event: EventId, groups: Groups, key: &CopyKey) -> Result<Remains, StoreError> {
        let remains = key.open(&context(event, groups)?, &self.0)?;
        Ok(postcard::from_bytes(&remains)?)
    }
}

impl Item {
    /// The copy stored for a set of groups, through a permit that covers no more. None: there is none any more, or its key is
    /// destroyed already and the erasure not folded yet.
    pub(crate) fn open(
        &self,
        stored: Groups,
        permit: &Permit,
        keys: &dyn CopyKeys,
    ) -> Result<Option<Disclosed>, StoreError> {
        let remains = self.remains(stored, keys)?;
        Ok(remains.and_then(|(remains, _)| permit.disclose(remains)))
    }

    /// What a visitor needs at the door, through a permit.
    pub(crate) fn at_the_door(
        &self,
        stored: Groups,
        permit: &Permit,
        keys: &dyn CopyKeys,
    ) -> Result<Option<AtTheDoor>, StoreError> {
        let remains = self.remains(stored, keys)?;
        Ok(remains.and_then(|(remains, _)| permit.at_the_door(remains)))
    }

    /// Keeps one copy for each set of groups that somebody holds, and the whole, from which later ones are made.
    pub(crate) fn keep_copies(&mut self, whole: &Remains, key: &CopyKey) -> Result<(), StoreError> {
        let mut wanted: Vec<Groups> = self.held().iter().map(|(groups, _)| *groups).collect();
        wanted.push(Groups::ALL);
        wanted.sort();
        wanted.dedup();
        let copy = |groups: Groups| {
            let before = self.copies.iter().find(|(kept, _)| *kept == groups);
            let copy = match before {
                Some((_, copy)) => copy.clone(),
                None => {
                    StoredCopy::new(self.event_id, &whole.clone().narrowed(groups), groups, key)?
                }
            };
            Ok((groups, copy))
        };
        self.copies = wanted
            .into_iter()
            .map(copy)
            .collect::<Result<_, StoreError>>()?;
        Ok(())
    }

    /// Drops the copies that nobody holds any more, and makes those that are missing.
    pub(crate) fn renew_copies(&mut self, keys: &dyn CopyKeys) -> Result<(), StoreError> {
        let held: Vec<Groups> = self.held().iter().map(|(groups, _)| *groups).collect();
        let has = |groups: &Groups| self.copies.iter().any(|(kept, _)| kept == groups);
        if self.copies.is_empty() || held.iter().all(has) {
            self.copies
                .retain(|(kept, _)| *kept == Groups::ALL || held.contains(kept));
            return Ok(());
        }
        match self.remains(Groups::ALL, keys)? {
            Some((whole, key)) => self.keep_copies(&whole, &key),
            None => Ok(()),
        }
    }

    fn remains(
        &self,
        groups: Groups,
        keys: &dyn CopyKeys,
    ) -> Result<Option<(Remains, CopyKey)>, StoreError> {
        let exact = self.copies.iter().find(|(kept, _)| *kept == groups);
        // Who isn't told yet that it holds something else now has no copy of its own any more: the whole, through the same permit.
        let whole = || self.copies.iter().find(|(kept, _)| kept.covers(groups));
        let Some((kept, copy)) = exact.or_else(whole) else {
            return Ok(None);
        };
        match keys.copy_key(self.event_id)? {
            CopyKeyState::Key(key) => {
                let remains = copy.open(self.event_id, *kept, &key)?;
                Ok(Some((remains.narrowed(groups), key)))
            }
            CopyKeyState::Gone => Ok(None),
            CopyKeyState::Unknown => Err(StoreError::KeyMissing),
        }
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
