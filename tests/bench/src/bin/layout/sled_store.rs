//! sled behind the trait. `sled::Batch` keeps its rows in a hash map, so a sorted load reaches the tree
//! unsorted; `Commit::Plain` keeps the order and gives up the atomic batch.

use std::path::Path;

use sled::Db;

use crate::options::{Commit, Options};
use crate::store::{Outcome, Row, Snapshot, Store, Visit};

/// sled's default tree.
pub struct SledStore {
    db: Db,
    commit: Commit,
}

impl SledStore {
    /// Opens with the options' cache; everything else as sled has it.
    pub fn open(options: &Options, folder: &Path) -> Outcome<Self> {
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(options.cache_mib << 20);
        Ok(Self {
            db: config.open()?,
            commit: options.commit,
        })
    }
}

impl Store for SledStore {
    fn read(&self) -> Outcome<Box<dyn Snapshot + '_>> {
        Ok(Box::new(&self.db))
    }

    fn write(&mut self, rows: Vec<Row>) -> Outcome<()> {
        match self.commit {
            Commit::Batch => {
                let mut batch = sled::Batch::default();
                for (key, value) in rows {
                    batch.insert(key, value);
                }
                self.db.apply_batch(batch)?;
            }
            Commit::Plain => {
                for (key, value) in rows {
                    self.db.insert(key, value)?;
                }
            }
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> Outcome<()> {
        self.db.flush()?;
        Ok(())
    }
}

impl Snapshot for &Db {
    fn get(&self, key: &[u8]) -> Outcome<Option<Vec<u8>>> {
        Ok(sled::Tree::get(self, key)?.map(|value| value.to_vec()))
    }

    fn backwards(&self, prefix: &[u8], visit: &mut Visit<'_>) -> Outcome<()> {
        for row in self.scan_prefix(prefix).rev() {
            let (key, value) = row?;
            if !visit(&key, &value)? {
                break;
            }
        }
        Ok(())
    }
}
