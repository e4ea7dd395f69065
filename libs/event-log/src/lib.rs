//! The log: how signed events get from an agency's journal to the projection. Owns the journal, the log's two traits and
//! their two backends (embedded: the journals themselves; JetStream: a stream per agency), and the chained log of records that
//! accesses are kept in. Refuses to look inside an event: to this crate an event is bytes with a place and a hash; who may be
//! believed is decided at admission.

pub mod embedded;
pub mod entry;
pub mod jetstream;
pub mod journal;
pub mod log;
pub mod segments;
