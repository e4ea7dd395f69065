//! What the flows in force between originator and recipient allow. A flow carries what is published while it is valid; what was
//! carried stays carried as long as each version since then has carried it too; a later version reaches back only where it says so.

use diogel_domain::{
    codes::{InvolvedWhen, LawfulBasis, Purpose, Sector},
    ids::AgencyId,
    times::Moment,
};

use super::{Involvement, Question, Relation, granted::Granted};
use crate::{
    agreement::{Agreement, Between, Rules, Version},
    audience::{Grant, Recipient},
    groups::{FieldGroup, Groups},
    protocol::{Condition, Flow},
    why::{Cited, Why},
};

/// Why a flow doesn't carry a group, the better reason last: the last that holds is told.
const REFUSALS: [Why; 7] = [
    Why::NotSigned,
    Why::NotValidThen,
    Why::ReviewOver,
    Why::NotReached,
    Why::NotAttending,
    Why::NotInvolved,
    Why::ClaimNotConfirmed,
];

/// What is allowed.
pub(super) struct Allowed<'r> {
    pub groups: Groups,
    flows: [Option<Cited<'r>>; FieldGroup::COUNT],
    /// For each of [`REFUSALS`].
    refused: [Groups; REFUSALS.len()],
}

/// One event on its way from one agency to another.
struct Way<'a> {
    from: (&'a AgencyId, Sector),
    to: (&'a AgencyId, Sector),
    purpose: Purpose,
    basis: LawfulBasis,
    question: &'a Question<'a>,
    relation: Relation<'a>,
    /// How far the recipient is involved with the event's people, for its flows.
    involved: Involvement,
    /// Whether it attends a meeting that the originator named.
    attends: bool,
    /// By which flows, valid at this moment, it is reached that was published before them.
    valid: Moment,
}

impl<'r> Allowed<'r> {
    pub(super) const fn nothing() -> Self {
        Self {
            groups: Groups::NONE,
            flows: [None; FieldGroup::COUNT],
            refused: [Groups::NONE; REFUSALS.len()],
        }
    }

    pub(super) fn by_protocols(
        rules: &'r Rules,
        question: &Question<'_>,
        to: (&AgencyId, Sector),
        relation: Relation<'_>,
        valid: Moment,
    ) -> Self {
        let mut allowed = Self::nothing();
        let audience = question.audience;
        let from = rules.agencies.get(question.originator);
        let (Some(from), Some(purpose), Some(basis)) =
            (from, audience.purpose, audience.lawful_basis)
        else {
            return allowed;
        };
        let way = Way {
            from: (question.originator, from.sector),
            to,
            purpose,
            basis,
            question,
            relation,
            involved: involved(question, relation),
            attends: attends(question, relation),
            valid,
        };
        for agreement in rules.agreements.values() {
            allowed.under(agreement, &way);
        }
        allowed
    }

    fn under(&mut self, agreement: &'r Agreement, way: &Way<'_>) {
        // Most protocols are about something else: who signed them when needn't be looked up.
        if !agreement.versions.iter().any(|v| way.is_matter_of(v)) {
            return;
        }
        let now = way.question.now;
        let between = agreement.between(way.from.0, way.to.0);
        let Some(version) = between.in_force(now) else {
            let open = agreement.open(now);
            let open = open.filter(|v| v.is_party(way.from.0) && v.is_party(way.to.0));
            let flows = open.iter().flat_map(|v| way.flows(v));
            return flows.for_each(|flow| self.refuse(Why::NotSigned, flow.groups.closed()));
        };
        let mut kept = None;
        for flow in way.flows(version) {
            let reaches = way.reached(flow);
            // What a flow never opened, no involvement and no attendance would open.
            if !reaches && !flow.opens_to(way.question.published) {
                self.refuse(Why::NotValidThen, flow.groups.closed());
                continue;
            }
            let carried = way.carried(flow);
            let opened = if reaches {
                carried
            } else {
                carried.meet(*kept.get_or_insert_with(|| way.kept(&between, version)))
            };
            self.refuse(Why::NotReached, carried.without(opened));
            let granted = way.granted_in_time(flow);
            self.refuse(Why::ReviewOver, opened.without(granted));
            let opened = opened.meet(granted);
            let unmet = flow.groups.closed().without(carried);
            self.refuse(way.unmet(flow.condition), unmet);
            self.allow(opened, version, flow);
        }
    }

    fn allow(&mut self, groups: Groups, version: &'r Version, flow: &'r Flow) {
        let protocol = &version.protocol;
        let cited = Cited {
            protocol: &protocol.id,
            version: protocol.version,
            flow: flow.number,
            tell_originator: flow.tell_originator,
        };
        for group in groups.without(self.groups).iter() {
            self.flows[group as usize] = Some(cited);
        }
        self.groups = self.groups.join(groups);
    }

    fn refuse(&mut self, why: Why, groups: Groups) {
        let place = REFUSALS.iter().position(|refusal| *refusal == why);
        if let Some(refused) = place.and_then(|place| self.refused.get_mut(place)) {
            *refused = refused.join(groups);
        }
    }

    pub(super) fn why_not(&self, group: FieldGroup) -> Why {
        let refusals = REFUSALS.iter().zip(&self.refused).rev();
        let told = refusals
            .filter(|(_, groups)| groups.has(group))
            .map(|(why, _)| *why);
        told.take(1).last().unwrap_or(Why::NoFlow)
    }

    pub(super) const fn flow(&self, group: FieldGroup) -> Option<Cited<'r>> {
        self.flows[group as usize]
    }
}

