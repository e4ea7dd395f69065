//! The words of an alert's target and precautions. A place or person shows as far as the event discloses it.

use diogel_domain::{alert::AlertTarget, incident::Precaution};

use crate::{
    Source,
    case::{Case, content},
    document::written,
    texts::Phrase,
};

/// About whom or what. A household's members are never named as its target.
pub(super) fn target(case: &Case<'_>, source: &Source, target: &AlertTarget) -> String {
    // An address is never for the family (PRACTICE, section 10).
    let place = |label: &str| {
        if case.is_for_family() {
            String::new()
        } else {
            place(source, label)
        }
    };
    let (about, what) = match target {
        AlertTarget::Person(label) => (Phrase::AboutPerson, case.named(source, label)),
        AlertTarget::Premises(label) => (Phrase::AboutPremises, place(label)),
        AlertTarget::Household { place: label, .. } => (Phrase::AboutHousehold, place(label)),
        AlertTarget::Animal { description, .. } => (Phrase::AboutAnimal, written(description)),
    };
    labelled(case.say(about), &what)
}

/// A place's description, where it may be seen.
fn place(source: &Source, label: &str) -> String {
    let places = content(source).places().iter();
    let details = places
        .filter(|p| p.label == label)
        .find_map(|p| p.details.as_ref());
    details.map_or(String::new(), |d| written(&d.description))
}

/// A label with its value, or alone where the value may not be seen.
pub(super) fn labelled(label: &str, value: &str) -> String {
    if value.is_empty() {
        label.to_owned()
    } else {
        format!("{label}: {value}")
    }
}

/// What to do, each with the person meant and the originator's note.
pub(super) fn precautions(
    case: &Case<'_>,
    label: Phrase,
    source: &Source,
    precautions: &[Precaution],
) -> String {
    let each: Vec<String> = precautions
        .iter()
        .map(|p| precaution(case, source, p))
        .collect();
    if each.is_empty() {
        return String::new();
    }
    labelled(case.say(label), &each.join(", "))
}

fn precaution(case: &Case<'_>, source: &Source, precaution: &Precaution) -> String {
    let person = precaution
        .person
        .as_ref()
        .map(|label| case.named(source, label));
    let more: Vec<String> = person
        .into_iter()
        .chain([written(&precaution.note)])
        .filter(|part| !part.is_empty())
        .collect();
    let label = precaution.code.label(case.setting.language);
    if more.is_empty() {
        label.to_owned()
    } else {
        format!("{label} ({})", more.join(": "))
    }
}
