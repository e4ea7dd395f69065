//! Invented people in families of four: two adults, two children, one address. Everything about a person follows from a number,
//! so the same number is the same person in every agency's event. NHS numbers come from 999 100 0000 up: the range set aside for
//! tests, above the scenarios' own. UPRNs come from 10099100000 up.

use diogel_contract::v1;
use diogel_domain::codes::{IdentifierScheme, PersonRole, Sector};

use crate::{random::Random, shape::Agency, texts};

/// A member of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Member {
    /// An adult.
    Parent,
    /// Another.
    Partner,
    /// A child.
    Elder,
    /// Another.
    Younger,
}

/// A person as an event names one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) family: u32,
    pub(crate) member: Member,
    pub(crate) role: PersonRole,
}

impl Named {
    fn number(self) -> u32 {
        self.family * 4 + self.member as u32
    }

    fn is_child(self) -> bool {
        matches!(self.member, Member::Elder | Member::Younger)
    }

    /// As the agency records the person: by its own reference, by the sector's number, or both.
    pub(crate) fn person(self, label: &str, agency: &Agency, random: &mut Random) -> v1::Person {
        let number = self.number();
        let mut identifiers = Vec::new();
        if agency.sector == Sector::Education && self.is_child() {
            identifiers.push(identifier(IdentifierScheme::Upn, upn(number)));
        }
        let by_nhs_number = match agency.sector {
            Sector::Health => true,
            Sector::SocialCare => !random.once_in(4),
            Sector::Education
            | Sector::Police
            | Sector::Probation
            | Sector::Housing
            | Sector::Charity
            | Sector::Board => random.once_in(3),
        };
        let nhs_number = nhs_number(number).filter(|_| by_nhs_number);
        identifiers.extend(nhs_number.map(|n| identifier(IdentifierScheme::NhsNumber, n)));
        if identifiers.is_empty() || agency.sector == Sector::SocialCare {
            let value = format!("{}-{number:06}", prefix(&agency.id));
            let mut local = identifier(IdentifierScheme::Local, value);
            local.agency.clone_from(&agency.id);
            identifiers.push(local);
        }
        v1::Person {
            label: label.into(),
            role: self.role.number(),
            identifiers,
            name: self.name(),
            born_on: self.born_on(),
            ..v1::Person::default()
        }
    }

    fn name(self) -> String {
        let surname = Random::new(u64::from(self.family)).pick(&texts::SURNAMES);
        let first = Random::new(u64::from(self.number())).pick(&texts::FIRST_NAMES);
        format!("{first} {surname}")
    }

    fn born_on(self) -> String {
        let mut random = Random::new(u64::from(self.number()) ^ 0xb011);
        let year = if self.is_child() {
            random.between(2009, 2023)
        } else {
            random.between(1948, 2001)
        };
        let (month, day) = (random.between(1, 12), random.between(1, 28));
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// The family's home.
pub(crate) fn home(family: u32) -> v1::Place {
    let mut random = Random::new(u64::from(family) ^ 0x40_4e);
    let street = random.pick(&texts::STREETS);
    v1::Place {
        label: "l1".into(),
        uprn: (10_099_100_000 + u64::from(family)).to_string(),
        description: format!("{} {street}, Cwm Derwen", random.between(1, 99)),
    }
}

fn identifier(scheme: IdentifierScheme, value: String) -> v1::Identifier {
    v1::Identifier {
        scheme: scheme.number(),
        value,
        agency: String::new(),
    }
}

fn prefix(agency: &str) -> String {
    agency.chars().take(3).collect::<String>().to_uppercase()
}

/// The NHS number of a person; none past the range that is set aside for tests. Of ten numbers that differ in the ninth digit
/// one at most has no check digit, so each ten makes nine people.
pub(crate) fn nhs_number(person: u32) -> Option<String> {
    let tens = 99_910_000 + person / 9;
    if tens > 99_999_999 {
        return None;
    }
    let mut with_check = (0..10).filter_map(|last| checked(tens * 10 + last));
    with_check.nth(person as usize % 9)
}

fn checked(nine: u32) -> Option<String> {
    let digits = format!("{nine:09}");
    let sum: u32 = digits
        .bytes()
        .zip((2..=10).rev())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = (11 - sum % 11) % 11;
    (check < 10).then(|| format!("{digits}{check}"))
}

/// The unique pupil number of a person, of an authority 999 that there isn't.
fn upn(person: u32) -> String {
    const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let digits = format!("999{person:09}");
    let sum: usize = digits
        .bytes()
        .zip(2..)
        .map(|(digit, weight)| usize::from(digit - b'0') * weight)
        .sum();
    format!("{}{digits}", char::from(LETTERS[sum % LETTERS.len()]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use diogel_domain::people::Identifier;

    use super::*;

    #[test]
    fn every_person_has_another_valid_number() {
        let mut seen = BTreeSet::new();
        for person in (0..5_000).chain(805_000..810_000) {
            let nhs = nhs_number(person).unwrap();
            assert!(nhs.starts_with("999"));
            Identifier::new(IdentifierScheme::NhsNumber, &nhs, None).unwrap();
            let upn = upn(person);
            Identifier::new(IdentifierScheme::Upn, &upn, None).unwrap();
            assert!(seen.insert(nhs) && seen.insert(upn), "{person}");
        }
        assert_eq!(nhs_number(810_000), None);
    }
}
