//! One row of a register, judged. Owns what a row must say to become a proposal; refuses to fill in what it doesn't say, but for
//! what the mapping says holds.

mod cells;
mod checked;
mod entry;
mod grounds;
mod people;
mod requests;
mod review;
mod target;

pub(crate) use checked::check;
pub(crate) use entry::{Entry, read};
pub(crate) use requests::{Requests, requests};
