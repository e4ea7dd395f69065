//! The fold and each agency's view. Owns the rows, their layout over a small store trait, the fold of ordered events into them,
//! and every read, each through a `Permit`. Views are disposable: on any doubt they are built anew from the order journal.
//! Refuses to give an event a position, to verify a signature, or to hand out content without a decision made now.

pub mod audiences;
pub mod check;
mod chunks;
mod copies;
mod copy_key;
pub mod digest;
pub mod fold;
mod index;
pub mod input;
mod keys;
mod pending;
pub mod read;
pub mod registry;
pub mod rows;
mod seeds;
pub mod spread;
pub mod standing;
pub mod stock;
pub mod store;
pub mod tally;
mod ties;

pub use copy_key::{CopyKey, CopyKeyState, CopyKeys};
pub use fold::Folded;
pub use index::IndexKey;
pub use input::{ChainPlace, ContentState, FoldInput};
pub use read::{Reader, Seen, Told, Trace, Which};
