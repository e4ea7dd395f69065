//! The publications held against the contract and the rules, the way intake does it: what passes here is taken there. Owns which
//! field of the register each fault goes back to.

use diogel_contract::{read, v1};
use diogel_domain::rules::Violation;

use super::{entry::Entry, requests::Requests};
use crate::{dry_run::Board, field::Field, finding::Findings};

/// Says of both publications what intake would refuse them for.
pub(crate) fn check(
    requests: &Requests,
    entry: &Entry,
    board: &Board<'_>,
    found: &mut Findings<'_>,
) {
    // Of what is about nobody and nowhere nothing more can be said.
    if entry.target.is_none() {
        return;
    }
    for request in [&requests.incident, &requests.alert] {
        for violation in violations(request, board) {
            found.ruled(field(&violation.field, entry), &violation);
        }
    }
}

fn violations(request: &v1::PublishRequest, board: &Board<'_>) -> Vec<Violation> {
    match read::publication(request, board.publisher) {
        Ok(publication) => read::violations(&publication, board.setting),
        Err(violations) => violations,
    }
}

/// The register's field that a path of the publication comes from.
fn field(path: &str, entry: &Entry) -> Option<Field> {
    let path = path
        .strip_prefix("incident.")
        .or_else(|| path.strip_prefix("hazard_alert."))?;
    let (part, rest) = path.split_once('.').unwrap_or((path, ""));
    // Nobody and nowhere: what was meant to be a place isn't there.
    if part == "people" && entry.people.is_empty() {
        return Some(entry.found_by());
    }
    if let Some(number) = part.strip_prefix("people") {
        return Some(of_person(number == "[0]" && entry.has_person, rest));
    }
    if part.starts_with("places") {
        let uprn = rest.starts_with("uprn");
        return Some(if uprn { Field::Uprn } else { Field::Address });
    }
    match part {
        "target" => Some(of_target(rest)),
        "safety" => of_safety(rest),
        "narrative" => Some(Field::WhatHappened),
        "reporter" => Some(Field::EnteredBy),
        _ => None,
    }
}

fn of_person(own: bool, rest: &str) -> Field {
    match rest {
        _ if !own => Field::Members,
        "name" => Field::Name,
        "born_on" => Field::DateOfBirth,
        _ => Field::NhsNumber,
    }
}

fn of_target(rest: &str) -> Field {
    match rest {
        "animal.description" => Field::Animal,
        "animal" | "animal.place" | "animal.keeper" => Field::Address,
        "premises" | "household.place" => Field::Uprn,
        rest if rest.starts_with("household.members") => Field::Members,
        _ => Field::Target,
    }
}

fn of_safety(rest: &str) -> Option<Field> {
    let name = rest.split(['.', '[']).next().unwrap_or_default();
    Some(match name {
        "occurred" => Field::IncidentDate,
        "behaviours" | "threats" => Field::Behaviour,
        "precautions" => Field::Precautions,
        "directed_at" => Field::DirectedAt,
        "harm" => Field::Harm,
        "severity" => Field::Severity,
        "urgency" => Field::Urgency,
        "certainty" => Field::Certainty,
        "review_on" => Field::ReviewDate,
        "told" if rest.ends_with("reason") => Field::WhyNotTold,
        "told" => Field::ToldOn,
        _ => return None,
    })
}
