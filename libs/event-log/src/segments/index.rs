//! What a segment's records are found by, in memory: for the segment that is written, and while an index file is made. Bounded
//! by the number of keys that a segment takes ([`KEYS_PER_SEGMENT`]).

use std::collections::BTreeSet;

use super::Key;

/// A segment with so many keys is full, whatever its size: bounds the index to some 40 MB.
pub(super) const KEYS_PER_SEGMENT: usize = 1 << 20;

/// Records count from 0 here: the segment's first.
#[derive(Default)]
pub(super) struct Index {
    offsets: Vec<u32>,
    keys: BTreeSet<(Key, u32)>,
}

impl Index {
    pub(super) fn add(&mut self, offset: u64, keys: &[Key]) {
        let record = self.count();
        self.offsets.push(short(offset));
        self.keys.extend(keys.iter().map(|key| (*key, record)));
    }

    /// How many records there are.
    pub(super) fn count(&self) -> u32 {
        short(self.offsets.len())
    }

    pub(super) fn has_room(&self, keys: usize) -> bool {
        self.keys.len() + keys <= KEYS_PER_SEGMENT
    }

    /// Where record `record` lies.
    pub(super) fn offset(&self, record: u64) -> Option<u32> {
        let at = usize::try_from(record).ok()?;
        self.offsets.get(at).copied()
    }

    pub(super) fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The last `max` records before `before` under `key`, newest first, and where they lie.
    pub(super) fn find(&self, key: Key, before: u32, max: usize) -> Vec<(u32, u32)> {
        let found = self.keys.range((key, 0)..(key, before)).rev().take(max);
        let placed =
            found.filter_map(|(_, record)| Some((*record, self.offset((*record).into())?)));
        placed.collect()
    }

    /// All keys in order, each key's records oldest first.
    pub(super) fn entries(&self) -> impl ExactSizeIterator<Item = &(Key, u32)> {
        self.keys.iter()
    }
}

/// Within a segment all numbers are 32-bit ones: a longer file isn't opened, and none is written.
pub(super) fn short(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
