//! A chunk of postings: where an identifier is named, packed. Full chunks are sealed under a number; the
//! open one, under the highest number, is read and rewritten by each batch that touches the identifier.

use serde::{Deserialize, Serialize};

use crate::event::IdHash;
use crate::keys;
use crate::store::{Outcome, Row, Snapshot};

/// Postings in a full chunk.
const FULL: usize = 64;

/// One mention of an identifier.
#[derive(Clone, Copy, Deserialize, Serialize)]
pub struct Posting {
    /// The event's position; in a stored chunk, the distance from the one before.
    pub position: u64,
    /// The person's label inside the event.
    pub label: u8,
    /// Audiences that may know of it.
    pub audiences: u64,
}

/// A chunk as stored.
#[derive(Default, Deserialize, Serialize)]
pub struct Chunk {
    /// Sealed chunks before this one.
    pub sealed: u32,
    /// Postings, oldest first.
    pub postings: Vec<Posting>,
}

impl Chunk {
    /// Reads a chunk and makes its positions whole again.
    pub fn unpack(bytes: &[u8]) -> Outcome<Self> {
        let mut chunk: Self = postcard::from_bytes(bytes)?;
        let mut last = 0;
        for posting in &mut chunk.postings {
            last += posting.position;
            posting.position = last;
        }
        Ok(chunk)
    }

    fn pack(&self) -> Outcome<Vec<u8>> {
        let mut last = 0;
        let distance = |posting: &Posting| {
            let distance = posting.position - last;
            last = posting.position;
            Posting {
                position: distance,
                ..*posting
            }
        };
        let postings = self.postings.iter().map(distance).collect();
        Ok(postcard::to_stdvec(&Self {
            sealed: self.sealed,
            postings,
        })?)
    }
}

/// Adds a batch's postings of one identifier; answers how many rows are new.
pub fn append(
    now: &dyn Snapshot,
    id: &IdHash,
    added: Vec<Posting>,
    rows: &mut Vec<Row>,
) -> Outcome<u64> {
    let key = keys::postings(id, keys::OPEN);
    let stored = now.get(&key)?;
    let mut new = u64::from(stored.is_none());
    let mut open = stored.map_or_else(|| Ok(Chunk::default()), |bytes| Chunk::unpack(&bytes))?;
    for posting in added {
        if open.postings.len() == FULL {
            rows.push((keys::postings(id, open.sealed), open.pack()?));
            open = Chunk {
                sealed: open.sealed + 1,
                postings: Vec::new(),
            };
            new += 1;
        }
        open.postings.push(posting);
    }
    rows.push((key, open.pack()?));
    Ok(new)
}

/// Positions the reader may know of, newest first, at most `most`.
pub fn newest(now: &dyn Snapshot, id: &IdHash, reader: u8, most: usize) -> Outcome<Vec<u64>> {
    let mut found = Vec::with_capacity(most);
    let mut chunk = keys::OPEN;
    while let Some(bytes) = now.get(&keys::postings(id, chunk))? {
        let read = Chunk::unpack(&bytes)?;
        let visible = read
            .postings
            .iter()
            .rev()
            .filter(|p| p.audiences >> reader & 1 == 1);
        found.extend(
            visible
                .map(|posting| posting.position)
                .take(most - found.len()),
        );
        if found.len() == most || read.sealed == 0 {
            break;
        }
        chunk = read.sealed - 1;
    }
    Ok(found)
}
