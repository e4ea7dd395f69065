//! An agency's real service, called over real mTLS: what it takes, what it refuses, and what it keeps to itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

mod alerts;
mod audiences;
mod batches;
mod board;
mod bounds;
mod callers;
mod crowd;
mod erasure;
mod incidents;
mod keys;
mod receipts;
mod recovery;
mod repeats;
mod rotation;
mod starting;
mod steps;
mod support;
mod wire;
mod withdrawn;
