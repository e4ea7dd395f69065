//! Measures what the hub promises of sharing: how long a decision takes, a change of protocol over many events, and a narrowing to
//! an open watch, and what people wait for: check, summary, PDF, the console's pages. It runs the hub's own code on invented events and checks what it measures; `SHARING.md` has the figures.
#![allow(
    clippy::cast_precision_loss,
    reason = "figures for people, far below the limits"
)]

mod board;
mod decision;
mod figures;
mod keys;
mod load;
mod options;
mod pages;
mod practice;
mod protocol;
mod telling;
mod watch;

use std::io::Write;

use bench::Outcome;
use clap::Parser;

use figures::Figures;
use options::{Options, Part};

fn main() -> Outcome<()> {
    let options = Options::parse();
    let mut figures = Figures::default();
    if options.wants(Part::Decision) {
        eprintln!("decision");
        decision::run(&options, &mut figures)?;
    }
    if options.wants(Part::Protocol) {
        eprintln!("protocol");
        protocol::run(&options, &mut figures)?;
    }
    if options.wants(Part::Watch) {
        eprintln!("watch");
        watch::run(&options, &mut figures)?;
    }
    if options.wants(Part::Practice) {
        eprintln!("practice");
        practice::run(&options, &mut figures)?;
    }
    if options.wants(Part::Pages) {
        eprintln!("pages");
        pages::run(&options, &mut figures)?;
    }
    write!(std::io::stdout(), "{}", figures.table())?;
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_vec_pretty(&figures)?)?;
    }
    Ok(())
}
