//! Admission: one task an agency takes its events from the log, verifies signature and chain, and has each event given its
//! position. A gap or a fork stops that task's chain; the other agencies' tasks don't notice. Refuses to believe anything that
//! the agency didn't sign, be it only that the agency contradicts itself (P7).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use diogel_contract::envelope::{EVENT_LIMIT, Envelope};
use diogel_domain::{board::BoardEvent, content::Open, ids::AgencyId};
use diogel_event_log::{
    entry::Place,
    journal::JournalError,
    log::{Inlet, Inlets, LogError},
};

use crate::{
    chain::{Chain, Chains, Verdict},
    heard::HeardBoard,
    key_client::KeySource,
    order::OrderJournal,
    positions::{Given, PositionError, Positions, Stop, Underway},
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
    pub(crate) keys: Arc<KeySource>,
    pub(crate) inlets: Arc<dyn Inlets>,
    pub(crate) underway: Underway,
}

#[derive(Debug, thiserror::Error)]
enum AdmitError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Position(#[from] PositionError),
    #[error("the agency's journal doesn't know an event that the agency signed")]
    JournalLacks,
}

impl From<JournalError> for AdmitError {
    fn from(error: JournalError) -> Self {
        Self::Position(error.into())
    }
}

impl AdmitError {
    /// Nothing will be written any more before a restart.
    const fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Position(PositionError::Journal(JournalError::Stopped))
        )
    }
}

impl Admission {
    /// An agency's chain; none if the Board hasn't registered it.
    pub(crate) fn chain(&self, agency: &AgencyId) -> Option<Chain> {
        self.chains
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(agency)
            .cloned()
    }

    /// The Board suspended the agency.
    pub(crate) fn is_suspended(&self, agency: &AgencyId) -> bool {
        (self.keys.registered)(agency).is_some_and(|r| r.suspended)
    }

    /// Follows one agency for good.
    pub(crate) async fn follow(self: Arc<Self>, agency: AgencyId) {
        let mut said = String::new();
        loop {
            if let Err(error) = self.follow_once(&agency).await {
                // Once a cause: an agency that is away for a night would fill the log otherwise.
                let cause = error.to_string();
                if said != cause {
                    tracing::warn!(%agency, %error, "admission waits");
                    said = cause;
                }
                if error.is_final() {
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
            while self.is_suspended(agency) {
                tokio::time::sleep(RETRY).await;
            }
            self.admit(agency, events).await?;
            inlet.settle().await?;
        }
    }

    async fn admit(&self, agency: &AgencyId, events: Vec<Bytes>) -> Result<(), AdmitError> {
        let Some(mut chain) = self.chain(agency) else {
            return Ok(());
        };
        // What comes after a fork has no place to go; the agency is asked for it again once the Board has decided.
        if self.heard.is_forked(agency) {
            return Ok(());
        }
        let mut accepted = Vec::new();
        let mut forked = None;
        for bytes in events {
            let Some(event) = self.genuine_form(agency, bytes) else {
                continue;
            };
            match chain.judge(&event) {
                Verdict::Next => {
                    chain.advance(&event);
                    accepted.push(event);
                }
                Verdict::Behind if self.is_repeat(&event, &accepted).await? => {}
                Verdict::Behind if !chain.is_contradicted_by(&event) => not_genuine(agency),
                Verdict::Behind | Verdict::Fork => {
                    forked = Some(event);
                    break;
                }
                Verdict::Gap => self.heard.gap(agency),
                Verdict::NotGenuine => not_genuine(agency),
            }
        }
        let given = self.give_positions(agency, &accepted).await;
        // What the journal lacks and another event at its place contradict each other: waiting for the key would hide the fork.
        if let (Some(event), Ok(()) | Err(AdmitError::JournalLacks)) = (forked, &given) {
            tracing::error!(%agency, epoch = event.epoch, seq = event.seq, "the agency's chain is forked; it stops here");
            self.heard.forked(agency);
        }
        given
    }

    /// Bytes that say that they are this agency's event of this board.
    fn genuine_form(&self, agency: &AgencyId, bytes: Bytes) -> Option<Envelope> {
        let fits = Some(bytes).filter(|bytes| bytes.len() <= EVENT_LIMIT);
        let event = fits.and_then(|bytes| Envelope::read(bytes).ok());
        let own = event.filter(|e| e.agency == *agency && e.board() == self.board);
        if own.is_none() {
            tracing::error!(%agency, "the agency's stream holds something that is no event of its");
        }
        own
    }

    /// Admitted before, or a moment ago.
    async fn is_repeat(&self, event: &Envelope, batch: &[Envelope]) -> Result<bool, JournalError> {
        let now = batch.iter().any(|earlier| earlier.hash == event.hash);
        Ok(now || self.order.position_of(event.hash).await?.is_some())
    }

    async fn give_positions(
        &self,
        agency: &AgencyId,
        events: &[Envelope],
    ) -> Result<(), AdmitError> {
        if events.is_empty() {
            return Ok(());
        }
        let positions = Positions {
            order: &self.order,
            keys: &self.keys,
            underway: &self.underway,
        };
        if let Some(last) = events.last() {
            let (epoch, seq) = (last.epoch, last.seq);
            self.heard.seen(agency, Place { epoch, seq });
        }
        let Given { count, stopped } = positions.give(agency, events).await?;
        let (given, rest) = events.split_at(count.min(events.len()));
        self.keep_chain(given);
        if !given.is_empty() {
            self.heard.admitted(agency);
        }
        match (stopped, rest.first()) {
            (Some(Stop::IdTaken), Some(event)) => {
                tracing::error!(%agency, epoch = event.epoch, seq = event.seq, "an event's id belongs to another event; the agency's chain stops here");
                self.heard.forked(agency);
                Ok(())
            }
            (Some(Stop::KeyUnknown), _) => Err(AdmitError::JournalLacks),
            _ => Ok(()),
        }
    }

    /// The next batch is judged by this one; it doesn't wait until the fold has come so far.
    fn keep_chain(&self, events: &[Envelope]) {
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        for event in events {
            chains.admitted(event);
            let board = chains.is_the_boards(event);
            if let Some(Open::Board(BoardEvent::KeyWithdrawn(withdrawn))) =
                event.header().filter(|_| board).and_then(|h| h.open)
            {
                self.heard.goes_on(&withdrawn.agency);
            }
        }
    }
}

fn not_genuine(agency: &AgencyId) {
    tracing::error!(%agency, "an event that the agency did not sign was refused");
}
