//! The vault of content keys: wraps each event's key under the key of a slot, so that erasing an event's key for good is
//! overwriting one slot of one file. Wrapped keys can lie in any store, copies and old pages included: without the slot they
//! are noise. Refuses to store wrapped keys itself.
//!
//! Overwriting in place is final on file systems that write in place (ext4, XFS), not on those that copy (btrfs, ZFS,
//! snapshots), and a drive may keep worn-out cells: `vault.keys` belongs on an encrypted ext4 or XFS volume of its own, and
//! its backups have a lifetime of their own.
//!
//! Erasing, in this order: [`Vault::retire`] the slot; let every key wrapped before that be committed to the store;
//! [`Vault::rewrap`] all of the slot's keys but the erased; commit these durably; [`Vault::destroy_slot`]. After a crash in
//! between, [`Vault::retain_live`] finishes at the next start.

mod error;
mod slot;
mod slot_file;
mod slots;
#[cfg(test)]
mod tests;
mod wrapped;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use error::VaultError;
pub use wrapped::Wrapped;

use crate::content_key::ContentKey;
use slots::Slots;

/// A slot wraps the keys of at most so many events: so many less one are wrapped anew when one is erased.
pub const EVENTS_PER_SLOT: u32 = 64;
/// So many slots are made at once, in one write and one fsync: one wrap in 4,096 waits for a disk.
pub const SLOTS_AHEAD: u32 = 64;

/// The open vault; clones share it. Its methods block for an fsync where they say so.
#[derive(Clone)]
pub struct Vault {
    slots: Arc<Mutex<Slots>>,
}

impl Vault {
    /// Opens the vault's file, creating it (mode 0600) if there is none, and starts a new slot. Blocks for fsyncs.
    ///
    /// A torn or damaged slot doesn't stop the others from being used; see [`Self::damaged_slots`].
    ///
    /// # Errors
    /// [`VaultError::InUse`] while another handle has it open; [`VaultError::Io`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, VaultError> {
        let slots = Slots::open(path.as_ref())?;
        Ok(Self {
            slots: Arc::new(Mutex::new(slots)),
        })
    }

    /// Wraps `key`, bound to `event_id`, under the current slot. One call in 4,096 blocks for an fsync, unless
    /// [`Self::prepare`] went before.
    ///
    /// # Errors
    /// [`VaultError::Broken`], [`VaultError::Io`], [`VaultError::Full`], [`VaultError::NoRandomness`].
    pub fn wrap(&self, event_id: &[u8; 16], key: &ContentKey) -> Result<Wrapped, VaultError> {
        let (slot, slot_key) = self.lock().take_place()?;
        Wrapped::make(slot, &slot_key, event_id, key)
    }

    /// Makes slots ahead when fewer than half of [`SLOTS_AHEAD`] are left. Blocks for one fsync then: for the thread that
    /// fsyncs anyway, so that no wrap has to.
    ///
    /// # Errors
    /// [`VaultError::Broken`], [`VaultError::Io`], [`VaultError::Full`], [`VaultError::NoRandomness`].
    pub fn prepare(&self) -> Result<(), VaultError> {
        self.lock().prepare_ahead()
    }

    /// The content key that was wrapped for `event_id`.
    ///
    /// # Errors
    /// [`VaultError::Destroyed`] after an erasure; [`VaultError::Damaged`] if it doesn't verify;
    /// [`VaultError::SlotDamaged`]; [`VaultError::NoSuchSlot`].
    pub fn unwrap(&self, event_id: &[u8; 16], wrapped: &Wrapped) -> Result<ContentKey, VaultError> {
        let slot_key = self.lock().key_of(wrapped.slot)?;
        wrapped.open(&slot_key, event_id)
    }

    /// No key is wrapped under `slot` from now on. Keys that were may still be on their way to the store: the caller waits
    /// for these before it lists the slot's survivors.
    pub fn retire(&self, slot: u32) {
        self.lock().retire(slot);
    }

    /// Wraps keys anew, each under another slot than before, and retires the slots they come from. The caller commits the
    /// result durably before it destroys the old slot.
    ///
    /// # Errors
    /// As [`Self::unwrap`] and [`Self::wrap`]; nothing is changed then but that slots are retired.
    pub fn rewrap(
        &self,
        survivors: &[([u8; 16], Wrapped)],
    ) -> Result<Vec<([u8; 16], Wrapped)>, VaultError> {
        for (_, wrapped) in survivors {
            self.retire(wrapped.slot);
        }
        let again = survivors.iter().map(|(event_id, wrapped)| {
            let key = self.unwrap(event_id, wrapped)?;
            Ok((*event_id, self.wrap(event_id, &key)?))
        });
        again.collect()
    }

    /// Overwrites the slot's key in place and forgets it: everything still wrapped under it is erased for good. Blocks for
    /// an fsync. Destroying it again is no error.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSlot`], [`VaultError::Broken`], [`VaultError::Io`].
    pub fn destroy_slot(&self, slot: u32) -> Result<(), VaultError> {
        self.lock().destroy(slot)
    }

    /// Destroys those of `slots` that aren't yet, with one fsync for all of them. A slot that the vault doesn't have is passed
    /// over: nothing can be wrapped under it.
    ///
    /// # Errors
    /// [`VaultError::Broken`], [`VaultError::Io`].
    pub fn destroy_slots(&self, slots: &BTreeSet<u32>) -> Result<(), VaultError> {
        self.lock().destroy_those(slots)
    }

    /// Whether the slot's key is gone for good.
    pub fn is_destroyed(&self, slot: u32) -> bool {
        self.lock().is_destroyed(slot)
    }

    /// At start, before the first wrap: `last` is the highest slot that the store names. Is it beyond the file, then
    /// `vault.keys` is older than the store; the slots in between are made as destroyed ones, so that no number is ever given
    /// to two keys. Answers how many these are. Blocks for fsyncs then.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSlot`] if they are more than any vault loses; [`VaultError::Broken`], [`VaultError::Io`].
    pub fn follow(&self, last: u32) -> Result<u32, VaultError> {
        self.lock().follow(last)
    }

    /// At start, before the first wrap: destroys each slot that no stored wrapped key names (an erasure that a crash
    /// interrupted, slots made ahead and never used), and returns which. Slots made since this open stay.
    ///
    /// `named` must be complete: what it leaves out is erased.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSlot`], and nothing is destroyed, if a slot is named that was never used: `vault.keys` isn't the
    /// store's, or older; [`VaultError::Broken`], [`VaultError::Io`].
    pub fn retain_live(&self, named: &BTreeSet<u32>) -> Result<Vec<u32>, VaultError> {
        self.lock().retain(named)
    }

    /// The slots that are torn or damaged: for an alarm, after [`Self::retain_live`] has cleared those nobody needs.
    pub fn damaged_slots(&self) -> Vec<u32> {
        self.lock().damaged()
    }

    /// A panic of another thread leaves the slots as they were between two statements: each of these keeps them valid.
    fn lock(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
