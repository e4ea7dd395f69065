//! Importing again: the same row has the same keys, and a row that was changed says so.

use diogel_register::{DryRun, Earlier, Published, Sheet, Verdict};

use crate::{
    registers::{self, HEADINGS, but},
    support::{self, Council, TODAY},
};

fn judged(rows: &[Vec<String>], day: &str, earlier: Option<&Earlier>) -> DryRun {
    let mapping = support::mapping(&support::example());
    let head = [vec![], vec![], HEADINGS.map(str::to_owned).to_vec()];
    let sheet = Sheet::read(&support::csv(&[&head, rows].concat()), &mapping).unwrap();
    Council::on(day).judges(&sheet, &mapping, earlier)
}

fn keys(run: &DryRun) -> Vec<(&str, &str)> {
    let proposals = run.proposals.iter();
    proposals
        .map(|p| {
            (
                p.incident.request_key.as_str(),
                p.alert.request_key.as_str(),
            )
        })
        .collect()
}

#[test]
fn an_import_that_is_repeated_publishes_nothing_twice() {
    let rows = registers::awkward();
    let (first, again) = (
        judged(&rows[3..], TODAY, None),
        judged(&rows[3..], "2026-12-07", None),
    );
    let same = |run: &DryRun| -> Vec<_> {
        let proposals = run.proposals.iter();
        proposals
            .map(|p| (p.incident.clone(), p.alert.clone()))
            .collect()
    };
    assert_eq!(same(&first), same(&again));
    let keys = keys(&first);
    let mut all: Vec<&str> = keys.iter().flat_map(|(a, b)| [*a, *b]).collect();
    all.sort_unstable();
    let before = all.len();
    all.dedup();
    assert_eq!(all.len(), before, "each publication has a key of its own");
    assert!(all.iter().all(|key| (1..=128).contains(&key.len())));
}

#[test]
fn a_key_is_the_register_s_and_the_reference_s_alone() {
    let key = |cells: &[(&str, &str)]| {
        judged(&[but(cells)], TODAY, None).report.rows[0]
            .incident_key
            .clone()
    };
    assert_eq!(
        key(&[]),
        key(&[("Ref", " vp-001"), ("Name", "Somebody Else-Invented")])
    );
    assert_ne!(key(&[]), key(&[("Ref", "VP-002")]));
    assert_eq!(key(&[("Ref", "")]), None);
    assert!(!key(&[]).unwrap().contains("VP"));
}

#[test]
fn a_row_that_was_changed_since_an_earlier_import_says_so() {
    let rows = [
        but(&[]),
        but(&[("Ref", "VP-2"), ("NHS No", "9990700079")]),
        but(&[("Ref", "VP-3"), ("NHS No", "9990700141")]),
        but(&[("Ref", "VP-4"), ("NHS No", "9990700214")]),
        but(&[("Ref", "VP-5"), ("NHS No", "9990700281")]),
    ];
    let mut first = judged(&rows, TODAY, None);
    first.report.rows[0].was_taken(false);
    first.report.rows[1].was_taken(false);
    first.report.rows[2].was_refused(true, &[]);
    first.report.rows[4].was_taken(true);
    let earlier = Earlier::from_csv(&first.report.to_csv()).unwrap();

    let mut changed = rows.clone();
    for row in [1, 2, 3] {
        changed[row] = but(&[
            ("Ref", &format!("VP-{}", row + 1)),
            ("NHS No", "9990700079"),
            ("Date of incident", &format!("{row}/6/2026")),
        ]);
    }
    changed[4] = but(&[
        ("Ref", "VP-5"),
        ("NHS No", "9990700281"),
        ("Removed", "2026"),
    ]);
    let second = judged(&changed, TODAY, Some(&earlier)).report;
    let said: Vec<_> = second
        .rows
        .iter()
        .map(|row| (row.verdict, row.published))
        .collect();
    assert_eq!(
        said,
        [
            (Verdict::Proposal, Some(Published::Taken)),
            (Verdict::Duplicate, Some(Published::Changed)),
            (Verdict::Duplicate, Some(Published::Changed)),
            (Verdict::Proposal, None),
            (Verdict::Refused, Some(Published::Changed)),
        ]
    );
    assert!(
        second
            .to_text()
            .contains("published this reference with other content")
    );
    // And it goes on saying so, from one report to the next.
    let earlier = Earlier::from_csv(&second.to_csv()).unwrap();
    let third = judged(&changed, TODAY, Some(&earlier)).report;
    assert_eq!(third.published(Published::Changed), 3);
}

#[test]
fn what_the_service_says_at_publication_stands_in_the_report() {
    let mut report = judged(&[but(&[])], TODAY, None).report;
    report.rows[0].was_changed();
    assert_eq!(report.rows[0].verdict, Verdict::Duplicate);
    assert!(
        report
            .to_text()
            .contains("row 4 VP-001: duplicate, changed")
    );
}

#[test]
fn only_a_report_is_an_earlier_report() {
    for text in [
        "",
        "a,b\n1,2\n",
        &report_with("surely"),
        &report_with("\u{0}"),
    ] {
        assert!(Earlier::from_csv(text).is_err(), "{text}");
    }
    assert!(Earlier::from_csv(&report_with("taken")).is_ok());
}

fn report_with(published: &str) -> String {
    let mut report = judged(&[but(&[])], TODAY, None).report;
    report.rows[0].was_taken(false);
    report
        .to_csv()
        .replace(",taken,", &format!(",{published},"))
}
