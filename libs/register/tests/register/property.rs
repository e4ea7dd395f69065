//! Random registers: every row that the dry run calls a proposal is taken by intake's own reading and rules, fits into an event, and
//! nothing that is made has a decision. From a fixed seed, so that a failure comes again.

use std::collections::{BTreeMap, BTreeSet};

use diogel_contract::{
    envelope::EVENT_LIMIT,
    v1::{PublishRequest, alert_target::Target, publish_request::Content},
};
use diogel_register::{Sheet, Verdict};
use prost::Message;

use crate::{
    registers::{HEADINGS, but},
    support::{self, Council, Random, TODAY},
};

/// What stands in cells of any column.
const ANYTHING: [&str; 14] = [
    "",
    " ",
    "9990700001",
    "9990700079; 9990700141",
    "10099000001",
    "1/2/2026",
    "1/2/2027",
    "June 2026",
    "31/12/99",
    "Dog; shouting",
    "=1+1",
    "\u{202e}x\u{0}",
    "p1",
    "Tŷ Dychmygol, Stryd Ddychmygol",
];

fn fitting(random: &mut Random, heading: &str) -> &'static str {
    match heading {
        "NHS No" => random.pick(&["", "9990700001", "999 070 0079", "9990700141", "1111111111"]),
        "UPRN" => random.pick(&["", "10099000001", "010099"]),
        "Case ref" => random.pick(&["", "SC 1", "é"]),
        "DOB" => random.pick(&["", "3/4/1979", "2/5/2023", "1/1/2027"]),
        "Date of incident" => {
            random.pick(&["", "11/09/2026", "Sept 2026", "1/1/1899", "30/11/2026"])
        }
        "Warning" => random.pick(&[
            "dog",
            "Verbal abuse; MH",
            "DNA",
            "assault/shouting",
            "racist language",
        ]),
        "Action" => random.pick(&[
            "two to visit",
            "no lone females",
            "ask for the warden; phone first",
            "",
        ]),
        "Review date" => random.pick(&["", "1/3/2027", "30/11/2027", "1/12/2027", "1/10/2026"]),
        "About" => random.pick(&["", "person", "property", "family", "animal"]),
        "Household members" => random.pick(&["", "9990700214", "9990700214; 9990700281"]),
        "Told on" => random.pick(&["", "14/09/2026"]),
        "Removed" => "",
        _ => random.pick(&ANYTHING),
    }
}

/// What the good row needs to be about something else.
const ABOUT: [&[(&str, &str)]; 4] = [
    &[],
    &[
        ("About", "property"),
        ("Name", ""),
        ("DOB", ""),
        ("NHS No", ""),
        ("UPRN", "10099000001"),
    ],
    &[
        ("About", "family"),
        ("UPRN", "10099000002"),
        ("Household members", "9990700214; 9990700281"),
    ],
    &[("About", "animal"), ("Animal", "Dog, large")],
];

fn row(random: &mut Random, number: usize, long: &str) -> Vec<String> {
    let reference = format!("R {number}");
    let mut cells: Vec<(&str, &str)> = vec![("Ref", &reference)];
    for heading in HEADINGS.iter().skip(1) {
        match random.below(40) {
            0 => cells.push((heading, random.pick(&ANYTHING))),
            1 if *heading == "What happened" => cells.push((heading, long)),
            2..=9 => cells.push((heading, fitting(random, heading))),
            _ => {}
        }
    }
    // Of two cells under one heading, the first counts.
    cells.extend(ABOUT[random.below(4)]);
    but(&cells)
}

const BY_DEFAULT: &str = "by_default = true\npurpose = \"worker-safety\"";
/// Registers, each of so many rows: in a long one most rows would be about somebody twice.
const REGISTERS: usize = 700;
const ROWS: usize = 6;

#[test]
fn every_row_that_is_called_a_proposal_is_taken_and_none_has_a_decision() {
    let council = Council::on(TODAY);
    let (mut random, long) = (Random(2_026), "ŵ".repeat(2_047));
    let (mut kinds, mut verdicts) = (BTreeSet::new(), BTreeMap::new());
    let head = [vec![], vec![], HEADINGS.map(str::to_owned).to_vec()];
    let shared = support::mapping(&support::example());
    let alone = support::example().replace(BY_DEFAULT, "originator_only = true");
    let alone = support::mapping(&alone);
    for register in 0..REGISTERS {
        let mapping = if register % 4 == 0 { &alone } else { &shared };
        let numbers = register * ROWS..(register + 1) * ROWS;
        let rows: Vec<_> = numbers.map(|n| row(&mut random, n, &long)).collect();
        let csv = support::csv(&[&head, &rows[..]].concat());
        let run = council.judges(&Sheet::read(&csv, mapping).unwrap(), mapping, None);
        for row in &run.report.rows {
            *verdicts.entry(row.verdict).or_insert(0) += 1;
        }
        for proposal in &run.proposals {
            assert_eq!(run.report.rows[proposal.at].verdict, Verdict::Proposal);
            taken(&council, &proposal.incident);
            taken(&council, &proposal.alert);
            kinds.insert(target_of_the_undecided(&proposal.alert));
        }
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    assert_eq!(verdicts.len(), 4, "{verdicts:?}");
    assert!(verdicts.values().all(|rows| *rows > 50), "{verdicts:?}");
}

#[track_caller]
fn taken(council: &Council, request: &PublishRequest) {
    let refused = council.takes_in(request).err();
    assert_eq!(refused, None);
    assert!(request.encoded_len() < EVENT_LIMIT / 2);
}

#[track_caller]
fn target_of_the_undecided(alert: &PublishRequest) -> &'static str {
    let Some(Content::HazardAlert(alert)) = &alert.content else {
        unreachable!("an alert")
    };
    assert_eq!(alert.safety.as_ref().unwrap().decision, None);
    match alert.target.as_ref().unwrap().target.as_ref().unwrap() {
        Target::Person(_) => "person",
        Target::Premises(_) => "premises",
        Target::Household(_) => "household",
        Target::Animal(_) => "animal",
    }
}
