//! The decision: what a recipient gets of an event, and why not more. Pure and total: the same rules, header, recipient, relation
//! and time give the same answer, at the event's position as at every later read.
//!
//! (what the originator granted ∩ what a flow in force allows) − what is withheld or taken back, and what an emergency discloses.

mod allowed;
mod granted;

use diogel_domain::{
    codes::Sector,
    content::Matter,
    ids::{AgencyId, EventId},
    times::Moment,
};

use crate::{
    agreement::Rules,
    audience::{Audience, Grant},
    change::Change,
    groups::{FieldGroup, Groups},
    why::{Cited, Why},
};
use allowed::Allowed;
use granted::Granted;

/// The version of the rules in this folder. Kept with every stored decision; every version ever shipped stays callable.
pub const RULES_VERSION: u16 = 1;

/// What is asked of an event's header.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Whose event.
    pub originator: &'a AgencyId,
    /// What it is about.
    pub matter: Matter,
    /// Its audience, as it was published.
    pub audience: &'a Audience,
    /// How its originator changed that since, in order. What came after `now` doesn't count.
    pub changes: &'a [(Moment, Change)],
    /// When it was given its position.
    pub published: Moment,
    /// As of when the decision is made.
    pub now: Moment,
}

impl<'a> Question<'a> {
    /// Every grant that was made, up to now.
    pub(crate) fn grants(&self) -> impl Iterator<Item = &'a Grant> + use<'a> {
        let now = self.now;
        let changes = self.changes.iter().take_while(move |(at, _)| *at <= now);
        let later = changes.flat_map(|(_, change)| match change {
            Change::Widen(grants) => grants.as_slice(),
            Change::Narrow(_) | Change::Withdraw | Change::Disclose(_) => &[],
        });
        self.audience.grants.iter().chain(later)
    }

    /// An escalation is for its parties, whom it names at once (PRACTICE, section 3). Whoever else it names knows of it at most, by
    /// its own name alone; nothing discloses it to them.
    fn is_for(&self, agency: &AgencyId) -> bool {
        self.matter != Matter::Escalation || self.audience.is_party(agency)
    }
}

/// How a recipient stands to an event's people and meetings, as of the question's `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Relation<'a> {
    /// Involved with a person of the event.
    pub involved: Involvement,
    /// Involved when the event was published.
    pub involved_then: Involvement,
    /// The meetings that it attends.
    pub attends: &'a [EventId],
    /// Practice has it told, without being named: the originator of what is asked for or claimed about.
    pub concerned: bool,
}

/// How far an involvement goes. A claim is self-declared; it opens precautions only (PRACTICE, section 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Involvement {
    /// Not involved.
    #[default]
    None,
    /// Says so itself.
    Claimed,
    /// The originator, or the lead agency, says so too.
    Confirmed,
}

/// What a recipient gets, with a reason for each group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<'r> {
    /// The groups it gets. Without existence it is nothing, or precautions alone.
    pub groups: Groups,
    /// A reason for each group, in the order of [`FieldGroup::ALL`].
    pub reasons: [Why; FieldGroup::COUNT],
    /// The flow that carries each group.
    pub flows: [Option<Cited<'r>>; FieldGroup::COUNT],
}

impl<'r> Decision<'r> {
    const fn all(groups: Groups, why: Why) -> Self {
        Self {
            groups,
            reasons: [why; FieldGroup::COUNT],
            flows: [None; FieldGroup::COUNT],
        }
    }

    /// The flow that lets the recipient know that the event exists.
    pub const fn citation(&self) -> Option<Cited<'r>> {
        self.flows[FieldGroup::Existence as usize]
    }

    /// The reason for a group.
    pub const fn why(&self, group: FieldGroup) -> Why {
        self.reasons[group as usize]
    }
}

