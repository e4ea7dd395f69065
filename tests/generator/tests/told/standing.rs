//! How agencies stand to meetings and people by the lines so far: who attends, and whose involvement was confirmed.

use std::collections::BTreeSet;

use diogel_contract::read::{Publication, Said};
use diogel_domain::{
    content::ReferenceRole,
    ids::{AgencyId, EventId},
    people::Identifier,
};
use diogel_sharing::decide::Involvement;

use super::{Earlier, Told};

impl Told {
    /// What a line changes of it.
    pub(super) fn follow(&mut self, agency: &AgencyId, id: EventId, publication: &Publication) {
        let named = |role| {
            let mut references = publication.references.iter();
            let reference = references.find(|r| r.role == role);
            reference.and_then(|r| self.id(agency, &r.to))
        };
        let (claim, first) = (named(ReferenceRole::Claim), named(ReferenceRole::Changes));
        if let Some(attendance) = &publication.attendance {
            let attending = attendance.attending.clone();
            self.attending.insert(first.unwrap_or(id), attending);
        }
        if let Some(claim) = claim {
            let of = self.lines.get(&claim).map(|earlier| &earlier.agency);
            if of == Some(agency) {
                self.confirmed.remove(&claim);
            } else {
                self.confirmed.insert(claim);
            }
        }
    }

    pub(super) fn attended(&self, agency: &AgencyId) -> Vec<EventId> {
        let attended = self
            .attending
            .iter()
            .filter(|(_, who)| who.contains(agency));
        attended.map(|(meeting, _)| *meeting).collect()
    }

    pub(super) fn involvement(
        &self,
        agency: &AgencyId,
        people: &BTreeSet<Identifier>,
    ) -> Involvement {
        let confirmed = self.confirmed.iter().filter_map(|id| self.lines.get(id));
        let about = |claim: &Earlier| !identifiers(&claim.publication).is_disjoint(people);
        if confirmed
            .into_iter()
            .any(|c| c.agency == *agency && about(c))
        {
            Involvement::Confirmed
        } else {
            Involvement::None
        }
    }
}

pub(super) fn identifiers(publication: &Publication) -> BTreeSet<Identifier> {
    let Said::Sealed(content) = &publication.said else {
        return BTreeSet::new();
    };
    let people = content.people().iter();
    let identities = people.filter_map(|person| person.identity.as_ref());
    identities
        .flat_map(|i| i.identifiers.iter().cloned())
        .collect()
}
