//! What one command does inside the commit it shares with others. Owns idempotency, the chain's next place and erasure here.
//! Whatever can be refused is refused before the first row is written, so that one refusal leaves no trace among the others.

use std::collections::BTreeSet;

use diogel_identity::Vault;
use redb::{ReadableTable, WriteTransaction};

use super::change::{Change, Tables};
use super::draft::{Appended, Draft, Imported, KeyState, Outcome, Request};
use super::error::JournalError;
use super::keys::{EventRow, StoredKey, is_beyond_reading};
use super::open::Checker;
use super::state::{Head, State};
use super::{read, record};
use crate::entry::{Digest, Entry, Place};

type Id = [u8; 16];

/// One commit in the making: its changes, and the tables as they are after them.
pub(super) struct Batch<'t> {
    tables: Tables<'t>,
    changes: Vec<u8>,
    vault: &'t Vault,
    check: Checker,
    state: State,
    emptied: BTreeSet<u32>,
}

/// What a batch comes to, for after its commit.
pub(super) struct Outgoing {
    pub(super) state: State,
    /// For the write-ahead log.
    pub(super) changes: Vec<u8>,
    /// Slots to destroy once the rewrapped survivors are on the disk.
    pub(super) emptied: BTreeSet<u32>,
}

impl<'t> Batch<'t> {
    pub(super) fn new(
        txn: &'t WriteTransaction,
        vault: &'t Vault,
        check: Checker,
        state: State,
    ) -> Result<Self, JournalError> {
        Ok(Self {
            tables: Tables::open(txn)?,
            changes: Vec::new(),
            vault,
            check,
            state,
            emptied: BTreeSet::new(),
        })
    }

    fn change(&mut self, change: &Change<'_>) -> Result<(), JournalError> {
        change.encode(&mut self.changes);
        self.tables.apply(change)
    }

    /// The next event, or the receipt of the same request before it, be it in this very batch.
    pub(super) fn append(
        &mut self,
        draft: Draft,
        epoch: NextEpoch,
    ) -> Result<Appended, JournalError> {
        if let Some(before) = self.before(&draft)? {
            return Ok(before);
        }
        if self.tables.events.get(&draft.event_id)?.is_some() {
            return Err(JournalError::EventIdTaken);
        }
        let place = epoch.after(self.state.head.place)?;
        if let Some(target) = &draft.erases {
            self.make_way(target)?.ok_or(JournalError::NothingToErase)?;
        }
        let key = draft.content_key.map_or(KeyState::None, KeyState::Key);
        let key = StoredKey::wrap(self.vault, &draft.event_id, &key)?;
        if let Some(target) = &draft.erases {
            self.erase(target)?;
        }
        let composed = (draft.compose)(place, self.state.head.digest);
        let entry = Entry {
            place,
            digest: composed.digest,
            event_id: draft.event_id,
            event: composed.event,
        };
        self.write(&entry, key)?;
        let Draft {
            request_key: key,
            request_hash: hash,
            recorded_at,
            ..
        } = draft;
        self.remember(
            place,
            &Request {
                key,
                hash,
                recorded_at,
            },
        )?;
        Ok(Appended::New(entry))
    }

    fn before(&self, draft: &Draft) -> Result<Option<Appended>, JournalError> {
        let Some((request, place)) = read::request_in(&self.tables.requests, &draft.request_key)?
        else {
            return Ok(None);
        };
        if request.hash != draft.request_hash {
            return Ok(Some(Appended::Conflict));
        }
        Ok(Some(Appended::Replayed(read::entry_in(
            &self.tables.entries,
            place,
        )?)))
    }

    /// Before anything else is wrapped: the erasing event's own key must not go into the slot that ends with its target. None
    /// if the target isn't here.
    fn make_way(&self, target: &Id) -> Result<Option<()>, JournalError> {
        let row = self.event(target)?;
        Ok(row.map(|row| {
            if let StoredKey::Wrapped(wrapped) = row.key {
                self.vault.retire(wrapped.slot);
            }
        }))
    }

    /// Entries that must follow the head; of those that the journal has already, a lost content key is taken. At the first that
    /// is refused, those before it are kept.
    pub(super) fn import(&mut self, imported: Vec<Imported>) -> Result<Head, JournalError> {
        for one in imported {
            if one.entry.place > self.state.head.place {
                self.import_one(one)?;
            } else {
                self.import_again(&one)?;
            }
        }
        Ok(self.state.head)
    }

