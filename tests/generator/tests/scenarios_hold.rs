//! The hand-written scenarios hold by the rules, the profiles and the protocols of `deploy/`, judged without a hub: each line is
//! given an id and a hash made up from its number, and another agency's line is named by those.

#![cfg(test)]

mod board;
mod told;

use board::{Board, midnight, root};
use diogel_contract::{
    json,
    read::{Publication, RequestedReference, disclosure},
    v1,
};
use diogel_domain::{content::ReferenceRole, ids::AgencyId, rules::Violation, times::Moment};
use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use told::Told;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    agency: AgencyId,
    at: String,
    request: Option<serde_json::Value>,
    disclosure: Option<serde_json::Value>,
}

fn moment(text: &str) -> Moment {
    let at = OffsetDateTime::parse(text, &Rfc3339).expect("a moment");
    Moment(at.unix_timestamp() * Moment::SECOND)
}

/// Judges every line of a scenario; returns what is wrong, a line's number before each.
fn judge(board: &Board, text: &str) -> Vec<String> {
    let mut told = Told::default();
    let mut before = Moment(i64::MIN);
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line: Line = serde_json::from_str(line).expect("a line");
        let at = moment(&line.at);
        let mut wrong = match judge_line(board, at, &line, &mut told) {
            Ok(wrong) => wrong,
            Err(wrong) => vec![wrong],
        };
        if at < before {
            wrong.push("lies before the line above".into());
        }
        before = at;
        found.extend(wrong.into_iter().map(|w| format!("{number}: {w}")));
    }
    found
}

fn judge_line(
    board: &Board,
    at: Moment,
    line: &Line,
    told: &mut Told,
) -> Result<Vec<String>, String> {
    let (key, judged) = read(board, at, line, told)?;
    let publication = judged.map_err(|wrong| wrong.join("; "))?;
    // The demo sends all of them on the anchor day, so what must lie ahead lies ahead of that, too.
    let fed = midnight(ANCHOR);
    let (_, then) = read(board, fed, line, told)?;
    then.map_err(|wrong| format!("on the anchor day: {}", wrong.join("; ")))?;
    let references = publication.references.iter();
    let mut found: Vec<String> = references
        .filter_map(|reference| misnamed(told, &line.agency, reference))
        .collect();
    found.extend(told.unreached(board, &line.agency, at, &publication));
    found.extend(told.miscounted(board, &line.agency, &[at, fed], &publication));
    if !told.keep(&line.agency, key, at, publication) {
        found.push("uses a request key again".into());
    }
    Ok(found)
}

/// The line's request key, and what intake would make of it.
fn read(
    board: &Board,
    at: Moment,
    line: &Line,
    told: &Told,
) -> Result<(String, Result<Publication, Vec<String>>), String> {
    let asked = line.request.as_ref().or(line.disclosure.as_ref());
    let mut asked = asked.ok_or("asks nothing")?.clone();
    told.fill(&mut asked)?;
    if line.request.is_some() {
        let request: v1::PublishRequest = json::read(asked).map_err(|e| e.to_string())?;
        let judged = board.taken(&line.agency, at, &request);
        Ok((request.request_key, judged))
    } else {
        let request: v1::DiscloseRequest = json::read(asked).map_err(|e| e.to_string())?;
        let judged = disclosed(board, line, at, &request);
        Ok((request.request_key, judged))
    }
}

/// A reference to no earlier line; or to another agency's, where it must be the agency's own.
fn misnamed(told: &Told, agency: &AgencyId, reference: &RequestedReference) -> Option<String> {
    let field = &reference.field;
    let Some(target) = told.target(agency, &reference.to) else {
        return Some(format!("{field} names no earlier line"));
    };
    let others = matches!(
        reference.role,
        ReferenceRole::Claim
            | ReferenceRole::Requests
            | ReferenceRole::Answers
            | ReferenceRole::StepOf
    );
    (!others && target.agency != *agency).then(|| format!("{field} is another agency's"))
}

/// As intake reads an emergency disclosure.
fn disclosed(
    board: &Board,
    line: &Line,
    at: Moment,
    request: &v1::DiscloseRequest,
) -> Result<Publication, Vec<String>> {
    let words = |v: Violation| format!("{} {}", v.field, v.description);
    let read = disclosure(request);
    let publication = read.map_err(|wrong| wrong.into_iter().map(words).collect::<Vec<_>>())?;
    board.right(&line.agency, at, publication)
}

