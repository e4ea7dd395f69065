//! A batch in the making: what the fold has written so far lies over what is stored, so that events of one batch see each other.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    keys,
    store::{Row, Store, StoreError, Write},
};

/// A key with its value, which can be written to.
type Tail<'p> = (&'p [u8], &'p mut Vec<u8>);

/// Reads through to the store, keeps writes until the batch is done.
pub(crate) struct Pending<'s, S> {
    store: &'s S,
    writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// The last key below a prefix, once it was asked for: tails of logs are asked for again and again.
    tails: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl<'s, S: Store> Pending<'s, S> {
    pub(crate) const fn new(store: &'s S) -> Self {
        Self {
            store,
            writes: BTreeMap::new(),
            tails: BTreeMap::new(),
        }
    }

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.writes.get(key) {
            Some(value) => Ok(value.clone()),
            None => self.store.get(key),
        }
    }

    pub(crate) fn read<T: DeserializeOwned>(&self, key: &[u8]) -> Result<Option<T>, StoreError> {
        let row = self.get(key)?;
        Ok(row.map(|row| postcard::from_bytes(&row)).transpose()?)
    }

    pub(crate) fn put(&mut self, key: Vec<u8>, value: Vec<u8>) {
        let below = key.len().saturating_sub(4);
        // An earlier chunk is written again when an entry is taken out of it: the tail stays where it is.
        if let Some(tail) = self.tails.get_mut(&key[..below])
            && tail.as_ref().is_none_or(|last| *last < key)
        {
            *tail = Some(key.clone());
        }
        self.writes.insert(key, Some(value));
    }

    pub(crate) fn write<T: Serialize>(
        &mut self,
        key: Vec<u8>,
        value: &T,
    ) -> Result<(), StoreError> {
        let value = postcard::to_allocvec(value)?;
        self.put(key, value);
        Ok(())
    }

    pub(crate) fn remove(&mut self, key: Vec<u8>) {
        self.tails.remove(&key[..key.len().saturating_sub(4)]);
        self.writes.insert(key, None);
    }

    /// The last row below a prefix, to be written to: appending touches it where it lies, nothing is copied.
    pub(crate) fn last_mut(&mut self, prefix: &[u8]) -> Result<Option<Tail<'_>>, StoreError> {
        if !self.tails.contains_key(prefix) {
            let tail = self.last(prefix)?;
            let key = tail.as_ref().map(|(key, _)| key.clone());
            if let Some((key, value)) = tail {
                self.writes.entry(key).or_insert(Some(value));
            }
            self.tails.insert(prefix.to_vec(), key);
        }
        let Some(Some(key)) = self.tails.get(prefix) else {
            return Ok(None);
        };
        let value = self.writes.get_mut(key).and_then(Option::as_mut);
        Ok(Some((key, value.ok_or(StoreError::Missing)?)))
    }

    fn last(&self, prefix: &[u8]) -> Result<Option<Row>, StoreError> {
        let end = keys::after(prefix);
        let written = self.writes.range(prefix.to_vec()..end.clone()).rev();
        let written = written
            .into_iter()
            .find_map(|(k, v)| v.as_ref().map(|v| (k.clone(), v.clone())));
        let stored = self.last_stored(prefix, end)?;
        let newer = matches!((&stored, &written), (Some(s), Some(w)) if s.0 > w.0);
        Ok(if newer { stored } else { written.or(stored) })
    }

    /// The last stored row that this batch hasn't removed.
    fn last_stored(&self, prefix: &[u8], mut end: Vec<u8>) -> Result<Option<Row>, StoreError> {
        while let Some((key, value)) = self.store.last(prefix, &end)? {
            if self.writes.get(&key).is_none_or(Option::is_some) {
                return Ok(Some((key, value)));
            }
            end = key;
        }
        Ok(None)
    }

    /// Every row below a prefix, this batch's included.
    pub(crate) fn scan(&self, prefix: &[u8]) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, StoreError> {
        let end = keys::after(prefix);
        let mut rows: BTreeMap<_, _> = self
            .store
            .scan(prefix, &end, usize::MAX)?
            .into_iter()
            .collect();
        for (key, value) in self.writes.range(prefix.to_vec()..end) {
            match value {
                Some(value) => rows.insert(key.clone(), value.clone()),
                None => rows.remove(key),
            };
        }
        Ok(rows)
    }

    /// The batch, sorted.
    pub(crate) fn into_writes(self) -> Vec<Write> {
        self.writes.into_iter().collect()
    }
}