    fn import_again(&mut self, imported: &Imported) -> Result<(), JournalError> {
        let Imported {
            entry:
                Entry {
                    place,
                    digest,
                    event_id,
                    ..
                },
            key,
            ..
        } = imported;
        let known = self.event(event_id)?.filter(|row| row.place == *place);
        let Some(mut row) = known else {
            return Err(JournalError::not_chained(*place, "the journal has another"));
        };
        if read::entry_in(&self.tables.entries, *place)?.digest != *digest {
            return Err(JournalError::not_chained(*place, "the journal has another"));
        }
        let lost = matches!(row.key.unwrap(self.vault, event_id)?, KeyState::Unknown);
        if lost && !matches!(key, KeyState::Unknown) {
            if let StoredKey::Wrapped(wrapped) = &row.key {
                self.leave_slot(wrapped.slot, event_id)?;
            }
            row.key = StoredKey::wrap(self.vault, event_id, key)?;
            self.write_event(event_id, &row)?;
        }
        Ok(())
    }

    fn import_one(&mut self, imported: Imported) -> Result<(), JournalError> {
        let Imported {
            entry,
            request,
            key,
            erases,
        } = imported;
        super::open::follows(self.state.head, &entry, self.check)
            .map_err(|what| JournalError::not_chained(entry.place, &what))?;
        if self.tables.events.get(&entry.event_id)?.is_some() {
            return Err(JournalError::EventIdTaken);
        }
        if let Some(target) = &erases {
            self.make_way(target)?;
        }
        let key = StoredKey::wrap(self.vault, &entry.event_id, &key)?;
        if let Some(target) = &erases {
            self.erase(target)?;
        }
        self.write(&entry, key)?;
        // It came from there, and so did all that its chain goes back to. In the same commit, before anybody offers it again.
        self.streamed(entry.place);
        request.map_or(Ok(()), |request| self.remember(entry.place, &request))
    }

    fn write(&mut self, entry: &Entry, key: StoredKey) -> Result<(), JournalError> {
        let Entry {
            place,
            digest,
            event_id,
            ..
        } = entry;
        self.change(&Change::Entry {
            place: *place,
            row: &record::encode(entry),
        })?;
        self.write_event(event_id, &EventRow { place: *place, key })?;
        self.state.head = Head {
            place: *place,
            digest: *digest,
        };
        Ok(())
    }

    fn write_event(&mut self, event_id: &Id, row: &EventRow) -> Result<(), JournalError> {
        self.change(&Change::Event {
            event_id,
            row: &row.to_bytes(),
        })?;
        if let StoredKey::Wrapped(wrapped) = &row.key {
            self.change(&Change::Slot {
                slot: wrapped.slot,
                event_id,
                holds: true,
            })?;
        }
        Ok(())
    }

    fn leave_slot(&mut self, slot: u32, event_id: &Id) -> Result<(), JournalError> {
        self.change(&Change::Slot {
            slot,
            event_id,
            holds: false,
        })
    }

    fn remember(&mut self, place: Place, request: &Request) -> Result<(), JournalError> {
        let Request {
            key,
            hash,
            recorded_at,
        } = request;
        self.change(&Change::Request {
            key,
            hash,
            recorded_at: *recorded_at,
            place,
        })
    }

    /// Removes the target's wrapped key and wraps anew what shares its slot. The slot itself is destroyed after the commit:
    /// before it, a crash would leave the survivors under a key that is gone.
    fn erase(&mut self, target: &Id) -> Result<(), JournalError> {
        let Some(row) = self.event(target)? else {
            return Ok(());
        };
        let slot = match row.key {
            StoredKey::Wrapped(wrapped) => wrapped.slot,
            StoredKey::Lost => return self.write_event(target, &destroyed(row.place)),
            StoredKey::None | StoredKey::Destroyed => return Ok(()),
        };
        let survivors = self.survivors(slot, target)?;
        for (event_id, row) in survivors {
            self.leave_slot(slot, &event_id)?;
            self.write_event(&event_id, &row)?;
        }
        self.leave_slot(slot, target)?;
        self.write_event(target, &destroyed(row.place))?;
        self.change(&Change::Doomed { slot })?;
        self.emptied.insert(slot);
        Ok(())
    }

