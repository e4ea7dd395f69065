//! What the Board's events and the agencies' signatures have made: agencies with their numbers, protocols with who is bound by which
//! version since when. Part of the view, because decisions are made at positions; with its times, because they are made as of any.

use std::collections::BTreeMap;

use diogel_domain::{
    board::{AgencyRegistered, BoardEvent},
    calendar::moment_of,
    codes::Sector,
    content::Signature,
    crisp::Policy,
    effect::{Effect, Reason},
    ids::AgencyId,
    times::Moment,
};
use diogel_sharing::{
    agreement::{Agreement, Rules, Span, Standing, Version},
    protocol::{Protocol, Status},
};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use crate::{
    audiences::{AgencyNumber, MOST_AGENCIES},
    input::ChainPlace,
};

/// As it is stored. Protocols stand as their files, so that an older form is never misread.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct RegistryRow {
    /// In the order of registration: the index is the agency's number.
    agencies: Vec<RegisteredAgency>,
    /// By protocol id, in the order of their adoption.
    protocols: BTreeMap<String, Vec<AdoptedVersion>>,
    /// What was signed with a key that was withdrawn later.
    doubtful: Vec<Doubtful>,
    /// Signed before the Board adopted it: two chains have no common order until they are ordered.
    ahead: Vec<(AgencyId, Signature)>,
    /// Positions at which what may be shared changed, with their times.
    turns: Vec<(u64, Moment)>,
    /// The Board's policies, each with the moment from which it holds; as their files.
    policies: Vec<(Moment, String)>,
}

/// An agency signs and leaves one version of a protocol so many times: then the Board has to adopt another.
const MOST_SIGNATURES: usize = 8;
/// So many signatures of one agency may wait for the Board.
const MOST_AHEAD: usize = 32;

/// A version of a protocol as the Board adopted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct AdoptedVersion {
    toml: String,
    adopted: Span,
    signed: BTreeMap<AgencyId, Vec<Span>>,
}

/// An agency's events after a place of its chain, up to the position at which that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Doubtful {
    agency: AgencyId,
    after: ChainPlace,
    until: u64,
}

/// A version of a protocol, with who is bound by it.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// What it says.
    pub protocol: Protocol,
    /// When the Board adopted it.
    pub adopted_at: Moment,
    /// The Board ended it, or adopted a later version.
    pub ended: bool,
    /// Who is bound by it, and since when.
    pub signed: BTreeMap<AgencyId, Moment>,
    /// SHA-256 over its file.
    pub digest: [u8; 32],
}

/// An agency as the Board registered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredAgency {
    /// What the Board said last.
    pub facts: AgencyRegistered,
    /// When it neither published nor read.
    suspensions: Vec<Span>,
}

impl RegisteredAgency {
    /// Neither publishes nor reads, now.
    pub fn is_suspended(&self) -> bool {
        self.suspensions
            .last()
            .is_some_and(|last| last.until.is_none())
    }
}

/// What became of an event that changes the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applied {
    pub effect: Effect,
    /// Something is different now.
    pub changed: bool,
}

impl Applied {
    /// It counts, and changes nothing.
    const UNCHANGED: Self = Self {
        effect: Effect::Effective,
        changed: false,
    };
}

/// The registry, ready to decide with.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    row: RegistryRow,
    rules: Rules,
    policies: Vec<(Moment, Policy)>,
    /// Before the Board has adopted any.
    usual: Policy,
}

impl Registry {
    /// None: a version that was adopted can't be read any more. Without it an earlier one would be in force again, so that nothing may
    /// be decided (P9).
    pub(crate) fn from_row(row: RegistryRow) -> Option<Self> {
        let mut versions = row.protocols.values().flatten();
        let readable = versions.all(|version| version.read().is_some());
        let policies = policies(&row)?;
        readable.then(|| Self {
            rules: rules(&row),
            policies,
            usual: Policy::default(),
            row,
        })
    }

    pub(crate) const fn row(&self) -> &RegistryRow {
        &self.row
    }

    /// What decisions rest on.
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The Board's policy as of a moment.
    pub fn policy(&self, at: Moment) -> &Policy {
        let mut policies = self.policies.iter().rev();
        let policy = policies.find(|(from, _)| *from <= at);
        policy.map_or(&self.usual, |(_, policy)| policy)
    }

    /// An agency's number; none if the Board doesn't know it.
    pub fn number(&self, agency: &AgencyId) -> Option<AgencyNumber> {
        let index = self
            .row
            .agencies
            .iter()
            .position(|a| a.facts.agency == *agency)?;
        AgencyNumber::try_from(index).ok()
    }

    /// The agencies in the order of their numbers.
    pub fn agencies(&self) -> &[RegisteredAgency] {
        &self.row.agencies
    }

