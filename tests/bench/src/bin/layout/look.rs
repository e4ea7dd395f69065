//! Person look-ups: the newest five events that a random reader may see, for persons drawn evenly (most
//! of them cold) and as the load draws them (busy ones often).

use std::time::{Duration, Instant};

use crate::event::{AGENCIES, Draw, identifier};
use crate::layout::Layout;
use crate::options::Options;
use crate::report::Report;
use crate::store::{Outcome, Store};
use bench::machine;

/// Events a look-up answers with, at most.
const MOST: usize = 5;

/// One event as the reader sees it.
pub struct Seen {
    /// Its position.
    pub position: u64,
    /// Length of the copy that the reader gets.
    pub bytes: usize,
}

/// What the look-ups of one kind took.
pub struct Looked {
    /// Each look-up's time, sorted.
    pub times: Vec<Duration>,
    /// Events answered.
    pub events: u64,
    /// Bytes that had to come from the disk.
    pub disk_read: u64,
    /// A sum over the answers: every layout and store must reach the same.
    pub check: u64,
}

/// Looks persons up in both ways; answers a sum that every layout and store must reach.
pub fn run(
    options: &Options,
    layout: &Layout,
    store: &dyn Store,
    report: &mut Report,
) -> Outcome<u64> {
    let persons = options.persons();
    let evenly = |draw: &mut Draw| draw.below(persons);
    let as_loaded = |draw: &mut Draw| draw.person(persons);
    // The first tenth again only warms the store's cache.
    looks(options.looks / 10, options.seed + 1, layout, store, &evenly)?;
    let even = looks(options.looks, options.seed + 2, layout, store, &evenly)?;
    report.looked("even", &even)?;
    let busy = looks(options.looks, options.seed + 3, layout, store, &as_loaded)?;
    report.looked("busy", &busy)?;
    Ok(even.check.wrapping_add(busy.check))
}

fn looks(
    count: u64,
    start: u64,
    layout: &Layout,
    store: &dyn Store,
    person: &dyn Fn(&mut Draw) -> u64,
) -> Outcome<Looked> {
    let mut draw = Draw::new(start);
    let mut looked = Looked {
        times: Vec::new(),
        events: 0,
        disk_read: 0,
        check: 0,
    };
    let before = machine::disk_io("read_bytes")?;
    for _ in 0..count {
        let id = identifier(person(&mut draw), 0);
        let reader = draw.below(u64::from(AGENCIES)) as u8;
        let started = Instant::now();
        let seen = layout.find(store.read()?.as_ref(), &id, reader, MOST)?;
        looked.times.push(started.elapsed());
        looked.events += seen.len() as u64;
        for one in seen {
            looked.check = looked
                .check
                .wrapping_add(one.position ^ ((one.bytes as u64) << 32));
        }
    }
    looked.disk_read = machine::disk_io("read_bytes")? - before;
    looked.times.sort_unstable();
    Ok(looked)
}
