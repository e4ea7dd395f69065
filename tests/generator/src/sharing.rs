//! What is said about sharing itself: claims of involvement and their ends, meetings, changes of audience, decisions not to share.
//! By request key, so only of an agency's own events: what others said has ids that nobody knows before there is a hub. So nobody
//! confirms, and nobody asks for access.

use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::codes::{PersonRole, Purpose, Sector};

use crate::{
    alert::reference,
    draft::Draft,
    people::{self, Member},
    texts,
};

impl Draft<'_> {
    /// A claim to be involved with a child of the family, or with a parent. A charity's is sensitive as often as not.
    pub(crate) fn claim(&mut self) -> (Content, Option<v1::Audience>) {
        let person = if self.random.once_in(3) {
            self.person("p1", Member::Parent, PersonRole::ParentOrCarer)
        } else {
            self.child("p1")
        };
        let charity = self.agency.sector == Sector::Charity;
        let claim = v1::InvolvementClaim {
            person: Some(person),
            reason: self.random.pick(&texts::INVOLVED).into(),
            planned_contact: self.random.pick(&texts::CONTACT).into(),
            sensitive: charity && self.random.once_in(2),
        };
        // Who is concerned is told without being named.
        let audience = self.unnamed(Purpose::ChildProtection);
        (Content::Involvement(claim), Some(audience))
    }

    /// The end of an involvement that the agency claimed.
    pub(crate) fn closing(claim: String) -> (Content, Option<v1::Audience>) {
        let closing = v1::InvolvementClosing {
            claim: Some(reference(claim)),
        };
        (Content::InvolvementClosing(closing), None)
    }

    /// A meeting about a child of the family, chaired by whoever schedules it. `changes`: an earlier one; once in a while it is
    /// cancelled.
    pub(crate) fn meeting(&mut self, changes: Option<String>) -> (Content, Option<v1::Audience>) {
        let others = self.others();
        let count = self.random.pick(&[2, 3, 3, 4, 5]);
        let attending = self.random.some_of(&others, count);
        let audience = self.audience_of(Purpose::MultiAgencyMeeting, &attending);
        let meeting = v1::Meeting {
            cancelled: changes.is_some() && self.random.once_in(4),
            changes: changes.map(reference),
            chair: self.agency.id.clone(),
            attending: attending.into_iter().map(str::to_owned).collect(),
            held_at: Some(self.soon(1, 21)),
            people: vec![self.child("p1")],
            places: self
                .random
                .once_in(3)
                .then(|| people::home(self.family))
                .into_iter()
                .collect(),
            occasion: self.random.pick(&texts::OCCASIONS).into(),
        };
        (Content::Meeting(meeting), Some(audience))
    }

    /// A change of who sees an incident: mostly somebody more, sometimes fewer, rarely nobody any more.
    pub(crate) fn audience_changed(
        &mut self,
        event: String,
        audience: &v1::Audience,
    ) -> (Content, Option<v1::Audience>) {
        let changed = v1::AudienceChanged {
            event: Some(reference(event)),
            change: Some(v1::AudienceChange {
                change: Some(self.change(audience)),
            }),
            answers: None,
            reason: self.random.pick(&texts::CHANGED).into(),
        };
        (Content::AudienceChanged(changed), None)
    }

    fn change(&mut self, audience: &v1::Audience) -> v1::audience_change::Change {
        use v1::{audience_change::Change, grant::To};
        let named = audience.grants.iter().filter_map(|grant| match &grant.to {
            Some(To::Agency(id)) => Some(id.as_str()),
            _ => None,
        });
        let named: Vec<&str> = named.collect();
        let mut others = self.others();
        others.retain(|id| {
            !named.contains(id) && !audience.withheld_agencies.iter().any(|w| w == id)
        });
        match self.random.below(10) {
            0..6 if !others.is_empty() => {
                let new = self.random.some_of(&others, 1);
                let grants = self.audience_of(Purpose::WorkerSafety, &new).grants;
                Change::Widen(v1::Widening { grants })
            }
            0..9 => {
                let agencies = self.random.some_of(&named, 1);
                Change::Narrow(v1::Narrowing {
                    agencies: agencies.into_iter().map(str::to_owned).collect(),
                    groups: vec![v1::FieldGroup::Narrative.into()],
                })
            }
            _ => Change::Withdraw(true),
        }
    }

    /// A decision not to share an incident any further, kept for itself.
    pub(crate) fn declined(&mut self, event: String) -> (Content, Option<v1::Audience>) {
        let declined = v1::SharingDeclined {
            event: Some(reference(event)),
            answers: None,
            reason: self.random.pick(&texts::DECLINED).into(),
        };
        (Content::SharingDeclined(declined), None)
    }
}
