//! From the store as it was made durable last to the last commit: what the write-ahead log has beyond it is applied again.
//! Refuses a log and a store that don't belong together, and then writes nothing: the right file can still be put back.

use redb::{Database, Durability, ReadableDatabase, ReadableTable, WriteTransaction};

use super::change::{Change, Tables};
use super::error::JournalError;
use super::files::{self, WAL};
use super::open::{check_place, meta_array};
use super::tables::{META, META_GENERATION, META_WAL_KEY};
use super::wal::Wal;
use crate::entry::Place;

/// The log that belongs to the store.
pub(super) fn open_log(
    db: &impl ReadableDatabase,
    file: std::fs::File,
) -> Result<Wal, JournalError> {
    let generation = u64::from_le_bytes(meta_array(db, META_GENERATION)?);
    let key: [u8; 32] = meta_array(db, META_WAL_KEY)?;
    Wal::new(file, &key, generation).map_err(|error| damaged(error.to_string()))
}

/// What the log has beyond the store, applied, if `check` finds the whole sound; not committed yet. After a clean end that is
/// nothing.
pub(super) fn replay(
    db: &Database,
    wal: &Wal,
    check: impl FnOnce(&Tables<'_>) -> Result<(), JournalError>,
) -> Result<Option<WriteTransaction>, JournalError> {
    let payloads = payloads(wal)?;
    if payloads.is_empty() {
        return Ok(None);
    }
    tracing::info!(
        commits = payloads.len(),
        "the journal was not closed cleanly: recovering"
    );
    let txn = db.begin_write()?;
    let mut tables = Tables::open(&txn)?;
    for (number, payload) in payloads.iter().enumerate() {
        apply_all(&mut tables, payload)?
            .ok_or_else(|| damaged(format!("frame {number} can't be read")))?;
    }
    check(&tables)?;
    drop(tables);
    Ok(Some(txn))
}

/// What the frames say, or why they can't be believed.
fn payloads(wal: &Wal) -> Result<Vec<Vec<u8>>, JournalError> {
    let frames = wal.frames().map_err(|error| damaged(error.to_string()))?;
    if frames.ahead {
        return Err(damaged(
            "it is newer than journal.redb: restore both from one copy",
        ));
    }
    if !frames.announced {
        return Err(damaged(
            "it is cut, older than journal.redb or not its own: restore both from one copy",
        ));
    }
    if frames.damaged {
        let number = frames.payloads.len();
        return Err(damaged(format!("frame {number} is not what was written")));
    }
    Ok(frames.payloads)
}

fn damaged(what: impl AsRef<str>) -> JournalError {
    JournalError::damaged(None, format!("in {WAL}: {}", what.as_ref()))
}

/// None if the payload is none of ours.
fn apply_all(tables: &mut Tables<'_>, mut payload: &[u8]) -> Result<Option<()>, JournalError> {
    while !payload.is_empty() {
        let Some((change, rest)) = Change::decode(payload) else {
            return Ok(None);
        };
        if let Change::Entry { place, row } = change {
            check_belongs(tables, place, row)?;
        }
        tables.apply(&change)?;
        payload = rest;
    }
    Ok(Some(()))
}

/// An entry follows the last, or is there already as it is: a log that goes on from another past never overwrites this one.
fn check_belongs(tables: &Tables<'_>, place: Place, row: &[u8]) -> Result<(), JournalError> {
    let other = |what: String| JournalError::damaged(place, format!("in {WAL}: {what}"));
    if let Some(there) = tables.entries.get((place.epoch, place.seq))? {
        return (there.value() == row)
            .then_some(())
            .ok_or_else(|| other("the store has another".into()));
    }
    let last = tables.entries.last()?.map(|(last, _)| last.value());
    let last = last.map_or(Place::START, |(epoch, seq)| Place { epoch, seq });
    check_place(last, place).map_err(other)
}

/// Makes the store durable and lets the log go on with the next generation. One commit does both, so a frame counts before it or not
/// at all. In two phases: should the first fsync fail, the kernel may show pages that never reach the disk, and the next open
/// must not take them for a commit.
pub(super) fn checkpoint(mut txn: WriteTransaction, wal: &mut Wal) -> Result<(), JournalError> {
    let generation = wal.generation() + 1;
    wal.announce(generation).map_err(files::io(WAL.as_ref()))?;
    txn.open_table(META)?
        .insert(META_GENERATION, generation.to_le_bytes().as_slice())?;
    txn.set_two_phase_commit(true);
    txn.set_durability(Durability::Immediate)?;
    txn.commit()?;
    wal.restart();
    Ok(())
}
