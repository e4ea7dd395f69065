//! Opening a journal: whose it is, whether it is whole, and finishing what a crash interrupted.

use std::path::Path;
use std::sync::Arc;

use diogel_identity::content_key::fill_random;
use diogel_identity::{Vault, VaultError};
use redb::{Database, ReadableDatabase, ReadableTable};

use super::change::Tables;
use super::erasures;
use super::error::JournalError;
use super::files;
use super::record;
use super::recover;
use super::state::{Head, State};
use super::tables::{
    DOOMED, ENTRIES, EVENTS, FORMAT, META, META_AGENCY, META_BOARD, META_FORMAT, META_GENERATION,
    META_STATE, META_WAL_KEY, OUTCOMES, REQUESTS, SLOTS,
};
use super::wal::Wal;
use crate::entry::{Digest, Entry, Place};

/// So many of the last entries are checked at every open. All of them are checked by [`super::verify`].
const ENTRIES_CHECKED: usize = 1000;

/// Whose journal it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalName {
    /// The board's id.
    pub board: String,
    /// The agency's id.
    pub agency: String,
}

/// The two hashes that an event carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    /// The event's own hash.
    pub own: Digest,
    /// The hash of the event before.
    pub previous: Digest,
}

/// Reads an event's hashes; none if it can't be decoded. What a hash is taken over is the caller's.
pub type Checker = fn(&[u8]) -> Option<Links>;

/// How to open a journal.
#[derive(Debug, Clone)]
pub struct JournalOptions {
    /// Whose it is: another's is refused.
    pub name: JournalName,
    /// Checks entries at open and at import.
    pub check: Checker,
    /// Memory for the store's pages, in bytes.
    pub cache_bytes: usize,
    /// Size of the write-ahead log of a new journal, in bytes: the larger, the rarer the store's own, slower commits.
    pub wal_bytes: usize,
}

impl JournalOptions {
    /// With 64 MiB of cache and 32 MiB of write-ahead log.
    pub const fn new(name: JournalName, check: Checker) -> Self {
        Self {
            name,
            check,
            cache_bytes: 64 << 20,
            wal_bytes: 32 << 20,
        }
    }
}

/// What an open comes to.
pub(super) struct Opened {
    pub(super) db: Arc<Database>,
    pub(super) wal: Wal,
    pub(super) vault: Vault,
    pub(super) check: Checker,
    pub(super) state: State,
}

/// In a thread of its own, because the store may panic on damaged pages.
pub(super) fn open(folder: &Path, options: &JournalOptions) -> Result<Opened, JournalError> {
    std::thread::scope(|scope| scope.spawn(|| open_here(folder, options)).join())
        .unwrap_or_else(|_| Err(JournalError::damaged(None, "the store could not be opened")))
}

fn open_here(folder: &Path, options: &JournalOptions) -> Result<Opened, JournalError> {
    let (db, wal, vault) = files::open_or_create(folder, options)?;
    let name = check_name(&db)?;
    if name != options.name {
        return Err(JournalError::Foreign {
            board: name.board,
            agency: name.agency,
        });
    }
    let mut wal = recover::open_log(&db, wal)?;
    let checked = |tables: &Tables<'_>| check_tail(&tables.entries, &tables.meta, options.check);
    if let Some(recovered) = recover::replay(&db, &wal, |tables| checked(tables).map(drop))? {
        recover::checkpoint(recovered, &mut wal)?;
    }
    let txn = db.begin_read()?;
    let state = check_tail(
        &txn.open_table(ENTRIES)?,
        &txn.open_table(META)?,
        options.check,
    )?;
    erasures::check_vault(&txn, &vault)?;
    erasures::finish(&txn, &vault)?;
    drop(txn);
    Ok(Opened {
        db: Arc::new(db),
        wal,
        vault,
        check: options.check,
        state,
    })
}

