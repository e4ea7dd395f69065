//! The segment log's promises, from outside.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on is a test that failed"
)]

mod append;
mod crash;
mod damage;
mod golden;
mod index;
mod support;
mod torn;
