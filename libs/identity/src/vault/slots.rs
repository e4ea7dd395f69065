//! The slots in memory and which of them is current. Owns that a slot is on the disk before it is used and off the disk
//! before it counts as destroyed; refuses to reuse a slot's number.

use std::collections::BTreeSet;
use std::path::Path;

use zeroize::Zeroizing;

use super::error::VaultError;
use super::slot::{Slot, SlotKey};
use super::slot_file::SlotFile;
use super::{EVENTS_PER_SLOT, SLOTS_AHEAD};
use crate::content_key::fill_random;

/// An older copy of the file lacks so many slots at most (64 million events): a higher number is damage, and making all the
/// slots up to it would fill the disk.
const SLOTS_LOST: u32 = 1 << 20;

/// All slots; those after `current` are made ahead and unused.
pub(super) struct Slots {
    file: SlotFile,
    all: Vec<Slot>,
    /// The first slot made since the open. How full earlier ones are nobody knows, so none of them is used again.
    first_own: u32,
    current: u32,
    used: u32,
}

impl Slots {
    pub(super) fn open(path: &Path) -> Result<Self, VaultError> {
        let (file, slots) = SlotFile::open(path)?;
        let first_own = u32::try_from(slots.len()).map_err(|_| VaultError::Full)?;
        let mut opened = Self {
            file,
            all: slots,
            first_own,
            current: first_own,
            used: 0,
        };
        opened.append(SLOTS_AHEAD)?;
        Ok(opened)
    }

    /// A place under the current slot for one more key; moves on to the next slot when it is full.
    pub(super) fn take_place(&mut self) -> Result<(u32, SlotKey), VaultError> {
        if self.used >= EVENTS_PER_SLOT {
            self.move_on()?;
        }
        let key = self.key_of(self.current)?;
        self.used += 1;
        Ok((self.current, key))
    }

    fn move_on(&mut self) -> Result<(), VaultError> {
        if self.ahead() == 0 {
            self.append(SLOTS_AHEAD)?;
        }
        self.current += 1;
        self.used = 0;
        Ok(())
    }

    pub(super) fn prepare_ahead(&mut self) -> Result<(), VaultError> {
        if self.ahead() >= SLOTS_AHEAD / 2 {
            return Ok(());
        }
        self.append(SLOTS_AHEAD)
    }

    fn ahead(&self) -> u32 {
        let after_current = self.all.len().saturating_sub(self.current as usize + 1);
        u32::try_from(after_current).unwrap_or(u32::MAX)
    }

    fn append(&mut self, count: u32) -> Result<(), VaultError> {
        let first = u32::try_from(self.all.len()).map_err(|_| VaultError::Full)?;
        first.checked_add(count).ok_or(VaultError::Full)?;
        let mut keys: Vec<SlotKey> = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let mut key = Zeroizing::new([0; 32]);
            fill_random(key.as_mut_slice())?;
            keys.push(key);
        }
        self.file.append(first, &keys)?;
        self.all.extend(keys.into_iter().map(Slot::Live));
        Ok(())
    }

    pub(super) fn key_of(&self, slot: u32) -> Result<SlotKey, VaultError> {
        if slot > self.current {
            return Err(VaultError::NoSuchSlot { slot });
        }
        match self.all.get(slot as usize) {
            Some(Slot::Live(key)) => Ok(key.clone()),
            Some(Slot::Destroyed) => Err(VaultError::Destroyed { slot }),
            Some(Slot::Damaged) => Err(VaultError::SlotDamaged { slot }),
            None => Err(VaultError::NoSuchSlot { slot }),
        }
    }

    pub(super) fn retire(&mut self, slot: u32) {
        if slot == self.current {
            self.used = EVENTS_PER_SLOT;
        }
    }

    pub(super) fn destroy(&mut self, slot: u32) -> Result<(), VaultError> {
        if slot > self.current {
            return Err(VaultError::NoSuchSlot { slot });
        }
        self.retire(slot);
        self.destroy_all(&[slot])
    }

    pub(super) fn destroy_those(&mut self, slots: &BTreeSet<u32>) -> Result<(), VaultError> {
        let left = slots.iter().copied();
        let left: Vec<u32> = left
            .filter(|slot| *slot <= self.current && !self.is_destroyed(*slot))
            .collect();
        for &slot in &left {
            self.retire(slot);
        }
        self.destroy_all(&left)
    }

    pub(super) fn is_destroyed(&self, slot: u32) -> bool {
        matches!(self.all.get(slot as usize), Some(Slot::Destroyed))
    }

    pub(super) fn follow(&mut self, last: u32) -> Result<u32, VaultError> {
        if last < self.first_own {
            return Ok(0);
        }
        let missing = last - self.first_own + 1;
        if missing > SLOTS_LOST {
            return Err(VaultError::NoSuchSlot { slot: last });
        }
        self.append(missing)?;
        let numbers: Vec<u32> = (self.first_own..=last).collect();
        self.destroy_all(&numbers)?;
        (self.first_own, self.current, self.used) = (last + 1, last + 1, 0);
        Ok(missing)
    }

    pub(super) fn retain(&mut self, named: &BTreeSet<u32>) -> Result<Vec<u32>, VaultError> {
        // A store that names slots nobody used yet belongs to another vault, or to a later state of this one: with a
        // restored or lost vault.keys, going on would erase by mistake what the right file still opens.
        let first_unused = self.current + u32::from(self.used > 0);
        if let Some(&slot) = named.range(first_unused..).next() {
            return Err(VaultError::NoSuchSlot { slot });
        }
        let unnamed: Vec<u32> = (0..self.first_own)
            .zip(&self.all)
            .filter(|(number, slot)| !matches!(slot, Slot::Destroyed) && !named.contains(number))
            .map(|(number, _)| number)
            .collect();
        self.destroy_all(&unnamed)?;
        Ok(unnamed)
    }

    /// The disk first: a slot forgotten in memory only would come back with the next open.
    fn destroy_all(&mut self, numbers: &[u32]) -> Result<(), VaultError> {
        if numbers.is_empty() {
            return Ok(());
        }
        self.file.destroy(numbers)?;
        for &number in numbers {
            if let Some(slot) = self.all.get_mut(number as usize) {
                *slot = Slot::Destroyed;
            }
        }
        Ok(())
    }

    pub(super) fn damaged(&self) -> Vec<u32> {
        let damaged = (0..)
            .zip(&self.all)
            .filter(|(_, slot)| matches!(slot, Slot::Damaged));
        damaged.map(|(number, _)| number).collect()
    }
}
