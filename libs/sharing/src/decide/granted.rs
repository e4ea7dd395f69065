//! What the originator grants a recipient: its audience, and every change since, in order.

use diogel_domain::{
    codes::{InvolvedWhen, Sector},
    content::Matter,
    ids::AgencyId,
    times::Moment,
};

use super::{Involvement, Question, Relation};
use crate::{
    audience::{Grant, Recipient},
    change::Change,
    groups::{FieldGroup, Groups},
    why::Why,
};

/// What is granted.
pub(super) struct Granted {
    /// As far as a flow carries it.
    pub groups: Groups,
    /// Beyond every flow.
    pub disclosed: Groups,
    /// Why nothing more.
    refused: Why,
    /// What was taken back.
    taken: Groups,
    /// What was taken from this recipient by its name, and wasn't given back by it.
    narrowed: Groups,
    /// What a confirmed involvement would open.
    claimed: Groups,
    withheld: bool,
}

/// Whom it is granted to.
struct To<'a> {
    recipient: &'a AgencyId,
    sector: Sector,
    relation: Relation<'a>,
    /// No party to an escalation.
    outsider: bool,
}

impl To<'_> {
    /// What a grant gives, were it for this recipient.
    fn most(&self, grant: &Grant) -> Groups {
        if !self.outsider {
            return grant.granted();
        }
        if grant.to == Recipient::Agency(self.recipient.clone()) {
            grant.granted().meet(Groups::GLIMPSE)
        } else {
            Groups::NONE
        }
    }
}

impl Granted {
    pub(super) fn by_originator(
        question: &Question<'_>,
        recipient: &AgencyId,
        sector: Sector,
        relation: Relation<'_>,
    ) -> Self {
        let to = To {
            recipient,
            sector,
            relation,
            outsider: !question.is_for(recipient),
        };
        let implied = implied(question.matter, sector, relation);
        let reported = reported(question.matter, sector);
        let audience = question.audience;
        let unnamed = implied.is_empty() && reported.is_empty();
        let mut granted = Self {
            groups: implied,
            disclosed: reported,
            refused: Why::NotGranted,
            taken: Groups::NONE,
            narrowed: Groups::NONE,
            claimed: Groups::NONE,
            withheld: unnamed && audience.withheld.contains(recipient),
        };
        if audience.originator_only {
            granted.refused = Why::OriginatorOnly;
        } else if granted.withheld {
            granted.refused = Why::Withheld;
        } else {
            audience
                .grants
                .iter()
                .for_each(|grant| granted.add(grant, &to));
        }
        let changes = question.changes.iter();
        for (_, change) in changes.take_while(|(at, _)| *at <= question.now) {
            granted.change(change, &to, question.now, implied);
            granted.disclosed = granted.disclosed.join(reported);
        }
        if audience.until.is_some_and(|until| question.now >= until) {
            granted.groups = implied;
            granted.refused = Why::Expired;
        }
        granted
    }

    fn add(&mut self, grant: &Grant, to: &To<'_>) {
        let relation = to.relation;
        let by_involvement = match grant.to {
            Recipient::Involved(InvolvedWhen::WhileInvolved) => Some(relation.involved),
            Recipient::Involved(InvolvedWhen::AtPublication) => Some(relation.involved_then),
            Recipient::Agency(_) | Recipient::Sector(_) | Recipient::Meeting(_) => None,
        };
        let granted = super::whole(to.most(grant).without(self.narrowed));
        let named = match &grant.to {
            Recipient::Agency(agency) => agency == to.recipient,
            Recipient::Sector(sector) => *sector == to.sector,
            Recipient::Meeting(meeting) => relation.attends.contains(meeting),
            Recipient::Involved(_) => by_involvement == Some(Involvement::Confirmed),
        };
        if named {
            self.groups = self.groups.join(granted);
        } else if by_involvement == Some(Involvement::Claimed) {
            self.groups = self.groups.join(granted.meet(Groups::PRECAUTIONS));
            self.claimed = self.claimed.join(granted);
        }
    }

