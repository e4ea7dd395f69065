//! Where rows lie: an ordered map of bytes with atomic batches. sled by default, redb for more than a board's size, memory for
//! tests; one contract suite for all of them (`tests/store_contract.rs`). Refuses to promise durability: views are a cache.

mod memory;
mod redb;
mod sled;

pub use self::{memory::MemoryStore, redb::RedbStore, sled::SledStore};

/// A key with its new value; none removes it.
pub type Write = (Vec<u8>, Option<Vec<u8>>);

/// A key with its value.
pub type Row = (Vec<u8>, Vec<u8>);

/// Why a store can't serve. Whatever it is, the answer is to quarantine the folder and rebuild.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The backend failed.
    #[error("the view's store failed")]
    Backend(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row isn't what this version wrote.
    #[error("a row of the view can't be read")]
    Row(#[from] postcard::Error),
    /// The fold's own invariant is broken: a row that must be there isn't.
    #[error("the view lacks a row that must be there")]
    Missing,
}

impl StoreError {
    pub(crate) fn backend(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Backend(error.into())
    }
}

/// An ordered map of bytes.
pub trait Store: Send + Sync + 'static {
    /// The value of a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Up to `limit` rows with `from <= key < to`, in order.
    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Vec<Row>, StoreError>;

    /// The last row with `from <= key < to`.
    fn last(&self, from: &[u8], to: &[u8]) -> Result<Option<Row>, StoreError>;

    /// Writes all or nothing, as far as a reader or a reopening after a kill can tell.
    fn write(&self, batch: Vec<Write>) -> Result<(), StoreError>;
}
