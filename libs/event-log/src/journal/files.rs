//! The three files of a journal's folder. They are made together or not at all: one missing is a loss, which a new file in its
//! place would hide.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use diogel_identity::Vault;
use redb::{Builder, Database, DatabaseError};

use super::error::JournalError;
use super::open::{JournalOptions, initialise};
use super::recover;
use super::wal::Wal;

/// The store.
pub(super) const STORE: &str = "journal.redb";
/// The write-ahead log.
pub(super) const WAL: &str = "journal.wal";
/// The vault of content keys.
pub(super) const VAULT: &str = "vault.keys";
/// The store while it is being made: only its presence excuses the others without a store.
const STORE_NEW: &str = "journal.redb.new";

pub(super) fn open_or_create(
    folder: &Path,
    options: &JournalOptions,
) -> Result<(Database, File, Vault), JournalError> {
    // Sealed as the content is, who reported when is nobody else's to read.
    let mut private = fs::DirBuilder::new();
    private.recursive(true).mode(0o700);
    private.create(folder).map_err(io(folder))?;
    // Until the store's own lock is held: else a second process, which found the folder empty too, would lay out the log of a
    // journal that has acknowledged events by then.
    let opening = File::open(folder).map_err(io(folder))?;
    opening.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => JournalError::InUse(folder.to_owned()),
        TryLockError::Error(error) => io(folder)(error),
    })?;
    if !is_complete(folder)? {
        create(folder, options)?;
    }
    // The store first: its lock says whose folder it is.
    let store = open_store(&folder.join(STORE), folder, options.cache_bytes)?;
    let wal = folder.join(WAL);
    let wal = File::options()
        .read(true)
        .write(true)
        .open(&wal)
        .map_err(io(&wal))?;
    Ok((store, wal, Vault::open(folder.join(VAULT))?))
}

/// Whether all the files are there; not, if none is, or if they were being made.
fn is_complete(folder: &Path) -> Result<bool, JournalError> {
    let files = [STORE, WAL, VAULT].map(|file| folder.join(file));
    let being_made = !files[0].exists() && folder.join(STORE_NEW).exists();
    let missing = files.into_iter().filter(|file| !file.exists());
    let mut missing = missing.collect::<Vec<_>>();
    match missing.len() {
        0 => Ok(true),
        3 => Ok(false),
        _ if being_made => Ok(false),
        _ => Err(JournalError::Incomplete(missing.swap_remove(0))),
    }
}

/// The store gets its name last.
fn create(folder: &Path, options: &JournalOptions) -> Result<(), JournalError> {
    let (new, wal, store) = (folder.join(STORE_NEW), folder.join(WAL), folder.join(STORE));
    // A store torn while it was made would be refused as another program's file.
    if new.exists() {
        fs::remove_file(&new).map_err(io(&new))?;
    }
    let db = Builder::new()
        .create(&new)
        .map_err(|error| opening(folder, error))?;
    initialise(&db, &options.name)?;
    let laid_out = File::create(&wal).and_then(|file| {
        Wal::lay_out(&file, options.wal_bytes)?;
        Ok(file)
    });
    let log = recover::open_log(&db, laid_out.map_err(io(&wal))?)?;
    log.announce(log.generation()).map_err(io(&wal))?;
    drop(Vault::open(folder.join(VAULT))?);
    drop(db);
    fs::rename(&new, &store).map_err(io(&store))?;
    sync_folder(folder)?;
    let parent = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or(Ok(()), sync_folder)
}

fn open_store(store: &Path, folder: &Path, cache_bytes: usize) -> Result<Database, JournalError> {
    let opened = Builder::new().set_cache_size(cache_bytes).open(store);
    opened.map_err(|error| opening(folder, error))
}

pub(super) fn opening(folder: &Path, error: DatabaseError) -> JournalError {
    match error {
        DatabaseError::DatabaseAlreadyOpen => JournalError::InUse(folder.to_owned()),
        error => error.into(),
    }
}

/// A new name is on the disk only once its folder is.
fn sync_folder(folder: &Path) -> Result<(), JournalError> {
    File::open(folder)
        .and_then(|file| file.sync_all())
        .map_err(io(folder))
}

pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> JournalError {
    let path = PathBuf::from(path);
    |source| JournalError::Io { path, source }
}
