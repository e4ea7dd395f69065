//! The rows that a commit changes, as the write-ahead log carries them. Owns the form (P11: a tag and its fields, little
//! endian) and how a change goes into the tables: the writer and the recovery after a crash use the same way. To apply
//! changes twice, in their order, is to apply them once.

use redb::{Table, WriteTransaction};

use super::error::JournalError;
use super::tables::{DOOMED, ENTRIES, EVENTS, META, META_STATE, OUTCOMES, REQUESTS, SLOTS};
use crate::entry::{Digest, Place};

type Id = [u8; 16];

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change<'a> {
    Entry {
        place: Place,
        row: &'a [u8],
    },
    Event {
        event_id: &'a Id,
        row: &'a [u8],
    },
    /// The event's key is wrapped under the slot, or no longer.
    Slot {
        slot: u32,
        event_id: &'a Id,
        holds: bool,
    },
    /// The slot is to be destroyed, and to stay so.
    Doomed {
        slot: u32,
    },
    Request {
        key: &'a Digest,
        hash: &'a Digest,
        recorded_at: i64,
        place: Place,
    },
    Outcome {
        event_id: &'a Id,
        number: u64,
        state: u8,
        reason: &'a str,
    },
    State {
        row: &'a [u8],
    },
    /// The request of this key is as good as never made.
    Forgotten {
        key: &'a Digest,
    },
}

impl<'a> Change<'a> {
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        match *self {
            Self::Entry { place, row } => Out(out).tag(1).place(place).bytes(row),
            Self::Event { event_id, row } => Out(out).tag(2).raw(event_id).bytes(row),
            Self::Slot {
                slot,
                event_id,
                holds,
            } => Out(out)
                .tag(3)
                .raw(&slot.to_le_bytes())
                .raw(event_id)
                .raw(&[u8::from(holds)]),
            Self::Doomed { slot } => Out(out).tag(4).raw(&slot.to_le_bytes()),
            Self::Request {
                key,
                hash,
                recorded_at,
                place,
            } => Out(out)
                .tag(5)
                .raw(key)
                .raw(hash)
                .raw(&recorded_at.to_le_bytes())
                .place(place),
            Self::Outcome {
                event_id,
                number,
                state,
                reason,
            } => Out(out)
                .tag(6)
                .raw(event_id)
                .raw(&number.to_le_bytes())
                .raw(&[state])
                .bytes(reason.as_bytes()),
            Self::State { row } => Out(out).tag(7).bytes(row),
            Self::Forgotten { key } => Out(out).tag(8).raw(key),
        };
    }

    /// The next change and what follows it; none if the bytes are none of ours.
    pub(super) fn decode(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let mut from = In(bytes);
        let [tag] = *from.raw()?;
        let change = match tag {
            1 => Self::Entry {
                place: from.place()?,
                row: from.bytes()?,
            },
            2 => Self::Event {
                event_id: from.raw()?,
                row: from.bytes()?,
            },
            3 => Self::Slot {
                slot: from.u32()?,
                event_id: from.raw()?,
                holds: from.flag()?,
            },
            4 => Self::Doomed { slot: from.u32()? },
            5 => Self::Request {
                key: from.raw()?,
                hash: from.raw()?,
                recorded_at: i64::from_le_bytes(*from.raw()?),
                place: from.place()?,
            },
            6 => Self::Outcome {
                event_id: from.raw()?,
                number: u64::from_le_bytes(*from.raw()?),
                state: from.raw::<1>()?[0],
                reason: std::str::from_utf8(from.bytes()?).ok()?,
            },
            7 => Self::State { row: from.bytes()? },
            8 => Self::Forgotten { key: from.raw()? },
            _ => return None,
        };
        Some((change, from.0))
    }
}

struct Out<'o>(&'o mut Vec<u8>);

impl Out<'_> {
    fn tag(self, tag: u8) -> Self {
        self.raw(&[tag])
    }

    fn raw(self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn place(self, place: Place) -> Self {
        self.raw(&super::state::place_to_bytes(place))
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        self.raw(&(bytes.len() as u64).to_le_bytes()).raw(bytes)
    }
}

struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn raw<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (raw, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(raw)
    }

    fn u32(&mut self) -> Option<u32> {
        self.raw().copied().map(u32::from_le_bytes)
    }

    fn flag(&mut self) -> Option<bool> {
        self.raw().map(|[flag]| *flag == 1)
    }

    fn place(&mut self) -> Option<Place> {
        let (place, rest) = super::state::place_from_bytes(self.0)?;
        self.0 = rest;
        Some(place)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(u64::from_le_bytes(*self.raw()?)).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }
}

/// The tables of one transaction.
pub(super) struct Tables<'t> {
    pub(super) entries: Table<'t, (u32, u64), &'static [u8]>,
    pub(super) events: Table<'t, &'static Id, &'static [u8]>,
    pub(super) slots: Table<'t, (u32, &'static Id), ()>,
    pub(super) doomed: Table<'t, u32, ()>,
    pub(super) requests: Table<'t, &'static Digest, (&'static Digest, i64, u32, u64)>,
    pub(super) outcomes: Table<'t, &'static Id, (u64, u8, &'static str)>,
    pub(super) meta: Table<'t, &'static str, &'static [u8]>,
}

impl<'t> Tables<'t> {
    pub(super) fn open(txn: &'t WriteTransaction) -> Result<Self, JournalError> {
        Ok(Self {
            entries: txn.open_table(ENTRIES)?,
            events: txn.open_table(EVENTS)?,
            slots: txn.open_table(SLOTS)?,
            doomed: txn.open_table(DOOMED)?,
            requests: txn.open_table(REQUESTS)?,
            outcomes: txn.open_table(OUTCOMES)?,
            meta: txn.open_table(META)?,
        })
    }

    pub(super) fn apply(&mut self, change: &Change<'_>) -> Result<(), JournalError> {
        match *change {
            Change::Entry { place, row } => {
                self.entries.insert((place.epoch, place.seq), row)?;
            }
            Change::Event { event_id, row } => {
                self.events.insert(event_id, row)?;
            }
            Change::Slot {
                slot,
                event_id,
                holds: true,
            } => {
                self.slots.insert((slot, event_id), ())?;
            }
            Change::Slot {
                slot,
                event_id,
                holds: false,
            } => {
                self.slots.remove((slot, event_id))?;
            }
            Change::Doomed { slot } => {
                self.doomed.insert(slot, ())?;
            }
            Change::Request {
                key,
                hash,
                recorded_at,
                place,
            } => {
                self.requests
                    .insert(key, (hash, recorded_at, place.epoch, place.seq))?;
            }
            Change::Outcome {
                event_id,
                number,
                state,
                reason,
            } => {
                self.outcomes.insert(event_id, (number, state, reason))?;
            }
            Change::State { row } => {
                self.meta.insert(META_STATE, row)?;
            }
            Change::Forgotten { key } => {
                self.requests.remove(key)?;
            }
        }
        Ok(())
    }
}