    /// One agency.
    pub fn agency(&self, id: &AgencyId) -> Option<&RegisteredAgency> {
        self.row.agencies.iter().find(|a| a.facts.agency == *id)
    }

    /// Whether an agency may confirm an involvement for an originator, at a moment.
    pub(crate) fn leads_for(
        &self,
        lead: AgencyNumber,
        originator: AgencyNumber,
        at: Moment,
    ) -> bool {
        let agency = |number| self.row.agencies.get(usize::from(number));
        let both = agency(lead).zip(agency(originator));
        both.is_some_and(|(lead, originator)| {
            let (lead, originator) = (&lead.facts.agency, &originator.facts.agency);
            self.rules.leads_for(lead, originator, at)
        })
    }

    /// Whether the agency's event came after the last one that the Board called good when it withdrew the key.
    pub fn is_doubtful(&self, agency: &AgencyId, place: ChainPlace, position: u64) -> bool {
        let mut doubtful = self.row.doubtful.iter();
        doubtful.any(|d| d.agency == *agency && place > d.after && position <= d.until)
    }

    /// Positions after `position` at which what may be shared changed.
    pub(crate) fn turns_after(&self, position: u64) -> &[(u64, Moment)] {
        let first = self.row.turns.partition_point(|(at, _)| *at <= position);
        &self.row.turns[first..]
    }

    /// What may be shared changes here: everything before is to be decided again.
    pub(crate) fn turn(&mut self, position: u64, at: Moment) {
        self.row.turns.push((position, at));
        self.rules.turned.push(at);
    }

    /// The protocols that were ever adopted: each version's text, and whether it is over.
    pub fn protocols(&self) -> impl Iterator<Item = (&str, bool)> {
        let versions = self.row.protocols.values().flatten();
        versions.map(|version| (version.toml.as_str(), version.adopted.until.is_some()))
    }

    /// The protocols that were ever adopted, by id and version, with when and by whom they are signed.
    pub fn adopted(&self) -> Vec<Adopted> {
        let versions = self.row.protocols.values().flat_map(|versions| {
            let last = versions.len().saturating_sub(1);
            versions
                .iter()
                .enumerate()
                .map(move |(i, v)| (v, i == last))
        });
        let adopted = versions.filter_map(|(version, last)| {
            let read = version.read()?;
            let signed = version.signed.iter().filter_map(|(agency, spans)| {
                let open = spans.iter().find(|span| span.until.is_none())?;
                Some((agency.clone(), open.from))
            });
            Some(Adopted {
                protocol: read.protocol,
                adopted_at: version.adopted.from,
                ended: version.adopted.until.is_some() || !last,
                signed: signed.collect(),
                digest: version.digest(),
            })
        });
        adopted.collect()
    }

    /// As if the Board adopted this file now, a draft or not, and whoever is bound by the version before signed it; of a new protocol, all
    /// its parties. With the moment from which it carries something.
    pub(crate) fn as_if(&self, file: &str, now: Moment) -> Result<(Self, Moment), Reason> {
        let protocol = Protocol::from_toml(file).map_err(|_| Reason::UnreadableProtocol)?;
        let first = protocol.flows.iter().map(|flow| flow.valid_from).min();
        let at = first.map_or(now, |day| moment_of(day, 0).max(now));
        let mut row = self.row.clone();
        let versions = row.protocols.entry(protocol.id.clone()).or_default();
        let before = versions.last();
        let read = before.and_then(AdoptedVersion::read);
        if read.is_some_and(|last| last.protocol.version >= protocol.version) {
            return Err(Reason::NotANewVersion);
        }
        let is_bound = |agency: &AgencyId| {
            before.is_none_or(|before| {
                let mut spans = before.signed.get(agency).into_iter().flatten();
                spans.any(|span| span.until.is_none())
            })
        };
        let bound = protocol.parties.iter().filter(|agency| is_bound(agency));
        let signed = bound.map(|agency| (agency.clone(), vec![Span::since(now)]));
        let version = AdoptedVersion {
            toml: file.to_owned(),
            adopted: Span::since(now),
            signed: signed.collect(),
        };
        versions.push(version);
        let tried = Self {
            rules: rules(&row),
            row,
            policies: self.policies.clone(),
            usual: self.usual.clone(),
        };
        Ok((tried, at))
    }

    pub(crate) fn doubt(&mut self, agency: &AgencyId, after: ChainPlace, until: u64) {
        let agency = agency.clone();
        self.row.doubtful.push(Doubtful {
            agency,
            after,
            until,
        });
    }

