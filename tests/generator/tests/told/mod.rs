//! What a scenario's lines have said so far, as far as later lines rest on it: their ids, who attends which meeting, whose involvement
//! with whom was confirmed, and which steps were taken on what.

mod standing;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use diogel_contract::read::{Publication, ReferenceTo};
use diogel_domain::{
    content::ReferenceRole,
    ids::{AgencyId, EventId},
    lifecycle::Taken,
    times::Moment,
};
use diogel_sharing::{change::Change, decide::Relation};
use serde_json::Value;

use super::board::{Board, Shared};
use standing::identifiers;

/// The lines so far.
#[derive(Default)]
pub struct Told {
    lines: BTreeMap<EventId, Earlier>,
    names: BTreeMap<String, EventId>,
    attending: BTreeMap<EventId, Vec<AgencyId>>,
    confirmed: BTreeSet<EventId>,
    taken: BTreeMap<EventId, Vec<Taken>>,
    gone: BTreeSet<EventId>,
}

/// An earlier line.
pub struct Earlier {
    /// Whose.
    pub agency: AgencyId,
    at: Moment,
    publication: Publication,
}

impl Told {
    /// Puts made-up ids and hashes in the place of names.
    pub fn fill(&self, value: &mut Value) -> Result<(), String> {
        match value {
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.fill(item)),
            Value::Object(fields) => fields.iter_mut().try_for_each(|(key, field)| {
                let name = field.as_str().filter(|text| text.starts_with('@'));
                let Some(name) = name.filter(|_| key == "eventId" || key == "hash") else {
                    return self.fill(field);
                };
                let id = self.names.get(name);
                let id = id.ok_or_else(|| format!("{name} names no earlier line"))?;
                let id = id.to_string();
                let hash = || format!("{:0>64}", id.replace('-', ""));
                *field = Value::String(if key == "hash" { hash() } else { id });
                Ok(())
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
        }
    }

    /// The line that a reference names.
    pub fn target(&self, agency: &AgencyId, to: &ReferenceTo) -> Option<&Earlier> {
        self.lines.get(&self.id(agency, to)?)
    }

    fn id(&self, agency: &AgencyId, to: &ReferenceTo) -> Option<EventId> {
        match to {
            ReferenceTo::Event(id, _) => Some(*id),
            ReferenceTo::RequestKey(key) => self.names.get(&format!("@{agency}:{key}")).copied(),
        }
    }

    /// Keeps a line. False: its request key was used before.
    pub fn keep(
        &mut self,
        agency: &AgencyId,
        key: String,
        at: Moment,
        publication: Publication,
    ) -> bool {
        let number = self.names.len() + 1;
        let id = EventId::parse(&format!("00000000-0000-7000-8000-{number:012x}"));
        let id = id.expect("an id");
        self.follow(agency, id, &publication);
        self.follow_steps(agency, &publication);
        let agency = agency.clone();
        let unused = self.names.insert(format!("@{agency}:{key}"), id).is_none();
        let earlier = Earlier {
            agency,
            at,
            publication,
        };
        self.lines.insert(id, earlier);
        unused
    }

    /// Whom a line doesn't reach although it names them: by its audience, or by a change of another's.
    pub fn unreached(
        &self,
        board: &Board,
        agency: &AgencyId,
        at: Moment,
        publication: &Publication,
    ) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(shared) = Shared::of(agency, at, publication) {
            found.extend(self.missed(board, (&shared, publication), &[], at));
        }
        if let Some(change @ Change::Widen(_)) = &publication.change {
            let mut references = publication.references.iter();
            let reference = references.find(|r| r.role == ReferenceRole::Shares);
            let target = reference.and_then(|r| self.target(agency, &r.to));
            found.extend(target.map_or_else(
                || vec!["widens nothing".into()],
                |target| self.missed_anew(board, target, (at, change.clone())),
            ));
        }
        found
    }

    fn missed_anew(
        &self,
        board: &Board,
        target: &Earlier,
        change: (Moment, Change),
    ) -> Vec<String> {
        let of = &target.publication;
        let now = change.0;
        let shared = Shared::of(&target.agency, target.at, of);
        let missed = shared.map(|shared| self.missed(board, (&shared, of), &[change], now));
        missed.unwrap_or_default()
    }

    fn missed(
        &self,
        board: &Board,
        (shared, publication): (&Shared<'_>, &Publication),
        changes: &[(Moment, Change)],
        now: Moment,
    ) -> Vec<String> {
        let meetings = shared.audience.meetings();
        let mut found: Vec<String> = meetings
            .filter(|meeting| !self.attending.contains_key(meeting))
            .map(|meeting| format!("{meeting} is no meeting"))
            .collect();
        let identifiers = identifiers(publication);
        found.extend(board.unreached(shared, changes, now, |agency, decide| {
            let attends = self.attended(agency);
            let involved = self.involvement(agency, &identifiers);
            decide(Relation {
                involved,
                involved_then: involved,
                attends: &attends,
                concerned: false,
            })
        }));
        found
    }
}
