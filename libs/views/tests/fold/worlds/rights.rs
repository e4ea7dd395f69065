//! What an agency could ever have a right to, said once more from what stands in clear and from who is in it: the test doesn't ask
//! the code that it tests. It says too much rather than too little: flows, times, narrowings and names that something is withheld
//! from are left out. So an event of which it says *nothing* is one that the agency may not see under any protocol at any time.

use diogel_domain::{
    codes::Sector,
    content::{Kind, ReferenceRole},
    ids::AgencyId,
};
use diogel_sharing::{
    audience::{Audience, Recipient},
    change::Change,
    groups::{FieldGroup, Groups},
};
use diogel_views::FoldInput;

use super::history::{History, header, is_rule, kind, references, who};
use crate::given::AGENCIES;

/// One agency's rights in one world.
pub struct Rights<'a> {
    history: &'a History<'a>,
    agency: &'a AgencyId,
    sector: Sector,
    claims: Vec<&'a FoldInput>,
}

impl<'a> Rights<'a> {
    pub fn of(history: &'a History<'a>, agency: &'a AgencyId) -> Self {
        let sector = AGENCIES.iter().find(|(id, _)| *id == agency.as_str());
        let own = history.inputs.iter().filter(|i| i.agency == *agency);
        Self {
            history,
            agency,
            sector: sector.map_or(Sector::Board, |(_, sector)| *sector),
            claims: own
                .filter(|i| kind(i) == Some(Kind::InvolvementClaimed))
                .collect(),
        }
    }

    /// The groups of an event that the agency could ever have a right to; none: it may know nothing of it.
    pub fn groups(&self, of: &'a FoldInput) -> Groups {
        if of.agency == *self.agency || is_rule(of) {
            return Groups::ALL;
        }
        let shared_as = self.history.shared_as(of);
        // Whose event it is sees what is done with it.
        let own = shared_as.iter().any(|basis| basis.agency == *self.agency);
        if own && of.agency.as_str() != "charity" && self.agency.as_str() != "charity" {
            return Groups::ALL.without(Groups::PROTECTED);
        }
        let shared_as = shared_as.into_iter();
        let groups = shared_as.map(|basis| self.groups_by(of, basis));
        groups.fold(Groups::NONE, Groups::join).closed()
    }

    /// By what it is shared as: itself, or what a step is taken on.
    fn groups_by(&self, of: &'a FoldInput, basis: &'a FoldInput) -> Groups {
        let Some(audience) = header(basis).and_then(|header| header.audience.as_ref()) else {
            return Groups::NONE;
        };
        // Only an emergency reaches beyond the protocols, and the charity is party to none.
        let party = |id: &AgencyId| id.as_str() != "charity";
        let carried = if party(self.agency) && party(&of.agency) {
            self.granted(basis, audience)
                .join(self.told_by_practice(basis))
        } else {
            Groups::NONE
        };
        carried.join(self.disclosed(basis))
    }

    fn granted(&self, of: &'a FoldInput, audience: &Audience) -> Groups {
        let by_name = |to: &Recipient| *to == Recipient::Agency(self.agency.clone());
        let grants = self.history.grants(of);
        let kept_from = audience.withheld.contains(self.agency);
        if kept_from && !grants.iter().any(|grant| by_name(&grant.to)) {
            return Groups::NONE;
        }
        let named = grants
            .into_iter()
            .filter(|grant| self.reaches(of, &grant.to));
        let named = named.map(|grant| match self.is_outside(of, audience) {
            true if by_name(&grant.to) => grant.granted().meet(Groups::GLIMPSE),
            true => Groups::NONE,
            false => grant.granted(),
        });
        named.fold(Groups::NONE, Groups::join)
    }

    /// No party to the disagreement, as it was raised.
    fn is_outside(&self, of: &FoldInput, audience: &Audience) -> bool {
        let escalation = matches!(
            kind(of),
            Some(Kind::EscalationRaised | Kind::EscalationCorrected)
        );
        let named = Recipient::Agency(self.agency.clone());
        let mut parties = audience.grants.iter().filter(|grant| grant.to == named);
        escalation && !parties.any(|grant| grant.granted().has(FieldGroup::Dispute))
    }

    fn disclosed(&self, of: &'a FoldInput) -> Groups {
        let changes = self.history.changes(of).map(|(_, change)| change);
        let to = changes.filter_map(|change| match change {
            Change::Disclose(disclosure) if disclosure.to.contains(self.agency) => {
                Some(disclosure.groups.with(FieldGroup::Existence))
            }
            Change::Disclose(_) | Change::Widen(_) | Change::Narrow(_) | Change::Withdraw => None,
        });
        to.fold(Groups::NONE, Groups::join)
    }

    /// The recipient stands for the agency, or could.
    pub fn reaches(&self, of: &FoldInput, to: &Recipient) -> bool {
        match to {
            Recipient::Agency(agency) => agency == self.agency,
            Recipient::Sector(sector) => *sector == self.sector,
            Recipient::Involved(_) => self.is_involved(of),
            Recipient::Meeting(meeting) => self.history.attends(*meeting, self.agency),
        }
    }

    /// Claims to be involved with somebody of it.
    pub fn is_involved(&self, of: &FoldInput) -> bool {
        let who = who(of);
        self.claims
            .iter()
            .any(|claim| !who.is_disjoint(&self::who(claim)))
    }

    /// A change of audience is its business: it gives it something, or could take something away.
    pub fn is_reached_by(&self, of: &FoldInput, change: &Change) -> bool {
        match change {
            Change::Widen(grants) => grants.iter().any(|grant| self.reaches(of, &grant.to)),
            Change::Narrow(narrowing) => narrowing.concerns(self.agency),
            Change::Withdraw => true,
            Change::Disclose(disclosure) => disclosure.to.contains(self.agency),
        }
    }

    fn told_by_practice(&self, of: &FoldInput) -> Groups {
        let told = match kind(of) {
            Some(Kind::EscalationRaised | Kind::EscalationCorrected | Kind::EmergencyDisclosed) => {
                self.sector == Sector::Board
            }
            Some(Kind::AccessRequested) => self.is_asked_by(of),
            Some(Kind::Stepped) => self.is_stepped_on_by(of),
            Some(Kind::InvolvementClaimed) => self.may_lead() || self.is_concerned_by(of),
            Some(_) | None => false,
        };
        if told {
            Groups::ALL.without(Groups::PROTECTED)
        } else {
            Groups::NONE
        }
    }

    fn is_asked_by(&self, request: &FoldInput) -> bool {
        let mut asked = references(request)
            .iter()
            .filter(|r| r.role == ReferenceRole::Requests)
            .filter_map(|r| self.history.get(r.event_id));
        asked.any(|asked| asked.agency == *self.agency)
    }

    fn is_stepped_on_by(&self, step: &FoldInput) -> bool {
        let mut of = references(step)
            .iter()
            .filter(|r| r.role == ReferenceRole::StepOf)
            .filter_map(|r| self.history.get(r.event_id));
        of.any(|of| of.agency == *self.agency)
    }

    /// In these stories social care leads, or health.
    const fn may_lead(&self) -> bool {
        matches!(self.sector, Sector::SocialCare | Sector::Health)
    }

    /// The claim is about somebody whom it published something about, and isn't sensitive.
    fn is_concerned_by(&self, claim: &FoldInput) -> bool {
        let sensitive = header(claim).is_some_and(|header| header.sensitive);
        let mut own = self
            .history
            .inputs
            .iter()
            .filter(|i| i.agency == *self.agency);
        !sensitive && own.any(|own| !who(own).is_disjoint(&who(claim)))
    }
}
