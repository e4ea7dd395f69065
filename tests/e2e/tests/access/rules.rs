//! What has to hold of every answer. Owns the sentences that a failed test prints; refuses nothing itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::calls::Answer;
use crate::exemptions::Exempt;
use crate::identities::Identity;
use crate::matrix::{Cell, Row};
use crate::refusals::{differ, gives_away, told_apart};

/// Whatever is against the rules, a sentence each.
pub fn broken(
    rows: &[Row],
    exemptions: &BTreeMap<Exempt, String>,
    secrets: &[String],
) -> Vec<String> {
    let mut found = Vec::new();
    let mut needed = BTreeSet::new();
    for row in rows {
        for (identity, cell) in Identity::all().into_iter().zip(&row.cells) {
            let at = format!("{} {} {identity}", row.process, row.method);
            let words: Vec<&str> = cell.iter().map(Answer::word).collect();
            let mut says = |what: &str| found.push(format!("{at}: {what}: {words:?}"));
            if let Some(wrong) = access(row, identity, cell) {
                let exempt = (row.process.into(), row.method.clone(), identity.to_string());
                if row.served && !row.rights.contains(&identity) && exemptions.contains_key(&exempt)
                {
                    needed.insert(exempt);
                } else {
                    says(wrong);
                }
            }
            let own = row.served && row.rights.contains(&identity);
            for wrong in said(cell, own, secrets) {
                says(&wrong);
            }
        }
    }
    let unneeded = exemptions.keys().filter(|exempt| !needed.contains(*exempt));
    found.extend(unneeded.map(|exempt| format!("an exemption isn't needed: {exempt:?}")));
    found
}

/// Who is let in, and who isn't.
fn access(row: &Row, identity: Identity, cell: &Cell) -> Option<&'static str> {
    let closed = |answer: &Answer| answer.is_refusal() || !row.served && answer.word() == "unimpl";
    let shut = ["no TLS", "denied", "unauth", "unimpl", "unavail", "OTHER"];
    if row.served && row.rights.contains(&identity) {
        // Without it, the refusals of everybody else prove nothing.
        return shut
            .contains(&cell[0].word())
            .then_some("whom it is for isn't let in");
    }
    if cell.iter().all(closed) {
        return None;
    }
    Some(if row.served {
        "isn't whom it is for, and is answered"
    } else {
        "this process must not serve it"
    })
}

/// What the refusals say.
fn said(cell: &Cell, own: bool, secrets: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    // Whom it is for is told what is wrong with the empty message.
    if !own && differ(cell) {
        found.push("is refused in other words for what isn't there".into());
    }
    if told_apart(&cell[0], &cell[2]) {
        found.push("is told that something is there".into());
    }
    let given_away = cell.iter().filter_map(|answer| gives_away(answer, secrets));
    found.extend(given_away.map(|what| format!("an answer gives away {what}")));
    found
}
