//! People, places and their identifiers from the wire.

use diogel_domain::{
    codes::{IdentifierScheme, PersonRole, Precision},
    people::{Identifier, Identity, Person, Place, PlaceDetails},
    times::{Moment, Occurred},
};

use super::Reading;
use crate::v1;

/// One identifier by itself; none if it isn't one.
pub fn identifier(given: &v1::Identifier) -> Option<Identifier> {
    let mut reading = Reading::new(None);
    reading.identifier("identifier", given)
}

impl Reading<'_> {
    pub(super) fn people(&mut self, at: &str, given: &[v1::Person]) -> Vec<Person> {
        let people = given.iter().take(13).enumerate();
        people
            .map(|(i, p)| self.person(&format!("{at}.people[{i}]"), p))
            .collect()
    }

    fn person(&mut self, at: &str, given: &v1::Person) -> Person {
        let role = self.required_code(&format!("{at}.role"), given.role, PersonRole::from_number);
        if !given.reader_person_id.is_empty() {
            self.add(
                format!("{at}.reader_person_id"),
                "is for answers only; leave it out",
            );
        }
        let identifiers = self.identifiers(&format!("{at}.identifiers"), &given.identifiers);
        let born_on = self.day(&format!("{at}.born_on"), &given.born_on);
        let known = !given.identifiers.is_empty() || !given.name.is_empty() || born_on.is_some();
        Person {
            label: given.label.clone(),
            role: role.unwrap_or(PersonRole::Other),
            identity: known.then(|| Identity {
                identifiers,
                name: given.name.clone(),
                born_on,
            }),
        }
    }

    pub(super) fn identifiers(&mut self, at: &str, given: &[v1::Identifier]) -> Vec<Identifier> {
        if given.len() > 16 {
            self.add(at, "has more than 16 entries");
        }
        let given = given.iter().take(16).enumerate();
        given
            .filter_map(|(i, id)| self.identifier(&format!("{at}[{i}]"), id))
            .collect()
    }

    pub(super) fn identifier(&mut self, at: &str, given: &v1::Identifier) -> Option<Identifier> {
        let scheme = self.required_code(
            &format!("{at}.scheme"),
            given.scheme,
            IdentifierScheme::from_number,
        )?;
        let agency = self.optional_agency(&format!("{at}.agency"), &given.agency);
        match Identifier::new(scheme, &given.value, agency) {
            Ok(identifier) => Some(identifier),
            Err(error) => {
                self.add(format!("{at}.value"), error.to_string());
                None
            }
        }
    }

    pub(super) fn places(&mut self, at: &str, given: &[v1::Place]) -> Vec<Place> {
        let places = given.iter().take(7).enumerate();
        places
            .map(|(i, p)| self.place(&format!("{at}.places[{i}]"), p))
            .collect()
    }

    fn place(&mut self, at: &str, given: &v1::Place) -> Place {
        let uprn = (!given.uprn.is_empty()).then(|| {
            let scheme = IdentifierScheme::Uprn;
            Identifier::new(scheme, &given.uprn, None)
                .map_err(|e| self.add(format!("{at}.uprn"), e.to_string()))
                .ok()
        });
        let known = uprn.is_some() || !given.description.is_empty();
        Place {
            label: given.label.clone(),
            details: known.then(|| PlaceDetails {
                uprn: uprn.flatten(),
                description: given.description.clone(),
            }),
        }
    }

    pub(super) fn occurred(&mut self, at: &str, given: Option<&v1::Occurred>) -> Occurred {
        let from = given.and_then(|o| self.moment(&format!("{at}.from"), o.from.as_ref()));
        if from.is_none() {
            self.add(
                format!("{at}.from"),
                "is required: when it occurred, as well as it is known",
            );
        }
        let from = from.unwrap_or(Moment(0));
        let to = given
            .and_then(|o| self.moment(&format!("{at}.to"), o.to.as_ref()))
            .unwrap_or(from);
        let precision = given.map_or(0, |o| o.precision);
        let precision = self.code(
            &format!("{at}.precision"),
            precision,
            Precision::from_number,
        );
        Occurred {
            from,
            to,
            precision: precision.unwrap_or(Precision::Day),
        }
    }
}