    fn change(&mut self, change: &Change, to: &To<'_>, now: Moment, implied: Groups) {
        match change {
            Change::Disclose(_) if to.outsider => {}
            Change::Widen(grants) => grants.iter().for_each(|grant| self.widen(grant, to)),
            Change::Narrow(narrowing) if narrowing.concerns(to.recipient) => {
                if narrowing.from.contains(to.recipient) {
                    self.narrowed = self.narrowed.join(narrowing.groups);
                }
                self.take(narrowing.groups, Why::Narrowed, implied);
            }
            Change::Withdraw => self.take(Groups::ALL, Why::Withdrawn, implied),
            Change::Disclose(disclosure) if disclosure.reaches(to.recipient, now) => {
                let groups = disclosure.groups.with(FieldGroup::Existence).closed();
                self.disclosed = self.disclosed.join(groups);
            }
            Change::Narrow(_) | Change::Disclose(_) => {}
        }
    }

    /// What is withheld or was taken from an agency by its name, only its name gives back.
    fn widen(&mut self, grant: &Grant, to: &To<'_>) {
        if grant.to == Recipient::Agency(to.recipient.clone()) {
            self.withheld = false;
            self.narrowed = self.narrowed.without(to.most(grant));
        }
        if !self.withheld {
            self.add(grant, to);
        }
    }

    /// What practice has told to somebody can't be taken from them.
    fn take(&mut self, groups: Groups, why: Why, implied: Groups) {
        let taken = self.groups.join(self.disclosed).meet(groups);
        let rest = |of: Groups| super::whole(of.without(groups));
        self.groups = rest(self.groups).join(implied);
        self.disclosed = rest(self.disclosed);
        self.claimed = self.claimed.without(groups);
        self.taken = self.taken.join(taken);
        if groups.has(FieldGroup::Existence) {
            self.refused = why;
        }
    }

    pub(super) const fn kept_from(&self) -> Groups {
        if self.withheld {
            Groups::ALL
        } else {
            self.narrowed
        }
    }

    pub(super) fn why_not(&self, group: FieldGroup) -> Why {
        if self.refused != Why::NotGranted {
            self.refused
        } else if self.claimed.has(group) {
            Why::ClaimNotConfirmed
        } else if self.taken.has(group) {
            Why::Narrowed
        } else {
            Why::NotGranted
        }
    }
}

/// The Board is told of each emergency disclosure, whatever the protocols say: the disclosure goes beyond them too (PRACTICE,
/// section 4).
const fn reported(matter: Matter, sector: Sector) -> Groups {
    match (matter, sector) {
        (Matter::EmergencyDisclosure, Sector::Board) => Groups::ALL.without(Groups::PROTECTED),
        _ => Groups::NONE,
    }
}

/// Who is a recipient without being named, as far as a flow carries it: the Board of every escalation (PRACTICE, section 3), the
/// originator of what is asked for, and whoever is concerned by a claim of involvement (section 10).
const fn implied(matter: Matter, sector: Sector, relation: Relation<'_>) -> Groups {
    let told = match matter {
        Matter::Escalation => matches!(sector, Sector::Board),
        // A step on another agency's event is told to its originator.
        Matter::AccessRequest | Matter::Involvement | Matter::Step => relation.concerned,
        Matter::Incident
        | Matter::HazardAlert
        | Matter::Correction
        | Matter::Meeting
        | Matter::SharingDecision
        | Matter::EmergencyDisclosure
        | Matter::SafetyPlan
        | Matter::Contact
        | Matter::EngagementNeeds
        | Matter::Advocacy
        | Matter::ChangeClaimed
        | Matter::Strength
        | Matter::InformationRequest => false,
    };
    if told {
        Groups::ALL.without(Groups::PROTECTED)
    } else {
        Groups::NONE
    }
}
