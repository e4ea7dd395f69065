//! Giving positions: events that continue their chain, with their content keys, into the order journal. Owns the two things that
//! may stop a chain here: an event id that stands in the order already, and a key that can't be had. Refuses to leave one event
//! out and go on with the next (P3).

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use diogel_contract::envelope::Envelope;
use diogel_domain::{effect, ids::AgencyId};
use diogel_event_log::journal::{JournalError, KeyState};
use diogel_views::ContentState;

use crate::{
    key_client::{FetchedKey, KeySource},
    open_event::{self, understood},
    order::{Admitted, AdmittedKey, OrderJournal},
};

/// Why positions could not be given now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PositionError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("content keys not to be had: {0}")]
    Keys(#[from] tonic::Status),
}

/// Events that may be given their positions, and why the next one may not. Their ids are held until it is dropped.
pub(crate) struct Ready<'u> {
    pub(crate) admitted: Vec<Admitted>,
    pub(crate) stopped: Option<Stop>,
    /// To be kept until they have them.
    pub(crate) held: Held<'u>,
}

/// What stops a chain here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Its id belongs to another event: the order never holds an id twice.
    IdTaken,
    /// Its agency signed it, and its agency's journal doesn't know it.
    KeyUnknown,
}

/// None: wait. A journal that was restored from a copy says that a key is lost only once it knows that it was.
fn admitted_key(key: FetchedKey) -> Option<AdmittedKey> {
    match key {
        FetchedKey::Held(key) => Some(AdmittedKey::Held(key)),
        FetchedKey::Gone => Some(AdmittedKey::None),
        FetchedKey::Lost => Some(AdmittedKey::Lost),
        FetchedKey::Unknown => None,
    }
}

/// Ids of events on their way into the order journal: two agencies that use the same one at once must not both find it free.
#[derive(Debug, Default)]
pub(crate) struct Underway(Mutex<BTreeSet<[u8; 16]>>);

/// Ids held; free again when dropped.
pub(crate) struct Held<'u> {
    underway: &'u Underway,
    ids: Vec<[u8; 16]>,
}

impl Underway {
    /// Holds the ids up to the first that somebody else holds, or that comes twice.
    fn hold(&self, events: &[Envelope]) -> Held<'_> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ids = events.iter().map(|event| event.event_id.0);
        let ids = ids.take_while(|id| all.insert(*id)).collect();
        Held {
            underway: self,
            ids,
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut all = self
            .underway
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for id in &self.ids {
            all.remove(id);
        }
    }
}

/// The order journal with what giving positions needs.
pub(crate) struct Positions<'a> {
    pub(crate) order: &'a OrderJournal,
    pub(crate) keys: &'a KeySource,
    pub(crate) underway: &'a Underway,
}

impl Positions<'_> {
    /// Makes events ready to be given their positions, oldest first, up to the first that has to stop.
    pub(crate) async fn ready<'u>(
        &'u self,
        agency: &AgencyId,
        events: &[Envelope],
    ) -> Result<Ready<'u>, PositionError> {
        let held = self.underway.hold(events);
        let free = self.free(events.get(..held.ids.len()).unwrap_or_default());
        let free = free.await?;
        let borrowed: Vec<&Envelope> = events.iter().take(free).collect();
        let mut admitted = Vec::with_capacity(free);
        for (n, key) in self
            .keys
            .of(agency, &borrowed)
            .await?
            .into_iter()
            .enumerate()
        {
            let (Some(event), Some(key)) = (events.get(n), admitted_key(key)) else {
                break;
            };
            let batch = events.get(..n).unwrap_or_default();
            admitted.push(Admitted {
                event: event.clone(),
                key,
                erases: erases(self.order, event, batch).await?,
            });
        }
        let stopped = match () {
            () if admitted.len() < free => Some(Stop::KeyUnknown),
            () if free < events.len() => Some(Stop::IdTaken),
            () => None,
        };
        Ok(Ready {
            admitted,
            stopped,
            held,
        })
    }

    /// How many events, from the first on, have an id that is free or their own already.
    async fn free(&self, events: &[Envelope]) -> Result<usize, JournalError> {
        let ids: Vec<[u8; 16]> = events.iter().map(|event| event.event_id.0).collect();
        let states = self.order.journal().content_keys(&ids).await?;
        for (n, (event, state)) in events.iter().zip(states).enumerate() {
            let known = !matches!(state, KeyState::Unknown);
            if known && self.order.position_of(event.hash).await?.is_none() {
                return Ok(n);
            }
        }
        Ok(events.len())
    }
}

/// The event whose content key this one destroys: exactly where the fold takes the content away, or holds it back until the
/// erasure counts. What the fold would not touch keeps its key, so that a rebuild comes out the same (P4).
pub(crate) async fn erases(
    order: &OrderJournal,
    event: &Envelope,
    batch: &[Envelope],
) -> Result<Option<[u8; 16]>, JournalError> {
    let Some((kind, header)) = understood(event) else {
        return Ok(None);
    };
    let Some(reference) = effect::erasure(kind, &header.references) else {
        return Ok(None);
    };
    let id = reference.event_id;
    let target = match batch.iter().find(|earlier| earlier.event_id == id) {
        Some(earlier) => Some(earlier.clone()),
        None => order.find(id.0).await?.map(|record| record.event),
    };
    let meant = |target: &Envelope| {
        target.agency == event.agency
            && target.is_sealed()
            && reference.hash.is_none_or(|seen| seen == target.hash)
    };
    let Some(target) = target.filter(meant) else {
        return Ok(None);
    };
    let keys = order.journal().content_keys(&[id.0]).await;
    let key = match keys {
        Ok(keys) => keys.into_iter().next().unwrap_or(KeyState::Unknown),
        // A slot of the vault that can't be read: the key is as good as lost, and the erasure ends it.
        Err(JournalError::Vault(_)) => KeyState::Unknown,
        Err(error) => return Err(error),
    };
    let content = open_event::content(&target, &key);
    if understood(&target).is_some() && matches!(content, Some(ContentState::NotUnderstood)) {
        tracing::error!(agency = %target.agency, "an erasure waits: it names content that this version doesn't understand");
        return Ok(None);
    }
    Ok(Some(id.0))
}
