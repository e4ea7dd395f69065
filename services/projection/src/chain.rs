//! Agencies' chains: where each stands, and whether an event continues it. Pure. A gap waits, a fork stops that agency's chain
//! alone, and a signature that isn't the agency's counts for nothing (P3, P7).

use std::{cmp::Ordering, collections::BTreeMap};

use diogel_contract::envelope::Envelope;
use diogel_domain::{
    board::{BoardEvent, KeyWithdrawn},
    content::Open,
    ids::AgencyId,
};
use diogel_event_log::entry::{Digest, NO_DIGEST, Place};
use diogel_identity::PublicKey;
use serde::{Deserialize, Serialize};

/// Where an agency's chain stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    epoch: u32,
    seq: u64,
    digest: Digest,
    key: [u8; 32],
    /// The key before that one, which the Board withdrew; none once the chain went on with the next.
    withdrawn: Option<Withdrawn>,
    /// Where each epoch ended that an event closed.
    ends: Vec<(u32, u64)>,
    /// Keys that the chain itself gave up, each with the place of the event that named the next one. A withdrawn key isn't among
    /// them: what a thief signs contradicts nothing.
    past: Vec<([u8; 32], u32, u64)>,
}

/// A key that is good up to an event, and for nothing after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Withdrawn {
    key: [u8; 32],
    epoch: u32,
    seq: u64,
    hash: Digest,
}

impl Withdrawn {
    const fn last_good(&self) -> Place {
        Place {
            epoch: self.epoch,
            seq: self.seq,
        }
    }
}

/// What an event is to a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The next one.
    Next,
    /// Perhaps one that was admitted before: its place lies behind. By its hash it is told from a fork.
    Behind,
    /// Something before it is missing.
    Gap,
    /// Genuine, and contradicts what was admitted.
    Fork,
    /// Not signed by the agency.
    NotGenuine,
}

impl Chain {
    /// A chain before its first event.
    pub const fn new(key: [u8; 32]) -> Self {
        Self {
            epoch: Place::START.epoch,
            seq: Place::START.seq,
            digest: NO_DIGEST,
            key,
            withdrawn: None,
            ends: Vec::new(),
            past: Vec::new(),
        }
    }

    /// The key that new events have to be signed with.
    pub const fn key_in_force(&self) -> [u8; 32] {
        self.key
    }

    /// The Board withdrew the key, and nothing signed with the next one has come yet.
    pub const fn waits_for_the_next_key(&self) -> bool {
        self.withdrawn.is_some()
    }

    /// The last admitted place.
    pub const fn place(&self) -> Place {
        Place {
            epoch: self.epoch,
            seq: self.seq,
        }
    }

    /// The last admitted event's hash.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Judges an event. Its signature comes first: what isn't genuine can stop nothing.
    pub fn judge(&self, event: &Envelope) -> Verdict {
        let at = Place {
            epoch: event.epoch,
            seq: event.seq,
        };
        if at <= self.place() {
            return Verdict::Behind;
        }
        if !self.is_signed(at, event) {
            return Verdict::NotGenuine;
        }
        if event.epoch != self.epoch {
            return self.judge_epoch(event);
        }
        match (at == self.place().next(), event.previous == self.digest) {
            (true, true) => Verdict::Next,
            (true, false) => Verdict::Fork,
            (false, _) => Verdict::Gap,
        }
    }

    /// An epoch opens with an event that names the last one of the epoch before.
    fn judge_epoch(&self, event: &Envelope) -> Verdict {
        let Some(Open::EpochOpened {
            previous_epoch,
            previous_seq,
            previous_hash,
        }) = event.header().and_then(|h| h.open)
        else {
            return Verdict::Gap;
        };
        let named = Place {
            epoch: previous_epoch,
            seq: previous_seq,
        };
        let next = event.epoch == self.epoch.saturating_add(1) && event.seq == 1;
        let same = previous_hash == self.digest && event.previous == self.digest;
        match named.cmp(&self.place()) {
            Ordering::Equal if next && same => Verdict::Next,
            // It was opened without what had been admitted: two pasts.
            Ordering::Equal | Ordering::Less => Verdict::Fork,
            Ordering::Greater => Verdict::Gap,
        }
    }

    /// An event that lies behind, and isn't the one that was admitted there, is the agency's own word: signed with the key that
    /// was in force at its place. A stranger's bytes contradict nothing (P7).
    pub fn is_contradicted_by(&self, event: &Envelope) -> bool {
        let at = (event.epoch, event.seq);
        let mut past = self.past.iter();
        let then = past.find(|(_, epoch, seq)| at <= (*epoch, *seq));
        signed_with(then.map_or(&self.key, |(key, ..)| key), event)
    }

