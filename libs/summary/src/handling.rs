//! What the family may be told of an event, and the key that says so for each event cited. Owns the absolute noes of practice;
//! refuses to widen what an originator said.

use std::collections::BTreeSet;

use diogel_domain::{alert::PersonTold, codes::FamilyHandling, ids::EventId, step::StepSaid};

use crate::{
    Cited, Line, Source, StepTaken,
    case::{Case, content},
    course,
};

/// The shortest and the longest part of an id that the key shows: four digits, unless two events of the page share them.
const SHORTEST: usize = 4;
const LONGEST: usize = 12;

/// What the family may be told. Escalations and alerts that the person wasn't told of never are, whatever their originator
/// said (PRACTICE, section 10, "Family").
pub(crate) fn family_of(source: &Source) -> FamilyHandling {
    let escalation = content(source).escalation().is_some();
    if escalation || is_alert_not_told(source) {
        FamilyHandling::No
    } else {
        source.family
    }
}

/// Of a step: what became of a plan or of a change, as far as its originator allows; of every other lifecycle nothing (PRACTICE,
/// section 10, "Family"; as `diogel-sharing` narrows content for the family).
pub(crate) fn family_of_step(taken: &StepTaken) -> FamilyHandling {
    match course::step(taken) {
        Some((_, StepSaid::Plan(_) | StepSaid::Change(_))) => taken.family,
        Some(_) | None => FamilyHandling::No,
    }
}

/// An alert that isn't known to have been told counts as not told.
pub(crate) fn is_alert_not_told(source: &Source) -> bool {
    let told = matches!(course::told(source), Some(PersonTold::On(_)));
    content(source).hazard_alert().is_some() && !told
}

/// The events that the lines cite, in order of appearance.
pub(crate) fn key<'l>(case: &Case<'_>, lines: impl Iterator<Item = &'l Line>) -> Vec<Cited> {
    let mut known: BTreeSet<EventId> = BTreeSet::new();
    let cited: Vec<EventId> = lines
        .flat_map(|l| &l.cites)
        .copied()
        .filter(|id| known.insert(*id))
        .collect();
    let length = telling_length(&cited);
    let events = cited.iter().filter_map(|id| Some((*id, case.event(*id)?)));
    events
        .map(|(event_id, event)| Cited {
            event_id,
            short: end(event_id, length),
            agency: case.agency(event.originator).into(),
            published: case.on(event.ordered_at),
            family: event.family,
        })
        .collect()
}

/// The length at which the ends of these ids differ.
fn telling_length(ids: &[EventId]) -> usize {
    let differ = |length: usize| {
        let ends: BTreeSet<String> = ids.iter().map(|id| end(*id, length)).collect();
        ends.len() == ids.len()
    };
    (SHORTEST..LONGEST).find(|l| differ(*l)).unwrap_or(LONGEST)
}

fn end(id: EventId, length: usize) -> String {
    let text = id.to_string();
    let start = text.len().saturating_sub(length);
    text.get(start..).unwrap_or_default().to_owned()
}
