//! A whole board for a test: every service a process of its own, a real nats-server or three, the real command line, real clients
//! over mTLS. Owns starting, killing (`kill -9`), stopping and ending them by their own process ids, and loopback addresses that
//! nobody else has. Refuses to look inside a running service: what a test wants to know it asks as an agency would, or verifies
//! offline once the service has ended.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test has no use for a harness that carries on"
)]

mod asking;
mod binaries;
mod board;
mod clients;
mod disk;
mod folder;
mod load;
mod nats;
mod offline;
mod process;
mod services;
mod waiting;

pub use board::{Board, PROJECTION, REPLICA};
pub use disk::Disk;
pub use folder::{copy, flip, holds, replace};
pub use load::{danger, incident, incidents, mixed};
pub use nats::Nats;
pub use offline::{Ordered, assert_each_once, order};
pub use process::{Ended, Process};
pub use waiting::{SOON, until};
