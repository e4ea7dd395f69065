//! The journal's promises, from outside: P1 before all.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on is a test that failed"
)]

mod append;
mod crash;
mod damage;
mod epoch;
mod erasure;
mod marks;
mod mixed;
mod support;
mod throughput;
mod whose;
