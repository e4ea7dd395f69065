//! The load: what the generator publishes, read as intake reads it, in seasons. In each season other families come to the fore: the
//! busiest is in some four hundred events of it, most are in a few.

use std::collections::HashMap;

use bench::Outcome;
use diogel_contract::{
    read::{self, Publication, Publisher, ReferenceTo, Said},
    v1,
};
use diogel_domain::{content::EventReference, ids::AgencyId};
use diogel_generator::Generator;
use diogel_sharing::defaults::Defaults;
use diogel_views::{ContentState, FoldInput};

use crate::{
    board::{AGENCIES, shape},
    keys,
    telling::{Telling, hash_at, id_at},
};

/// Events in a season, at the most; of a short load, a quarter of it.
const SEASON: u64 = 2_500;
/// People in a season, in families of four: a tenth as many as events.
const PEOPLE: u32 = 250;

/// An endless load.
pub struct Load {
    /// Positions and chains.
    pub telling: Telling,
    generator: Generator,
    season: u32,
    length: u64,
    /// Events of this season so far.
    told: u64,
    /// This season's events by request key: only these are referred to.
    positions: HashMap<String, u64>,
    defaults: Defaults,
}

impl Load {
    /// Before the first season of a load of so many events.
    pub fn new(events: u64) -> Outcome<Self> {
        let telling = Telling::new()?;
        Ok(Self {
            generator: season(0, &telling),
            telling,
            season: 0,
            length: SEASON.min(events / 4).max(1),
            told: 0,
            positions: HashMap::new(),
            defaults: Defaults::default(),
        })
    }

    /// What comes refers to nothing up to this position, and is about nobody in it: its season is over.
    pub const fn past(&self) -> u64 {
        self.telling.position.saturating_sub(self.length)
    }

    /// The next so many events.
    pub fn next(&mut self, count: u64) -> Outcome<Vec<FoldInput>> {
        (0..count).map(|_| self.next_one()).collect()
    }

    fn next_one(&mut self) -> Outcome<FoldInput> {
        if self.told == self.length {
            self.season += 1;
            self.told = 0;
            self.positions.clear();
            self.generator = season(self.season, &self.telling);
        }
        self.told += 1;
        let (agency, request) = self.generator.next().ok_or("the load has no end")?;
        let input = self.published(&agency, &request)?;
        self.positions.insert(request.request_key, input.position);
        Ok(input)
    }

    fn published(&mut self, agency: &str, request: &v1::PublishRequest) -> Outcome<FoldInput> {
        let sector = AGENCIES.iter().find(|(id, _)| *id == agency);
        let (_, sector) = sector.ok_or("an agency of the board")?;
        let agency = AgencyId::new(agency)?;
        let publisher = Publisher {
            agency: &agency,
            sector: *sector,
            codes: None,
            defaults: &self.defaults,
        };
        let publication = read::publication(request, publisher).map_err(|v| format!("{v:?}"))?;
        let header = publication.header(self.references(&publication)?);
        let kind = publication.kind();
        let content = match publication.said {
            Said::Open(_) => ContentState::None,
            Said::Sealed(content) => ContentState::Open {
                content,
                texts: publication.texts,
                key: keys::key_of(id_at(self.telling.position + 1)),
            },
        };
        Ok(self.telling.tells(agency, kind, header, content))
    }

    /// Earlier events, by the request keys under which their agency published them.
    fn references(&self, publication: &Publication) -> Outcome<Vec<EventReference>> {
        let found = publication.references.iter().map(|reference| {
            let ReferenceTo::RequestKey(key) = &reference.to else {
                return Err("the load refers by request key".into());
            };
            let position = *self.positions.get(key).ok_or("an earlier event")?;
            Ok(EventReference {
                event_id: id_at(position),
                hash: Some(hash_at(position)),
                role: reference.role,
            })
        });
        found.collect()
    }
}

fn season(number: u32, telling: &Telling) -> Generator {
    // What is written in a season says when it occurred: before the season begins.
    let shape = shape(PEOPLE, telling.now());
    let families = PEOPLE / 4;
    Generator::new(u64::from(number) + 1, shape).from_family(number * families)
}
