//! The order journal: every admitted event with the position that it was given, once and for all, chained and signed. It is a
//! journal like an agency's, with positions for places; so group commit, content keys, erasure and recovery are the same code.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use diogel_contract::envelope::Envelope;
use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_event_log::{
    entry::{Digest, Entry, Place},
    journal::{
        Appended, Composed, Draft, Journal, JournalError, JournalName, JournalOptions, Links,
    },
};
use diogel_identity::{ContentKey, SigningKey};

pub use record::Record;
use record::sign;

mod record;

/// The journal's own name in place of an agency's: no agency can be called so.
const ORDER_NAME: &str = "order-journal-of-the-projection";

/// An open order journal; clones share it.
#[derive(Clone)]
pub struct OrderJournal {
    journal: Journal,
    key: SigningKey,
    /// `ordered_at` of the last record, so that it is monotone whatever the clock does.
    last: Arc<Mutex<Moment>>,
}

/// What became of an event that was to be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ordered {
    /// It has this position now.
    New(u64),
    /// It had this position before.
    Before(u64),
}

/// How an order journal's hashes are checked.
pub fn links(bytes: &[u8]) -> Option<Links> {
    let record = Record::read(&Bytes::copy_from_slice(bytes)).ok()?;
    Some(Links {
        own: record.digest,
        previous: record.previous,
    })
}

/// Options to open an order journal with.
pub fn options(board: &str) -> JournalOptions {
    let name = JournalName {
        board: board.to_owned(),
        agency: ORDER_NAME.to_owned(),
    };
    JournalOptions::new(name, links)
}

impl OrderJournal {
    /// Opens or creates the order journal; another process that has it open keeps this one out (the local half of fencing).
    pub async fn open(folder: &Path, board: &str, key: SigningKey) -> Result<Self, JournalError> {
        let (folder, options) = (folder.to_owned(), options(board));
        let opened = tokio::task::spawn_blocking(move || Journal::open(folder, &options)).await;
        let journal = opened.map_err(|_| JournalError::Stopped)??;
        let order = Self {
            journal,
            key,
            last: Arc::new(Mutex::new(Moment(0))),
        };
        if let Some(record) = order.at(order.head()).await? {
            *order.last.lock().unwrap_or_else(PoisonError::into_inner) = record.ordered_at;
        }
        Ok(order)
    }

    /// The last position given; 0 before the first.
    pub fn head(&self) -> u64 {
        self.journal.head().place.seq
    }

    /// The journal itself, for its reads.
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The record at a position.
    pub async fn at(&self, position: u64) -> Result<Option<Record>, JournalError> {
        let entry = self.journal.at(place(position)).await?;
        entry.map(|entry| read_entry(&entry)).transpose()
    }

    /// Up to `max` records after a position.
    pub async fn read(&self, after: u64, max: usize) -> Result<Vec<Record>, JournalError> {
        let entries = self.journal.read(place(after), max).await?;
        entries.iter().map(read_entry).collect()
    }

    /// Gives a verified event its position, together with its content key, and answers with the wait until that is durable.
    /// Positions are given in the order in which events are handed in.
    pub async fn hand_in(
        &self,
        event: &Envelope,
        content_key: Option<ContentKey>,
        erases: Option<[u8; 16]>,
        now: Moment,
    ) -> Result<impl Future<Output = Result<Ordered, JournalError>> + use<>, JournalError> {
        let (key, last, envelope) = (self.key.clone(), Arc::clone(&self.last), event.clone());
        let compose = move |place: Place, previous: Digest| {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            *last = now.max(*last);
            let record = sign(place.seq, *last, &envelope, previous, &key);
            Composed {
                digest: record.1,
                event: record.0,
            }
        };
        let draft = Draft {
            // The event's own hash: the same event never gets a second position.
            request_key: event.hash,
            request_hash: event.hash,
            event_id: event.event_id.0,
            recorded_at: now.0,
            content_key,
            erases,
            compose: Box::new(compose),
        };
        let appended = self.journal.hand_in(draft).await?;
        Ok(async {
            match appended.await? {
                Appended::New(entry) => Ok(Ordered::New(entry.place.seq)),
                Appended::Replayed(entry) => Ok(Ordered::Before(entry.place.seq)),
                // Key and hash are one and the same here.
                Appended::Conflict => Err(JournalError::EventIdTaken),
            }
        })
    }

    /// The position of an event by its hash.
    pub async fn position_of(&self, hash: Digest) -> Result<Option<u64>, JournalError> {
        let earlier = self.journal.find_request(hash).await?;
        Ok(earlier.map(|earlier| earlier.entry.place.seq))
    }

    /// An event by its id.
    pub async fn find(&self, event_id: [u8; 16]) -> Result<Option<Record>, JournalError> {
        let entry = self.journal.find(event_id).await?;
        entry.map(|entry| read_entry(&entry)).transpose()
    }

    /// The agency's events after a place, looked for from after a position on: for a journal restored from a copy. Reads the
    /// journal up to what it looks for; it is rare.
    pub async fn of_agency(
        &self,
        agency: &AgencyId,
        after: Place,
        mut position: u64,
        max: usize,
    ) -> Result<Vec<Record>, JournalError> {
        let mut found = Vec::new();
        loop {
            let records = self.read(position, 1000).await?;
            let Some(last) = records.last() else {
                return Ok(found);
            };
            position = last.position;
            let own = records.into_iter().filter(|r| r.event.agency == *agency);
            found.extend(own.filter(|r| {
                Place {
                    epoch: r.event.epoch,
                    seq: r.event.seq,
                } > after
            }));
            if found.len() >= max {
                found.truncate(max);
                return Ok(found);
            }
        }
    }
}

const fn place(position: u64) -> Place {
    Place {
        epoch: Place::START.epoch,
        seq: position,
    }
}

fn read_entry(entry: &Entry) -> Result<Record, JournalError> {
    Record::read(&entry.event).map_err(|_| {
        JournalError::Damaged(diogel_event_log::journal::Damage {
            at: Some(entry.place),
            what: "the order record can't be read".into(),
        })
    })
}
