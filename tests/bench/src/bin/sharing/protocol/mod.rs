//! A change of protocol over many events: narrowing effective at once, widening carried through while reads and new events go on, and
//! never half. It runs the real fold on the real store; the events are handed to it as admission does.

mod change;
mod reading;
mod report;
mod samples;
mod service;

use std::{collections::BTreeMap, path::Path, time::Duration};

use bench::{Outcome, machine};
use diogel_domain::ids::AgencyId;
use diogel_sharing::groups::Groups;
use diogel_views::store::{MemoryStore, RedbStore, SledStore, Store};

use crate::{
    board,
    figures::{Figures, In},
    options::{Backend, Options},
};
use reading::{Read, Reading};
use samples::Sample;
use service::{Carried, Service};

/// Old reports that are looked at.
const SAMPLES: u64 = 2_000;
/// The agency that reads all the while.
const READER: &str = "health";
/// New events between two batches of a change that is carried through: a flood, some thousands an hour being a board's rush.
const BETWEEN: u64 = 10;

/// Measures.
pub fn run(options: &Options, figures: &mut Figures) -> Outcome<()> {
    let folder = options.fresh_folder()?;
    let path = folder.path();
    match options.store {
        Backend::Sled => over(SledStore::open(path)?, path, options, figures),
        Backend::Redb => over(RedbStore::open(path)?, path, options, figures),
        Backend::Memory => over(MemoryStore::default(), path, options, figures),
    }
}

fn over<S: Store>(store: S, path: &Path, options: &Options, figures: &mut Figures) -> Outcome<()> {
    let mut change = Changing::begun(store, options.events(), figures)?;
    report::machine(figures, "loaded", path)?;
    change.narrowed(2, figures)?;
    report::machine(figures, "first narrowing carried through", path)?;
    change.widened(3, figures)?;
    report::machine(figures, "widening carried through", path)?;
    change.narrowed_amid(4, 5, figures)?;
    figures.note(
        "memory at the most",
        machine::memory_mib("VmHWM")? as f64,
        "MiB",
    );
    Ok(())
}

/// A view whose protocols are changed.
struct Changing<S> {
    service: Service<S>,
    samples: Vec<Sample>,
    /// CD-01 as it is shipped.
    shipped: String,
    reader: AgencyId,
    /// What comes later touches nothing up to this position.
    past: u64,
}

impl<S: Store> Changing<S> {
    /// Loads.
    fn begun(store: S, events: u64, figures: &mut Figures) -> Outcome<Self> {
        let protocols = board::protocols()?;
        let mut service = Service::new(store, events)?;
        let first = service.load.telling.begins(&protocols)?;
        service.fold(&first)?;
        let (took, samples) = fill(&mut service, events)?;
        service.carry(0, u64::MAX)?;
        figures.time(format!("folding of {events} events"), took, In::Seconds);
        figures.note(
            "  events a second",
            events as f64 / took.as_secs_f64(),
            "/s",
        );
        let samples = samples::standing(&service.views, &service.load, samples)?;
        let shipped = protocols.into_iter().next().ok_or("a protocol")?;
        let reader = AgencyId::new(READER)?;
        Ok(Self {
            past: service.load.past(),
            service,
            samples,
            shipped,
            reader,
        })
    }

    /// A version without a group: at once for reads, and then carried through.
    fn narrowed(&mut self, version: u32, figures: &mut Figures) -> Outcome<()> {
        eprintln!("narrowing to version {version}");
        let text = board::narrower(&self.shipped, version);
        let narrowed = change::narrow(&mut self.service, &self.samples, &text)?;
        report::narrowing(figures, "narrowing", &narrowed);
        let (carried, watched) = self.carried_while_reading()?;
        watched.never_half()?;
        report::carrying(figures, "narrowing carried through", &carried, None);
        report::reading(figures, "while it is", &watched.read);
        let looked = self.nobody_is_identified()?;
        figures.note("  reads that prove it afterwards", looked as f64, "");
        Ok(())
    }

    /// A version with more, reaching back: carried through while an agency reads.
    fn widened(&mut self, version: u32, figures: &mut Figures) -> Outcome<()> {
        eprintln!("widening to version {version}");
        let text = board::wider(&self.shipped, version);
        let took = change::agree(&mut self.service, &text)?;
        figures.time("widening: adopted and signed by twelve", took, In::Millis);
        let (carried, watched) = self.carried_while_reading()?;
        let both = watched.never_half()?;
        report::carrying(
            figures,
            "widening carried through",
            &carried,
            Some(report::WIDENING),
        );
        report::reading(figures, "while it is", &watched.read);
        figures.note("  reports seen as before and as after", both as f64, "");
        Ok(())
    }

