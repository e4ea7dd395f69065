//! Reading the journal. Each call sees one commit; nothing here waits for the writer.

use diogel_identity::Vault;
use redb::{Database, ReadTransaction, ReadableDatabase, ReadableTable};

use super::draft::{Earlier, KeyState, Outcome, Request};
use super::error::JournalError;
use super::keys::{EventRow, StoredKey};
use super::record;
use super::tables::{ENTRIES, EVENTS, OUTCOMES, REQUESTS};
use crate::entry::{Digest, Entry, Place};

/// One answer holds so many bytes of events, and at least one event.
const BYTES_PER_READ: usize = 4 * 1024 * 1024;

type Id = [u8; 16];

pub(super) fn entries_after(
    db: &Database,
    after: Place,
    max: usize,
) -> Result<Vec<Entry>, JournalError> {
    let entries = db.begin_read()?.open_table(ENTRIES)?;
    let (mut found, mut bytes) = (Vec::new(), 0);
    for row in entries
        .range((after.epoch, after.seq.saturating_add(1))..)?
        .take(max)
    {
        let (place, row) = row?;
        bytes += row.value().len();
        if bytes > BYTES_PER_READ && !found.is_empty() {
            break;
        }
        let (epoch, seq) = place.value();
        found.push(record::decode(Place { epoch, seq }, row.value())?);
    }
    Ok(found)
}

pub(super) fn entry_at(db: &Database, place: Place) -> Result<Option<Entry>, JournalError> {
    let entries = db.begin_read()?.open_table(ENTRIES)?;
    let row = entries.get((place.epoch, place.seq))?;
    row.map(|row| record::decode(place, row.value()))
        .transpose()
}

pub(super) fn entry_of(db: &Database, event_id: &Id) -> Result<Option<Entry>, JournalError> {
    let txn = db.begin_read()?;
    let Some(row) = event_row(&txn, event_id)? else {
        return Ok(None);
    };
    entry_in(&txn.open_table(ENTRIES)?, row.place).map(Some)
}

pub(super) fn earlier(db: &Database, key: &Digest) -> Result<Option<Earlier>, JournalError> {
    let txn = db.begin_read()?;
    let Some((request, place)) = request_in(&txn.open_table(REQUESTS)?, key)? else {
        return Ok(None);
    };
    let entry = entry_in(&txn.open_table(ENTRIES)?, place)?;
    Ok(Some(Earlier { request, entry }))
}

pub(super) fn outcome(db: &Database, event_id: &Id) -> Result<Option<Outcome>, JournalError> {
    let outcomes = db.begin_read()?.open_table(OUTCOMES)?;
    let row = outcomes.get(event_id)?;
    Ok(row.map(|row| {
        let (number, state, reason) = row.value();
        Outcome {
            event_id: *event_id,
            number,
            state,
            reason: reason.to_owned(),
            forgets: None,
        }
    }))
}

pub(super) fn content_keys(
    db: &Database,
    vault: &Vault,
    event_ids: &[Id],
) -> Result<Vec<KeyState>, JournalError> {
    let txn = db.begin_read()?;
    event_ids
        .iter()
        .map(|event_id| content_key(db, &txn, vault, event_id))
        .collect()
}

/// A survivor's slot may be destroyed between reading its row and unwrapping: the row has moved on then. So a destroyed
/// slot is believed only of a row that is still the current one.
fn content_key(
    db: &Database,
    txn: &ReadTransaction,
    vault: &Vault,
    event_id: &Id,
) -> Result<KeyState, JournalError> {
    let Some(mut row) = event_row(txn, event_id)? else {
        return Ok(KeyState::Unknown);
    };
    loop {
        let state = row.key.unwrap(vault, event_id)?;
        if !matches!(
            (&state, &row.key),
            (KeyState::Unknown, StoredKey::Wrapped(_))
        ) {
            return Ok(state);
        }
        let Some(now) = event_row(&db.begin_read()?, event_id)? else {
            return Ok(state);
        };
        if now == row {
            return Ok(state);
        }
        row = now;
    }
}

fn event_row(txn: &ReadTransaction, event_id: &Id) -> Result<Option<EventRow>, JournalError> {
    let events = txn.open_table(EVENTS)?;
    let row = events.get(event_id)?;
    row.map(|row| EventRow::from_bytes(row.value())).transpose()
}

/// The entry that an index names: it must be there.
pub(super) fn entry_in(
    entries: &impl ReadableTable<(u32, u64), &'static [u8]>,
    place: Place,
) -> Result<Entry, JournalError> {
    let row = entries.get((place.epoch, place.seq))?;
    let row = row.ok_or_else(|| JournalError::damaged(place, "it is missing"))?;
    record::decode(place, row.value())
}

pub(super) fn request_in(
    requests: &impl ReadableTable<&'static Digest, (&'static Digest, i64, u32, u64)>,
    key: &Digest,
) -> Result<Option<(Request, Place)>, JournalError> {
    Ok(requests.get(key)?.map(|row| {
        let (hash, recorded_at, epoch, seq) = row.value();
        (
            Request {
                key: *key,
                hash: *hash,
                recorded_at,
            },
            Place { epoch, seq },
        )
    }))
}
