//! What the Board's events have made: agencies with their numbers, protocols in force. Part of the view, because decisions are
//! made at positions.

use std::collections::BTreeMap;

use diogel_domain::{
    board::{AgencyRegistered, BoardEvent},
    codes::Sector,
    effect::{Effect, Reason},
    ids::AgencyId,
    times::Moment,
};
use diogel_sharing::{
    decide::{Adopted, Rules, Standing},
    protocol::Protocol,
};
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
    /// By protocol id.
    protocols: BTreeMap<String, (String, Moment)>,
    /// What was signed with a key that was withdrawn later.
    doubtful: Vec<Doubtful>,
}

/// An agency's events after a place of its chain, up to the position at which that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Doubtful {
    agency: AgencyId,
    after: ChainPlace,
    until: u64,
}

/// An agency as the Board registered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredAgency {
    /// What the Board said last.
    pub facts: AgencyRegistered,
    /// Neither publishes nor reads.
    pub suspended: bool,
}

/// The registry, ready to decide with.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    row: RegistryRow,
    rules: Rules,
}

impl Registry {
    pub(crate) fn from_row(row: RegistryRow) -> Self {
        let mut rules = Rules::default();
        for agency in &row.agencies {
            let standing = Standing {
                sector: agency.facts.sector,
                suspended: agency.suspended,
            };
            rules.agencies.insert(agency.facts.agency.clone(), standing);
        }
        for (toml, since) in row.protocols.values() {
            // Only what could be read was ever stored.
            if let Ok(protocol) = Protocol::from_toml(toml) {
                rules.protocols.insert(
                    protocol.id.clone(),
                    Adopted {
                        protocol,
                        since: *since,
                    },
                );
            }
        }
        Self { row, rules }
    }

    pub(crate) const fn row(&self) -> &RegistryRow {
        &self.row
    }

    /// What decisions rest on.
    pub const fn rules(&self) -> &Rules {
        &self.rules
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

    /// Whether the agency's event came after the last one that the Board called good when it withdrew the key.
    pub fn is_doubtful(&self, agency: &AgencyId, place: ChainPlace, position: u64) -> bool {
        let mut doubtful = self.row.doubtful.iter();
        doubtful.any(|d| d.agency == *agency && place > d.after && position <= d.until)
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
    pub(crate) fn apply(&mut self, from: &AgencyId, event: &BoardEvent, at: Moment) -> Effect {
        if !self.is_the_boards(from, event) {
            return Effect::WithoutEffect(Reason::NotTheBoard);
        }
        let applied = match event {
            BoardEvent::AgencyRegistered(facts) => self.register(facts),
            BoardEvent::ProtocolAdopted(toml) => self.adopt(toml, at),
            BoardEvent::AgencyStatusChanged { agency, suspended } => {
                self.suspend(agency, *suspended)
            }
            // Keys are the admission's business; the registry only checks that the agency is known.
            BoardEvent::KeyWithdrawn(withdrawn) => self
                .agency(&withdrawn.agency)
                .map(|_| ())
                .ok_or(Reason::UnknownAgency),
        };
        *self = Self::from_row(std::mem::take(&mut self.row));
        applied.map_or_else(Effect::WithoutEffect, |()| Effect::Effective)
    }

    fn register(&mut self, facts: &AgencyRegistered) -> Result<(), Reason> {
        let known = self
            .row
            .agencies
            .iter_mut()
            .find(|a| a.facts.agency == facts.agency);
        if let Some(agency) = known {
            // The first key stays: later ones are named by the agency's own chain, or by a withdrawal.
            agency.facts = AgencyRegistered {
                first_key: agency.facts.first_key,
                ..facts.clone()
            };
            return Ok(());
        }
        if self.row.agencies.len() == MOST_AGENCIES {
            return Err(Reason::RegistryFull);
        }
        self.row.agencies.push(RegisteredAgency {
            facts: facts.clone(),
            suspended: false,
        });
        Ok(())
    }

    fn adopt(&mut self, toml: &str, at: Moment) -> Result<(), Reason> {
        let protocol = Protocol::from_toml(toml).map_err(|_| Reason::UnreadableProtocol)?;
        self.row
            .protocols
            .insert(protocol.id, (toml.to_owned(), at));
        Ok(())
    }

    fn suspend(&mut self, agency: &AgencyId, suspended: bool) -> Result<(), Reason> {
        let mut known = self.row.agencies.iter_mut();
        match known.find(|a| a.facts.agency == *agency) {
            None => Err(Reason::UnknownAgency),
            Some(board) if board.facts.sector == Sector::Board => Err(Reason::TheBoardItself),
            Some(agency) => {
                agency.suspended = suspended;
                Ok(())
            }
        }
    }
}
