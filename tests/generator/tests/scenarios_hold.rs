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

/// Judges every line of a scenario; returns what is wrong, a line's number before each.
fn judge(board: &Board, text: &str) -> Vec<String> {
    let mut published = BTreeSet::new();
    let mut before = Moment(i64::MIN);
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line: Line = serde_json::from_str(line).expect("a line");
        let at = moment(&line.at);
        if at < before {
            found.push(format!("{number}: lies before the line above"));
        }
        before = at;
        let request: v1::PublishRequest = match json::read(line.request) {
            Ok(request) => request,
            Err(error) => {
                found.push(format!("{number}: {error}"));
                continue;
            }
        };
        match board.judge(&line.agency, at, &request) {
            Ok(publication) => {
                for reference in publication.references {
                    let ReferenceTo::RequestKey(key) = reference.to else {
                        found.push(format!("{number}: {} has an event id", reference.field));
                        continue;
                    };
                    if !published.contains(&(line.agency.clone(), key)) {
                        found.push(format!(
                            "{number}: {} names no earlier line",
                            reference.field
                        ));
                    }
                }
            }
            Err(wrong) => found.extend(wrong.into_iter().map(|w| format!("{number}: {w}"))),
        }
        if !published.insert((line.agency, request.request_key)) {
            found.push(format!("{number}: uses a request key again"));
        }
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
