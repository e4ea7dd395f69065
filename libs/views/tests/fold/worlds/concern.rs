//! Which events an agency's answers may rest on: its own, those that it could have a right to, the Board's; and of the others only
//! those without which these wouldn't stand as they do. Everything else must make no difference to it.
//!
//! *Stand as they do*: what an event refers to; what corrects, supersedes, erases, changes or answers it; what is said about who
//! sees it, as far as that reaches the agency; the meetings by which the agency has it; and, where an author refers to another's
//! event without its hash, whatever lets that author know of it, because otherwise the reference would be as good as none.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    content::ReferenceRole,
    ids::{AgencyId, EventId},
    people::Identifier,
};
use diogel_sharing::{change::Change, groups::Groups};
use diogel_views::FoldInput;

use super::{
    history::{History, header, references, who},
    rights::Rights,
};

/// What concerns an agency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concern {
    /// Events that its answers may rest on, with the groups that it could have a right to, and who is in them, where a claim of its
    /// own is about somebody of these: at the door they are found by that.
    pub events: BTreeMap<EventId, (Groups, BTreeSet<Identifier>)>,
    /// Who knows of which event, as far as its answers may rest on that.
    pub knowing: BTreeSet<(AgencyId, EventId)>,
}

impl Concern {
    /// The groups of an event that the agency could have a right to.
    pub fn groups(&self, event: EventId) -> Groups {
        let known = self.events.get(&event);
        known.map_or(Groups::NONE, |(groups, _)| *groups)
    }
}

/// What concerns the agency in this world.
pub fn concern(history: &History<'_>, agency: &AgencyId) -> Concern {
    let rights = Rights::of(history, agency);
    let mut slice = Slice {
        history,
        agency,
        rights: &rights,
        found: Concern::default(),
        open: Vec::new(),
    };
    for input in history.inputs {
        if !rights.groups(input).is_empty() {
            slice.add(input);
        }
    }
    while let Some(input) = slice.open.pop() {
        slice.rests_on(input);
        slice.stands_by(input);
        slice.came_by(input);
    }
    slice.found
}

struct Slice<'a> {
    history: &'a History<'a>,
    agency: &'a AgencyId,
    rights: &'a Rights<'a>,
    found: Concern,
    open: Vec<&'a FoldInput>,
}

impl<'a> Slice<'a> {
    fn add(&mut self, input: &'a FoldInput) {
        let involved = self.rights.is_involved(input);
        let who = who(input).into_iter().filter(|_| involved);
        let known = (self.rights.groups(input), who.cloned().collect());
        let before = self.found.events.insert(input.event_id, known);
        if before.is_none() {
            self.open.push(input);
        }
    }

    fn add_event(&mut self, event: EventId) {
        if let Some(input) = self.history.get(event) {
            self.add(input);
        }
    }

    /// What it refers to. Its own reference to what it may not see has to be as good as none.
    fn rests_on(&mut self, input: &'a FoldInput) {
        let own = input.agency == *self.agency;
        for reference in references(input) {
            let Some(target) = self.history.get(reference.event_id) else {
                continue;
            };
            let shown = reference.hash == Some(target.hash);
            if own && !shown && self.rights.groups(target).is_empty() {
                continue;
            }
            self.add(target);
            if reference.hash.is_none() && target.agency != input.agency {
                self.knows(&input.agency, target);
            }
        }
    }

    /// Whatever lets an author know of an event, as far as that stands in clear.
    fn knows(&mut self, author: &AgencyId, target: &'a FoldInput) {
        let new = self.found.knowing.insert((author.clone(), target.event_id));
        if !new {
            return;
        }
        let changes: Vec<_> = self.history.changes(target).map(|(by, _)| by).collect();
        for by in changes {
            self.add(by);
        }
        for meeting in self.history.meetings(target) {
            self.add_event(meeting);
        }
    }

    /// What others did to it. Only an originator acts on its events; others try, and their attempts are nobody's business.
    fn stands_by(&mut self, input: &'a FoldInput) {
        for (by, reference) in self.history.referring(input.event_id) {
            let same = by.agency == input.agency;
            let counts = match reference.role {
                ReferenceRole::Corrects
                | ReferenceRole::Supersedes
                | ReferenceRole::Changes
                | ReferenceRole::Erases => same,
                ReferenceRole::Shares => same && self.is_reached(input, by),
                ReferenceRole::Claim | ReferenceRole::Answers => true,
                // Who took what it was told is its originator's business alone.
                ReferenceRole::Acknowledges => input.agency == *self.agency,
                // What is shared as this is can decide whether other steps on it count.
                ReferenceRole::StepOf => header(by).is_some_and(|h| h.audience.is_none()),
                ReferenceRole::RestsOn | ReferenceRole::Concerns | ReferenceRole::Requests => false,
            };
            if counts {
                self.add(by);
            }
        }
    }

    fn is_reached(&self, of: &FoldInput, by: &FoldInput) -> bool {
        let change: Option<&Change> = header(by).and_then(|header| header.change.as_ref());
        change.is_some_and(|change| self.rights.is_reached_by(of, change))
    }

    /// The meetings by which it has it.
    fn came_by(&mut self, input: &'a FoldInput) {
        for meeting in self.history.meetings(input) {
            if self.history.attends(meeting, self.agency) {
                self.add_event(meeting);
            }
        }
    }
}