    /// Whether the event is the Board's to make. The first of all has to register the Board itself.
    fn is_the_boards(&self, from: &AgencyId, event: &BoardEvent) -> bool {
        if self.row.agencies.is_empty() {
            return matches!(event, BoardEvent::AgencyRegistered(facts)
                if facts.agency == *from && facts.sector == Sector::Board);
        }
        self.agency(from)
            .is_some_and(|a| a.facts.sector == Sector::Board)
    }

    /// Applies an event of the Board; the first registers the Board itself.
    pub(crate) fn apply(&mut self, from: &AgencyId, event: &BoardEvent, at: Moment) -> Applied {
        if !self.is_the_boards(from, event) {
            return self.renew(Err(Reason::NotTheBoard));
        }
        let applied = match event {
            BoardEvent::AgencyRegistered(facts) => match self.register(facts) {
                Ok(false) => return Applied::UNCHANGED,
                registered => registered.map(|_| ()),
            },
            BoardEvent::ProtocolAdopted(toml) => self.adopt(from, toml, at),
            BoardEvent::ProtocolEnded(protocol) => self.end(protocol, at),
            BoardEvent::CrispPolicyAdopted(toml) => self.adopt_policy(toml, at),
            BoardEvent::AgencyStatusChanged { agency, suspended } => {
                self.suspend(agency, *suspended, at)
            }
            // Keys are the admission's business; the registry only checks that the agency is known.
            BoardEvent::KeyWithdrawn(withdrawn) => self
                .agency(&withdrawn.agency)
                .map(|_| ())
                .ok_or(Reason::UnknownAgency),
        };
        self.renew(applied)
    }

    /// Binds an agency to a version of a protocol.
    pub(crate) fn sign(&mut self, by: &AgencyId, signature: &Signature, at: Moment) -> Applied {
        match self.bind(by, signature, at) {
            Ok(false) => Applied::UNCHANGED,
            bound => self.renew(bound.map(|_| ())),
        }
    }

    /// Ends what binds an agency to a protocol.
    pub(crate) fn leave(&mut self, by: &AgencyId, protocol: &str, at: Moment) -> Applied {
        let versions = self.row.protocols.get_mut(protocol).into_iter().flatten();
        self.row
            .ahead
            .retain(|(of, ahead)| of != by || ahead.protocol != protocol);
        let mut left = Err(Reason::NotAParty);
        for span in versions.filter_map(|v| v.signed.get_mut(by)).flatten() {
            if span.until.is_none() {
                span.until = Some(at);
                left = Ok(());
            }
        }
        self.renew(left)
    }

    fn renew(&mut self, applied: Result<(), Reason>) -> Applied {
        if let Err(reason) = applied {
            return Applied {
                effect: Effect::WithoutEffect(reason),
                changed: false,
            };
        }
        self.rules = rules(&self.row);
        Applied {
            effect: Effect::Effective,
            changed: true,
        }
    }

    /// What isn't adopted yet is bound from its adoption on. False: nothing is different now.
    fn bind(&mut self, by: &AgencyId, signature: &Signature, at: Moment) -> Result<bool, Reason> {
        let versions = self.row.protocols.get_mut(&signature.protocol);
        let mut versions = versions.into_iter().flatten();
        let Some(version) = versions.find(|v| v.is(signature)) else {
            let newer = (by.clone(), signature.clone());
            let ahead = self.row.ahead.iter().filter(|(of, _)| of == by).count();
            if !self.row.ahead.contains(&newer) {
                (ahead < MOST_AHEAD)
                    .then_some(())
                    .ok_or(Reason::NoSuchProtocol)?;
                self.row.ahead.push(newer);
            }
            return Ok(false);
        };
        let open = version.adopted.until.is_none();
        open.then_some(()).ok_or(Reason::NoSuchProtocol)?;
        let party = version.read().is_some_and(|v| v.is_party(by));
        party.then_some(()).ok_or(Reason::NotAParty)?;
        let spans = version.signed.entry(by.clone()).or_default();
        let anew = spans.last().is_none_or(|last| last.until.is_some());
        if anew {
            // Each time, everything is decided again.
            (spans.len() < MOST_SIGNATURES)
                .then_some(())
                .ok_or(Reason::SignedTooOften)?;
            spans.push(Span::since(at));
        }
        Ok(anew)
    }

    /// False: it was known already, and may share what it did.
    fn register(&mut self, facts: &AgencyRegistered) -> Result<bool, Reason> {
        let known = self
            .row
            .agencies
            .iter_mut()
            .find(|a| a.facts.agency == facts.agency);
        if let Some(agency) = known {
            // What was decided by it stays decided.
            if agency.facts.sector != facts.sector {
                return Err(Reason::SectorStays);
            }
            // The first key stays: later ones are named by the agency's own chain, or by a withdrawal.
            agency.facts = AgencyRegistered {
                first_key: agency.facts.first_key,
                ..facts.clone()
            };
            return Ok(false);
        }
        if self.row.agencies.len() == MOST_AGENCIES {
            return Err(Reason::RegistryFull);
        }
        self.row.agencies.push(RegisteredAgency {
            facts: facts.clone(),
            suspensions: Vec::new(),
        });
        Ok(true)
    }

