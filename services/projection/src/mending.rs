//! Content keys that were lost here, with an older copy of the order journal's vault or a damaged slot of it: taken from their
//! agency again. Owns a task of its own for what reads miss, so that one agency that is away holds up nobody's fold.

use std::{sync::Arc, time::Duration};

use diogel_event_log::{
    entry::{Entry, Place},
    journal::{Imported, Journal, JournalError, KeyState},
};
use diogel_ops::Shutdown;

use crate::{
    key_client::{FetchedKey, KeySource},
    order::{OrderJournal, Record},
};

/// Records looked at for keys of the same agency that were lost too.
const BATCH: usize = 1_000;
const RETRY: Duration = Duration::from_millis(500);

/// What mending needs.
pub(crate) struct Mending {
    pub(crate) order: OrderJournal,
    pub(crate) keys: Arc<KeySource>,
}

impl Mending {
    /// Mends what reads miss, until shut down: a key was lost after its event was folded, and reads that need it answer UNAVAILABLE
    /// until it is here again.
    pub(crate) async fn run(self: Arc<Self>, shutdown: Shutdown) {
        let mut missed = self.order.missed();
        loop {
            tokio::select! {
                changed = missed.changed() => if changed.is_err() { return },
                () = shutdown.requested() => return,
            }
            let event = missed.borrow_and_update().unwrap_or_default();
            let mended = async {
                match self.order.find(event).await? {
                    Some(record) => self.mend(record.position).await,
                    None => Ok(()),
                }
            };
            tokio::select! {
                mended = mended => if let Err(error) = mended {
                    tracing::error!(%error, "a lost key that a read needs can't be had");
                    tokio::time::sleep(RETRY).await;
                },
                () = shutdown.requested() => return,
            }
        }
    }

    /// Takes the keys that were lost from this position on from their agency again: those of one agency, a batch at a time.
    pub(crate) async fn mend(&self, position: u64) -> Result<(), JournalError> {
        let journal = self.order.journal();
        let records = self.order.read(position.saturating_sub(1), BATCH).await?;
        let Some(agency) = records.first().map(|record| record.event.agency.clone()) else {
            return Ok(());
        };
        let lost = records.iter().filter(|record| {
            let event = &record.event;
            // One by one: a slot of the vault that can't be read keeps no other key from being mended.
            event.agency == agency
                && event.is_sealed()
                && !record.content_lost
                && is_lost(journal, event.event_id.0)
        });
        let lost: Vec<&Record> = lost.collect();
        let events: Vec<_> = lost.iter().map(|record| &record.event).collect();
        let keys = match self.keys.of(&agency, &events).await {
            Ok(keys) => keys,
            Err(error) => {
                tracing::warn!(%agency, code = ?error.code(), "lost keys can't be had from their agency now");
                tokio::time::sleep(RETRY).await;
                return Ok(());
            }
        };
        let again = lost.iter().zip(keys).filter_map(|(record, key)| {
            Some(Imported {
                entry: imported_entry(record),
                request: None,
                key: kept(key)?,
                erases: None,
            })
        });
        let again: Vec<Imported> = again.collect();
        if again.is_empty() {
            tracing::warn!(%agency, "lost keys: their agency doesn't have them now either");
            tokio::time::sleep(RETRY).await;
        }
        journal.import(again).await?;
        Ok(())
    }
}

fn is_lost(journal: &Journal, event: [u8; 16]) -> bool {
    matches!(
        journal.content_key_now(event),
        Ok(KeyState::Unknown) | Err(JournalError::Vault(_))
    )
}

/// What is kept of an admitted event's key. None: not to be had now; a restored journal that has not recovered yet says "lost" of
/// what it will import.
pub(crate) fn kept(key: FetchedKey) -> Option<KeyState> {
    match key {
        FetchedKey::Held(key) => Some(KeyState::Key(key)),
        FetchedKey::Gone => Some(KeyState::Destroyed),
        FetchedKey::Lost | FetchedKey::Unknown => None,
    }
}

/// A record as the order journal's entry.
pub(crate) fn imported_entry(record: &Record) -> Entry {
    Entry {
        place: Place {
            epoch: Place::START.epoch,
            seq: record.position,
        },
        digest: record.digest,
        event_id: record.event.event_id.0,
        event: record.bytes.clone(),
    }
}
