//! Who the document is about, derived from what the sources disclose. Refuses to choose between two dates of birth: they may be
//! two people, and a page must never mix two (PRACTICE, section 5).

use std::collections::BTreeSet;

use diogel_domain::{people::Identity, times::Day};

use crate::{
    case::{Case, content},
    document::written,
    texts::Phrase,
};

/// The name as last published, with the age on the day; a neutral phrase where no name may be seen.
pub(crate) fn named(case: &Case<'_>) -> String {
    let name = name(case);
    match birth_dates(case).first() {
        Some(born) if !birth_dates_differ(case) => format!("{name}, {}", age(*born, case.today())),
        Some(_) | None => name,
    }
}

/// The name as last published.
pub(crate) fn name(case: &Case<'_>) -> String {
    identities(case)
        .filter(|i| !i.name.trim().is_empty())
        .last()
        .map_or(case.say(Phrase::ThePerson).to_owned(), |i| written(&i.name))
}

/// Two sources give different dates of birth.
pub(crate) fn birth_dates_differ(case: &Case<'_>) -> bool {
    birth_dates(case).len() > 1
}

fn birth_dates(case: &Case<'_>) -> BTreeSet<Day> {
    identities(case).filter_map(|i| i.born_on).collect()
}

fn identities<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Identity> {
    case.current().flat_map(|source| {
        let people = content(source).people().iter();
        people
            .filter(|p| source.labels.contains(&p.label))
            .filter_map(|p| p.identity.as_ref())
    })
}

fn age(born: Day, today: Day) -> i32 {
    let (born, today) = (born.date(), today.date());
    let before_birthday =
        (u8::from(today.month()), today.day()) < (u8::from(born.month()), born.day());
    today.year() - born.year() - i32::from(before_birthday)
}
