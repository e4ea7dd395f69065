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
    journal::{Composed, Draft, Journal, JournalError, JournalName, JournalOptions, Links},
};
use diogel_identity::{ContentKey, SigningKey};
use tokio::sync::watch;

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
    /// The event whose content key a read missed last.
    missed: Arc<watch::Sender<Option<[u8; 16]>>>,
}

/// A verified event that is to be given its position.
#[derive(Debug, Clone)]
pub struct Admitted {
    /// The event.
    pub event: Envelope,
    /// Its content key.
    pub key: AdmittedKey,
    /// The earlier event whose content key it destroys.
    pub erases: Option<[u8; 16]>,
}

/// The content key of an event at its admission.
#[derive(Debug, Clone)]
pub enum AdmittedKey {
    /// The key.
    Held(ContentKey),
    /// The event has no sealed content, or it was erased before.
    None,
    /// Lost for good with the originator's disk: the record says so.
    Lost,
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
            missed: Arc::default(),
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

    /// A read can't have this event's content key, which was here when the event was folded.
    pub(crate) fn miss(&self, event_id: [u8; 16]) {
        self.missed.send_replace(Some(event_id));
    }

    /// Follows what reads miss.
    pub(crate) fn missed(&self) -> watch::Receiver<Option<[u8; 16]>> {
        self.missed.subscribe()
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

    /// Gives verified events their positions in their order, with their content keys, up to the first that is refused. An event that
    /// has its position already keeps it. Answers how many have one, and the refusal.
    pub async fn append_all(
        &self,
        admitted: Vec<Admitted>,
        now: Moment,
    ) -> Result<(usize, Option<JournalError>), JournalError> {
        let drafts = admitted.into_iter().map(|one| self.draft(one, now));
        let tried = self.journal.append_all(drafts.collect()).await?;
        // Key and hash of the request are one and the same here: there is no conflict.
        let given = tried.iter().filter(|one| one.is_ok()).count();
        Ok((given, tried.into_iter().find_map(Result::err)))
    }

    fn draft(&self, admitted: Admitted, now: Moment) -> Draft {
        let (key, last) = (self.key.clone(), Arc::clone(&self.last));
        let content_key = match &admitted.key {
            AdmittedKey::Held(key) => Some(key.clone()),
            AdmittedKey::None | AdmittedKey::Lost => None,
        };
        Draft {
            // The event's own hash: the same event never gets a second position.
            request_key: admitted.event.hash,
            request_hash: admitted.event.hash,
            event_id: admitted.event.event_id.0,
            recorded_at: now.0,
            content_key,
            erases: admitted.erases,
            compose: Box::new(move |place: Place, previous: Digest| {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                *last = now.max(*last);
                let (event, digest) = sign(place.seq, *last, &admitted, previous, &key);
                Composed { event, digest }
            }),
        }
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

    /// The agency's events after a place, looked for from after a position on: for a journal restored from a copy. Looks at
    /// [`LOOKED_AT`] records at the most, so that a call comes to an end in time.
    pub async fn of_agency(
        &self,
        agency: &AgencyId,
        after: Place,
        from: u64,
        max: usize,
    ) -> Result<OfAgency, JournalError> {
        let mut found = OfAgency {
            records: Vec::new(),
            looked_to: from,
            more: true,
        };
        while found.looked_to < from + LOOKED_AT {
            let read = self.read(found.looked_to, 1000).await?;
            if read.is_empty() {
                found.more = false;
                break;
            }
            for record in read {
                found.looked_to = record.position;
                let at = Place {
                    epoch: record.event.epoch,
                    seq: record.event.seq,
                };
                if record.event.agency == *agency && at > after {
                    found.records.push(record);
                    if found.records.len() == max {
                        return Ok(found);
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Records that one look for an agency's events takes up.
const LOOKED_AT: u64 = 50_000;

/// An agency's events, as far as they were looked for.
#[derive(Debug)]
pub struct OfAgency {
    /// Oldest first.
    pub records: Vec<Record>,
    /// The position that was looked to.
    pub looked_to: u64,
    /// The order goes on after it.
    pub more: bool,
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
