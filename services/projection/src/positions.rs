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
    key_client::KeySource,
    open_event::{self, understood},
    order::OrderJournal,
};

/// Why positions could not be given now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PositionError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("content keys not to be had: {0}")]
    Keys(#[from] tonic::Status),
}

/// Ids of events on their way into the order journal: two agencies that use the same one at once must not both find it free.
#[derive(Debug, Default)]
pub(crate) struct Underway(Mutex<BTreeSet<[u8; 16]>>);

/// Ids held; free again when dropped.
struct Held<'u> {
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
    /// Gives each event its position, oldest first. Answers how many have one now: fewer than all when the next one's id belongs
    /// to another event; the order never holds an id twice.
    pub(crate) async fn give(
        &self,
        agency: &AgencyId,
        events: &[Envelope],
    ) -> Result<usize, PositionError> {
        let held = self.underway.hold(events);
        let free = self.free(events.get(..held.ids.len()).unwrap_or_default());
        let count = free.await?;
        let events = events.get(..count).unwrap_or_default();
        let borrowed: Vec<&Envelope> = events.iter().collect();
        let keys = self.keys.of(agency, &borrowed).await?;
        let mut erased = Vec::new();
        for (n, event) in events.iter().enumerate() {
            let batch = events.get(..n).unwrap_or_default();
            erased.push(erases(self.order, event, batch).await?);
        }
        let now = crate::run::now();
        let mut given = Vec::with_capacity(count);
        for ((event, key), erases) in events.iter().zip(keys).zip(erased) {
            // Handed in one by one: futures polled side by side may overtake each other, and the chain's order with them (P3).
            given.push(self.order.hand_in(event, key, erases, now).await?);
        }
        for position in given {
            position.await?;
        }
        Ok(count)
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
    let keys = order.journal().content_keys(&[id.0]).await?;
    let key = keys.first().unwrap_or(&KeyState::Unknown);
    let content = open_event::content(&target, key);
    if understood(&target).is_some() && matches!(content, Some(ContentState::NotUnderstood)) {
        tracing::error!(agency = %target.agency, "an erasure waits: it names content that this version doesn't understand");
        return Ok(None);
    }
    Ok(Some(id.0))
}
