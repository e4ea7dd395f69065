//! To whom: agencies, sectors, the involved, a meeting's attendees, until a time, but not to one, nor to a person by name.

use diogel_domain::codes::{InvolvedWhen, Sector};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    change::{Change, Disclosure, Narrowing},
    groups::{FieldGroup, Groups},
};
use diogel_views::ContentState;

use super::{Sort, Teller, agency, ids, others};
use crate::given::to;

/// A professional from whom something is withheld by name.
pub const WITHHELD: &str = "Sister Fictitious";

impl Teller {
    pub(super) fn audience(&mut self, by: &str) -> Audience {
        let recipients = self.dice.some(&others(by));
        let mut audience = to(&recipients);
        for grant in &mut audience.grants {
            grant.groups = self.groups();
        }
        for _ in 0..self.dice.roll(3) {
            if self.dice.one_in(2) {
                let grant = self.grant(by);
                audience.grants.push(grant);
                audience.originator_only = false;
            }
        }
        if self.dice.one_in(6) {
            let one = self.dice.pick(&others(by));
            audience.withheld.insert(agency(one));
        }
        if self.dice.one_in(8) {
            let minutes = self.dice.pick(&[1, 3, 8, 20, 60]);
            audience.until = Some(self.now().plus_seconds(60 * minutes));
        }
        audience.restricted_by_person = self.dice.one_in(12);
        audience
    }

    /// The name that an audience withholds from is sealed: it is given to the last event.
    pub(super) fn withhold_by_name(&mut self) {
        let last = self.story.last();
        let header = last.known.as_ref().map(|(_, header)| header);
        let restricted = header
            .and_then(|h| h.audience.as_ref())
            .is_some_and(|a| a.restricted_by_person);
        if let ContentState::Open { texts, .. } = &mut last.content
            && restricted
        {
            texts.withheld_persons = vec![WITHHELD.to_owned()];
        }
    }

    fn groups(&mut self) -> Option<Groups> {
        let without = |group| Some(Groups::ALL.without(Groups::NONE.with(group)));
        match self.dice.roll(7) {
            0 => None,
            1 => without(FieldGroup::Identity),
            2 => without(FieldGroup::Place),
            3 => Some(Groups::NONE.with(FieldGroup::Existence)),
            4 => Some(Groups::NONE.with(FieldGroup::Safety)),
            _ => Some(Groups::ALL),
        }
    }

    fn grant(&mut self, by: &str) -> Grant {
        let to = match self.dice.roll(6) {
            0 => Recipient::Agency(agency(self.dice.pick(&others(by)))),
            1 => Recipient::Sector(self.dice.pick(&[Sector::Health, Sector::Housing])),
            2 | 3 => Recipient::Involved(InvolvedWhen::WhileInvolved),
            4 => Recipient::Involved(InvolvedWhen::AtPublication),
            _ => Recipient::Meeting(self.any(Some(Sort::Meeting))),
        };
        let groups = self.groups();
        Grant { to, groups }
    }

    pub(super) fn change(&mut self, by: &str) -> Change {
        let some = self.dice.some(&others(by));
        match self.dice.roll(5) {
            0 | 1 => Change::Widen((0..=self.dice.roll(2)).map(|_| self.grant(by)).collect()),
            2 | 3 => Change::Narrow(Narrowing {
                from: ids(&some),
                groups: self.taken(),
            }),
            _ => Change::Withdraw,
        }
    }

    fn taken(&mut self) -> Groups {
        let one = Groups::NONE.with(self.dice.pick(&[
            FieldGroup::Identity,
            FieldGroup::Safety,
            FieldGroup::Narrative,
        ]));
        if self.dice.one_in(2) {
            Groups::ALL
        } else {
            one
        }
    }

    pub(super) fn disclosure(&mut self, by: &str) -> Change {
        let minutes = self.dice.pick(&[3, 20]);
        let until = self
            .dice
            .one_in(2)
            .then(|| self.now().plus_seconds(60 * minutes));
        Change::Disclose(Disclosure {
            to: ids(&[self.dice.pick(&others(by))]),
            groups: self.groups().unwrap_or(Groups::ALL),
            until,
        })
    }
}
