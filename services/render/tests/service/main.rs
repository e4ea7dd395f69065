//! The render service as it runs: mTLS on loopback, real documents, and what Debian's poppler-utils read in the file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on has failed"
)]

mod callers;
mod hostile;
mod paper;
mod process;
mod refused;
mod support;
