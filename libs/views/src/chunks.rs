//! Logs of small entries, packed in chunks: few rows, and appending touches the tail alone. Entries of one log are numbered
//! densely from 1.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    keys,
    pending::Pending,
    store::{Store, StoreError},
};

/// Entries a chunk; the last row of a log may hold fewer.
const CHUNK: u64 = 64;

/// Appends an entry.
pub(crate) fn append<S: Store, T: Serialize>(
    pending: &mut Pending<'_, S>,
    prefix: &[u8],
    entry: &T,
) -> Result<(), StoreError> {
    let mut number = 0;
    if let Some((key, row)) = pending.last_mut(prefix)? {
        let count = entries_in(row)?;
        if count < CHUNK {
            return extend(row, count, entry);
        }
        number = chunk_number(key) + 1;
    }
    let row = encode(std::slice::from_ref(entry))?;
    pending.put(keys::chunk(prefix, number), row);
    Ok(())
}

/// Up to `max` entries after number `after`, with their numbers.
pub(crate) fn read<S: Store, T: DeserializeOwned>(
    store: &S,
    prefix: &[u8],
    after: u64,
    max: usize,
) -> Result<Vec<(u64, T)>, StoreError> {
    let first = u32::try_from(after / CHUNK).unwrap_or(u32::MAX);
    let rows = max / usize::try_from(CHUNK).unwrap_or(usize::MAX) + 2;
    let rows = store.scan(&keys::chunk(prefix, first), &keys::after(prefix), rows)?;
    let mut found = Vec::new();
    for (key, value) in rows {
        let base = u64::from(chunk_number(&key)) * CHUNK;
        let entries: Vec<T> = decode(&value)?;
        let numbered = (base + 1..).zip(entries);
        found.extend(numbered.filter(|(number, _)| *number > after));
    }
    found.truncate(max);
    Ok(found)
}

/// How many entries a stored log has.
pub(crate) fn stored_length<S: Store>(store: &S, prefix: &[u8]) -> Result<u64, StoreError> {
    let Some((key, value)) = store.last(prefix, &keys::after(prefix))? else {
        return Ok(0);
    };
    Ok(u64::from(chunk_number(&key)) * CHUNK + entries_in(&value)?)
}

fn chunk_number(key: &[u8]) -> u32 {
    let tail = key.last_chunk::<4>().copied().unwrap_or_default();
    u32::from_be_bytes(tail)
}

/// A row is a count of two bytes and the entries one after the other: appending copies, it doesn't decode.
fn entries_in(row: &[u8]) -> Result<u64, StoreError> {
    let count = row.first_chunk::<2>().ok_or(StoreError::Missing)?;
    Ok(u64::from(u16::from_be_bytes(*count)))
}

fn extend<T: Serialize>(row: &mut Vec<u8>, count: u64, entry: &T) -> Result<(), StoreError> {
    let next = u16::try_from(count + 1).unwrap_or(u16::MAX).to_be_bytes();
    row[..2].copy_from_slice(&next);
    *row = postcard::to_extend(entry, std::mem::take(row))?;
    Ok(())
}

/// Every entry of a row.
pub(crate) fn decode<T: DeserializeOwned>(row: &[u8]) -> Result<Vec<T>, StoreError> {
    let count = entries_in(row)?;
    let mut rest = row.get(2..).unwrap_or_default();
    let mut entries = Vec::new();
    for _ in 0..count {
        let (entry, tail) = postcard::take_from_bytes(rest)?;
        entries.push(entry);
        rest = tail;
    }
    Ok(entries)
}

/// A row of these entries.
pub(crate) fn encode<T: Serialize>(entries: &[T]) -> Result<Vec<u8>, StoreError> {
    let mut row = u16::try_from(entries.len())
        .unwrap_or(u16::MAX)
        .to_be_bytes()
        .to_vec();
    for entry in entries {
        row = postcard::to_extend(entry, row)?;
    }
    Ok(row)
}
