//! What a layout needs from a store: point reads, a scan backwards, and one atomic batch of rows.

use std::path::Path;

use crate::options::{Backend, Options};
use crate::redb_store::RedbStore;
use crate::sled_store::SledStore;

pub use bench::Outcome;

/// A row: key and value.
pub type Row = (Vec<u8>, Vec<u8>);

/// Sees key and value; says whether to go on.
pub type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> Outcome<bool> + 'a;

/// A store under measure.
pub trait Store {
    /// What is in the store now.
    fn read(&self) -> Outcome<Box<dyn Snapshot + '_>>;
    /// Writes the rows, sorted by key, in one batch.
    fn write(&mut self, rows: Vec<Row>) -> Outcome<()>;
    /// Closes in order.
    fn close(self: Box<Self>) -> Outcome<()>;
}

/// A view of a store's rows.
pub trait Snapshot {
    /// A row's value.
    fn get(&self, key: &[u8]) -> Outcome<Option<Vec<u8>>>;
    /// Rows under a prefix, highest key first, while `visit` wants more.
    fn backwards(&self, prefix: &[u8], visit: &mut Visit<'_>) -> Outcome<()>;
}

/// Opens the store that the options name.
pub fn open(options: &Options, folder: &Path) -> Outcome<Box<dyn Store>> {
    std::fs::create_dir_all(folder)?;
    Ok(match options.store {
        Backend::Sled => Box::new(SledStore::open(options, folder)?),
        Backend::Redb => Box::new(RedbStore::open(options, folder)?),
    })
}
