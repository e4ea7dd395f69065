//! What an entry is about. Owns that nothing spreads: premises and households mark no person, a person marks no premises
//! (PRACTICE, section 3).

use diogel_contract::v1::{self, alert_target::Target};

use super::{
    cells::Cells,
    people::{Named, names_somebody},
};
use crate::{field::Field, finding::Findings, mapping::TargetKind};

/// The kind that the row says; where it says none, a person if it names one, and premises if it has only an address.
pub(super) fn kind(cells: &Cells<'_>, found: &mut Findings<'_>) -> Option<TargetKind> {
    let words = &cells.mapping.words.target;
    let said = cells.words(Field::Target, |phrase| words.codes(phrase), found);
    let said = said.map(|said| said.codes).unwrap_or_default();
    if said.len() > 1 {
        let way_out = "keep one of them; make an entry of its own of the other";
        found.incomplete(Field::Target, "says more than one thing", way_out);
    }
    if found.has(Field::Target) {
        return None;
    }
    let person = names_somebody(cells);
    let place = [Field::Uprn, Field::Address];
    let place = place.iter().any(|field| !cells.is_blank(*field));
    let said = said.first().map(|(kind, _)| *kind);
    match said {
        Some(TargetKind::Person) if !person => {
            let way_out = "name the person, or say that it is about premises";
            found.incomplete(
                Field::Name,
                "is missing: the entry is about a person",
                way_out,
            );
            None
        }
        Some(TargetKind::Premises) if person => {
            let way_out =
                "empty the person's columns; or, if it is the person's behaviour, say person";
            found.incomplete(
                Field::Target,
                "is premises, and the row names a person: premises mark nobody",
                way_out,
            );
            None
        }
        Some(kind) => Some(kind),
        None if person => Some(TargetKind::Person),
        None if place => {
            let way_out = "if a person is meant, name the person";
            found.note(
                Field::Target,
                "no person is named: it becomes an alert about premises",
                way_out,
            );
            Some(TargetKind::Premises)
        }
        None => {
            let way_out = "name a person by a number, or premises by a UPRN";
            found.incomplete(
                Field::Target,
                "is missing: the row is about nobody and nowhere",
                way_out,
            );
            None
        }
    }
}

/// The target, by the labels of the entry's people and place.
pub(super) fn of(
    cells: &Cells<'_>,
    kind: Option<TargetKind>,
    named: &Named,
    place: Option<&v1::Place>,
    found: &mut Findings<'_>,
) -> Option<v1::AlertTarget> {
    let kind = kind?;
    if matches!(kind, TargetKind::Premises | TargetKind::Household) {
        needs_uprn(place, found);
    }
    let target = match kind {
        TargetKind::Person => Target::Person("p1".into()),
        TargetKind::Premises => Target::Premises("l1".into()),
        TargetKind::Household => Target::Household(household(named, found)),
        TargetKind::Animal => Target::Animal(animal(cells, named, place, found)),
    };
    if cells.mapping.audience.by_default && place.is_some() {
        let way_out = "look with `diogel preview` who gets it, and grant the place with `audience_changed` where it has to be found at the door";
        found.note(
            Field::Uprn,
            "a place is found by whom it is granted, and defaults seldom grant it",
            way_out,
        );
    }
    Some(v1::AlertTarget {
        target: Some(target),
    })
}

fn needs_uprn(place: Option<&v1::Place>, found: &mut Findings<'_>) {
    let known = place.is_some_and(|place| !place.uprn.is_empty());
    if !known && !found.has(Field::Uprn) {
        let way_out = "write the UPRN of the address, or nobody who checks it finds the alert";
        found.incomplete(
            Field::Uprn,
            "is missing: premises and households are found by it",
            way_out,
        );
    }
}

/// The row's own person is a member, but no list of them.
fn household(named: &Named, found: &mut Findings<'_>) -> v1::Household {
    if named.listed == 0 && !found.has(Field::Members) {
        let way_out = "list the numbers of its members; if one person's behaviour is meant, say person; if the address, premises";
        found.incomplete(
            Field::Members,
            "is missing: a household has the members that the alert lists",
            way_out,
        );
    }
    v1::Household {
        place: "l1".into(),
        members: named.people.iter().map(|p| p.label.clone()).collect(),
    }
}

fn animal(
    cells: &Cells<'_>,
    named: &Named,
    place: Option<&v1::Place>,
    found: &mut Findings<'_>,
) -> v1::Animal {
    let description = cells.text(Field::Animal, found);
    if description.is_none() && !found.has(Field::Animal) {
        found.incomplete(Field::Animal, "is missing", "write what animal it is");
    }
    if place.is_none() && !named.has_person {
        let way_out = "write the address it is kept at, or who keeps it";
        found.incomplete(
            Field::Address,
            "is missing, and so is the animal's keeper",
            way_out,
        );
    }
    v1::Animal {
        description: description.unwrap_or_default(),
        place: place.map(|place| place.label.clone()).unwrap_or_default(),
        keeper: if named.has_person {
            "p1".into()
        } else {
            String::new()
        },
    }
}
