//! A search in an index file. Keys are hashes, so where one stands can be guessed from its first bytes: the search begins there
//! and reads two or three blocks, however long the index is; with keys of any other kind it is a binary search. Refuses a
//! block whose check doesn't hold.

use std::fs::File;
use std::os::unix::fs::FileExt;

use super::Key;
use super::header::{CHECK, Header};
use super::sidecar::{BLOCK, ENTRIES, ENTRY, Front, block_check};

/// The index could not be read, or isn't what was written.
pub(super) struct Unfit;

/// A record under a key, in the order of the index.
type Place = (Key, u32);

pub(super) struct Lookup<'a> {
    file: File,
    header: &'a Header,
    front: &'a Front,
    /// The block that was read last.
    block: Vec<u8>,
    number: Option<u32>,
}

impl<'a> Lookup<'a> {
    pub(super) const fn new(file: File, header: &'a Header, front: &'a Front) -> Self {
        Self {
            file,
            header,
            front,
            block: Vec::new(),
            number: None,
        }
    }

    /// The last `max` records before `before` under `key`, newest first, and where they lie.
    pub(super) fn find(
        &mut self,
        key: Key,
        before: u32,
        max: usize,
    ) -> Result<Vec<(u32, u32)>, Unfit> {
        let (mut at, mut found) = (self.count_before((key, before))?, Vec::new());
        while at > 0 && found.len() < max {
            at -= 1;
            let ((under, record), offset) = self.entry(at)?;
            if under != key {
                break;
            }
            found.push((record, offset));
        }
        Ok(found)
    }

    /// How many entries stand before `place`.
    fn count_before(&mut self, place: Place) -> Result<u32, Unfit> {
        let Some(block) = self.last_block_before(place)? else {
            return Ok(0);
        };
        let start = block * ENTRIES;
        let (mut low, mut high) = (start, (start + ENTRIES).min(self.front.keys));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.entry(middle)?.0 < place {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// The last block whose first entry stands before `place`.
    fn last_block_before(&mut self, place: Place) -> Result<Option<u32>, Unfit> {
        let blocks = self.front.keys.div_ceil(ENTRIES);
        // Blocks before `low` start before the place, those from `high` on don't.
        let (mut low, mut high, mut step) = (0, blocks, 1);
        let mut probe = guess(&place.0, blocks);
        while low < high {
            if !(low..high).contains(&probe) {
                probe = low + (high - low) / 2;
            }
            if self.entry(probe * ENTRIES)?.0 < place {
                low = probe + 1;
                probe = probe.saturating_add(step);
            } else {
                high = probe;
                probe = probe.saturating_sub(step);
            }
            step = step.saturating_mul(2);
        }
        Ok(low.checked_sub(1))
    }

    fn entry(&mut self, at: u32) -> Result<(Place, u32), Unfit> {
        self.load(at / ENTRIES)?;
        let start = CHECK + (at % ENTRIES) as usize * ENTRY;
        let entry = self.block.get(start..start + ENTRY).ok_or(Unfit)?;
        let (key, rest) = entry.split_first_chunk().ok_or(Unfit)?;
        let (record, offset) = rest.split_first_chunk().ok_or(Unfit)?;
        let offset = offset.first_chunk().ok_or(Unfit)?;
        Ok((
            (*key, u32::from_le_bytes(*record)),
            u32::from_le_bytes(*offset),
        ))
    }

    fn load(&mut self, number: u32) -> Result<(), Unfit> {
        if self.number == Some(number) {
            return Ok(());
        }
        self.number = None;
        self.block.resize(BLOCK, 0);
        let start = self.front.length() as u64 + u64::from(number) * BLOCK as u64;
        self.file
            .read_exact_at(&mut self.block, start)
            .map_err(|_| Unfit)?;
        let (found, entries) = self.block.split_first_chunk().ok_or(Unfit)?;
        if *found != block_check(self.header, number, entries) {
            return Err(Unfit);
        }
        self.number = Some(number);
        Ok(())
    }
}

/// Where the key would stand among so many blocks, if keys are spread evenly.
fn guess(key: &Key, blocks: u32) -> u32 {
    let (first, _) = key.split_at(4);
    let first = first
        .iter()
        .fold(0_u64, |first, byte| first << 8 | u64::from(*byte));
    // Below `blocks`, because `first` is below 2^32.
    u32::try_from((first * u64::from(blocks)) >> 32).unwrap_or(0)
}