#[test]
fn every_line_is_taken_and_reaches_whom_it_names() {
    let board = Board::deployed();
    let mut found = Vec::new();
    for family in FAMILIES {
        let wrong = judge(&board, &scenario(family));
        found.extend(wrong.into_iter().map(|w| format!("{family} {w}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_family_shows_what_a_case_has() {
    for family in FAMILIES {
        let text = scenario(family);
        for said in [
            "\"involvement\":",
            "\"sensitive\":true",
            "\"involvementConfirmation\":",
            "\"meeting\":{\"chair\":",
            "\"grants\":[{\"meeting\":",
            "{\"involved\":{}}",
            "\"widen\":",
            "\"narrow\":",
            "\"accessRequest\":",
            "\"answers\":",
            "\"sharingDeclined\":",
            "\"disclosure\":{\"requestKey\":",
            "\"handlingConditions\":",
            "\"until\":",
            "\"safetyPlan\":",
            "\"engagementNeeds\":",
            "\"advocacy\":",
            "\"changeClaimed\":",
            "\"strength\":",
            "DEED_CORROBORATED",
            "DEED_NOT_SUSTAINED",
            "DEED_MEASURE_NOT_DONE",
            "DEED_RESPONDED",
            "DEED_RESOLVED",
            "DEED_MEETING_CLOSED",
        ] {
            let dense = text.replace("\": ", "\":").replace(", \"", ",\"");
            assert!(dense.contains(said), "{family}: {said}");
        }
    }
}

#[test]
fn a_step_that_does_not_count_is_found() {
    let board = Board::deployed();
    let told = scenario("rees");
    assert!(judge(&board, &told).is_empty());
    for (said, instead, found) in [
        (
            "\"onBehalfOf\":\"Named nurse for safeguarding\"",
            "\"onBehalfOf\":\"Specialist health visitor, childhood asthma\"",
            "on_behalf_of must be somebody other",
        ),
        ("\"stage\":3}", "\"stage\":4}", "NotAtThisStage"),
        (
            "@housing:rees-0029-housing",
            "@housing:rees-0026-housing",
            "no longer stands",
        ),
        (
            ",\"hash\":\"@health:rees-0086-health\"",
            "",
            "without its hash",
        ),
        (
            "\"deed\":\"DEED_RESPONDED\",\"escalation\":{",
            "\"deed\":\"DEED_DIVERTED\",\"escalation\":{",
            "NotTheBoard",
        ),
        (
            "\"reviewOn\":\"2026-10-06\"",
            "\"reviewOn\":\"2026-09-30\"",
            "on the anchor day",
        ),
    ] {
        let wrong = judge(&board, &told.replace(said, instead)).join("\n");
        assert!(wrong.contains(found), "{said}: {wrong}");
    }
}

/// Every step of a lifecycle that a reader can meet is shown by one family or another.
#[test]
fn the_families_together_show_every_kind_of_contact_and_step() {
    let all = FAMILIES.map(scenario).concat();
    let mut missing = Vec::new();
    for said in [
        "CONTACT_OUTCOME_KEPT",
        "CONTACT_OUTCOME_REFUSED",
        "CONTACT_OUTCOME_CUT_SHORT",
        "CONTACT_OUTCOME_NOT_MADE",
        "DEED_APPROVED",
        "DEED_REFUSED",
        "DEED_RENEWED",
        "DEED_ENDED",
        "DEED_OCCUPANTS_CHANGED",
        "DEED_ASSESSED_NO_ALERT",
        "DEED_REPORTED_TO_POLICE",
        "DEED_DISSENTED",
        "DEED_MOVED_ON",
        "DEED_INTERIM_SET",
        "DEED_PANEL_CONVENED",
        "DEED_DETERMINED",
        "DEED_MEASURE_DONE",
        "DEED_FAMILY_TOLD",
        "DEED_CHANGE_CONFIRMED",
        "DEED_EXCLUSION_DECIDED",
        "DEED_OBJECTED",
        "DEED_OBJECTION_NOT_UPHELD",
    ] {
        if !all.contains(said) {
            missing.push(said);
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// The day from which every date of the files counts.
const ANCHOR: &str = "2026-10-01";

const FAMILIES: [&str; 3] = ["harcombe", "okafor-lewis", "rees"];

fn scenario(family: &str) -> String {
    let path = root().join(format!("tests/scenarios/{family}.jsonl"));
    std::fs::read_to_string(path).expect("a scenario")
}