impl Way<'_> {
    /// A version has something to say of this way, whoever is at its ends.
    fn is_matter_of(&self, version: &Version) -> bool {
        let mut flows = version.protocol.flows.iter();
        flows.any(|flow| self.is_about(flow))
    }

    /// A flow is about such an event, whoever is at its ends.
    fn is_about(&self, flow: &Flow) -> bool {
        // The purpose first: it tells flows of one protocol apart better than the kind does.
        flow.purposes.contains(&self.purpose)
            && flow.matters.contains(&self.question.matter)
            && flow.bases.contains(&self.basis)
    }

    /// The flows of a version that are about this way, whatever their validity and condition.
    fn flows<'v>(&self, version: &'v Version) -> impl Iterator<Item = &'v Flow> {
        version.protocol.flows.iter().filter(|flow| {
            flow.to.holds(self.to.0, self.to.1)
                && self.is_about(flow)
                && flow.from.holds(self.from.0, self.from.1)
        })
    }

    /// What a flow carries to this recipient, as it stands now to the event's people and meetings.
    fn carried(&self, flow: &Flow) -> Groups {
        let groups = flow.groups.closed();
        match (flow.condition, self.involved) {
            (Condition::Any, _) | (Condition::Involved, Involvement::Confirmed) => groups,
            (Condition::Involved, Involvement::Claimed) => groups.meet(Groups::PRECAUTIONS),
            (Condition::Attending, _) if self.attends => groups,
            (Condition::Involved, Involvement::None) | (Condition::Attending, _) => Groups::NONE,
        }
    }

    fn unmet(&self, condition: Condition) -> Why {
        match (condition, self.involved) {
            (Condition::Attending, _) => Why::NotAttending,
            (Condition::Involved, Involvement::Claimed) => Why::ClaimNotConfirmed,
            (Condition::Involved | Condition::Any, _) => Why::NotInvolved,
        }
    }

    /// What was granted before the flow's review was over: after it, it opens nothing new (PRACTICE, section 4).
    fn granted_in_time(&self, flow: &Flow) -> Groups {
        let Question { changes, now, .. } = *self.question;
        let in_time = changes.partition_point(|(at, _)| at.day() <= flow.review_by);
        if now.day() <= flow.review_by || in_time == changes.len() {
            return Groups::ALL;
        }
        let question = Question {
            changes: &changes[..in_time],
            ..*self.question
        };
        let (recipient, sector) = self.to;
        Granted::by_originator(&question, recipient, sector, self.relation).groups
    }

    fn reached(&self, flow: &Flow) -> bool {
        let Self { question, .. } = self;
        let day = question.published.day();
        flow.reaches(question.published)
            && day <= flow.review_by
            && flow.valid_from <= self.valid.day()
    }

    /// What every version in force between the two has carried since the event was published, but for the present one: what it opens
    /// it keeps.
    fn kept(&self, between: &Between<'_>, present: &Version) -> Groups {
        let Question { published, now, .. } = *self.question;
        let versions = between.since(published, now);
        let other = |version: Option<&Version>| version.is_none_or(|v| !std::ptr::eq(v, present));
        let before = versions.filter(|version| other(*version));
        before.fold(Groups::ALL, |kept, version| {
            kept.meet(self.opened_by(version))
        })
    }

    /// What a version opened when the event was published.
    fn opened_by(&self, version: Option<&Version>) -> Groups {
        let flows = version.into_iter().flat_map(|version| self.flows(version));
        flows
            .filter(|flow| flow.opens_to(self.question.published))
            .fold(Groups::NONE, |sum, flow| sum.join(self.carried(flow)))
    }
}

/// Closing an involvement ends it, but for those to whom the originator granted it for good.
fn involved(question: &Question<'_>, relation: Relation<'_>) -> Involvement {
    let for_good = |grant: &Grant| grant.to == Recipient::Involved(InvolvedWhen::AtPublication);
    // Whoever never was needs no look at the grants.
    if relation.involved_then > relation.involved && question.grants().any(for_good) {
        relation.involved_then
    } else {
        relation.involved
    }
}

fn attends(question: &Question<'_>, relation: Relation<'_>) -> bool {
    let attended = |grant: &Grant| match &grant.to {
        Recipient::Meeting(meeting) => relation.attends.contains(meeting),
        Recipient::Agency(_) | Recipient::Sector(_) | Recipient::Involved(_) => false,
    };
    !relation.attends.is_empty() && question.grants().any(attended)
}
