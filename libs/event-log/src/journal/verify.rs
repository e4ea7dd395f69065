//! Verifying a journal offline (P10): every entry, from the first, without writing a byte. Owns what can be said without
//! looking inside an event (bytes as written, places without gaps, head, index); hashes and signatures are the caller's.

use std::fs::File;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use redb::{Builder, Database, ReadableDatabase, ReadableTable, ReadableTableMetadata};

use super::error::JournalError;
use super::files::{self, STORE, WAL};
use super::keys::EventRow;
use super::open::{JournalName, check_head, check_name, check_place, read_state};
use super::overlay::Overlay;
use super::record;
use super::recover::{open_log, replay};
use super::state::{Head, State};
use super::tables::{ENTRIES, EVENTS, META};
use crate::entry::{Digest, Entry, Place};

/// A journal that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whose it is.
    pub name: JournalName,
    /// Its last entry.
    pub head: Head,
    /// How many entries it has, in all epochs.
    pub entries: u64,
}

/// Walks the journal in `folder` from its first entry and gives each to `visit`, which says what doesn't hold. Read-only, even after a
/// crash: what the store has to repair is repaired in memory. The vault is not looked at.
///
/// # Errors
/// [`JournalError::Damaged`] names the first entry that doesn't hold; [`JournalError::InUse`] while a service has it open.
pub fn verify(
    folder: impl AsRef<Path>,
    visit: impl FnMut(Place, &[u8], &Digest) -> Result<(), String> + Send,
) -> Result<Verified, JournalError> {
    let (folder, good) = (folder.as_ref(), Mutex::new(None));
    let walk = || walk(folder, visit, &good);
    // In a thread of its own, because the store may panic on damaged pages.
    let walked = std::thread::scope(|scope| scope.spawn(walk).join());
    let panicked = || Err(JournalError::damaged(None, "the store could not be read"));
    walked
        .unwrap_or_else(|_| panicked())
        .map_err(|error| name_entry(error, &good))
}

/// Where the store itself failed, the entry is the one after the last good one.
fn name_entry(error: JournalError, good: &Mutex<Option<Place>>) -> JournalError {
    let good = *good.lock().unwrap_or_else(PoisonError::into_inner);
    match (error, good) {
        (JournalError::Damaged(damage), Some(good)) if damage.at.is_none() => {
            JournalError::damaged(good.next(), damage.what)
        }
        (error, _) => error,
    }
}

fn walk(
    folder: &Path,
    mut visit: impl FnMut(Place, &[u8], &Digest) -> Result<(), String>,
    good: &Mutex<Option<Place>>,
) -> Result<Verified, JournalError> {
    let db = open_copy(folder)?;
    let name = check_name(&db)?;
    let wal = folder.join(WAL);
    let wal = File::open(&wal).map_err(files::io(&wal))?;
    // The walk below checks what comes of it.
    if let Some(recovered) = replay(&db, &open_log(&db, wal)?, |_| Ok(()))? {
        recovered.commit()?;
    }
    let txn = db.begin_read()?;
    let (entries, events) = (txn.open_table(ENTRIES)?, txn.open_table(EVENTS)?);
    let mut head = State::EMPTY.head;
    for row in entries.iter()? {
        let (place, row) = row?;
        let (epoch, seq) = place.value();
        let entry = record::decode(Place { epoch, seq }, row.value())?;
        check_place(head.place, entry.place)
            .and_then(|()| visit(entry.place, &entry.event, &entry.digest))
            .map_err(|what| JournalError::damaged(entry.place, what))?;
        check_index(&events, &entry)?;
        head = Head {
            place: entry.place,
            digest: entry.digest,
        };
        *good.lock().unwrap_or_else(PoisonError::into_inner) = Some(head.place);
    }
    check_head(head, read_state(&txn.open_table(META)?)?.head)?;
    Ok(Verified {
        name,
        head,
        entries: entries.len()?,
    })
}

fn check_index(
    events: &impl ReadableTable<&'static [u8; 16], &'static [u8]>,
    entry: &Entry,
) -> Result<(), JournalError> {
    let row = events.get(&entry.event_id)?;
    let row = row
        .map(|row| EventRow::from_bytes(row.value()))
        .transpose()?;
    match row {
        Some(row) if row.place == entry.place => Ok(()),
        _ => Err(JournalError::damaged(
            entry.place,
            "the index of events doesn't name it",
        )),
    }
}

fn open_copy(folder: &Path) -> Result<Database, JournalError> {
    let path = folder.join(STORE);
    let file = File::open(&path).map_err(files::io(&path))?;
    // The store's own lock is exclusive; this one conflicts with it and with nothing else.
    file.try_lock_shared()
        .map_err(|_| JournalError::InUse(folder.to_owned()))?;
    let overlay = Overlay::new(file).map_err(files::io(&path))?;
    let opened = Builder::new()
        .set_cache_size(64 * 1024 * 1024)
        .create_with_backend(overlay);
    opened.map_err(|error| files::opening(folder, error))
}
