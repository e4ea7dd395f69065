//! An agency that reads all the while: old reports, pages of its list, what there is about a person. Each answer has to agree with
//! itself and with the one before it.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use bench::{Outcome, times::Times};
use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_sharing::groups::{FieldGroup, Groups};
use diogel_views::{Folded, Reader, Seen, Which, store::Store};

use super::samples::{Sample, is_whole};
use crate::keys::Chance;

/// Items on a page.
const PAGE: usize = 10;
/// Between two reads. The reader is an agency, no load test: it leaves the fold its core.
const PAUSE: Duration = Duration::from_micros(500);

/// What a reader was answered, and how soon.
#[derive(Debug, Default)]
pub struct Read {
    /// One item each.
    pub items: Times,
    /// One page each.
    pub pages: Times,
    /// One person each.
    pub people: Times,
    /// What it saw of each report, one after the other, as far as that differed.
    pub courses: BTreeMap<u64, Vec<Groups>>,
}

/// A reader in a thread of its own.
pub struct Reading {
    ends: Arc<AtomicBool>,
    thread: JoinHandle<Outcome<Read>>,
}

impl Reading {
    /// Begins to read as this agency, at a moment of the load: what ends with time plays no part. Up to `past`, nothing but the change
    /// of protocol happens to an item.
    pub fn begin<S: Store>(
        views: &Arc<Folded<S>>,
        agency: &AgencyId,
        samples: Vec<Sample>,
        now: Moment,
        past: u64,
    ) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let reading = Agency {
            views: Arc::clone(views),
            agency: agency.clone(),
            samples,
            now,
            past,
            chance: Chance(11),
            read: Read::default(),
        };
        let until = Arc::clone(&ends);
        let thread = std::thread::spawn(move || reading.until(&until));
        Self { ends, thread }
    }

    /// Ends it.
    pub fn end(self) -> Outcome<Read> {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_| "the reader panicked")?
    }
}

struct Agency<S> {
    views: Arc<Folded<S>>,
    agency: AgencyId,
    samples: Vec<Sample>,
    now: Moment,
    past: u64,
    chance: Chance,
    read: Read,
}

impl<S: Store> Agency<S> {
    fn until(mut self, ends: &AtomicBool) -> Outcome<Read> {
        let mut number: u64 = 0;
        while !ends.load(Ordering::Relaxed) {
            let sample = self.chance.pick(&self.samples);
            let sample = sample.cloned().ok_or("there is nothing to read")?;
            match number % 32 {
                0 => self.person(&sample)?,
                8 | 24 => self.page()?,
                _ => self.item(&sample)?,
            }
            number += 1;
            std::thread::sleep(PAUSE);
        }
        Ok(self.read)
    }

    fn reader(&self) -> Outcome<Reader> {
        let reader = self.views.reader(&self.agency, self.now);
        Ok(reader.ok_or("the agency reads")?)
    }

    fn item(&mut self, sample: &Sample) -> Outcome<()> {
        let started = Instant::now();
        let seen = self.views.see(&self.reader()?, sample.position)?;
        self.read.items.add(started.elapsed());
        let seen = seen.ok_or("a report that the agency holds is gone")?;
        self.keep(&seen)
    }

    fn keep(&mut self, seen: &Seen) -> Outcome<()> {
        if !is_whole(seen) {
            return Err(format!("the report at {} is seen half", seen.position).into());
        }
        let course = self.read.courses.entry(seen.position).or_default();
        let groups = seen.permit.groups();
        if course.last() != Some(&groups) {
            course.push(groups);
        }
        Ok(())
    }

    /// A page from somewhere in the list: what stands on it is as much as what each item shows a moment later, or was less.
    fn page(&mut self) -> Outcome<()> {
        let started = Instant::now();
        let reader = self.reader()?;
        let before = self.chance.below(self.views.last_change(&reader)?) + 2;
        let mut page = Vec::new();
        let take = |seen| {
            if page.len() == PAGE {
                return ControlFlow::Break(());
            }
            page.push(seen);
            ControlFlow::Continue(())
        };
        self.views.newest(&reader, before, Which::ALL, take)?;
        self.read.pages.add(started.elapsed());
        // Later items are still being changed by those who published them.
        for listed in page.into_iter().filter(|seen| seen.position <= self.past) {
            let detail = self.views.see(&self.reader()?, listed.position)?;
            let covered = detail.is_some_and(|detail| {
                let groups = detail.permit.groups();
                is_whole(&detail) && groups.covers(listed.permit.groups())
            });
            if !covered || !is_whole(&listed) {
                return Err(format!("list and detail of {} differ", listed.position).into());
            }
        }
        Ok(())
    }

    /// What is found about a person has the report, exactly if the report says who that is.
    fn person(&mut self, sample: &Sample) -> Outcome<()> {
        let before = self.identifies(sample)?;
        let started = Instant::now();
        let identifiers = std::slice::from_ref(&sample.identifier);
        let about = self.views.about(&self.reader()?, identifiers, false)?;
        self.read.people.add(started.elapsed());
        let after = self.identifies(sample)?;
        let found = about
            .items
            .iter()
            .any(|(seen, _)| seen.position == sample.position);
        // Where it changed meanwhile, both answers are right.
        if before == after && found != before {
            return Err(format!("report and index of {} differ", sample.position).into());
        }
        Ok(())
    }

    fn identifies(&self, sample: &Sample) -> Outcome<bool> {
        let seen = self.views.see(&self.reader()?, sample.position)?;
        let seen = seen.ok_or("a report that the agency holds is gone")?;
        Ok(seen.permit.groups().has(FieldGroup::Identity))
    }
}
