//! The fold and its reads, told as given, when, then.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

mod accounts;
mod anytime;
mod attacks;
mod awaited;
mod check;
mod counting;
mod erasure;
mod given;
mod hidden;
mod identity;
mod independence;
mod lifecycle;
mod lost;
mod narrowing;
mod order;
mod pages;
mod parking;
mod preview;
mod sealing;
mod sharing;
mod steps;
mod stock;
mod strangers;
mod sweeping;
mod upkeep;
mod worlds;
