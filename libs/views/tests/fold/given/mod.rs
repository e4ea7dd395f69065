//! Given: a board with its agencies and one protocol, and what they publish, told as a story. Each telling answers the event's id.

pub mod content;
pub mod deeds;
pub mod keys;
pub mod plain;
pub mod random;
pub mod views;

use diogel_domain::{
    board::{AgencyRegistered, BoardEvent},
    codes::{LawfulBasis, Purpose, Sector},
    content::{Content, EventReference, Kind, Open, ReferenceRole, Signature},
    correction::{Correction, Replacement},
    ids::{AgencyId, EventId},
    times::{Day, Moment},
};
use diogel_sharing::{
    audience::{Audience, AudienceTexts, Grant, Recipient},
    groups::Groups,
    header::Header,
    protocol::Protocol,
};
use diogel_views::{ChainPlace, ContentState, FoldInput};

/// Every agency of the board but the Board; charity is party to no protocol.
pub const AGENCIES: [(&str, Sector); 6] = [
    ("social-care", Sector::SocialCare),
    ("police", Sector::Police),
    ("health", Sector::Health),
    ("housing", Sector::Housing),
    ("education", Sector::Education),
    ("charity", Sector::Charity),
];

/// Everything to everybody: what is seen is the originator's grant.
pub const PROTOCOL: &str = r#"
id = "T-01"
version = 1
title = "Test"
title_cy = "Prawf"
status = "for-signature"
host = "The test"
processor = "The test"
lead = "sector:social-care"
parties = ["board", "social-care", "police", "health", "housing", "education"]

[[flow]]
number = 1
from = "any"
to = "any"
kinds = ["incident", "hazard_alert", "escalation", "correction", "involvement", "meeting", "access_request", "emergency_disclosure", "safety_plan", "contact", "engagement_needs", "advocacy", "change_claimed", "strength", "information_request", "step"]
groups = ["existence", "safety", "identity", "narrative", "place", "worker", "reporter", "voice", "health", "criminal", "plan", "dispute"]
purposes = ["worker-safety"]
bases = ["public-task"]
powers = []
valid_from = "2026-01-01"
review_by = "2027-12-31"
"#;

pub fn agency(id: &str) -> AgencyId {
    AgencyId::new(id).unwrap()
}

pub fn day(text: &str) -> Moment {
    Moment(i64::from(Day::parse(text).unwrap().0) * Moment::DAY)
}

/// To these agencies, everything but what is protected.
pub fn to(agencies: &[&str]) -> Audience {
    with_groups(agencies, None)
}

/// To these agencies, these groups.
pub fn only(agencies: &[&str], groups: Groups) -> Audience {
    with_groups(agencies, Some(groups))
}

fn with_groups(agencies: &[&str], groups: Option<Groups>) -> Audience {
    let grant = |id: &&str| Grant {
        to: Recipient::Agency(agency(id)),
        groups,
    };
    Audience {
        grants: agencies.iter().map(grant).collect(),
        originator_only: agencies.is_empty(),
        purpose: Some(Purpose::WorkerSafety),
        lawful_basis: Some(LawfulBasis::PublicTask),
        ..Audience::originator_only()
    }
}

/// What has been published so far, in its order.
#[derive(Clone)]
pub struct Story {
    pub inputs: Vec<FoldInput>,
    pub now: Moment,
}

impl Story {
    /// The Board registers itself and the agencies, and adopts the protocol.
    pub fn begins() -> Self {
        let mut story = Self {
            inputs: Vec::new(),
            now: day("2026-06-01"),
        };
        story.registers("board", Sector::Board);
        for (id, sector) in AGENCIES {
            story.registers(id, sector);
        }
        story.agree(PROTOCOL);
        story
    }

    /// The Board adopts a protocol, and every party signs it.
    pub fn agree(&mut self, toml: &str) -> EventId {
        let adopted = self.board(BoardEvent::ProtocolAdopted(toml.to_owned()));
        let protocol = Protocol::from_toml(toml).unwrap();
        for party in protocol.parties.iter().filter(|p| p.as_str() != "board") {
            self.signs(party.as_str(), toml);
        }
        adopted
    }

    pub fn signs(&mut self, by: &str, toml: &str) -> EventId {
        let protocol = Protocol::from_toml(toml).unwrap();
        let digest = ring::digest::digest(&ring::digest::SHA256, toml.as_bytes());
        let signature = Signature {
            protocol: protocol.id,
            version: protocol.version,
            digest: digest.as_ref().try_into().unwrap(),
        };
        self.says(by, Open::ProtocolSigned(signature), &[])
    }

    /// Something in clear.
    pub fn says(
        &mut self,
        by: &str,
        open: Open,
        references: &[(EventId, ReferenceRole)],
    ) -> EventId {
        let header = Header {
            open: Some(open.clone()),
            ..Header::default()
        };
        self.tells(by, open.kind(), header, references, ContentState::None)
    }

