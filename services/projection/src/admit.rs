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
    order::{Admitted, OrderJournal},
    positions::{PositionError, Positions, Ready, Stop, Underway},
    run::now,
};
use tokio::sync::RwLock;

/// Events taken at once.
const BATCH: usize = 256;
/// The wait after a failure.
const RETRY: Duration = Duration::from_millis(250);

/// What every admission task shares.
pub(crate) struct Admission {
    pub(crate) board: String,
    pub(crate) board_agency: AgencyId,
    pub(crate) order: OrderJournal,
    pub(crate) chains: Mutex<Chains>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) keys: Arc<KeySource>,
    pub(crate) inlets: Arc<dyn Inlets>,
    pub(crate) underway: Underway,
    /// Held from the look at the chain's key until events have their positions; by the Board alone while it withdraws a key. So
    /// nothing gets a position after a withdrawal that was judged before it.
    pub(crate) keys_in_force: RwLock<()>,
}

#[derive(Debug, thiserror::Error)]
enum AdmitError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Position(#[from] PositionError),
    #[error("the agency's journal doesn't know an event that the agency signed")]
    JournalLacks,
    #[error("the key in force is another one now; events are judged again")]
    Judged,
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
        let Some(before) = self.chain(agency) else {
            return Ok(());
        };
        let mut chain = before.clone();
        // What comes after a fork has no place to go; the agency is asked for it again once the Board has decided.
        if self.heard.is_forked(agency) {
            return Ok(());
        }
        let mut accepted = Vec::new();
        let mut forked = None;
        // The Board withdrew its own key: what follows is judged by the next one, once this has its position.
        let mut judged_by_another = false;
        for bytes in events {
            let Some(event) = self.genuine_form(agency, bytes) else {
                continue;
            };
            match chain.judge(&event) {
                Verdict::Next => {
                    chain.advance(&event);
                    let own_key = self.withdrawal(&event).as_ref() == Some(agency);
                    accepted.push(event);
                    if own_key {
                        judged_by_another = true;
                        break;
                    }
                }
                Verdict::Behind if self.is_repeat(&event, &accepted).await? => {}
                Verdict::Behind if !chain.is_contradicted_by(&event) => not_genuine(agency),
                Verdict::Behind if chain.has_closed_before(&event) => came_late(&event),
                Verdict::Behind | Verdict::Fork => {
                    forked = Some(event);
                    break;
                }
                Verdict::Gap => self.heard.gap(agency, place(&event)),
                Verdict::NotGenuine => not_genuine(agency),
            }
        }
        let given = self.give_positions(agency, &before, &accepted).await;
        // What the journal lacks and another event at its place contradict each other: waiting for the key would hide the fork.
        if let (Some(event), Ok(()) | Err(AdmitError::JournalLacks)) = (forked, &given) {
            tracing::error!(%agency, epoch = event.epoch, seq = event.seq, "the agency's chain is forked; it stops here");
            self.heard.forked(agency);
        }
        given?;
        if judged_by_another {
            return Err(AdmitError::Judged);
        }
        Ok(())
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

    /// `before`: the chain that the events were judged by.
    async fn give_positions(
        &self,
        agency: &AgencyId,
        before: &Chain,
        events: &[Envelope],
    ) -> Result<(), AdmitError> {
        let Some(last) = events.last() else {
            return Ok(());
        };
        self.see(agency, before, place(last)).await?;
        let positions = Positions {
            order: &self.order,
            keys: &self.keys,
            underway: &self.underway,
        };
        let Ready {
            admitted,
            mut stopped,
            held: _held,
        } = positions.ready(agency, events).await?;
        let count = self.append(agency, before, admitted, &mut stopped).await?;
        match (stopped, events.get(count)) {
            (Some(Stop::IdTaken), Some(event)) => {
                tracing::error!(%agency, epoch = event.epoch, seq = event.seq, "an event's id belongs to another event; the agency's chain stops here");
                self.heard.forked(agency);
                Ok(())
            }
            (Some(Stop::KeyUnknown), _) => Err(AdmitError::JournalLacks),
            _ => Ok(()),
        }
    }

    /// Notes that the agency has used the places up to this one, unless its key was withdrawn meanwhile.
    async fn see(&self, agency: &AgencyId, before: &Chain, last: Place) -> Result<(), AdmitError> {
        let _in_force = self.keys_in_force.read().await;
        self.is_still(agency, before)?;
        self.heard.seen(agency, last, now());
        Ok(())
    }

    fn is_still(&self, agency: &AgencyId, before: &Chain) -> Result<(), AdmitError> {
        match self.chain(agency) {
            Some(chain) if chain == *before => Ok(()),
            _ => Err(AdmitError::Judged),
        }
    }

    /// Answers how many have their position now.
    async fn append(
        &self,
        agency: &AgencyId,
        before: &Chain,
        admitted: Vec<Admitted>,
        stopped: &mut Option<Stop>,
    ) -> Result<usize, AdmitError> {
        if admitted.is_empty() {
            return Ok(0);
        }
        let events: Vec<Envelope> = admitted.iter().map(|one| one.event.clone()).collect();
        let withdraws = events.iter().any(|event| self.withdrawal(event).is_some());
        let (_one_of_many, _alone);
        if withdraws {
            _alone = self.keys_in_force.write().await;
        } else {
            _one_of_many = self.keys_in_force.read().await;
        }
        self.is_still(agency, before)?;
        let (given, refused) = self.order.append_all(admitted, now()).await?;
        if given > 0 {
            self.keep_chain(events.get(..given).unwrap_or_default());
            self.heard.admitted(agency);
        }
        match refused {
            Some(JournalError::EventIdTaken) => *stopped = Some(Stop::IdTaken),
            Some(error) => return Err(error.into()),
            None => {}
        }
        Ok(given)
    }

    /// Whose key the event withdraws.
    fn withdrawal(&self, event: &Envelope) -> Option<AgencyId> {
        if event.agency != self.board_agency {
            return None;
        }
        match event.header()?.open? {
            Open::Board(BoardEvent::KeyWithdrawn(withdrawn)) => Some(withdrawn.agency),
            _ => None,
        }
    }

    /// The next batch is judged by this one; it doesn't wait until the fold has come so far.
    fn keep_chain(&self, events: &[Envelope]) {
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        for event in events {
            chains.admitted(event);
            if let Some(agency) = self.withdrawal(event) {
                self.heard.goes_on(&agency);
            }
        }
    }
}

const fn place(event: &Envelope) -> Place {
    Place {
        epoch: event.epoch,
        seq: event.seq,
    }
}

/// It was on its way when its journal was lost, and the agency has closed its epoch without it.
fn came_late(event: &Envelope) {
    let Envelope {
        agency,
        event_id,
        epoch,
        seq,
        ..
    } = event;
    tracing::error!(%agency, %event_id, epoch, seq, "an event came after its epoch was closed without it; it isn't taken, and its publisher has to send it again");
}

fn not_genuine(agency: &AgencyId) {
    tracing::error!(%agency, "an event that the agency did not sign was refused");
}