/// Decides what `recipient` gets. A suspended agency gets nothing, not even its own.
pub fn decide<'r>(
    rules: &'r Rules,
    question: &Question<'_>,
    recipient: &AgencyId,
    relation: Relation<'_>,
) -> Decision<'r> {
    match rules.active(recipient, question.now) {
        Some(standing) => share(rules, question, (recipient, standing.sector), relation),
        None => Decision::all(Groups::NONE, Why::NotAnActiveAgency),
    }
}

/// What `recipient` is entitled to while it isn't suspended: what a view keeps for it, so that nothing is missed once the Board
/// lets it read again. Never what a read goes by. A flow that becomes valid on a later day reaches back with the next change of the
/// rules, for everything at once: or else whatever touches an event after that day would bring it alone.
pub fn entitlement(
    rules: &Rules,
    question: &Question<'_>,
    recipient: &AgencyId,
    relation: Relation<'_>,
) -> Groups {
    let Some(standing) = rules.agencies.get(recipient) else {
        return Groups::NONE;
    };
    if recipient == question.originator {
        return Groups::ALL;
    }
    // Without the reasons, which nobody keeps.
    let valid = rules.turned_by(question.now);
    let to = (recipient, standing.sector);
    Met::new(rules, question, to, relation, valid).groups()
}

/// What is withheld from a recipient, or was taken from it by its name, and wasn't given back by it: what corrects the event keeps it
/// from them too.
pub fn kept_from(rules: &Rules, question: &Question<'_>, recipient: &AgencyId) -> Groups {
    let Some(standing) = rules.agencies.get(recipient) else {
        return Groups::ALL;
    };
    let relation = Relation::default();
    Granted::by_originator(question, recipient, standing.sector, relation).kept_from()
}

fn share<'r>(
    rules: &'r Rules,
    question: &Question<'_>,
    to: (&AgencyId, Sector),
    relation: Relation<'_>,
) -> Decision<'r> {
    if to.0 == question.originator {
        return Decision::all(Groups::ALL, Why::Originator);
    }
    Met::new(rules, question, to, relation, question.now).decision()
}

/// What is granted, and what is allowed of it.
struct Met<'r> {
    granted: Granted,
    allowed: Allowed<'r>,
    /// What a flow carries.
    carried: Groups,
}

impl<'r> Met<'r> {
    fn new(
        rules: &'r Rules,
        question: &Question<'_>,
        (recipient, sector): (&AgencyId, Sector),
        relation: Relation<'_>,
        valid: Moment,
    ) -> Self {
        let granted = Granted::by_originator(question, recipient, sector, relation);
        let allowed = if granted.groups.is_empty() {
            // Nothing that a protocol could carry: what it would allow is in no answer.
            Allowed::nothing()
        } else {
            Allowed::by_protocols(rules, question, (recipient, sector), relation, valid)
        };
        let carried = whole(granted.groups.meet(allowed.groups));
        Self {
            granted,
            allowed,
            carried,
        }
    }

    const fn groups(&self) -> Groups {
        self.carried.join(self.granted.disclosed)
    }

    fn decision(&self) -> Decision<'r> {
        Decision {
            groups: self.groups(),
            reasons: FieldGroup::ALL.map(|group| self.why(group)),
            flows: FieldGroup::ALL.map(|group| {
                let flow = self.allowed.flow(group);
                flow.filter(|_| self.carried.has(group))
            }),
        }
    }

    fn why(&self, group: FieldGroup) -> Why {
        let Self {
            granted, allowed, ..
        } = self;
        if self.carried.has(group) {
            Why::Flow
        } else if granted.disclosed.has(group) {
            Why::Emergency
        } else if granted.groups.meet(allowed.groups).has(group) {
            // A flow carries it, but none that it exists.
            allowed.why_not(FieldGroup::Existence)
        } else if granted.groups.has(group) {
            allowed.why_not(group)
        } else {
            granted.why_not(group)
        }
    }
}

/// Without existence there is nothing but what a visitor needs at the door.
const fn whole(groups: Groups) -> Groups {
    if groups.has(FieldGroup::Existence) {
        groups
    } else {
        groups.meet(Groups::PRECAUTIONS)
    }
}

#[cfg(test)]
mod tests;