    fn registers(&mut self, id: &str, sector: Sector) {
        self.board(BoardEvent::AgencyRegistered(AgencyRegistered {
            agency: agency(id),
            name: id.to_owned(),
            name_cy: id.to_owned(),
            sector,
            first_key: [1; 32],
            certificate_names: Vec::new(),
            endpoint: String::new(),
        }));
    }

    pub fn board(&mut self, event: BoardEvent) -> EventId {
        self.says("board", Open::Board(event), &[])
    }

    pub fn days_pass(&mut self, days: i64) {
        self.now = Moment(self.now.0 + days * Moment::DAY);
    }

    /// The id that the event will have that comes after `ahead` others.
    pub fn id_to_come(&self, ahead: usize) -> EventId {
        id(self.inputs.len() + ahead + 1)
    }

    /// An event with content: an incident, an alert, an escalation.
    pub fn publishes(
        &mut self,
        by: &str,
        audience: Audience,
        references: &[(EventId, ReferenceRole)],
        content: Content,
    ) -> EventId {
        let header = Header {
            audience: Some(audience),
            ..Header::default()
        };
        self.seals(by, header, references, content)
    }

    /// An event with content, and more in its header than an audience.
    pub fn seals(
        &mut self,
        by: &str,
        header: Header,
        references: &[(EventId, ReferenceRole)],
        content: Content,
    ) -> EventId {
        let kind = content.kind();
        let content = ContentState::Open {
            content: Box::new(content),
            texts: AudienceTexts::default(),
            key: keys::key_of(self.id_to_come(0)),
        };
        self.tells(by, kind, header, references, content)
    }

    pub fn corrects(
        &mut self,
        by: &str,
        audience: Audience,
        target: EventId,
        replacement: Option<Replacement>,
    ) -> EventId {
        let correction = Content::Correction(Correction {
            reason: "it was wrong".to_owned(),
            replacement,
        });
        self.publishes(
            by,
            audience,
            &[(target, ReferenceRole::Corrects)],
            correction,
        )
    }

    pub fn erases(&mut self, by: &str, target: EventId) -> EventId {
        let open = Open::ContentErased("asked for".to_owned());
        self.says(by, open, &[(target, ReferenceRole::Erases)])
    }

    fn tells(
        &mut self,
        by: &str,
        kind: Kind,
        header: Header,
        references: &[(EventId, ReferenceRole)],
        content: ContentState,
    ) -> EventId {
        let number = self.inputs.len() + 1;
        self.now = self.now.plus_seconds(60);
        let reference = |(event_id, role): &(EventId, ReferenceRole)| EventReference {
            event_id: *event_id,
            hash: None,
            role: *role,
        };
        let header = Header {
            references: references.iter().map(reference).collect(),
            ..header
        };
        let before = self.inputs.iter().filter(|i| i.agency.as_str() == by);
        let place = ChainPlace {
            epoch: 1,
            seq: before.count() as u64 + 1,
        };
        self.inputs.push(FoldInput {
            place,
            position: number as u64,
            ordered_at: self.now,
            event_id: id(number),
            agency: agency(by),
            recorded_at: self.now,
            hash: *number.to_be_bytes().repeat(4).first_chunk().unwrap(),
            known: Some((kind, header)),
            content,
        });
        id(number)
    }

    /// The last event again, changed.
    pub fn last(&mut self) -> &mut FoldInput {
        self.inputs.last_mut().unwrap()
    }

    /// The same story for whoever comes after the erasures: the content is gone where its key was destroyed.
    pub fn with_erased(&self, erased: &[EventId]) -> Vec<FoldInput> {
        let mut inputs = self.inputs.clone();
        let open = |input: &FoldInput| matches!(input.content, ContentState::Open { .. });
        let gone = inputs.iter_mut().filter(|i| erased.contains(&i.event_id));
        gone.filter(|input| open(input))
            .for_each(|input| input.content = ContentState::Erased);
        inputs
    }
}

/// So many seeds in the ordinary run; on demand, as many as the variable says: `N`, or `FROM..TO`.
pub fn seeds(ordinary: u64, variable: &str) -> std::ops::Range<u64> {
    let Ok(wanted) = std::env::var(variable) else {
        return 0..ordinary;
    };
    let (from, to) = wanted.split_once("..").unwrap_or(("0", &wanted));
    from.parse().unwrap()..to.parse().unwrap()
}

/// Fails with the first of these faults.
pub fn some(faults: &[String]) {
    let first: Vec<&String> = faults.iter().take(6).collect();
    assert!(first.is_empty(), "{} faults: {first:#?}", faults.len());
}

fn id(number: usize) -> EventId {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&(number as u64).to_be_bytes());
    EventId::from_parts(1_790_000_000_000, &random)
}
