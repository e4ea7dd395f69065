//! A replica: follows the order stream instead of giving positions. Owns the proof that what it takes is the board's one order:
//! chained, signed with the pinned key of the admitting projection, each event the next of its agency's own chain. Refuses to go
//! on past anything else; a replica that stops says so, and serves nothing.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use diogel_contract::envelope::Envelope;
use diogel_domain::ids::AgencyId;
use diogel_event_log::{
    entry::Digest,
    journal::{Imported, JournalError, KeyState, Request},
    log::{LogError, OrderLog},
};
use diogel_identity::PublicKey;
use diogel_ops::Shutdown;
use diogel_views::{Folded, store::Store};
use tokio::sync::watch;

use crate::{
    chain::{Chains, Verdict},
    key_client::KeySource,
    mending::{imported_entry, kept},
    order::{OrderJournal, Record},
    positions::{PositionError, erases},
    publish_order::Release,
};

/// Records taken at once.
const BATCH: usize = 256;
const RETRY: Duration = Duration::from_millis(250);

/// Why following stopped, for now or for good.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplicaError {
    /// For good: the stream isn't the order that this replica was set up to follow.
    #[error("position {0}: {1}")]
    NotTheOrder(u64, &'static str),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("content keys not to be had: {0}")]
    Keys(#[from] tonic::Status),
}

impl From<PositionError> for ReplicaError {
    fn from(error: PositionError) -> Self {
        match error {
            PositionError::Journal(error) => Self::Journal(error),
            PositionError::Keys(error) => Self::Keys(error),
        }
    }
}

impl ReplicaError {
    const fn is_final(&self) -> bool {
        match self {
            Self::NotTheOrder(..) | Self::Journal(_) => true,
            Self::Log(error) => !matches!(error, LogError::Unavailable(_)),
            Self::Keys(_) => false,
        }
    }
}

/// What following needs.
pub(crate) struct Replica<S> {
    pub(crate) order: OrderJournal,
    /// As of the order journal's head.
    pub(crate) chains: Chains,
    pub(crate) stream: Arc<dyn OrderLog>,
    /// The admitting projection's key.
    pub(crate) order_key: PublicKey,
    pub(crate) keys: Arc<KeySource>,
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) released: watch::Sender<Option<Release>>,
}

impl<S: Store> Replica<S> {
    /// Follows until shut down; ends with an error when the stream isn't the order.
    pub(crate) async fn run(mut self, shutdown: Shutdown) -> Result<(), ReplicaError> {
        loop {
            let step = tokio::select! {
                step = self.step() => step,
                () = shutdown.requested() => return Ok(()),
            };
            match step {
                Ok(()) => {}
                Err(error) if error.is_final() => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, "the replica waits");
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    async fn step(&mut self) -> Result<(), ReplicaError> {
        if self.released.borrow().is_none() {
            let needed = self.stream.head().await?;
            self.release(needed);
        }
        let records = self.stream.read(self.order.head() + 1, BATCH).await?;
        let mut proven = Vec::new();
        let mut chains = self.chains.clone();
        let mut previous = self.last_digest().await?;
        for bytes in &records {
            let position = self.order.head() + 1 + proven.len() as u64;
            let record = Record::read(bytes)
                .map_err(|_| ReplicaError::NotTheOrder(position, "can't be read"))?;
            self.prove(&record, position, previous, &chains)?;
            chains.apply(&record.event);
            previous = record.digest;
            proven.push(record);
        }
        while !proven.is_empty() {
            let known = proven.iter().take_while(|r| self.knows(&r.event)).count();
            if known == 0 {
                // Registered a few positions earlier: the fold comes to know it.
                self.folded_to(self.order.head()).await;
                if !proven.first().is_some_and(|r| self.knows(&r.event)) {
                    return Err(tonic::Status::unavailable("an agency isn't registered yet").into());
                }
                continue;
            }
            let rest = proven.split_off(known);
            self.import(&proven).await?;
            proven = rest;
        }
        Ok(())
    }

    async fn last_digest(&self) -> Result<Digest, ReplicaError> {
        let last = self.order.at(self.order.head()).await?;
        Ok(last.map_or(diogel_event_log::entry::NO_DIGEST, |r| r.digest))
    }

    fn prove(
        &self,
        record: &Record,
        position: u64,
        previous: Digest,
        chains: &Chains,
    ) -> Result<(), ReplicaError> {
        let wrong = |what| Err(ReplicaError::NotTheOrder(position, what));
        if record.position != position || record.previous != previous {
            return wrong("doesn't follow the one before");
        }
        if !record.is_signed_by(&self.order_key) {
            return wrong("isn't signed with the pinned order key");
        }
        let chain = chains.get(&record.event.agency);
        if chain.map(|chain| chain.judge(&record.event)) != Some(Verdict::Next) {
            return wrong("its event doesn't continue its agency's chain");
        }
        Ok(())
    }

    /// The key of its content can be asked for.
    fn knows(&self, event: &Envelope) -> bool {
        !event.is_sealed() || (self.keys.registered)(&event.agency).is_some()
    }

    async fn folded_to(&self, position: u64) {
        let mut folded = self.views.changed();
        // The sender is the view, which this replica holds.
        let _held = folded.wait_for(|c| c.position >= position).await;
    }

    async fn import(&mut self, records: &[Record]) -> Result<(), ReplicaError> {
        let mut keys = self.keys_of(records).await?;
        let mut imported = Vec::new();
        let events: Vec<Envelope> = records.iter().map(|r| r.event.clone()).collect();
        for (n, record) in records.iter().enumerate() {
            let event = &record.event;
            let key = match keys.remove(&record.position) {
                Some(key) => key,
                None => KeyState::None,
            };
            let earlier = events.get(..n).unwrap_or_default();
            imported.push(Imported {
                entry: imported_entry(record),
                request: Some(Request {
                    key: event.hash,
                    hash: event.hash,
                    recorded_at: record.ordered_at.0,
                }),
                key,
                erases: erases(&self.order, event, earlier).await?,
            });
        }
        self.order.journal().import(imported).await?;
        for event in &events {
            self.chains.apply(event);
        }
        let needed = self.released.borrow().map_or(0, |r| r.needed);
        self.release(needed);
        Ok(())
    }

    /// By position, of those that have any.
    async fn keys_of(&self, records: &[Record]) -> Result<BTreeMap<u64, KeyState>, ReplicaError> {
        let mut of_agency: BTreeMap<&AgencyId, Vec<&Record>> = BTreeMap::new();
        let sealed = records.iter().filter(|r| r.event.is_sealed());
        for record in sealed.filter(|r| !r.content_lost) {
            of_agency
                .entry(&record.event.agency)
                .or_default()
                .push(record);
        }
        let mut found = BTreeMap::new();
        for (agency, records) in of_agency {
            let events: Vec<&Envelope> = records.iter().map(|r| &r.event).collect();
            let keys = self.keys.of(agency, &events).await?;
            for (record, key) in records.iter().zip(keys) {
                let key = kept(key).ok_or_else(|| {
                    tonic::Status::unavailable("the agency's service doesn't have them now")
                })?;
                found.insert(record.position, key);
            }
        }
        Ok(found)
    }

    fn release(&self, needed: u64) {
        let to = self.order.head();
        self.released.send_replace(Some(Release { to, needed }));
    }
}
