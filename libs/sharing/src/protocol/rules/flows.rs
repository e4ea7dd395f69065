//! Rules about what a flow carries, to whom and until when.

use diogel_domain::ids::AgencyId;

use super::{
    super::{Condition, Flow, Side, check::Agencies},
    Case,
};
use crate::groups::{FieldGroup, Groups};

/// A protocol of the Wales Accord is reviewed yearly.
const REVIEWED_WITHIN_MONTHS: u32 = 12;

pub(super) fn ends_before_it_begins(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let begins = flow.valid_from;
    let words = || format!("lies before `valid_from` ({begins}): the flow carries nothing");
    (flow.review_by < begins).then(words)
}

pub(super) fn reaches_forward(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let begins = flow.valid_from;
    let words = || format!("lies after `valid_from` ({begins}): it would reach forward, not back");
    flow.reaches_back_to
        .is_some_and(|back| back > begins)
        .then(words)
}

/// A version takes the place of the one before as soon as it is signed.
pub(super) fn begins_later(case: &Case<'_>, flow: &Flow) -> Option<String> {
    let words = "after today: once this version is signed, the one before carries nothing any more, and this flow nothing until that \
                 day. Take an earlier day, or sign it on that day";
    let gap = case.protocol.version > 1 && flow.valid_from > case.today;
    gap.then(|| words.into())
}

pub(super) fn reviewed_late(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let latest = flow.valid_from.plus_months(REVIEWED_WITHIN_MONTHS);
    let words = || {
        format!(
            "more than 12 months after `valid_from`: a WASPI protocol is reviewed yearly, by {latest} at the latest"
        )
    };
    (flow.review_by > latest).then(words)
}

pub(super) fn without_existence(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let words = "without `existence`: the flow opens nothing by itself, only beside another that lets its reader know that \
                 there is something";
    let silent = !flow.groups.is_empty() && !flow.groups.has(FieldGroup::Existence);
    silent.then(|| words.into())
}

pub(super) fn protected_to_all(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let protected: Vec<&str> = flow
        .groups
        .meet(Groups::PROTECTED)
        .iter()
        .map(FieldGroup::code)
        .collect();
    let to_all = flow.to == Side::AnyParty && flow.condition == Condition::Any;
    let words = || {
        format!(
            "{} to any party on no condition: who needs it? name a sector, or a `condition`",
            protected.join(", ")
        )
    };
    (to_all && !protected.is_empty()).then(words)
}

/// That an agency is involved can be the secret (PRACTICE, section 10).
pub(super) fn tells_who_is_involved(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let words = "tells the originator who is involved with the person: with a refuge or a clinic, that can be the secret";
    let tells = flow.tell_originator && flow.condition == Condition::Involved;
    tells.then(|| words.into())
}

/// Another flow carries all of it. Of two that carry the same, the one with the higher number adds nothing.
pub(super) fn adds_nothing(case: &Case<'_>, flow: &Flow) -> Option<String> {
    let mut others = case.protocol.flows.iter().zip(case.spots);
    let (wider, spot) = others.find(|(other, _)| {
        let same = covers(flow, other, case.known);
        let first = !same || other.number < flow.number;
        other.number != flow.number && first && covers(other, flow, case.known)
    })?;
    let (number, line) = (wider.number, spot.line("number"));
    let words = format!("adds nothing to flow {number} (line {line}), which carries all of it");
    Some(words)
}

/// The one carries whatever the other does.
fn covers(wide: &Flow, narrow: &Flow, known: Option<&Agencies>) -> bool {
    let (from, to) = (
        holds(&wide.from, &narrow.from, known),
        holds(&wide.to, &narrow.to, known),
    );
    let on_less = wide.condition == Condition::Any || wide.condition == narrow.condition;
    // Telling the originator is something that a flow adds.
    let tells = wide.tell_originator || !narrow.tell_originator;
    from && to
        && on_less
        && tells
        && wide.groups.covers(narrow.groups)
        && all_in(&narrow.matters, &wide.matters)
        && all_in(&narrow.purposes, &wide.purposes)
        && all_in(&narrow.bases, &wide.bases)
        && lasts(wide, narrow)
}

fn all_in<T: PartialEq>(some: &[T], all: &[T]) -> bool {
    some.iter().all(|one| all.contains(one))
}

fn lasts(wide: &Flow, narrow: &Flow) -> bool {
    let within = wide.valid_from <= narrow.valid_from && wide.review_by >= narrow.review_by;
    let back = match (wide.reaches_back_to, narrow.reaches_back_to) {
        (_, None) => true,
        (Some(wide), Some(narrow)) => wide <= narrow,
        (None, Some(_)) => false,
    };
    within && back
}

fn holds(wide: &Side, narrow: &Side, known: Option<&Agencies>) -> bool {
    let sector = |id: &AgencyId| known.and_then(|known| known.get(id));
    match (wide, narrow) {
        (Side::AnyParty, _) => true,
        (Side::Sector(wide), Side::Agency(id)) => sector(id) == Some(wide),
        (wide, narrow) => wide == narrow,
    }
}
