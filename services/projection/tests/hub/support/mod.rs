//! Given: a hub of a few agencies, what they publish, and what lies on the wire between them.

mod clients;
pub mod given;
mod hub;
mod order_logs;
mod signer;
mod watcher;
mod wire;

pub use hub::{BOARD, Hub, free_address, hex};
pub use order_logs::{Order, Shared};
pub use signer::Signer;
pub use watcher::{Watcher, item, retraction};
