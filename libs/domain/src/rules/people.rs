//! Rules for people and places.

use std::collections::BTreeSet;

use super::{Findings, NAME, SHORT_TEXT};
use crate::{
    codes::IdentifierScheme,
    people::{Identifier, Person, Place},
    times::{Day, Moment},
};

/// 1 January 1900: an earlier date is a slip.
pub(super) const EARLIEST: Day = Day(-25_567);

pub(super) fn check(found: &mut Findings<'_>, at: &str, people: &[Person], places: &[Place]) {
    let field = format!("{at}.people");
    found.count(&field, people.len(), 12);
    labels(found, &field, 'p', people.iter().map(|p| p.label.as_str()));
    for (i, person) in people.iter().enumerate() {
        check_person(found, &format!("{field}[{i}]"), person);
    }
    let field = format!("{at}.places");
    found.count(&field, places.len(), 6);
    labels(found, &field, 'l', places.iter().map(|p| p.label.as_str()));
    for (i, place) in places.iter().enumerate() {
        check_place(found, &format!("{field}[{i}]"), place);
    }
}

fn labels<'l>(
    found: &mut Findings<'_>,
    field: &str,
    letter: char,
    all: impl Iterator<Item = &'l str>,
) {
    let mut seen = BTreeSet::new();
    for (i, label) in all.enumerate() {
        let number = label
            .strip_prefix(letter)
            .filter(|n| (1..=2).contains(&n.len()));
        let fits = number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        let at = format!("{field}[{i}].label");
        found.unless(
            fits,
            at.as_str(),
            &format!("must be {letter}1, {letter}2, and so on"),
        );
        found.unless(
            seen.insert(label),
            at,
            "is used twice; give each its own label",
        );
    }
}

fn check_person(found: &mut Findings<'_>, at: &str, person: &Person) {
    let Some(identity) = &person.identity else {
        let field = format!("{at}.identifiers");
        return found.add(
            field,
            "is required: without an identifier nobody finds the report",
        );
    };
    let count = identity.identifiers.len();
    found.unless(
        count > 0,
        format!("{at}.identifiers"),
        "needs at least one identifier",
    );
    found.count(&format!("{at}.identifiers"), count, 8);
    for (i, identifier) in identity.identifiers.iter().enumerate() {
        found.unless(
            !is_placeholder(identifier),
            format!("{at}.identifiers[{i}].value"),
            "is one digit ten times, a placeholder; leave the number out",
        );
    }
    found.text(&format!("{at}.name"), &identity.name, NAME);
    if let Some(born) = identity.born_on {
        let field = format!("{at}.born_on");
        let today = found.setting.now.day();
        found.unless(
            born <= today,
            field.as_str(),
            "lies in the future; check the date",
        );
        found.unless(born >= EARLIEST, field, "lies before 1900; check the date");
    }
}

/// Ten times the same digit has a right check digit, and stands for "not known" in many systems: taken for an identity, it would
/// make one person of many.
fn is_placeholder(identifier: &Identifier) -> bool {
    let digits = identifier.value.as_bytes();
    identifier.scheme == IdentifierScheme::NhsNumber && digits.windows(2).all(|d| d[0] == d[1])
}

fn check_place(found: &mut Findings<'_>, at: &str, place: &Place) {
    match &place.details {
        Some(details) => {
            found.text(
                &format!("{at}.description"),
                &details.description,
                SHORT_TEXT,
            );
            let empty = details.uprn.is_none() && details.description.trim().is_empty();
            found.unless(!empty, at, "needs a UPRN or a description");
        }
        None => found.add(at, "needs a UPRN or a description"),
    }
}

/// Nothing happens to or through somebody before they were born.
pub(super) fn not_before_birth(
    found: &mut Findings<'_>,
    at: &str,
    people: &[Person],
    moment: Moment,
) {
    for (i, person) in people.iter().enumerate() {
        let born = person
            .identity
            .as_ref()
            .and_then(|identity| identity.born_on);
        let later = born.is_some_and(|born| born > moment.day());
        let field = format!("{at}.people[{i}].born_on");
        found.unless(
            !later,
            field,
            "lies after what is reported; check both dates",
        );
    }
}
