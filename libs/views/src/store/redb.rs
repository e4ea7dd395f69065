//! Rows in redb, for more than a board's size: no swelling with random writes, a flat cost per event up to ten million
//! (`tests/bench/LAYOUT.md` has the figures).

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use redb::{Database, Durability, ReadableDatabase, TableDefinition};

use super::{Row, Store, StoreError, Write};

const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
/// redb's cache, in bytes.
const CACHE: usize = 256 * 1024 * 1024;
/// Time between two batches that are made durable: such a commit takes 30 to 50 ms and would be every reader's p99. Losing the
/// batches between costs a little folding at the next start.
const DURABLE_EVERY: Duration = Duration::from_secs(5);

/// Keeps rows in redb.
#[derive(Debug)]
pub struct RedbStore {
    database: Database,
    durable: Mutex<Instant>,
}

impl RedbStore {
    /// Opens or creates the store.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(path).map_err(StoreError::backend)?;
        let mut builder = Database::builder();
        builder.set_cache_size(CACHE);
        let database = builder
            .create(path.join("rows.redb"))
            .map_err(StoreError::backend)?;
        let transaction = database.begin_write().map_err(StoreError::backend)?;
        transaction.open_table(ROWS).map_err(StoreError::backend)?;
        transaction.commit().map_err(StoreError::backend)?;
        Ok(Self {
            database,
            durable: Mutex::new(Instant::now()),
        })
    }

    fn is_due(&self) -> bool {
        let mut last = self.durable.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.elapsed() >= DURABLE_EVERY;
        if due {
            *last = Instant::now();
        }
        due
    }

    fn read<T>(
        &self,
        with: impl FnOnce(&redb::ReadOnlyTable<&[u8], &[u8]>) -> Result<T, redb::StorageError>,
    ) -> Result<T, StoreError> {
        let transaction = self.database.begin_read().map_err(StoreError::backend)?;
        let table = transaction.open_table(ROWS).map_err(StoreError::backend)?;
        with(&table).map_err(StoreError::backend)
    }
}

impl Store for RedbStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|table| Ok(table.get(key)?.map(|v| v.value().to_vec())))
    }

    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Vec<Row>, StoreError> {
        self.read(|table| {
            let rows = table.range(from..to)?.take(limit);
            rows.map(|row| row.map(|(k, v)| (k.value().to_vec(), v.value().to_vec())))
                .collect()
        })
    }

    fn last(&self, from: &[u8], to: &[u8]) -> Result<Option<Row>, StoreError> {
        self.read(|table| {
            let row = table.range(from..to)?.next_back().transpose()?;
            Ok(row.map(|(k, v)| (k.value().to_vec(), v.value().to_vec())))
        })
    }

    fn write(&self, batch: Vec<Write>) -> Result<(), StoreError> {
        let mut transaction = self.database.begin_write().map_err(StoreError::backend)?;
        let durable = self.is_due();
        let durability = if durable {
            Durability::Immediate
        } else {
            Durability::None
        };
        transaction
            .set_durability(durability)
            .map_err(StoreError::backend)?;
        // After a kill the file opens at once instead of being walked.
        transaction.set_quick_repair(durable);
        {
            let mut table = transaction.open_table(ROWS).map_err(StoreError::backend)?;
            for (key, value) in &batch {
                match value {
                    Some(value) => table.insert(key.as_slice(), value.as_slice()),
                    None => table.remove(key.as_slice()),
                }
                .map_err(StoreError::backend)?;
            }
        }
        transaction.commit().map_err(StoreError::backend)
    }
}

/// An orderly close leaves nothing to fold again.
impl Drop for RedbStore {
    fn drop(&mut self) {
        if let Ok(transaction) = self.database.begin_write() {
            // What can't be kept is folded again from the order journal.
            let _ = transaction.commit();
        }
    }
}
