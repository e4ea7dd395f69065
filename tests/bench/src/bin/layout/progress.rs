//! How far the load has got and what it has put so far; knows the bounds at which a run gives up.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::options::Options;
use crate::store::{Outcome, Row};
use bench::machine;

/// Where the load has got to.
pub struct Progress {
    /// Events to load.
    pub events: u64,
    batch: u64,
    limits: (Duration, u64, u64),
    /// When the load began.
    pub started: Instant,
    /// Processor seconds used before it.
    pub cpu: f64,
    /// Where and when the current tenth began.
    pub tenth: (u64, Instant),
    /// Rows put, rewritten ones included.
    pub written: u64,
    /// Rows that are in the store at the end.
    pub new: u64,
    /// Bytes of keys and values put.
    pub bytes: u64,
}

impl Progress {
    /// Starts the clock.
    pub fn begin(options: &Options) -> Self {
        let now = Instant::now();
        let time = Duration::from_secs(options.max_minutes * 60);
        Self {
            events: options.events,
            batch: options.batch,
            limits: (
                time,
                options.max_rss_gib << 10,
                options.max_disk_gb * 1_000_000_000,
            ),
            started: now,
            cpu: machine::cpu_seconds().unwrap_or(0.0),
            tenth: (0, now),
            written: 0,
            new: 0,
            bytes: 0,
        }
    }

    /// Counts a batch's rows.
    pub fn count(&mut self, rows: &[Row], new: u64) {
        self.written += rows.len() as u64;
        self.new += new;
        self.bytes += rows
            .iter()
            .map(|(key, value)| (key.len() + value.len()) as u64)
            .sum::<u64>();
    }

    /// Whether this batch crossed the next of `parts` marks.
    pub fn crossed(&self, position: u64, parts: u64) -> bool {
        position * parts / self.events > position.saturating_sub(self.batch) * parts / self.events
    }

    /// Whether the run has passed one of its bounds.
    pub fn beyond(&self, folder: &Path) -> Outcome<bool> {
        let (time, rss, disk) = self.limits;
        Ok(self.started.elapsed() > time
            || machine::memory_mib("VmRSS")? > rss
            || machine::disk_bytes(folder)? > disk)
    }
}
