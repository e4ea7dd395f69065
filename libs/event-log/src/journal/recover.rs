//! From the store as it was made durable last to the last commit: what the write-ahead log has beyond it is applied again.

use redb::{Database, Durability, ReadableDatabase, WriteTransaction};

use super::change::{Change, Tables};
use super::error::JournalError;
use super::open::meta_array;
use super::tables::{META, META_GENERATION, META_WAL_KEY};
use super::wal::{self, Wal};

/// The log that belongs to the store.
pub(super) fn open_log(
    db: &impl ReadableDatabase,
    file: std::fs::File,
) -> Result<Wal, JournalError> {
    let generation = u64::from_le_bytes(meta_array(db, META_GENERATION)?);
    let key: [u8; 32] = meta_array(db, META_WAL_KEY)?;
    let opened = Wal::new(file, &key, generation);
    opened.map_err(|error| JournalError::damaged(None, format!("in journal.wal: {error}")))
}

/// Applies what the log has beyond the store and makes it durable there. After a clean end that is nothing.
pub(super) fn recover(db: &Database, wal: &mut Wal) -> Result<(), JournalError> {
    let payloads = wal::payloads(wal)?;
    if payloads.is_empty() {
        return Ok(());
    }
    tracing::info!(
        commits = payloads.len(),
        "the journal was not closed cleanly: recovering"
    );
    let txn = db.begin_write()?;
    let mut tables = Tables::open(&txn)?;
    for (number, payload) in payloads.iter().enumerate() {
        apply_all(&mut tables, payload)?.ok_or_else(|| {
            JournalError::damaged(
                None,
                format!("in journal.wal: frame {number} can't be read"),
            )
        })?;
    }
    drop(tables);
    checkpoint(txn, wal.generation() + 1)?;
    wal.restart();
    Ok(())
}

/// None if the payload is none of ours.
fn apply_all(tables: &mut Tables<'_>, mut payload: &[u8]) -> Result<Option<()>, JournalError> {
    while !payload.is_empty() {
        let Some((change, rest)) = Change::decode(payload) else {
            return Ok(None);
        };
        tables.apply(&change)?;
        payload = rest;
    }
    Ok(Some(()))
}

/// Makes the store durable; the log goes on with `generation`. One commit does both, so a frame counts before it or not at all.
pub(super) fn checkpoint(mut txn: WriteTransaction, generation: u64) -> Result<(), JournalError> {
    txn.open_table(META)?
        .insert(META_GENERATION, generation.to_le_bytes().as_slice())?;
    txn.set_durability(Durability::Immediate)?;
    Ok(txn.commit()?)
}