    /// The Board signs by adopting.
    fn adopt(&mut self, board: &AgencyId, toml: &str, at: Moment) -> Result<(), Reason> {
        let protocol = Protocol::from_toml(toml).map_err(|_| Reason::UnreadableProtocol)?;
        if protocol.status == Status::Draft {
            return Err(Reason::OnlyADraft);
        }
        let versions = self.row.protocols.entry(protocol.id).or_default();
        let last = versions.last().and_then(AdoptedVersion::read);
        if last.is_some_and(|last| last.protocol.version >= protocol.version) {
            return Err(Reason::NotANewVersion);
        }
        let mut version = AdoptedVersion {
            toml: toml.to_owned(),
            adopted: Span::since(at),
            signed: BTreeMap::new(),
        };
        let ahead = self
            .row
            .ahead
            .extract_if(.., |(_, signature)| version.is(signature));
        let ahead: Vec<AgencyId> = ahead.map(|(agency, _)| agency).collect();
        let bound = ahead.into_iter().chain([board.clone()]);
        let bound = bound.filter(|agency| protocol.parties.contains(agency));
        version.signed = bound
            .map(|agency| (agency, vec![Span::since(at)]))
            .collect();
        versions.push(version);
        Ok(())
    }

    fn adopt_policy(&mut self, toml: &str, at: Moment) -> Result<(), Reason> {
        let policy = Policy::from_toml(toml).map_err(|_| Reason::UnreadablePolicy)?;
        let last = self.policies.last().map(|(_, last)| last);
        if last.is_some_and(|last| last.id == policy.id && last.version >= policy.version) {
            return Err(Reason::NotANewVersion);
        }
        self.row.policies.push((at, toml.to_owned()));
        self.policies.push((at, policy));
        Ok(())
    }

    fn end(&mut self, protocol: &str, at: Moment) -> Result<(), Reason> {
        let versions = self.row.protocols.get_mut(protocol).into_iter().flatten();
        let mut ended = Err(Reason::NoSuchProtocol);
        for version in versions.filter(|v| v.adopted.until.is_none()) {
            version.adopted.until = Some(at);
            ended = Ok(());
        }
        ended
    }

    fn suspend(&mut self, agency: &AgencyId, suspended: bool, at: Moment) -> Result<(), Reason> {
        let mut known = self.row.agencies.iter_mut();
        let agency = known.find(|a| a.facts.agency == *agency);
        let agency = agency.ok_or(Reason::UnknownAgency)?;
        if agency.facts.sector == Sector::Board {
            return Err(Reason::TheBoardItself);
        }
        match (agency.is_suspended(), suspended) {
            (false, true) => agency.suspensions.push(Span::since(at)),
            (true, false) => agency
                .suspensions
                .iter_mut()
                .for_each(|span| span.until = span.until.or(Some(at))),
            (false, false) | (true, true) => {}
        }
        Ok(())
    }
}

/// None: one can't be read any more. Without it another one would hold (P9).
fn policies(row: &RegistryRow) -> Option<Vec<(Moment, Policy)>> {
    let policies = row.policies.iter();
    let read = policies.map(|(from, toml)| Some((*from, Policy::from_toml(toml).ok()?)));
    read.collect()
}

fn rules(row: &RegistryRow) -> Rules {
    let agencies = row.agencies.iter().map(|agency| {
        let standing = Standing {
            sector: agency.facts.sector,
            suspended: agency.suspensions.clone(),
        };
        (agency.facts.agency.clone(), standing)
    });
    let agreements = row.protocols.iter().map(|(id, versions)| {
        let versions = versions.iter().filter_map(AdoptedVersion::read).collect();
        (id.clone(), Agreement { versions })
    });
    Rules {
        agencies: agencies.collect(),
        agreements: agreements.collect(),
        turned: row.turns.iter().map(|(_, at)| *at).collect(),
    }
}

impl AdoptedVersion {
    /// None: it was written in a form that this version doesn't read.
    fn read(&self) -> Option<Version> {
        Some(Version {
            protocol: Protocol::from_toml(&self.toml).ok()?,
            adopted: self.adopted,
            signed: self.signed.clone(),
        })
    }

    /// SHA-256 over its file.
    fn digest(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, self.toml.as_bytes()).as_ref());
        bytes
    }

    /// The version that was signed, to the letter.
    fn is(&self, signature: &Signature) -> bool {
        self.digest() == signature.digest
            && self
                .read()
                .is_some_and(|v| v.protocol.version == signature.version)
    }
}
