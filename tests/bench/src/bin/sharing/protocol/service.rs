//! The view as the projection runs it: batches of events, and between them a change of the rules carried on by a few items.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bench::{Outcome, machine, times::Times};
use diogel_views::{FoldInput, Folded, IndexKey, store::Store};

use crate::{keys::Keys, load::Load};

/// Records folded at once, as in `services/projection` (`folding.rs`).
const BATCH: u64 = 1_000;
/// Items that a change is carried through at once, as there.
pub const SWEEP: u64 = 500;

/// A view with its load.
pub struct Service<S> {
    /// What readers share.
    pub views: Arc<Folded<S>>,
    /// What is published.
    pub load: Load,
}

/// How a change was carried through.
#[derive(Debug, Default)]
pub struct Carried {
    /// From the first batch to the last.
    pub took: Duration,
    /// Processor seconds of the whole process in that time, readers included: steadier than the clock on a busy machine.
    pub cpu: f64,
    /// Each batch of items.
    pub batches: Times,
    /// New events folded between them.
    pub events: u64,
}

impl<S: Store> Service<S> {
    /// An empty view, for so many events.
    pub fn new(store: S, events: u64) -> Outcome<Self> {
        let views = Folded::open(store, IndexKey::new(&[7; 32]), Box::new(Keys))?;
        Ok(Self {
            views: Arc::new(views),
            load: Load::new(events)?,
        })
    }

    /// Folds so many events in full batches, as a rebuild does, and shows each; says how it goes along. Answers the time in the fold.
    pub fn fill(&mut self, events: u64, mut each: impl FnMut(&FoldInput)) -> Outcome<Duration> {
        let mut folding = Duration::ZERO;
        let mut left = events;
        while left > 0 {
            let inputs = self.load.next(left.min(BATCH))?;
            folding += self.fold(&inputs)?;
            inputs.iter().for_each(&mut each);
            left -= inputs.len() as u64;
            if (left / BATCH).is_multiple_of((events / BATCH / 10).max(1)) {
                eprintln!(
                    "  {left} events to go, {:.0} s of folding",
                    folding.as_secs_f64()
                );
            }
        }
        Ok(folding)
    }

    /// Folds a batch.
    pub fn fold(&self, inputs: &[FoldInput]) -> Outcome<Duration> {
        let started = Instant::now();
        self.views.fold(inputs)?;
        Ok(started.elapsed())
    }

    /// Carries a change through, at most so many batches of it; after each, so many new events are folded.
    pub fn carry(&mut self, between: u64, most: u64) -> Outcome<Carried> {
        let mut carried = Carried::default();
        let cpu = machine::cpu_seconds()?;
        let started = Instant::now();
        for number in 1..=most {
            let batch = Instant::now();
            let more = self.views.sweep(SWEEP)?;
            carried.batches.add(batch.elapsed());
            if !more {
                break;
            }
            let inputs = self.load.next(between)?;
            self.fold(&inputs)?;
            carried.events += between;
            if number.is_multiple_of(200) {
                let seconds = started.elapsed().as_secs_f64();
                eprintln!("  {} items in {seconds:.0} s", number * SWEEP);
            }
        }
        carried.took = started.elapsed();
        carried.cpu = machine::cpu_seconds()? - cpu;
        Ok(carried)
    }
}