/// Writes what a new journal has.
pub(super) fn initialise(db: &Database, name: &JournalName) -> Result<(), JournalError> {
    let mut wal_key = [0; 32];
    fill_random(&mut wal_key).map_err(VaultError::from)?;
    let mut txn = db.begin_write()?;
    // As every later one: see `recover::checkpoint`. After one in a single phase the store would believe the next too early.
    txn.set_two_phase_commit(true);
    {
        let mut meta = txn.open_table(META)?;
        meta.insert(META_FORMAT, FORMAT.to_le_bytes().as_slice())?;
        meta.insert(META_BOARD, name.board.as_bytes())?;
        meta.insert(META_AGENCY, name.agency.as_bytes())?;
        meta.insert(META_STATE, State::EMPTY.to_bytes().as_slice())?;
        meta.insert(META_GENERATION, 1_u64.to_le_bytes().as_slice())?;
        meta.insert(META_WAL_KEY, wal_key.as_slice())?;
        txn.open_table(ENTRIES)?;
        txn.open_table(EVENTS)?;
        txn.open_table(SLOTS)?;
        txn.open_table(DOOMED)?;
        txn.open_table(REQUESTS)?;
        txn.open_table(OUTCOMES)?;
    }
    Ok(txn.commit()?)
}

pub(super) fn check_name(db: &impl ReadableDatabase) -> Result<JournalName, JournalError> {
    let format = u32::from_le_bytes(meta_array(db, META_FORMAT)?);
    if format != FORMAT {
        return Err(JournalError::Format(format));
    }
    let text = |name| String::from_utf8(meta(db, name)?).map_err(|_| unreadable(name));
    Ok(JournalName {
        board: text(META_BOARD)?,
        agency: text(META_AGENCY)?,
    })
}

pub(super) fn read_state(
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
) -> Result<State, JournalError> {
    let row = meta.get(META_STATE)?;
    row.and_then(|row| State::from_bytes(row.value()))
        .ok_or_else(|| unreadable(META_STATE))
}

fn meta(db: &impl ReadableDatabase, name: &str) -> Result<Vec<u8>, JournalError> {
    let meta = db.begin_read()?.open_table(META)?;
    let value = meta.get(name)?.ok_or_else(|| unreadable(name))?;
    Ok(value.value().to_vec())
}

pub(super) fn meta_array<const N: usize>(
    db: &impl ReadableDatabase,
    name: &str,
) -> Result<[u8; N], JournalError> {
    meta(db, name)?.try_into().map_err(|_| unreadable(name))
}

fn unreadable(name: &str) -> JournalError {
    JournalError::damaged(None, format!("in its description: `{name}` can't be read"))
}

/// The last entries, from the newest back: each decodes, and the next names it.
fn check_tail(
    entries: &impl ReadableTable<(u32, u64), &'static [u8]>,
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
    check: Checker,
) -> Result<State, JournalError> {
    let state = read_state(meta)?;
    let mut next: Option<Entry> = None;
    let mut newest_first = entries.iter()?.rev();
    for row in newest_first.by_ref().take(ENTRIES_CHECKED) {
        let (place, row) = row?;
        let (epoch, seq) = place.value();
        let entry = record::decode(Place { epoch, seq }, row.value())?;
        let head = Head {
            place: entry.place,
            digest: entry.digest,
        };
        match &next {
            Some(next) => check_follows(head, next, check)?,
            None => check_head(head, state.head)?,
        }
        next = Some(entry);
    }
    match next {
        Some(oldest) if newest_first.next().is_none() => {
            check_follows(State::EMPTY.head, &oldest, check)?;
        }
        Some(_) => (),
        None => check_head(State::EMPTY.head, state.head)?,
    }
    Ok(state)
}

pub(super) fn check_head(found: Head, recorded: Head) -> Result<(), JournalError> {
    if found == recorded {
        return Ok(());
    }
    Err(JournalError::damaged(
        recorded.place,
        "the journal's head names it, but doesn't match",
    ))
}

fn check_follows(before: Head, entry: &Entry, check: Checker) -> Result<(), JournalError> {
    follows(before, entry, check).map_err(|what| JournalError::damaged(entry.place, what))
}

/// Whether `entry` may stand right after `before`; otherwise, why not.
pub(super) fn follows(before: Head, entry: &Entry, check: Checker) -> Result<(), String> {
    check_place(before.place, entry.place)?;
    let links = check(&entry.event).ok_or("it can't be decoded")?;
    if links.own != entry.digest {
        return Err("its hash is another than was journalled".into());
    }
    if links.previous != before.digest {
        return Err("it names another event before it".into());
    }
    Ok(())
}

/// The next of the epoch, or the first of a later one. An epoch may follow an empty one: a journal that was restored before its
/// first event, and of which nothing was admitted, opens the next all the same.
pub(super) fn check_place(before: Place, place: Place) -> Result<(), String> {
    let opens = place.epoch > before.epoch && place.seq == 1;
    if place == before.next() || opens {
        return Ok(());
    }
    Err(format!("{}/{} stands before it", before.epoch, before.seq))
}
