//! Ordered events as the admission hands them to the fold: verified, opened, each at its position, in its originator's chain.

use std::collections::BTreeMap;

use bench::Outcome;
use diogel_domain::{
    board::{AgencyRegistered, BoardEvent},
    codes::Sector,
    content::{Kind, Open, Signature},
    ids::{AgencyId, EventId},
    times::{Day, Moment},
};
use diogel_sharing::{header::Header, protocol::Protocol};
use diogel_views::{ChainPlace, ContentState, FoldInput};

use crate::{
    board::{AGENCIES, BOARD},
    keys,
};

/// Time between two events: a million of them fill half a year.
const BETWEEN: i64 = 15 * Moment::SECOND;

/// What was told so far.
pub struct Telling {
    /// The last position given.
    pub position: u64,
    begins: Moment,
    chains: BTreeMap<AgencyId, u64>,
}

/// The id of the event at a position: in the order of time, as UUIDv7 is.
pub fn id_at(position: u64) -> EventId {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&keys::mixed(position).to_be_bytes());
    EventId::from_parts(1_770_000_000_000 + position, &random)
}

/// The hash of the event at a position.
pub fn hash_at(position: u64) -> [u8; 32] {
    let mut hash = [0; 32];
    for (part, salt) in hash.as_chunks_mut::<8>().0.iter_mut().zip(1..) {
        *part = keys::mixed(position.wrapping_mul(4).wrapping_add(salt)).to_be_bytes();
    }
    hash
}

impl Telling {
    /// Nothing yet. The shipped protocols' flows are valid by then.
    pub fn new() -> Outcome<Self> {
        let day = Day::parse("2026-02-01").ok_or("a day")?;
        Ok(Self {
            position: 0,
            begins: Moment(i64::from(day.0) * Moment::DAY),
            chains: BTreeMap::new(),
        })
    }

    /// When the last event was ordered: the present of the load.
    pub fn now(&self) -> Moment {
        self.at(self.position)
    }

    /// When the event at a position is ordered.
    pub fn at(&self, position: u64) -> Moment {
        let since = i64::try_from(position).unwrap_or(i64::MAX);
        Moment(self.begins.0.saturating_add(since.saturating_mul(BETWEEN)))
    }

    /// The Board registers itself and the agencies, and adopts these protocols; everybody signs them.
    pub fn begins(&mut self, protocols: &[String]) -> Outcome<Vec<FoldInput>> {
        let mut said = vec![self.registers(BOARD, Sector::Board)?];
        for (id, sector) in AGENCIES {
            said.push(self.registers(id, sector)?);
        }
        for toml in protocols {
            said.extend(self.agrees(toml)?);
        }
        Ok(said)
    }

    /// The Board adopts a version; every agency signs it.
    pub fn agrees(&mut self, toml: &str) -> Outcome<Vec<FoldInput>> {
        let adopted = Open::Board(BoardEvent::ProtocolAdopted(toml.to_owned()));
        let mut said = vec![self.says(BOARD, adopted)?];
        let protocol = Protocol::from_toml(toml).map_err(|e| format!("{e:?}"))?;
        let digest = ring::digest::digest(&ring::digest::SHA256, toml.as_bytes());
        let signature = Signature {
            protocol: protocol.id,
            version: protocol.version,
            digest: digest.as_ref().try_into()?,
        };
        for (id, _) in AGENCIES {
            said.push(self.says(id, Open::ProtocolSigned(signature.clone()))?);
        }
        Ok(said)
    }

    fn registers(&mut self, id: &str, sector: Sector) -> Outcome<FoldInput> {
        let registered = BoardEvent::AgencyRegistered(AgencyRegistered {
            agency: AgencyId::new(id)?,
            name: id.to_owned(),
            name_cy: id.to_owned(),
            sector,
            first_key: [1; 32],
            certificate_names: Vec::new(),
            endpoint: String::new(),
        });
        self.says(BOARD, Open::Board(registered))
    }

    /// Something in clear.
    pub fn says(&mut self, by: &str, open: Open) -> Outcome<FoldInput> {
        let kind = open.kind();
        let header = Header {
            open: Some(open),
            ..Header::default()
        };
        Ok(self.tells(AgencyId::new(by)?, kind, header, ContentState::None))
    }

    /// The next event.
    pub fn tells(
        &mut self,
        agency: AgencyId,
        kind: Kind,
        header: Header,
        content: ContentState,
    ) -> FoldInput {
        self.position += 1;
        let seq = self.chains.entry(agency.clone()).or_default();
        *seq += 1;
        FoldInput {
            place: ChainPlace {
                epoch: 1,
                seq: *seq,
            },
            position: self.position,
            ordered_at: self.now(),
            event_id: id_at(self.position),
            agency,
            recorded_at: self.now(),
            hash: hash_at(self.position),
            known: Some((kind, header)),
            content,
        }
    }
}