    fn survivors(&self, slot: u32, target: &Id) -> Result<Vec<(Id, EventRow)>, JournalError> {
        self.vault.retire(slot);
        let mut survivors = Vec::new();
        for row in self
            .tables
            .slots
            .range((slot, &[0; 16])..=(slot, &[0xff; 16]))?
        {
            let event_id = *row?.0.value().1;
            if event_id != *target {
                survivors.push((event_id, self.rewrapped(&event_id)?));
            }
        }
        Ok(survivors)
    }

    /// One by one, because a survivor that is beyond reading must not keep an erasure from happening.
    fn rewrapped(&self, event_id: &Id) -> Result<EventRow, JournalError> {
        let missing = || JournalError::damaged(None, "the index of slots names an unknown event");
        let mut row = self.event(event_id)?.ok_or_else(missing)?;
        let StoredKey::Wrapped(wrapped) = row.key else {
            return Err(missing());
        };
        row.key = match self.vault.rewrap(&[(*event_id, wrapped)]) {
            Ok(mut again) => again
                .pop()
                .map_or(StoredKey::Lost, |(_, key)| StoredKey::Wrapped(key)),
            Err(error) if is_beyond_reading(&error) => {
                tracing::error!(entry = ?row.place, "a content key can't be unwrapped any more");
                StoredKey::Lost
            }
            Err(error) => return Err(error.into()),
        };
        Ok(row)
    }

    fn event(&self, event_id: &Id) -> Result<Option<EventRow>, JournalError> {
        self.tables
            .events
            .get(event_id)?
            .map(|row| EventRow::from_bytes(row.value()))
            .transpose()
    }

    /// The latest outcome of each event.
    pub(super) fn outcomes(&mut self, outcomes: &[Outcome]) -> Result<(), JournalError> {
        for Outcome {
            event_id,
            number,
            state,
            reason,
            forgets,
        } in outcomes
        {
            let known = self.tables.outcomes.get(event_id)?.map(|row| row.value().0);
            if known.is_none_or(|known| known < *number) {
                let (number, state) = (*number, *state);
                self.change(&Change::Outcome {
                    event_id,
                    number,
                    state,
                    reason,
                })?;
                if let Some(key) = forgets {
                    self.forget(key, event_id)?;
                }
            }
            self.state.last_outcome = self.state.last_outcome.max(*number);
        }
        Ok(())
    }

    /// Only the event's own request: under the same key there may be a later one by now.
    fn forget(&mut self, key: &Digest, event_id: &Id) -> Result<(), JournalError> {
        let request = read::request_in(&self.tables.requests, key)?;
        let led_to = request.map(|(_, place)| place);
        match self.event(event_id)? {
            Some(row) if led_to == Some(row.place) => self.change(&Change::Forgotten { key }),
            _ => Ok(()),
        }
    }

    /// Never beyond the head: what isn't journalled can't have been streamed from here.
    pub(super) fn streamed(&mut self, place: Place) {
        self.state.streamed = self.state.streamed.max(place.min(self.state.head.place));
    }

    /// Whether there is more to keep than the state's row.
    pub(super) const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub(super) const fn state(&self) -> State {
        self.state
    }

    /// Adds the state's row; the rest is the writer's.
    pub(super) fn finish(mut self) -> Result<Outgoing, JournalError> {
        self.change(&Change::State {
            row: &self.state.to_bytes(),
        })?;
        Ok(Outgoing {
            state: self.state,
            changes: self.changes,
            emptied: self.emptied,
        })
    }
}

const fn destroyed(place: Place) -> EventRow {
    EventRow {
        place,
        key: StoredKey::Destroyed,
    }
}

/// Whether an event goes on with the epoch or opens the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NextEpoch {
    Same,
    New,
}

impl NextEpoch {
    /// A place that wraps around would stand before all others, and the journal would never open again.
    fn after(self, head: Place) -> Result<Place, JournalError> {
        let next = match self {
            Self::Same => head.seq.checked_add(1).map(|seq| Place { seq, ..head }),
            Self::New => {
                let epoch = head.epoch.checked_add(1);
                epoch.map(|epoch| Place { epoch, seq: 1 })
            }
        };
        next.ok_or_else(|| JournalError::not_chained(head, "no place is left after it"))
    }
}
