//! The fold and its reads, told as given, when, then.

mod check;
mod erasure;
mod given;
mod identity;
mod independence;
mod lifecycle;
mod narrowing;
mod order;
mod parking;
mod strangers;
