//! What the family may be told of an event, and the key that says so for each event cited. Owns the absolute noes of practice;
//! refuses to widen what an originator said.

use diogel_domain::{alert::PersonTold, codes::FamilyHandling, ids::EventId};

use crate::{
    Cited, Line, Source,
    case::{Case, content},
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

/// An alert that isn't known to have been told counts as not told.
pub(crate) fn is_alert_not_told(source: &Source) -> bool {
    content(source).hazard_alert().is_some_and(|alert| {
        let told = alert.safety.as_ref().and_then(|s| s.told.as_ref());
        !matches!(told, Some(PersonTold::On(_)))
    })
}

/// The events that the lines cite, in order of appearance.
pub(crate) fn key<'l>(case: &Case<'_>, lines: impl Iterator<Item = &'l Line>) -> Vec<Cited> {
    let mut cited: Vec<EventId> = Vec::new();
    for id in lines.flat_map(|l| &l.cites) {
        if !cited.contains(id) {
            cited.push(*id);
        }
    }
    let length = telling_length(&cited);
    cited
        .iter()
        .filter_map(|id| case.source(*id))
        .map(|source| Cited {
            event_id: source.event_id,
            short: end(source.event_id, length),
            agency: case.agency(&source.originator).into(),
            published: case.on(source.ordered_at),
            family: family_of(source),
        })
        .collect()
}

/// The length at which the ends of these ids differ.
fn telling_length(ids: &[EventId]) -> usize {
    let differ = |length: usize| {
        let ends: std::collections::BTreeSet<String> =
            ids.iter().map(|id| end(*id, length)).collect();
        ends.len() == ids.len()
    };
    (SHORTEST..LONGEST).find(|l| differ(*l)).unwrap_or(LONGEST)
}

fn end(id: EventId, length: usize) -> String {
    let text = id.to_string();
    let start = text.len().saturating_sub(length);
    text.get(start..).unwrap_or_default().to_owned()
}
