//! End to end: a whole board in processes of its own, and what goes wrong with one. Each test is named for the promise it holds
//! (DESIGN, section 8).

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod broker;
mod cluster;
mod damage;
mod disk;
mod erasure;
mod fencing;
mod fork;
mod incomplete;
mod kill;
mod loading;
mod refusal;
mod replica;
mod restored;
mod withdrawal;
