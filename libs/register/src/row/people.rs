//! The people and the place of an entry. Owns their roles: the person whose behaviour is reported, and nobody else, is that; who
//! lives in a household, or keeps an animal, is no more than that. Refuses a name without a number: nobody would find it.

use diogel_contract::v1;
use diogel_domain::{
    codes::{IdentifierScheme, PersonRole},
    people::Identifier,
    times::Day,
};

use super::cells::Cells;
use crate::{
    field::Field,
    finding::Findings,
    mapping::{MembersBy, Taken, TargetKind, fold, parts},
};

/// Years at which nobody is a child any more, in months.
const ADULT_MONTHS: u32 = 18 * 12;
/// A birth's year has four digits.
const BORN: Taken = Taken {
    rough: false,
    short_years: false,
};
/// Of a person with a name alone.
const NO_NUMBER: &str =
    "is missing, and so is every other number of the person: nobody would find it by a name";
/// Columns that name the row's person.
const NAMING: [Field; 4] = [
    Field::Name,
    Field::DateOfBirth,
    Field::NhsNumber,
    Field::LocalId,
];

/// The people of an entry, the row's own person first.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) people: Vec<v1::Person>,
    /// The row itself names somebody.
    pub(super) has_person: bool,
    /// Members of the household that the row lists.
    pub(super) listed: usize,
}

impl Named {
    /// The row's own person.
    pub(super) fn own(&self) -> Option<&v1::Person> {
        self.people.first().filter(|_| self.has_person)
    }
}

/// Whether the row names a person.
pub(super) fn names_somebody(cells: &Cells<'_>) -> bool {
    NAMING.iter().any(|field| !cells.is_blank(*field))
}

pub(super) fn named(
    cells: &Cells<'_>,
    kind: Option<TargetKind>,
    today: Day,
    found: &mut Findings<'_>,
) -> Named {
    let role = match kind {
        Some(TargetKind::Person) => PersonRole::WhoseBehaviour,
        Some(TargetKind::Household) => PersonRole::HouseholdMember,
        Some(TargetKind::Animal) => PersonRole::Other,
        Some(TargetKind::Premises) | None => return Named::default(),
    };
    let has_person = names_somebody(cells);
    let mut people: Vec<v1::Person> = Vec::new();
    if has_person {
        people.push(person(cells, role, found));
        if kind == Some(TargetKind::Person) {
            say_if_a_child(&people[0], today, found);
        }
    }
    let mut listed = 0;
    if kind == Some(TargetKind::Household) {
        for identifier in members(cells, found) {
            listed += 1;
            if people
                .iter()
                .all(|person| !person.identifiers.contains(&identifier))
            {
                people.push(member(people.len() + 1, identifier));
            }
        }
    }
    Named {
        people,
        has_person,
        listed,
    }
}

fn person(cells: &Cells<'_>, role: PersonRole, found: &mut Findings<'_>) -> v1::Person {
    let mut identifiers = Vec::new();
    for (field, scheme) in [
        (Field::NhsNumber, IdentifierScheme::NhsNumber),
        (Field::LocalId, IdentifierScheme::Local),
    ] {
        if let Some(text) = cells.text(field, found) {
            identifiers.extend(identifier(cells, field, scheme, &text, found));
        }
    }
    if identifiers.is_empty() && !found.has(Field::NhsNumber) && !found.has(Field::LocalId) {
        let way_out = "write the NHS number, or the person's reference in your own system";
        found.incomplete(Field::NhsNumber, NO_NUMBER, way_out);
    }
    let born_on = cells.date(Field::DateOfBirth, BORN, found);
    v1::Person {
        label: "p1".into(),
        role: role.number(),
        identifiers,
        name: cells.text(Field::Name, found).unwrap_or_default(),
        born_on: born_on.map_or_else(String::new, |known| known.day.to_string()),
        ..v1::Person::default()
    }
}

