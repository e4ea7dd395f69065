//! An agency of flesh and blood: it has a key and signs what it likes, by hand.

use bytes::Bytes;
use diogel_contract::envelope::{Draft, Facts};
use diogel_domain::{
    content::{EventReference, Kind, Open},
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_identity::{SigningKey, content_key::fill_random};
use diogel_sharing::header::Header;

/// A chain made by hand.
pub struct Signer {
    pub board: &'static str,
    pub agency: &'static str,
    pub key: SigningKey,
    pub epoch: u32,
    pub seq: u64,
    pub previous: [u8; 32],
    /// What its next events refer to.
    pub references: Vec<EventReference>,
}

impl Signer {
    pub fn new(agency: &'static str, seed: u8) -> Self {
        Self {
            board: super::BOARD,
            agency,
            key: SigningKey::from_seed(&[seed; 32]),
            epoch: 1,
            seq: 0,
            previous: [0; 32],
            references: Vec::new(),
        }
    }

    /// The next event of the chain.
    pub fn next(&mut self) -> Bytes {
        let mut id = [0; 16];
        fill_random(&mut id).unwrap();
        self.next_with(id)
    }

    /// The next event of the chain, with this id.
    pub fn next_with(&mut self, id: [u8; 16]) -> Bytes {
        let (bytes, hash) = self.at(self.seq + 1, self.previous, id);
        self.seq += 1;
        self.previous = hash;
        bytes
    }

    /// An event at any place.
    pub fn at(&self, seq: u64, previous: [u8; 32], id: [u8; 16]) -> (Bytes, [u8; 32]) {
        let facts = Facts {
            board: self.board.into(),
            event_id: EventId(id),
            agency: AgencyId::new(self.agency).unwrap(),
            recorded_at: Moment(1_790_000_000_000_000),
            system: "by hand".into(),
            request_key_hash: [0; 32],
            request_hash: [0; 32],
            kind: Kind::ContentErased,
            header: Header {
                references: self.references.clone(),
                open: Some(Open::ContentErased("nothing".into())),
                ..Header::default()
            },
        };
        let signed = Draft::new(&facts, None)
            .unwrap()
            .sign(self.epoch, seq, previous, &self.key);
        (signed.event, signed.hash)
    }
}
