//! What a row says, in the contract's terms: as much of it as can be read.

use diogel_contract::v1;
use diogel_domain::{
    codes::{Certainty, DirectedAt, Harm, IdentifierScheme, Severity, Urgency},
    times::Day,
};

use super::{
    cells::Cells,
    grounds::{self, Grounds},
    people, review, target,
};
use crate::{
    field::Field,
    finding::Findings,
    mapping::{Known, Mapping, Taken, fold},
    sheet::Row,
};

/// The longest reference, in bytes.
const REFERENCE: usize = 64;

/// What a row says.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The row's reference, if it can be told in a report.
    pub(crate) reference: Option<String>,
    pub(super) people: Vec<v1::Person>,
    /// The first of the people is the row's own, not one of a list of members.
    pub(super) has_person: bool,
    pub(super) places: Vec<v1::Place>,
    pub(super) target: Option<v1::AlertTarget>,
    /// When it happened.
    pub(crate) occurred: Option<Known>,
    pub(super) what_happened: String,
    pub(super) grounds: Grounds,
    pub(super) precautions: Vec<v1::Precaution>,
    pub(super) directed_at: Vec<DirectedAt>,
    pub(super) harm: Option<Harm>,
    pub(super) severity: Option<Severity>,
    pub(super) urgency: Option<Urgency>,
    pub(super) certainty: Option<Certainty>,
    pub(super) review_on: Option<Day>,
    pub(super) told: Option<v1::PersonTold>,
    pub(super) entered_by: Option<String>,
    /// By which two rows are found to be about the same person or premises.
    pub(crate) same_as: Vec<String>,
}

impl Entry {
    /// The person's NHS number: two different ones are two people, whatever else is the same.
    pub(crate) fn nhs_number(&self) -> Option<&str> {
        let person = self.people.first().filter(|_| self.has_person)?;
        let mut numbers = person.identifiers.iter();
        let number = numbers.find(|id| id.scheme == IdentifierScheme::NhsNumber.number());
        number.map(|id| id.value.as_str())
    }

    /// Where the place that it is found by would stand.
    pub(super) fn found_by(&self) -> Field {
        let target = self
            .target
            .as_ref()
            .and_then(|target| target.target.as_ref());
        match target {
            Some(v1::alert_target::Target::Animal(_)) => Field::Address,
            _ => Field::Uprn,
        }
    }
}

/// Reads a row. `today` decides nothing of what the row says, only what is to be said of it.
pub(crate) fn read(row: &Row, mapping: &Mapping, today: Day, found: &mut Findings<'_>) -> Entry {
    let cells = &Cells { row, mapping };
    let reference = reference(cells, found);
    if !cells.is_blank(Field::Ended) {
        let way_out = "leave it off; if the danger is there still, enter it anew";
        found.refused(
            Field::Ended,
            "the entry was taken off the register",
            way_out,
        );
        return Entry {
            reference,
            ..Entry::default()
        };
    }
    if row.surplus {
        let way_out = "look for a comma that isn't in quotes; the columns may have slipped";
        found.incomplete(
            Field::Reference,
            "the row goes on right of the last heading",
            way_out,
        );
    }
    let kind = target::kind(cells, found);
    let named = people::named(cells, kind, today, found);
    let place = people::place(cells, kind, found);
    let target = target::of(cells, kind, &named, place.as_ref(), found);
    let occurred = occurred(cells, found);
    let grounds = grounds::of(cells, found);
    let (words, defaults) = (&mapping.words, mapping.defaults);
    Entry {
        reference,
        same_as: people::same_as(&named.people, place.as_ref()),
        precautions: grounds::precautions(cells, named.own(), found),
        target,
        places: place.into_iter().collect(),
        has_person: named.has_person,
        people: named.people,
        occurred,
        what_happened: what_happened(cells, found),
        grounds,
        directed_at: directed_at(cells, found),
        harm: cells.code(Field::Harm, &words.harm, defaults.harm, found),
        severity: cells.code(Field::Severity, &words.severity, defaults.severity, found),
        urgency: cells.code(Field::Urgency, &words.urgency, defaults.urgency, found),
        certainty: cells.code(
            Field::Certainty,
            &words.certainty,
            defaults.certainty,
            found,
        ),
        review_on: review::on(cells, today, found),
        told: review::told(cells, found),
        entered_by: cells.text(Field::EnteredBy, found),
    }
}

fn reference(cells: &Cells<'_>, found: &mut Findings<'_>) -> Option<String> {
    let text = cells.text(Field::Reference, found);
    let Some(text) = text else {
        if !found.has(Field::Reference) {
            let way_out = "number the row; nothing else tells it from another at the next import";
            found.incomplete(Field::Reference, "is missing", way_out);
        }
        return None;
    };
    let fits = text.len() <= REFERENCE && !text.chars().any(char::is_control);
    if fits && !fold(&text).is_empty() {
        return Some(text);
    }
    let way_out = "give the row a short reference on one line";
    found.incomplete(
        Field::Reference,
        "is longer than 64 bytes, or no plain text",
        way_out,
    );
    None
}

fn occurred(cells: &Cells<'_>, found: &mut Findings<'_>) -> Option<Known> {
    let taken = Taken {
        rough: true,
        short_years: true,
    };
    let known = cells.date(Field::IncidentDate, taken, found);
    if known.is_none() && !found.has(Field::IncidentDate) {
        let way_out = "write when it happened, a month or a year if that is all; if nobody knows of an incident, there is nothing to rest on";
        let rule = "is missing: an alert rests on at least one reported incident";
        found.incomplete(Field::IncidentDate, rule, way_out);
    }
    known
}

fn what_happened(cells: &Cells<'_>, found: &mut Findings<'_>) -> String {
    let text = cells.text(Field::WhatHappened, found);
    if text.is_none() && !found.has(Field::WhatHappened) {
        let way_out = "write what was done and said: whoever approves will ask";
        found.note(Field::WhatHappened, "is missing", way_out);
    }
    text.unwrap_or_default()
}

fn directed_at(cells: &Cells<'_>, found: &mut Findings<'_>) -> Vec<DirectedAt> {
    let words = &cells.mapping.words.directed_at;
    let said = cells.words(Field::DirectedAt, |phrase| words.codes(phrase), found);
    let codes = said.into_iter().flat_map(|said| said.codes);
    codes.map(|(code, _)| code).collect()
}
