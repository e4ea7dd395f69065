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

/// Why a view can't serve. Of the store the answer is to quarantine the folder and rebuild; of the keys, which lie with the order
/// journal and which no fold asks for, to mend that.
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
    /// The keys of the copies can't be read.
    #[error("the keys of the view's copies can't be read")]
    Keys(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The key of a copy isn't there and isn't known to be destroyed: no content would be as wrong as another's.
    #[error("the key of a copy is missing")]
    KeyMissing,
    /// A protocol that was adopted is in no form that this version reads.
    #[error("a protocol in force can't be read any more")]
    Unreadable,
    /// A copy isn't what was sealed under its event's key.
    #[error("a copy of the view doesn't open")]
    Seal,
}

impl StoreError {
    /// The keys can't be read.
    pub fn keys(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Keys(error.into())
    }

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
