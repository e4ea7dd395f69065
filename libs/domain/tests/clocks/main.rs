//! Clocks, held against calendars that anybody can check, and against laws that every clock keeps on random calendars. A failure of
//! a law names its seed; `DIOGEL_CASES=100000 cargo test -p diogel-domain --test clocks` tries more.

#![cfg(test)]

mod given;
mod injuries;
mod laws;
mod light;
mod lists;
mod london;
mod named;
mod working;
