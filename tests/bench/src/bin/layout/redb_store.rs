//! redb behind the trait. Views are disposable, so most commits skip the fsync; a durable one now and
//! then lets redb free pages and bounds what a crash costs.

use std::path::Path;

use redb::{Database, Durability, ReadOnlyTable, ReadableDatabase, ReadableTable, TableDefinition};

use crate::options::Options;
use crate::store::{Outcome, Row, Snapshot, Store, Visit};

const ROWS: TableDefinition<'static, &[u8], &[u8]> = TableDefinition::new("rows");

/// One table of redb.
pub struct RedbStore {
    db: Database,
    durable_each: u64,
    quick_repair: bool,
    batches: u64,
}

impl RedbStore {
    /// Opens with the options' cache and makes the table.
    pub fn open(options: &Options, folder: &Path) -> Outcome<Self> {
        let cache = usize::try_from(options.cache_mib << 20)?;
        let db = Database::builder()
            .set_cache_size(cache)
            .create(folder.join("rows.redb"))?;
        let transaction = db.begin_write()?;
        transaction.open_table(ROWS)?;
        transaction.commit()?;
        Ok(Self {
            db,
            durable_each: options.durable_each.max(1),
            quick_repair: options.quick_repair,
            batches: 0,
        })
    }
}

impl Store for RedbStore {
    fn read(&self) -> Outcome<Box<dyn Snapshot + '_>> {
        Ok(Box::new(self.db.begin_read()?.open_table(ROWS)?))
    }

    fn write(&mut self, rows: Vec<Row>) -> Outcome<()> {
        self.batches += 1;
        let mut transaction = self.db.begin_write()?;
        if self.batches.is_multiple_of(self.durable_each) {
            transaction.set_quick_repair(self.quick_repair);
        } else {
            transaction.set_durability(Durability::None)?;
        }
        let mut table = transaction.open_table(ROWS)?;
        for (key, value) in &rows {
            table.insert(key.as_slice(), value.as_slice())?;
        }
        drop(table);
        transaction.commit()?;
        Ok(())
    }

    fn close(self: Box<Self>) -> Outcome<()> {
        // The last batches may have been without fsync; an empty durable commit keeps them.
        self.db.begin_write()?.commit()?;
        Ok(())
    }
}

impl Snapshot for ReadOnlyTable<&'static [u8], &'static [u8]> {
    fn get(&self, key: &[u8]) -> Outcome<Option<Vec<u8>>> {
        Ok(ReadableTable::get(self, key)?.map(|value| value.value().to_vec()))
    }

    fn backwards(&self, prefix: &[u8], visit: &mut Visit<'_>) -> Outcome<()> {
        // No key here is as long as this bound, and none of the bytes after a prefix is all ones.
        let end = [prefix, &[u8::MAX; 32]].concat();
        for row in ReadableTable::range::<&[u8]>(self, prefix..=end.as_slice())?.rev() {
            let (key, value) = row?;
            if !visit(key.value(), value.value())? {
                break;
            }
        }
        Ok(())
    }
}
