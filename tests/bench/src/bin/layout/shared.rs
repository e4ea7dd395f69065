//! The shared layout: one row per event with every redacted copy and who gets which. A reader's mask
//! picks its copy; nothing is stored twice. Its forms differ in what is packed into one row.

use std::collections::BTreeMap;

use crate::changes::Changes;
use crate::event::{Event, IdHash};
use crate::item;
use crate::keys;
use crate::look::Seen;
use crate::postings::{self, Posting};
use crate::store::{Outcome, Row, Snapshot};

/// How the shared layout lays its rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One row an event, postings in chunks.
    Packed,
    /// One row an event, one row a posting.
    Inline,
    /// Head and body in rows of their own, postings in chunks: look-ups read no body.
    Split,
}

/// The layout's memory: the change logs' tails.
pub struct Shared {
    form: Form,
    sweep: u64,
    swept: u64,
    /// Postings not yet written, merged per identifier: a chunk is read and written once a sweep.
    touched: BTreeMap<IdHash, Vec<Posting>>,
    changes: Changes,
}

impl Shared {
    /// An empty view, whose postings are kept back for `sweep` events.
    pub fn new(form: Form, sweep: u64) -> Self {
        Self {
            form,
            sweep,
            swept: 0,
            touched: BTreeMap::new(),
            changes: Changes::new(),
        }
    }

    /// From now on postings are written with their batch.
    pub fn stop_sweeping(&mut self) {
        self.sweep = 0;
    }

    /// Folds a batch into rows; answers how many are new.
    pub fn fold(
        &mut self,
        now: &dyn Snapshot,
        events: &[Event],
        rows: &mut Vec<Row>,
    ) -> Outcome<u64> {
        let mut new = 0;
        for event in events {
            new += self.item(event, rows)? + self.changes.add(event, rows)?;
            for (id, posting) in mentioned(event) {
                self.touched.entry(id).or_default().push(posting);
            }
        }
        let last = events.last().map_or(0, |event| event.position);
        if last + 1 >= self.swept + self.sweep {
            self.swept = last + 1;
            new += self.index(now, rows)?;
        }
        let counts = self.changes.tails(rows)?;
        rows.push((
            keys::checkpoint(),
            postcard::to_stdvec(&(Some(last), counts))?,
        ));
        Ok(new)
    }

    /// The event's rows; answers how many.
    fn item(&self, event: &Event, rows: &mut Vec<Row>) -> Outcome<u64> {
        let key = keys::item(event.position);
        if self.form != Form::Split {
            rows.push((key, item::whole(event)?));
            return Ok(1);
        }
        rows.push((key, item::body(event)?));
        rows.push((keys::head(event.position), item::head(event)?));
        Ok(2)
    }

    /// Writes the postings kept back.
    pub fn index(&mut self, now: &dyn Snapshot, rows: &mut Vec<Row>) -> Outcome<u64> {
        let mut new = 0;
        for (id, added) in std::mem::take(&mut self.touched) {
            if self.form == Form::Inline {
                new += added.len() as u64;
                for posting in added {
                    let value = postcard::to_stdvec(&(posting.label, posting.audiences))?;
                    rows.push((keys::posting(&id, posting.position), value));
                }
            } else {
                new += postings::append(now, &id, added, rows)?;
            }
        }
        Ok(new)
    }

    /// The newest events naming the identifier that the reader may see.
    pub fn find(
        &self,
        now: &dyn Snapshot,
        id: &IdHash,
        reader: u8,
        most: usize,
    ) -> Outcome<Vec<Seen>> {
        let found = if self.form == Form::Inline {
            newest_inline(now, id, reader, most)?
        } else {
            postings::newest(now, id, reader, most)?
        };
        let mut seen = Vec::with_capacity(found.len());
        for position in found {
            let key = if self.form == Form::Split {
                keys::head
            } else {
                keys::item
            };
            if let Some(row) = now.get(&key(position))? {
                seen.extend(item::visible(&row, reader)?);
            }
        }
        Ok(seen)
    }
}

fn newest_inline(now: &dyn Snapshot, id: &IdHash, reader: u8, most: usize) -> Outcome<Vec<u64>> {
    let mut found = Vec::with_capacity(most);
    now.backwards(&keys::person(id), &mut |key, value| {
        let (_label, audiences): (u8, u64) = postcard::from_bytes(value)?;
        if audiences >> reader & 1 == 1 {
            found.push(keys::position(key));
        }
        Ok(found.len() < most)
    })?;
    Ok(found)
}

fn mentioned(event: &Event) -> impl Iterator<Item = (IdHash, Posting)> + '_ {
    let (position, audiences) = (event.position, event.audiences());
    event.mentions.iter().flat_map(move |mention| {
        let posting = Posting {
            position,
            label: mention.label,
            audiences,
        };
        mention.identifiers.iter().map(move |id| (*id, posting))
    })
}
