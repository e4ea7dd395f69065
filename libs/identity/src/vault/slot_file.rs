//! The vault's file: an array of slots. Owns its creation, its lock, and that a slot is on the disk before anybody relies on
//! it; refuses to go on after a failed write or fsync, whose outcome nobody knows.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::VaultError;
use super::slot::{self, SLOT_BYTES, Slot, SlotKey};
use crate::private_file;

/// The open file, locked against any other process.
pub(super) struct SlotFile {
    file: File,
    path: PathBuf,
    broken: bool,
}

impl SlotFile {
    /// Opens the file, creating it durably if there is none, and reads its slots.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<Slot>), VaultError> {
        let file = open_durably(path).map_err(|e| VaultError::io(path, e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(VaultError::InUse(path.to_owned())),
            Err(TryLockError::Error(e)) => return Err(VaultError::io(path, e)),
        }
        let slots = read_slots(&file).map_err(|e| VaultError::io(path, e))?;
        Ok((
            Self {
                file,
                path: path.to_owned(),
                broken: false,
            },
            slots,
        ))
    }

    /// Writes new live slots from number `first` on; on return they survive a power cut.
    pub(super) fn append(&mut self, first: u32, keys: &[SlotKey]) -> Result<(), VaultError> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(keys.len() * SLOT_BYTES));
        for (number, key) in (first..).zip(keys) {
            bytes.extend_from_slice(slot::live_bytes(number, key).as_slice());
        }
        self.durably(|file| file.write_all_at(&bytes, offset(first)))
    }

    /// Overwrites the slots in place; on return their keys are gone from the file, whatever happens next.
    pub(super) fn destroy(&mut self, numbers: &[u32]) -> Result<(), VaultError> {
        self.durably(|file| {
            numbers.iter().try_for_each(|&number| {
                file.write_all_at(slot::destroyed_bytes(number).as_slice(), offset(number))
            })
        })
    }

    /// After a failed write or fsync the kernel may have dropped the pages: only a new open tells what is there.
    fn durably(&mut self, write: impl FnOnce(&File) -> io::Result<()>) -> Result<(), VaultError> {
        if self.broken {
            return Err(VaultError::Broken(self.path.clone()));
        }
        write(&self.file)
            .and_then(|()| self.file.sync_data())
            .map_err(|e| {
                self.broken = true;
                VaultError::io(&self.path, e)
            })
    }
}

fn open_durably(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(private_file::PRIVATE);
    let file = options.open(path)?;
    file.sync_all()?;
    private_file::sync_directory_of(path)?;
    private_file::refuse_shared(path)?;
    Ok(file)
}

fn read_slots(file: &File) -> io::Result<Vec<Slot>> {
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut bytes = Zeroizing::new(vec![0; length]);
    file.read_exact_at(&mut bytes, 0)?;
    let slots = (0..).zip(bytes.chunks(SLOT_BYTES));
    Ok(slots
        .map(|(number, chunk)| Slot::read(number, chunk))
        .collect())
}

fn offset(number: u32) -> u64 {
    u64::from(number) * SLOT_BYTES as u64
}