    /// A version that says the same, and has to be carried through all the same; and a narrowing that comes amid that.
    fn narrowed_amid(&mut self, first: u32, second: u32, figures: &mut Figures) -> Outcome<()> {
        eprintln!("version {first}, and narrowing to {second} before it is carried through");
        let text = board::wider(&self.shipped, first);
        change::agree(&mut self.service, &text)?;
        let half = self.service.load.telling.position / service::SWEEP / 2;
        self.service.carry(BETWEEN, half)?;
        let text = board::narrower(&self.shipped, second);
        let narrowed = change::narrow_amid(&mut self.service, &self.samples, &text)?;
        report::narrowing(figures, "narrowing amid another change", &narrowed);
        let carried = self.service.carry(BETWEEN, u64::MAX)?;
        report::carrying(figures, "both carried through", &carried, None);
        self.nobody_is_identified()?;
        Ok(())
    }

    /// Carries a change through while an agency reads.
    fn carried_while_reading(&mut self) -> Outcome<(Carried, Watched)> {
        let Service { views, load } = &self.service;
        let now = load.telling.now();
        let reader = views.reader(&self.reader, now).ok_or("the agency reads")?;
        let before = samples::seen(views, &self.samples, &reader)?;
        let held = |sample: &&Sample| before.contains_key(&sample.position);
        let held = self.samples.iter().filter(held).cloned().collect();
        let reading = Reading::begin(views, &self.reader, held, now, self.past);
        let carried = self.service.carry(BETWEEN, u64::MAX);
        let read = reading.end()?;
        let after = samples::seen(&self.service.views, &self.samples, &reader)?;
        let carried = carried?;
        Ok((
            carried,
            Watched {
                before,
                read,
                after,
            },
        ))
    }

    fn nobody_is_identified(&self) -> Outcome<u64> {
        let Service { views, load } = &self.service;
        samples::nobody_is_identified(views, &load.telling, &self.samples)
    }
}

/// What an agency saw of the reports before, while and after a change was carried through.
struct Watched {
    before: BTreeMap<u64, Groups>,
    read: Read,
    after: BTreeMap<u64, Groups>,
}

impl Watched {
    /// Every report was seen as it was before, or as it was after, and never again as before once it had been seen as after. Answers
    /// how many were seen as both.
    fn never_half(&self) -> Outcome<usize> {
        let mut both = 0;
        for (position, course) in &self.read.courses {
            let ends = [&self.before, &self.after].map(|seen| seen.get(position).copied());
            let [Some(before), Some(after)] = ends else {
                return Err(format!("the report at {position} came or went").into());
            };
            let right = match course.as_slice() {
                [only] => *only == before || *only == after,
                [first, last] => *first == before && *last == after,
                _ => false,
            };
            if !right {
                return Err(format!("the report at {position} was seen half: {course:?}").into());
            }
            both += usize::from(course.len() == 2);
        }
        Ok(both)
    }
}

/// Folds the load and keeps reports from all over it.
fn fill<S: Store>(service: &mut Service<S>, events: u64) -> Outcome<(Duration, Vec<Sample>)> {
    let mut samples = Vec::new();
    let every = (events / SAMPLES).max(1);
    let took = service.fill(events, |input| {
        if input.position % every == 0 {
            samples.extend(samples::of(input));
        }
    })?;
    Ok((took, samples))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    /// Narrowing at once and widening never half are checked while they are measured; so this is a test of both.
    #[test]
    fn p8_a_change_of_protocol_is_at_once_or_never_half() {
        let little = [
            "sharing", "protocol", "--events", "500", "--store", "memory",
        ];
        let mut figures = Figures::default();
        run(&Options::parse_from(little), &mut figures).unwrap();
        let seen = |what: &str| {
            let mut figures = figures.0.iter();
            let figure = figures.find(|figure| figure.name.contains(what));
            figure.unwrap().value
        };
        assert!(seen("reads that prove it") > 1_000.0);
        assert!(
            seen("longest of 11") > 0.0,
            "every signature but the first binds somebody"
        );
        assert!(seen("a report read") > 0.0);
    }
}