fn identifier(
    cells: &Cells<'_>,
    field: Field,
    scheme: IdentifierScheme,
    text: &str,
    found: &mut Findings<'_>,
) -> Option<v1::Identifier> {
    let agency = (scheme == IdentifierScheme::Local).then(|| cells.mapping.local_agency.clone());
    match Identifier::new(scheme, text, agency.flatten()) {
        Ok(identifier) => Some(v1::Identifier {
            scheme: scheme.number(),
            value: identifier.value,
            agency: identifier.agency.map_or_else(String::new, Into::into),
        }),
        Err(why) => {
            let why = why.to_string();
            let parts = why.split_once("; ");
            let (rule, way_out) = parts.unwrap_or((&why, "compare it with the record"));
            found.incomplete(field, rule, way_out);
            None
        }
    }
}

fn members(cells: &Cells<'_>, found: &mut Findings<'_>) -> Vec<v1::Identifier> {
    let (field, by) = (Field::Members, cells.mapping.members_by);
    let scheme = by.map_or(IdentifierScheme::NhsNumber, MembersBy::scheme);
    let Some(text) = cells.text(field, found) else {
        return Vec::new();
    };
    let mut read = Vec::new();
    for part in parts(&text, &cells.mapping.words.separators) {
        let identifier = identifier(cells, field, scheme, part, found);
        read.extend(identifier.filter(|identifier| !read.contains(identifier)));
    }
    read
}

fn member(number: usize, identifier: v1::Identifier) -> v1::Person {
    v1::Person {
        label: format!("p{number}"),
        role: PersonRole::HouseholdMember.number(),
        identifiers: vec![identifier],
        ..v1::Person::default()
    }
}

/// Councils have flagged children of three for somebody else of their household: so it is said at each.
fn say_if_a_child(person: &v1::Person, today: Day, found: &mut Findings<'_>) {
    let born = Day::parse(&person.born_on);
    if born.is_some_and(|born| born.plus_months(ADULT_MONTHS) > today) {
        let rule =
            "a person under 18 is the target: only a senior approver can put the alert in force";
        let way_out = "if it is somebody else's behaviour, name them, or make it an alert about the household";
        found.note(Field::DateOfBirth, rule, way_out);
    }
}

/// The place, of what is found by one. Where a person lives goes with no alert about the person: whoever lives there next would be
/// taken for them.
pub(super) fn place(
    cells: &Cells<'_>,
    kind: Option<TargetKind>,
    found: &mut Findings<'_>,
) -> Option<v1::Place> {
    if matches!(kind, Some(TargetKind::Person) | None) {
        return None;
    }
    let uprn = cells.text(Field::Uprn, found);
    let uprn =
        uprn.and_then(|text| identifier(cells, Field::Uprn, IdentifierScheme::Uprn, &text, found));
    let description = cells.text(Field::Address, found).unwrap_or_default();
    let is_known = uprn.is_some() || !description.is_empty();
    is_known.then(|| v1::Place {
        label: "l1".into(),
        uprn: uprn.map_or_else(String::new, |uprn| uprn.value),
        description,
    })
}

/// By which two rows are about the same: numbers, or a name with a date of birth; of premises the UPRN.
pub(super) fn same_as(people: &[v1::Person], place: Option<&v1::Place>) -> Vec<String> {
    let Some(person) = people.first() else {
        let uprn = place.map(|place| place.uprn.as_str());
        let uprn = uprn.filter(|uprn| !uprn.is_empty());
        return uprn
            .map(|uprn| format!("uprn {uprn}"))
            .into_iter()
            .collect();
    };
    let numbers = person.identifiers.iter();
    let numbers = numbers.map(|id| format!("{} {} {}", id.scheme, id.agency, id.value));
    let named = !person.name.is_empty() && !person.born_on.is_empty();
    let named = named.then(|| format!("born {} {}", person.born_on, fold(&person.name)));
    numbers.chain(named).collect()
}
