//! Measures how the rows of a view should lie in its store: three layouts on sled and redb, under one
//! seeded load. It decides nothing about sharing and holds no real content; `LAYOUT.md` has the figures.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "figures for people; the load's numbers are far below the limits"
)]

#[cfg(test)]
mod agreement;
mod changes;
mod event;
mod item;
mod keys;
mod layout;
mod load;
mod look;
mod options;
mod per_audience;
mod postings;
mod progress;
mod redb_store;
mod report;
mod shared;
mod sled_store;
mod store;

use std::path::Path;

use clap::Parser;

use crate::layout::Layout;
use crate::options::{Options, Stage};
use crate::report::Report;
use crate::store::Outcome;

fn main() -> Outcome<()> {
    let options = Options::parse();
    let mut report = Report::begin(&options, Box::new(std::io::stdout()))?;
    let folder = options.folder();
    match options.stage {
        Stage::All => {
            if load_then_close(&options, &folder, &mut report)? {
                reopen_and_look(&options, &folder, &mut report)?;
            }
            std::fs::remove_dir_all(&folder)?;
        }
        Stage::LoadAndDie => {
            let mut store = store::open(&options, &folder)?;
            load::run(&options, store.as_mut(), &folder, &mut report)?;
            // Skips every destructor: the store is left as a kill would leave it.
            std::process::exit(0);
        }
        Stage::Open => {
            reopen_and_look(&options, &folder, &mut report)?;
            std::fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

/// Loads and closes; false when the run gave up at a bound.
fn load_then_close(options: &Options, folder: &Path, report: &mut Report) -> Outcome<bool> {
    let mut store = store::open(options, folder)?;
    let complete = load::run(options, store.as_mut(), folder, report)?;
    report.closed(store, folder)?;
    Ok(complete)
}

fn reopen_and_look(options: &Options, folder: &Path, report: &mut Report) -> Outcome<()> {
    let started = std::time::Instant::now();
    let store = store::open(options, folder)?;
    let checkpoint = store.read()?.get(&keys::checkpoint())?;
    report.reopened(started.elapsed(), checkpoint.as_deref())?;
    let layout = Layout::new(options.layout, options.sweep);
    look::run(options, &layout, store.as_ref(), report)?;
    Ok(())
}
