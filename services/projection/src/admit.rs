//! Admission: one task an agency takes its events from the log, verifies signature and chain, fetches content keys, and has each
//! event given its position. A gap or a fork stops that task's chain; the other agencies' tasks don't notice.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use diogel_contract::envelope::Envelope;
use diogel_domain::{content::ReferenceRole, ids::AgencyId};
use diogel_event_log::{
    entry::Place,
    journal::JournalError,
    log::{Inlet, Inlets, LogError},
};
use diogel_identity::ContentKey;
use futures_util::{TryStreamExt, stream::FuturesOrdered};

use crate::{
    chain::{Chain, Chains, Verdict},
    heard::HeardBoard,
    key_client::KeyClients,
    order::OrderJournal,
};

/// Events taken at once.
const BATCH: usize = 256;
/// The wait after a failure.
const RETRY: Duration = Duration::from_millis(250);

/// What every admission task shares.
pub(crate) struct Admission {
    pub(crate) board: String,
    pub(crate) order: OrderJournal,
    pub(crate) chains: Mutex<Chains>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) keys: KeyClients,
    pub(crate) inlets: Arc<dyn Inlets>,
    /// Where an agency's service is, and whether the agency is active: from the registry.
    pub(crate) registered: Registry,
}

/// Looks an agency up in the registry.
pub(crate) type Registry = Box<dyn Fn(&AgencyId) -> Option<Registered> + Send + Sync>;

/// What the registry says of an agency.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) endpoint: String,
    pub(crate) suspended: bool,
}

#[derive(Debug, thiserror::Error)]
enum AdmitError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("content keys not to be had: {0}")]
    Keys(#[from] tonic::Status),
}

impl Admission {
    fn chain(&self, agency: &AgencyId) -> Option<Chain> {
        self.chains
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(agency)
            .cloned()
    }

    /// Follows one agency for good.
    pub(crate) async fn follow(self: Arc<Self>, agency: AgencyId) {
        loop {
            if let Err(error) = self.follow_once(&agency).await {
                tracing::warn!(%agency, %error, "admission waits");
                if matches!(error, AdmitError::Journal(JournalError::Stopped)) {
                    return;
                }
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn follow_once(&self, agency: &AgencyId) -> Result<(), AdmitError> {
        let after = self
            .chain(agency)
            .map_or(Place::START, |chain| chain.place());
        let mut inlet: Box<dyn Inlet> = self.inlets.inlet(agency.as_str(), after).await?;
        loop {
            let events = inlet.take(BATCH).await?;
            self.while_suspended(agency).await;
            self.admit(agency, events).await?;
            inlet.settle().await?;
        }
    }

    async fn while_suspended(&self, agency: &AgencyId) {
        while (self.registered)(agency).is_some_and(|r| r.suspended) {
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn admit(&self, agency: &AgencyId, events: Vec<Bytes>) -> Result<(), AdmitError> {
        let Some(mut chain) = self.chain(agency) else {
            return Ok(());
        };
        let mut accepted = Vec::new();
        for bytes in events {
            let Some(event) = self.genuine_form(agency, bytes) else {
                continue;
            };
            match chain.judge(&event) {
                Verdict::Next => {
                    chain.advance(&event);
                    accepted.push(event);
                }
                Verdict::Behind => self.tell_repeat_from_fork(agency, &event).await?,
                Verdict::Gap => self.heard.gap(agency),
                Verdict::Fork => self.fork(agency, &event),
                Verdict::NotGenuine => {
                    tracing::error!(%agency, "an event that the agency did not sign was refused");
                }
            }
        }
        if accepted.is_empty() {
            Ok(())
        } else {
            self.give_positions(agency, accepted).await
        }
    }

    /// Bytes that say that they are this agency's event of this board.
    fn genuine_form(&self, agency: &AgencyId, bytes: Bytes) -> Option<Envelope> {
        let event = Envelope::read(bytes).ok();
        let own = event.filter(|e| e.agency == *agency && e.board() == self.board);
        if own.is_none() {
            tracing::error!(%agency, "the agency's stream holds something that is no event of its");
        }
        own
    }

    async fn tell_repeat_from_fork(
        &self,
        agency: &AgencyId,
        event: &Envelope,
    ) -> Result<(), AdmitError> {
        // Only what the agency signed can contradict it; a stranger's bytes are noise.
        if self.order.position_of(event.hash).await?.is_none() {
            self.fork(agency, event);
        }
        Ok(())
    }

    fn fork(&self, agency: &AgencyId, event: &Envelope) {
        tracing::error!(%agency, epoch = event.epoch, seq = event.seq, "the agency's chain is forked; it stops here");
        self.heard.forked(agency);
    }

    async fn give_positions(
        &self,
        agency: &AgencyId,
        events: Vec<Envelope>,
    ) -> Result<(), AdmitError> {
        let keys = self.keys_of(agency, &events).await?;
        let now = crate::run::now();
        let mut orders = FuturesOrdered::new();
        for (event, key) in events.iter().zip(keys) {
            let erases = self.erases(event).await?;
            orders.push_back(self.order.append(event, key, erases, now));
        }
        // Polled in order, so that positions are given in the chain's order, all in one commit.
        orders.try_for_each(|_| std::future::ready(Ok(()))).await?;
        if let Some(last) = events.last() {
            let place = Place {
                epoch: last.epoch,
                seq: last.seq,
            };
            self.keep_chain(&events);
            self.heard.admitted(agency, place, now);
        }
        Ok(())
    }

    /// The next batch is judged by this one; it doesn't wait until the fold has come so far.
    fn keep_chain(&self, events: &[Envelope]) {
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        events.iter().for_each(|event| chains.admitted(event));
    }

    async fn keys_of(
        &self,
        agency: &AgencyId,
        events: &[Envelope],
    ) -> Result<Vec<Option<ContentKey>>, AdmitError> {
        let sealed: Vec<[u8; 16]> = events
            .iter()
            .filter(|e| e.is_sealed())
            .map(|e| e.event_id.0)
            .collect();
        if sealed.is_empty() {
            return Ok(events.iter().map(|_| None).collect());
        }
        let registered = (self.registered)(agency);
        let endpoint = registered.map(|r| r.endpoint).unwrap_or_default();
        let mut keys = self
            .keys
            .fetch(agency, &endpoint, &sealed)
            .await?
            .into_iter();
        Ok(events
            .iter()
            .map(|e| {
                if e.is_sealed() {
                    keys.next().flatten()
                } else {
                    None
                }
            })
            .collect())
    }

    /// The event whose key this one destroys, if it is the same agency's and has been admitted.
    async fn erases(&self, event: &Envelope) -> Result<Option<[u8; 16]>, JournalError> {
        let header = event.header();
        let references = header.iter().flat_map(|h| &h.references);
        let target = references.clone().find(|r| r.role == ReferenceRole::Erases);
        let Some(target) = target else {
            return Ok(None);
        };
        let record = self.order.find(target.event_id.0).await?;
        let own = record.filter(|r| r.event.agency == event.agency && r.event.is_sealed());
        Ok(own.map(|_| target.event_id.0))
    }
}
