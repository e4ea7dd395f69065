//! JetStream as the log, on real servers with the configuration that deployments get: the contract that every backend holds,
//! what users may not do (P7), and what is left after crashes, roll-backs and lost nodes (P1, P2).

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "all of this is tests, their helpers included"
)]

#[path = "../suite/mod.rs"]
mod suite;

mod board;
mod cluster;
mod faults;
mod fencing;
mod latency;
mod power_cut;
mod rights;
mod settings;

mod contract {
    crate::contract!(crate::board::Board::start);
}