    /// It belongs to an epoch that the chain has closed before it: the agency itself has said that there is nothing there. Such an
    /// event was on its way when its journal was lost, and contradicts nothing that was admitted.
    pub fn has_closed_before(&self, event: &Envelope) -> bool {
        let mut ends = self.ends.iter();
        ends.any(|(epoch, end)| *epoch == event.epoch && event.seq > *end)
    }

    /// Signed with the key that is in force at the place. Of a withdrawn one, the last good event is the very one that the Board
    /// named.
    fn is_signed(&self, at: Place, event: &Envelope) -> bool {
        match self.withdrawn.filter(|w| at <= w.last_good()) {
            Some(good) if at == good.last_good() && event.hash != good.hash => false,
            Some(good) => signed_with(&good.key, event),
            None => signed_with(&self.key, event),
        }
    }

    /// Goes on to an admitted event.
    pub fn advance(&mut self, event: &Envelope) {
        if event.epoch != self.epoch {
            self.ends.push((self.epoch, self.seq));
        }
        self.epoch = event.epoch;
        self.seq = event.seq;
        self.digest = event.hash;
        let last_good = self.withdrawn.map(|w| w.last_good());
        if last_good.is_some_and(|last_good| self.place() > last_good) {
            self.withdrawn = None;
        }
        if let Some(Open::KeyNamed(named)) = event.header().and_then(|h| h.open) {
            // What the withdrawn key names is good for as long as it is; the Board has said what comes after.
            let key = self
                .withdrawn
                .as_mut()
                .map_or(&mut self.key, |w| &mut w.key);
            self.past.push((*key, self.epoch, self.seq));
            *key = named;
        }
    }

    /// The Board withdraws the key; said again, the last word counts.
    fn withdraw(&mut self, said: &KeyWithdrawn) {
        let key = self.withdrawn.map_or(self.key, |w| w.key);
        self.withdrawn = Some(Withdrawn {
            key,
            epoch: said.last_good_epoch,
            seq: said.last_good_seq,
            hash: said.last_good_hash,
        });
        self.key = said.next_key;
    }
}

fn signed_with(key: &[u8; 32], event: &Envelope) -> bool {
    PublicKey::from_bytes(key).is_ok_and(|key| event.is_signed_by(&key))
}

/// Every chain of a board, as the admitted events have made them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chains {
    board: AgencyId,
    genesis_key: [u8; 32],
    /// The position that they are true at.
    pub position: u64,
    chains: BTreeMap<AgencyId, Chain>,
}

impl Chains {
    /// With the Board's pinned key alone.
    pub fn new(board: AgencyId, genesis_key: [u8; 32]) -> Self {
        let chains = [(board.clone(), Chain::new(genesis_key))].into();
        Self {
            board,
            genesis_key,
            position: 0,
            chains,
        }
    }

    /// Of the same board, from the same pinned key: a snapshot of another one is none.
    pub(crate) fn is_of_board_like(&self, other: &Self) -> bool {
        (&self.board, &self.genesis_key) == (&other.board, &other.genesis_key)
    }

    /// One agency's chain; none if the Board hasn't registered it.
    pub fn get(&self, agency: &AgencyId) -> Option<&Chain> {
        self.chains.get(agency)
    }

    /// Whether the Board's own chain carries the event.
    pub fn is_the_boards(&self, event: &Envelope) -> bool {
        event.agency == self.board
    }

    /// Goes on to the event at the next position.
    pub fn apply(&mut self, event: &Envelope) {
        self.position += 1;
        self.admitted(event);
    }

    /// Goes on with an event that was just given its position, before the order journal was read that far.
    pub fn admitted(&mut self, event: &Envelope) {
        if let Some(chain) = self.chains.get_mut(&event.agency) {
            chain.advance(event);
        }
        if !self.is_the_boards(event) {
            return;
        }
        match event.header().and_then(|h| h.open) {
            Some(Open::Board(BoardEvent::AgencyRegistered(facts))) => {
                self.chains
                    .entry(facts.agency)
                    .or_insert_with(|| Chain::new(facts.first_key));
            }
            Some(Open::Board(BoardEvent::KeyWithdrawn(withdrawn))) => {
                // What was admitted before stays where it is.
                if let Some(chain) = self.chains.get_mut(&withdrawn.agency) {
                    chain.withdraw(&withdrawn);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
