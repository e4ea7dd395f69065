//! What a change of protocol took, as figures.

use std::{path::Path, time::Duration};

use bench::{Outcome, machine};

use super::{change::Narrowed, reading::Read, service::Carried};
use crate::figures::{Figures, In};

/// A narrowing has to be in effect within this.
const NARROWING: Duration = Duration::from_secs(1);
/// A widening over a million events has to be carried through within this.
pub const WIDENING: Duration = Duration::from_mins(5);

/// How a narrowing took effect.
pub fn narrowing(figures: &mut Figures, what: &str, narrowed: &Narrowed) {
    let Narrowed { effective, whole } = narrowed;
    let name = format!(
        "{what}: signature to the first read without it, longest of {}",
        effective.len()
    );
    figures.below(name, effective.longest(), In::Millis, NARROWING);
    figures.time("  the same, median", effective.median(), In::Millis);
    let name = format!("{what}: adoption and twelve signatures, with those reads");
    figures.below(name, *whole, In::Millis, NARROWING);
}

/// How a change was carried through.
pub fn carrying(figures: &mut Figures, what: &str, carried: &Carried, limit: Option<Duration>) {
    match limit {
        Some(limit) => figures.below(what, carried.took, In::Seconds, limit),
        None => figures.time(what, carried.took, In::Seconds),
    }
    let items = carried.batches.len() as u64 * super::service::SWEEP;
    let busy = carried.batches.total().as_secs_f64();
    figures.note("  items a second, while at it", items as f64 / busy, "/s");
    let each = carried.cpu * 1e6 / items as f64;
    figures.note("  processor time an item, all threads", each, "µs");
    figures.time(
        "  a batch of 500, median",
        carried.batches.median(),
        In::Millis,
    );
    figures.time("  a batch of 500, p99", carried.batches.p99(), In::Millis);
    figures.time(
        "  a batch of 500, longest",
        carried.batches.longest(),
        In::Millis,
    );
    figures.note("  new events folded meanwhile", carried.events as f64, "");
}

/// What the reader met with.
pub fn reading(figures: &mut Figures, when: &str, read: &Read) {
    for (what, times) in [
        ("a report", &read.items),
        ("a page of ten", &read.pages),
        ("a person's", &read.people),
    ] {
        let name = format!("  {when}: {what} read ({}), p50", times.len());
        figures.time(name, times.median(), In::Micros);
        figures.time("    the same, p99", times.p99(), In::Micros);
    }
}

/// What it costs the machine so far.
pub fn machine(figures: &mut Figures, when: &str, folder: &Path) -> Outcome<()> {
    let memory = machine::memory_mib("VmRSS")?;
    figures.note(format!("  {when}: memory"), memory as f64, "MiB");
    let disk = machine::disk_bytes(folder)? / 1_000_000;
    figures.note(format!("  {when}: disk"), disk as f64, "MB");
    Ok(())
}
