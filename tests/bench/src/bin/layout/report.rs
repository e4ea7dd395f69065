//! The run's figures: a line per tenth of the load, then one line for each thing measured, as
//! `name key=value …`, so that a table can be made from many runs.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::look::Looked;
use crate::options::Options;
use crate::progress::Progress;
use crate::store::{Outcome, Store};
use bench::machine;

/// Writes the figures.
pub struct Report(Box<dyn Write>);

impl Report {
    /// Names the run.
    pub fn begin(options: &Options, to: Box<dyn Write>) -> Outcome<Self> {
        let mut report = Self(to);
        report.line(&format!(
            "run store={:?} layout={:?} events={} batch={} sweep={} cache_mib={} commit={:?} durable_each={}",
            options.store,
            options.layout,
            options.events,
            options.batch,
            options.sweep,
            options.cache_mib,
            options.commit,
            options.durable_each
        ))?;
        Ok(report)
    }

    fn line(&mut self, line: &str) -> Outcome<()> {
        writeln!(self.0, "{line}")?;
        Ok(self.0.flush()?)
    }

    /// Reports each tenth and the end; false when a bound is passed.
    pub fn loaded(&mut self, at: &mut Progress, position: u64, folder: &Path) -> Outcome<bool> {
        if at.crossed(position, 10) {
            self.tenth(at, position, folder)?;
        }
        let gave_up = at.crossed(position, 200) && at.beyond(folder)?;
        if gave_up || position == at.events {
            self.load(at, position, gave_up, folder)?;
        }
        Ok(!gave_up)
    }

    fn tenth(&mut self, at: &mut Progress, position: u64, folder: &Path) -> Outcome<()> {
        let (from, since) = std::mem::replace(&mut at.tenth, (position, Instant::now()));
        self.line(&format!(
            "tenth events={position} rate={:.0} rss_mib={} disk_mb={}",
            (position - from) as f64 / since.elapsed().as_secs_f64(),
            machine::memory_mib("VmRSS")?,
            machine::disk_bytes(folder)? / 1_000_000
        ))
    }

    fn load(&mut self, at: &Progress, events: u64, gave_up: bool, folder: &Path) -> Outcome<()> {
        let (seconds, count) = (at.started.elapsed().as_secs_f64(), events as f64);
        self.line(&format!(
            "load gave_up={gave_up} events={events} seconds={seconds:.1} rate={:.0} \
             cpu_us_per_event={:.1} puts_per_event={:.2} rows_per_event={:.2} \
             put_bytes_per_event={:.0} disk_write_bytes_per_event={:.0} disk_mb={} rss_mib={} peak_mib={}",
            count / seconds,
            (machine::cpu_seconds()? - at.cpu) * 1e6 / count,
            at.written as f64 / count,
            at.new as f64 / count,
            at.bytes as f64 / count,
            machine::disk_io("write_bytes")? as f64 / count,
            machine::disk_bytes(folder)? / 1_000_000,
            machine::memory_mib("VmRSS")?,
            machine::memory_mib("VmHWM")?,
        ))
    }

    /// Reports what live batches cost on the loaded store.
    pub fn lived(&mut self, events: u64, times: &[Duration]) -> Outcome<()> {
        let total: Duration = times.iter().sum();
        self.line(&format!(
            "live events={events} batches={} rate={:.0} p50_us={:.0} p99_us={:.0}",
            times.len(),
            events as f64 / total.as_secs_f64(),
            micros(times, 50),
            micros(times, 99)
        ))
    }

    /// Closes the store and reports what that took and left.
    pub fn closed(&mut self, store: Box<dyn Store>, folder: &Path) -> Outcome<()> {
        let started = Instant::now();
        store.close()?;
        let seconds = started.elapsed().as_secs_f64();
        let disk = machine::disk_bytes(folder)? / 1_000_000;
        self.line(&format!("close seconds={seconds:.2} disk_mb={disk}"))
    }

    /// Reports how long opening took, and what checkpoint was found.
    pub fn reopened(&mut self, took: Duration, checkpoint: Option<&[u8]>) -> Outcome<()> {
        let position = match checkpoint {
            Some(bytes) => postcard::take_from_bytes::<Option<u64>>(bytes)?.0,
            None => None,
        };
        let last = position.map_or_else(|| "none".to_owned(), |position| position.to_string());
        self.line(&format!(
            "reopen seconds={:.2} checkpoint={last}",
            took.as_secs_f64()
        ))
    }

    /// Reports the look-ups of one kind.
    pub fn looked(&mut self, kind: &str, looked: &Looked) -> Outcome<()> {
        let total: Duration = looked.times.iter().sum();
        let count = looked.times.len();
        self.line(&format!(
            "look kind={kind} rate={:.0} mean_us={:.1} p50_us={:.1} p99_us={:.1} events_per_look={:.2} disk_read_kb_per_look={:.1} \
             rss_mib={} peak_mib={} check={:x}",
            count as f64 / total.as_secs_f64(),
            total.as_secs_f64() * 1e6 / count as f64,
            micros(&looked.times, 50),
            micros(&looked.times, 99),
            looked.events as f64 / count as f64,
            looked.disk_read as f64 / 1e3 / count as f64,
            machine::memory_mib("VmRSS")?,
            machine::memory_mib("VmHWM")?,
            looked.check
        ))
    }
}

/// A percentile of sorted times, in microseconds.
fn micros(times: &[Duration], percentile: usize) -> f64 {
    let at = times.len() * percentile / 100;
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e6)
}
