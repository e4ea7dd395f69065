//! Rows in sled. One tree, because rows and checkpoint have to lie in one batch; a capped cache, because sled swells with random
//! writes (`tests/bench/LAYOUT.md` has the figures).

use std::{path::Path, sync::mpsc, thread, time::Duration};

use super::{Row, Store, StoreError, Write};

/// sled's cache, in bytes.
const CACHE: u64 = 256 * 1024 * 1024;
/// What sled holds is on the disk within this.
const CLOSES_WITHIN: Duration = Duration::from_secs(20);

/// Keeps rows in sled.
#[derive(Debug)]
pub struct SledStore(sled::Db);

impl SledStore {
    /// Opens or creates the store. sled can panic on damage, so the caller opens only what was closed in order.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let config = sled::Config::new()
            .path(path)
            .cache_capacity(CACHE)
            .flush_every_ms(Some(1000));
        config.open().map(Self).map_err(StoreError::backend)
    }
}

impl Drop for SledStore {
    /// sled writes what it still holds when it is dropped, and waits for that without end where it can't: the disk is full, the folder is
    /// gone (0.34.7, `make_stable` below `TreeInner::drop`). Whoever ends a service doesn't: the view is left as a kill leaves it, with its
    /// last whole batch, from which the fold goes on.
    fn drop(&mut self) {
        let (done, flushed) = mpsc::channel();
        let held = self.0.clone();
        let flushing = thread::Builder::new().spawn(move || {
            let _heard = done.send(held.flush().is_ok());
        });
        let written = flushed.recv_timeout(CLOSES_WITHIN) == Ok(true);
        match flushing {
            Ok(flushing) if written => drop(flushing.join()),
            _ => {
                tracing::warn!("the view's store couldn't write what it held, and isn't closed");
                // As long as somebody holds it, sled doesn't try again.
                std::mem::forget(self.0.clone());
            }
        }
    }
}

fn copied((key, value): (sled::IVec, sled::IVec)) -> Row {
    (key.to_vec(), value.to_vec())
}

impl Store for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.0.get(key).map_err(StoreError::backend)?;
        Ok(value.map(|v| v.to_vec()))
    }

    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Vec<Row>, StoreError> {
        let rows = self.0.range(from..to).take(limit);
        rows.map(|row| row.map(copied).map_err(StoreError::backend))
            .collect()
    }

    fn last(&self, from: &[u8], to: &[u8]) -> Result<Option<Row>, StoreError> {
        let row = self
            .0
            .range(from..to)
            .next_back()
            .transpose()
            .map_err(StoreError::backend)?;
        Ok(row.map(copied))
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for (key, value) in writes {
            match value {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        self.0.apply_batch(batch).map_err(StoreError::backend)
    }
}
