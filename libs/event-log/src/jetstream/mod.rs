//! The log on NATS JetStream: a stream per agency, and the order stream. Owns names, the server's configuration, the streams'
//! settings, and the three ends ([`JetStreamOutlet`], [`JetStreamInlets`], [`JetStreamOrder`]). Refuses a server that is too
//! old, a stream that is set up in any other way than demanded, and any trust in the broker: it may lose what it acknowledged
//! (P1, P2), so nothing here decides what is true. Admission and the journals do.
//!
//! Every message published while the connection was down goes out once it is back, *after* the call that sent it was answered
//! [`Unavailable`](crate::log::LogError::Unavailable). That is harmless for both kinds of streams: admission is idempotent, and
//! the order stream takes a record at its own position only.

mod acks;
mod api;
mod consumer;
pub mod deployment;
mod inlet;
mod link;
pub mod names;
mod order;
mod outlet;
mod place_header;
mod publish;
mod reader;
mod streams;

pub use inlet::JetStreamInlets;
pub use link::{Access, Link, OLDEST_SERVER};
pub use order::JetStreamOrder;
pub use outlet::JetStreamOutlet;
pub use streams::{Streams, setup, verify};
