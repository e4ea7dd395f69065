//! Registers of an invented council, read and judged: what the report says, what is made of a row, and what no file can do.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

mod changed;
mod golden;
mod hostile;
mod mapping;
mod practice;
mod property;
mod registers;
mod sheets;
mod support;
