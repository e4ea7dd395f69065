//! Agencies' chains: where each stands, and whether an event continues it. Pure. A gap waits, a fork stops that agency's chain
//! alone, and a signature that isn't the agency's counts for nothing (P3, P7).

use std::collections::BTreeMap;

use diogel_contract::envelope::Envelope;
use diogel_domain::{board::BoardEvent, content::Open, ids::AgencyId};
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
        }
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
        let genuine = PublicKey::from_bytes(&self.key).is_ok_and(|key| event.is_signed_by(&key));
        if !genuine {
            return Verdict::NotGenuine;
        }
        let follows = at == self.place().next() || self.opens_epoch(event);
        match (follows, event.previous == self.digest) {
            (true, true) => Verdict::Next,
            (true, false) => Verdict::Fork,
            (false, _) => Verdict::Gap,
        }
    }

    fn opens_epoch(&self, event: &Envelope) -> bool {
        let named = match event.header().and_then(|h| h.open) {
            Some(Open::EpochOpened {
                previous_epoch,
                previous_seq,
                previous_hash,
            }) => (
                Place {
                    epoch: previous_epoch,
                    seq: previous_seq,
                },
                previous_hash,
            ),
            _ => return false,
        };
        event.epoch == self.epoch + 1 && event.seq == 1 && named == (self.place(), self.digest)
    }

    /// Goes on to an admitted event.
    pub fn advance(&mut self, event: &Envelope) {
        self.epoch = event.epoch;
        self.seq = event.seq;
        self.digest = event.hash;
        if let Some(Open::KeyNamed(key)) = event.header().and_then(|h| h.open) {
            self.key = key;
        }
    }
}

/// Every chain of a board, as the admitted events have made them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chains {
    board: AgencyId,
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
            position: 0,
            chains,
        }
    }

    /// One agency's chain; none if the Board hasn't registered it.
    pub fn get(&self, agency: &AgencyId) -> Option<&Chain> {
        self.chains.get(agency)
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
        if event.agency != self.board {
            return;
        }
        match event.header().and_then(|h| h.open) {
            Some(Open::Board(BoardEvent::AgencyRegistered(facts))) => {
                self.chains
                    .entry(facts.agency)
                    .or_insert_with(|| Chain::new(facts.first_key));
            }
            Some(Open::Board(BoardEvent::KeyWithdrawn(withdrawn))) => {
                // What was admitted before stays where it is; what follows has to bear the next key.
                if let Some(chain) = self.chains.get_mut(&withdrawn.agency) {
                    chain.key = withdrawn.next_key;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
