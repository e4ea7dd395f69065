//! The hand-written scenarios hold by the rules, the profiles and the protocols of `deploy/`.

#![cfg(test)]

mod board;

use std::collections::BTreeSet;

use board::{Board, root};
use diogel_contract::{json, read::ReferenceTo, v1};
use diogel_domain::{ids::AgencyId, times::Moment};
use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    agency: AgencyId,
    at: String,
    request: serde_json::Value,
}

fn moment(text: &str) -> Moment {
    let at = OffsetDateTime::parse(text, &Rfc3339).expect("a moment");
    Moment(at.unix_timestamp() * Moment::SECOND)
}

/// Request keys of the lines above, with whose they are.
type Published = BTreeSet<(AgencyId, String)>;

/// Judges every line of a scenario; returns what is wrong, a line's number before each.
fn judge(board: &Board, text: &str) -> Vec<String> {
    let mut published = Published::new();
    let mut before = Moment(i64::MIN);
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line: Line = serde_json::from_str(line).expect("a line");
        let at = moment(&line.at);
        let mut wrong = judge_request(board, &line.agency, at, line.request, &mut published);
        if at < before {
            wrong.push("lies before the line above".into());
        }
        before = at;
        found.extend(wrong.into_iter().map(|w| format!("{number}: {w}")));
    }
    found
}

fn judge_request(
    board: &Board,
    agency: &AgencyId,
    at: Moment,
    request: serde_json::Value,
    published: &mut Published,
) -> Vec<String> {
    let request: v1::PublishRequest = match json::read(request) {
        Ok(request) => request,
        Err(error) => return vec![error.to_string()],
    };
    let mut found = Vec::new();
    match board.judge(agency, at, &request) {
        Ok(publication) => {
            for reference in publication.references {
                let earlier = matches!(&reference.to, ReferenceTo::RequestKey(key)
                    if published.contains(&(agency.clone(), key.clone())));
                if !earlier {
                    found.push(format!("{} names no earlier line", reference.field));
                }
            }
        }
        Err(wrong) => found.extend(wrong),
    }
    if !published.insert((agency.clone(), request.request_key)) {
        found.push("uses a request key again".into());
    }
    found
}

#[test]
fn every_line_is_taken_and_reaches_whom_it_names() {
    let board = Board::deployed();
    let mut found = Vec::new();
    for family in ["harcombe", "okafor-lewis", "rees"] {
        let path = root().join(format!("tests/scenarios/{family}.jsonl"));
        let text = std::fs::read_to_string(path).expect("a scenario");
        let wrong = judge(&board, &text);
        found.extend(wrong.into_iter().map(|w| format!("{family} {w}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
