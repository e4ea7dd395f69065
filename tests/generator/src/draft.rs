//! What one event is drafted with: chance, the board's shape, who publishes, about which family.

use diogel_contract::v1;
use diogel_domain::{
    codes::{PersonRole, Precision},
    times::{Day, Moment},
};

use crate::{
    people::{Member, Named},
    random::Random,
    shape::{Agency, Shape},
};

/// The means of one draft.
pub(crate) struct Draft<'g> {
    pub(crate) random: &'g mut Random,
    pub(crate) shape: &'g Shape,
    pub(crate) agency: &'g Agency,
    pub(crate) family: u32,
}

impl Draft<'_> {
    /// A person of the family, as this agency records one.
    pub(crate) fn person(&mut self, label: &str, member: Member, role: PersonRole) -> v1::Person {
        let family = self.family;
        let named = Named {
            family,
            member,
            role,
        };
        named.person(label, self.agency, self.random)
    }

    /// One of the family's children, as the child at risk.
    pub(crate) fn child(&mut self, label: &str) -> v1::Person {
        let child = self.random.pick(&[Member::Elder, Member::Younger]);
        self.person(label, child, PersonRole::ChildAtRisk)
    }

    /// A moment before now, so many minutes at the least and at the most.
    pub(crate) fn ago(&mut self, least: u32, most: u32) -> prost_types::Timestamp {
        let minutes = i64::from(self.random.between(least, most));
        let moment = self.shape.now.plus_seconds(-60 * minutes);
        prost_types::Timestamp {
            seconds: moment.0.div_euclid(Moment::SECOND),
            nanos: 0,
        }
    }

    /// Some time of the last sixty days, mostly of the last one.
    pub(crate) fn occurred(&mut self) -> v1::Occurred {
        let most = self.random.pick(&[600, 600, 1_440, 1_440, 10_080, 86_400]);
        v1::Occurred {
            from: Some(self.ago(10, most)),
            to: None,
            precision: Precision::Minute.number(),
        }
    }

    /// A moment ahead, so many days at the least and at the most.
    pub(crate) fn soon(&mut self, least: u32, most: u32) -> prost_types::Timestamp {
        let days = i64::from(self.random.between(least, most));
        let moment = self.shape.now.plus_seconds(86_400 * days);
        prost_types::Timestamp {
            seconds: moment.0.div_euclid(Moment::SECOND),
            nanos: 0,
        }
    }

    /// A day ahead, so many days at the least and at the most.
    pub(crate) fn ahead(&mut self, least: u32, most: u32) -> String {
        let days = i32::try_from(self.random.between(least, most)).unwrap_or(1);
        let Day(today) = self.shape.now.day();
        Day(today).plus_days(days).to_string()
    }
}
