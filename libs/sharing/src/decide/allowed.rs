//! What the flows in force between originator and recipient allow. A flow carries what is published while it is valid; what was
//! carried stays carried as long as each version since then has carried it too; a later version reaches back only where it says so.

use diogel_domain::{
    codes::{InvolvedWhen, LawfulBasis, Purpose, Sector},
    ids::AgencyId,
    times::Moment,
};

use super::{Involvement, Question, Relation};
use crate::{
    agreement::{Agreement, Rules, Version},
    audience::{Grant, Recipient},
    groups::{FieldGroup, Groups},
    protocol::{Condition, Flow},
    why::{Cited, Why},
};

/// Why a flow doesn't carry a group, the better reason last: the last that holds is told.
const REFUSALS: [Why; 6] = [
    Why::NotSigned,
    Why::NotValidThen,
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
}

impl<'r> Allowed<'r> {
    pub(super) fn by_protocols(
        rules: &'r Rules,
        question: &Question<'_>,
        to: (&AgencyId, Sector),
        relation: Relation<'_>,
    ) -> Self {
        let mut allowed = Self {
            groups: Groups::NONE,
            flows: [None; FieldGroup::COUNT],
            refused: [Groups::NONE; REFUSALS.len()],
        };
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
        };
        for agreement in rules.agreements.values() {
            allowed.under(agreement, &way);
        }
        allowed
    }

    fn under(&mut self, agreement: &'r Agreement, way: &Way<'_>) {
        let now = way.question.now;
        let Some(version) = agreement.in_force(way.from.0, way.to.0, now) else {
            let open = agreement.open(now);
            let open = open.filter(|v| v.is_party(way.from.0) && v.is_party(way.to.0));
            let flows = open.iter().flat_map(|v| way.flows(v));
            return flows.for_each(|flow| self.refuse(Why::NotSigned, flow.groups.closed()));
        };
        let kept = way.kept(agreement);
        for flow in way.flows(version) {
            let reaches = way.reached(flow);
            // What a flow never opened, no involvement and no attendance would open.
            if !reaches && !flow.opens_to(way.question.published) {
                self.refuse(Why::NotValidThen, flow.groups.closed());
                continue;
            }
            let carried = way.carried(flow);
            let opened = if reaches { carried } else { carried.meet(kept) };
            self.refuse(Why::NotReached, carried.without(opened));
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
    /// The flows of a version that are about this way, whatever their validity and condition.
    fn flows<'v>(&self, version: &'v Version) -> impl Iterator<Item = &'v Flow> {
        version.protocol.flows.iter().filter(|flow| {
            flow.matters.contains(&self.question.matter)
                && flow.purposes.contains(&self.purpose)
                && flow.bases.contains(&self.basis)
                && flow.from.holds(self.from.0, self.from.1)
                && flow.to.holds(self.to.0, self.to.1)
        })
    }

    /// What a flow carries to this recipient, as it stands now to the event's people and meetings.
    fn carried(&self, flow: &Flow) -> Groups {
        let groups = flow.groups.closed();
        match (flow.condition, self.involved()) {
            (Condition::Any, _) | (Condition::Involved, Involvement::Confirmed) => groups,
            (Condition::Involved, Involvement::Claimed) => groups.meet(Groups::PRECAUTIONS),
            (Condition::Attending, _) if self.attends() => groups,
            (Condition::Involved, Involvement::None) | (Condition::Attending, _) => Groups::NONE,
        }
    }

    fn unmet(&self, condition: Condition) -> Why {
        match (condition, self.involved()) {
            (Condition::Attending, _) => Why::NotAttending,
            (Condition::Involved, Involvement::Claimed) => Why::ClaimNotConfirmed,
            (Condition::Involved | Condition::Any, _) => Why::NotInvolved,
        }
    }

    /// Closing an involvement ends it, but for those to whom the originator granted it for good.
    fn involved(&self) -> Involvement {
        let for_good = |grant: &Grant| grant.to == Recipient::Involved(InvolvedWhen::AtPublication);
        if self.question.grants().any(for_good) {
            self.relation.involved.max(self.relation.involved_then)
        } else {
            self.relation.involved
        }
    }

    fn attends(&self) -> bool {
        let attended = |grant: &Grant| match &grant.to {
            Recipient::Meeting(meeting) => self.relation.attends.contains(meeting),
            Recipient::Agency(_) | Recipient::Sector(_) | Recipient::Involved(_) => false,
        };
        self.question.grants().any(attended)
    }

    fn reached(&self, flow: &Flow) -> bool {
        let Self { question, .. } = self;
        let day = question.published.day();
        flow.reaches(question.published)
            && day <= flow.review_by
            && flow.valid_from <= question.now.day()
    }

    /// What every version in force between the two has carried since the event was published.
    fn kept(&self, agreement: &Agreement) -> Groups {
        let Question { published, now, .. } = *self.question;
        let (from, to) = (self.from.0, self.to.0);
        let turns = agreement.turns(from, to, published, now);
        std::iter::once(published)
            .chain(turns)
            .fold(Groups::ALL, |kept, at| {
                kept.meet(self.carried_at(agreement, at))
            })
    }

    fn carried_at(&self, agreement: &Agreement, at: Moment) -> Groups {
        let version = agreement.in_force(self.from.0, self.to.0, at);
        let flows = version.into_iter().flat_map(|version| self.flows(version));
        flows
            .filter(|flow| flow.opens_to(self.question.published))
            .fold(Groups::NONE, |sum, flow| sum.join(self.carried(flow)))
    }
}
