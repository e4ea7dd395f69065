//! A store in memory, for tests and for models to compare with.

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{PoisonError, RwLock},
};

use super::{Row, Store, StoreError, Write};

/// Keeps rows in a `BTreeMap`.
#[derive(Debug, Default)]
pub struct MemoryStore(RwLock<BTreeMap<Vec<u8>, Vec<u8>>>);

/// A range that ends before it begins is empty here as in the other backends; a `BTreeMap` would panic.
fn range(from: &[u8], to: &[u8]) -> (Bound<Vec<u8>>, Bound<Vec<u8>>) {
    let to = to.max(from);
    (Bound::Included(from.to_vec()), Bound::Excluded(to.to_vec()))
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let rows = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Ok(rows.get(key).cloned())
    }

    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Vec<Row>, StoreError> {
        let rows = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let found = rows.range(range(from, to)).take(limit);
        Ok(found.map(|(k, v)| (k.clone(), v.clone())).collect())
    }

    fn last(&self, from: &[u8], to: &[u8]) -> Result<Option<Row>, StoreError> {
        let rows = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Ok(rows
            .range(range(from, to))
            .next_back()
            .map(|(k, v)| (k.clone(), v.clone())))
    }

    fn write(&self, batch: Vec<Write>) -> Result<(), StoreError> {
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (key, value) in batch {
            match value {
                Some(value) => rows.insert(key, value),
                None => rows.remove(&key),
            };
        }
        Ok(())
    }
}
