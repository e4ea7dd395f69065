//! The log without a broker: the journals themselves are the log, all in one process. What is journalled is delivered; an
//! offer has nothing left to do. Owns no bytes of its own; refuses to stand in for replicas, which need the stream.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::entry::{Entry, Place};
use crate::journal::{Head, Journal, JournalError};
use crate::log::{Inlet, Inlets, LogError, OrderLog, Outlet};

/// The journals of this process, by agency. Clones share them.
#[derive(Clone, Default)]
pub struct EmbeddedLog {
    journals: Arc<RwLock<BTreeMap<String, Source>>>,
}

/// A journal, and from where on its inlet is asked to deliver again.
#[derive(Clone)]
struct Source {
    journal: Journal,
    resent: watch::Sender<Option<Place>>,
}

impl EmbeddedLog {
    /// Adds an agency's journal, in place of an earlier one. Inlets that are open keep the earlier one.
    pub fn add(&self, agency: &str, journal: Journal) {
        let resent = watch::Sender::new(None);
        let mut journals = self
            .journals
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        journals.insert(agency.to_owned(), Source { journal, resent });
    }

    /// The agency's end.
    ///
    /// # Errors
    /// [`LogError::Unavailable`] while the agency's journal isn't open here.
    pub fn outlet(&self, agency: &str) -> Result<EmbeddedOutlet, LogError> {
        Ok(EmbeddedOutlet {
            source: self.source(agency)?,
        })
    }

    fn source(&self, agency: &str) -> Result<Source, LogError> {
        let journals = self.journals.read().unwrap_or_else(PoisonError::into_inner);
        let missing =
            || LogError::Unavailable(format!("no journal of {agency} is open here").into());
        journals.get(agency).cloned().ok_or_else(missing)
    }
}

/// An agency's end of the embedded log.
pub struct EmbeddedOutlet {
    source: Source,
}

impl Outlet for EmbeddedOutlet {
    fn offer(&self, entries: Vec<Entry>, resend: bool) -> BoxFuture<'_, Result<usize, LogError>> {
        if let Some(first) = entries.first().filter(|_| resend) {
            let from = first.place;
            let earliest = |resent: &mut Option<Place>| {
                *resent = Some(resent.map_or(from, |earlier| earlier.min(from)));
            };
            self.source.resent.send_modify(earliest);
        }
        // They are in the journal, on the disk: there is nowhere safer here.
        std::future::ready(Ok(entries.len())).boxed()
    }
}

impl Inlets for EmbeddedLog {
    fn inlet(&self, agency: &str, after: Place) -> BoxFuture<'_, Result<Box<dyn Inlet>, LogError>> {
        let opened = self.source(agency).map(|source| {
            let (head, resent) = (source.journal.changed(), source.resent.subscribe());
            Box::new(EmbeddedInlet {
                source,
                after,
                head,
                resent,
            }) as Box<dyn Inlet>
        });
        std::future::ready(opened).boxed()
    }

    /// The log is the journal: it holds nothing beyond it.
    fn is_drained(&self, _: &str) -> BoxFuture<'_, Result<bool, LogError>> {
        std::future::ready(Ok(true)).boxed()
    }
}

/// The projection's end for one agency.
struct EmbeddedInlet {
    source: Source,
    after: Place,
    head: watch::Receiver<Head>,
    resent: watch::Receiver<Option<Place>>,
}

impl EmbeddedInlet {
    async fn take_events(&mut self, max: usize) -> Result<Vec<Bytes>, LogError> {
        loop {
            self.step_back();
            // Seen before the read: what comes while it reads wakes the wait below.
            self.head.mark_unchanged();
            let entries = self
                .source
                .journal
                .read(self.after, max)
                .await
                .map_err(unreadable)?;
            if let Some(last) = entries.last() {
                self.after = last.place;
                return Ok(entries.into_iter().map(|entry| entry.event).collect());
            }
            self.wait().await?;
        }
    }

    /// A resend starts at its first entry and goes on from there: repeats are allowed, gaps are not.
    fn step_back(&mut self) {
        let mut asked = None;
        self.source.resent.send_if_modified(|resent| {
            asked = resent.take();
            false
        });
        if let Some(from) = asked {
            self.after = self.after.min(Place {
                seq: from.seq.saturating_sub(1),
                ..from
            });
        }
    }

    async fn wait(&mut self) -> Result<(), LogError> {
        let woken = tokio::select! {
            woken = self.head.changed() => woken,
            woken = self.resent.wait_for(Option::is_some) => woken.map(drop),
        };
        woken.map_err(|closed| LogError::Unavailable(Box::new(closed)))
    }
}

impl Inlet for EmbeddedInlet {
    fn take(&mut self, max: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>> {
        self.take_events(max).boxed()
    }

    /// The next inlet starts after what the order journal has: there is nothing to keep here.
    fn settle(&mut self) -> BoxFuture<'_, Result<(), LogError>> {
        std::future::ready(Ok(())).boxed()
    }
}

fn unreadable(error: JournalError) -> LogError {
    LogError::Unavailable(Box::new(error))
}

/// The order log of a process without replicas: takes note and keeps nothing. A second projection is kept away by the lock
/// on the order journal's file.
#[derive(Debug)]
pub struct NoReplicas {
    head: watch::Sender<u64>,
}

impl NoReplicas {
    /// With the order journal's head, so that nothing is written again.
    pub fn new(head: u64) -> Self {
        Self {
            head: watch::Sender::new(head),
        }
    }
}

impl OrderLog for NoReplicas {
    fn head(&self) -> BoxFuture<'_, Result<u64, LogError>> {
        let head = *self.head.borrow();
        std::future::ready(Ok(head)).boxed()
    }

    fn append(&self, first: u64, records: Vec<Bytes>) -> BoxFuture<'_, Result<(), LogError>> {
        let end = first.saturating_add(records.len() as u64).saturating_sub(1);
        self.head.send_modify(|head| *head = end.max(*head));
        std::future::ready(Ok(())).boxed()
    }

    fn read(&self, _: u64, _: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>> {
        let refused =
            LogError::Refused("replicas need the order stream; this process keeps none".into());
        std::future::ready(Err(refused)).boxed()
    }
}
