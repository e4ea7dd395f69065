//! The projection as its agencies meet it: real services over mTLS, the embedded log between them, strangers on the wire, and
//! order logs that lie.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_docs_in_private_items,
    reason = "a test has no use for carrying on"
)]

mod accountability;
mod chronology;
mod console;
mod crowding;
mod indicating;
mod losses;
mod not_let_in;
mod notices;
mod order;
mod others;
mod overseeing;
mod reading;
mod rebuilding;
mod reconciling;
mod replica;
mod starting;
mod steps;
mod strangers;
mod summaries;
mod support;
mod unseen;
mod visiting;
mod watching;
mod worlds;
