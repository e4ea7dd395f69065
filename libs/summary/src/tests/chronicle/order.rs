//! What stands where.

use diogel_domain::{
    codes::{Language, Precision, ThreatForm},
    content::Matter,
};

use super::{
    english,
    given::{entry, review},
    story::story,
    told,
};
use crate::{
    Entry, EntryState, chronicle,
    tests::family::{incident, strength, threat},
    to_csv,
};

#[test]
fn the_order_of_entries_and_of_who_knew_makes_no_difference() {
    let mut twice = story();
    twice.reverse();
    twice.extend(story());
    for entry in &mut twice {
        entry.known.reverse();
    }
    for language in [Language::English, Language::Welsh] {
        let review = review(language);
        assert_eq!(chronicle(&review, &twice), chronicle(&review, &story()));
        let csv = |entries: &[Entry]| to_csv(&review, entries).unwrap();
        assert_eq!(csv(&twice), csv(&story()));
    }
}

#[test]
fn both_languages_hold_the_same_lines_marks_and_events() {
    let shape = |language| {
        let document = chronicle(&review(language), &story());
        let lines = document.sections.into_iter().flat_map(|s| s.lines);
        let shape = lines.map(|l| (l.kind, l.cites, l.marks, l.family));
        shape.collect::<Vec<_>>()
    };
    assert_eq!(shape(Language::English), shape(Language::Welsh));
}

fn headings(entries: &[Entry]) -> Vec<String> {
    let sections = english(entries).sections.into_iter().skip(1);
    sections.map(|section| section.heading).collect()
}

#[test]
fn an_event_stands_when_it_occurred_and_otherwise_when_it_was_recorded() {
    let late = entry(&incident(1, "health", "2026-10-05")).published("2027-02-01");
    let untimed = entry(&strength(2, "education", "Reads well.", "")).published("2026-12-01");
    let headings = headings(&[late, untimed]);
    assert_eq!(headings, ["October 2026", "December 2026"]);
}

#[test]
fn what_is_known_to_the_year_alone_stands_before_its_months_and_in_none_of_them() {
    let vague = entry(&threat(1, "police", "2026-06-01", ThreatForm::Shouting));
    let vague = vague.precisely(Precision::Year).published("2026-11-01");
    let exact = entry(&incident(2, "health", "2026-01-01"));
    let document = english(&[exact.clone(), vague.clone()]);
    let drawn = document.timeline.unwrap().points;
    assert_eq!(
        (&*drawn[0].date, &*drawn[1].date),
        ("2026", "1 January 2026")
    );
    let headings = headings(&[exact, vague]);
    assert_eq!(
        headings,
        ["The year 2026, month not known to you", "January 2026"]
    );
}

#[test]
fn a_gap_stands_in_its_place_and_says_that_it_is_no_evidence() {
    let before = entry(&incident(1, "health", "2026-09-01"));
    let after = entry(&incident(2, "health", "2026-11-01"));
    let document = english(&[after, before]);
    let lines = told(&document);
    let gap = lines
        .iter()
        .position(|l| l.text.contains("nothing is known"));
    let gap = gap.unwrap();
    let text = &lines[gap].text;
    assert!(
        text.contains("From 2 September 2026 to 31 October 2026 (60 days)"),
        "{text}"
    );
    assert!(text.contains("not evidence that nothing did"));
    let events = |lines: &[&crate::Line]| lines.iter().flat_map(|l| l.cites.clone()).max();
    assert!(events(&lines[..gap]) < events(&lines[gap..]));
    let last = &lines.last().unwrap().text;
    assert!(
        last.contains("to 3 March 2027"),
        "up to the day of the document: {last}"
    );
}

#[test]
fn neither_a_mistake_nor_a_decision_about_sharing_fills_a_gap() {
    let at = |number, on| entry(&incident(number, "health", on));
    let ends = [at(1, "2026-12-20"), at(2, "2027-03-01")];
    let gaps = |between: Entry| {
        let document = english(&[ends[0].clone(), between, ends[1].clone()]);
        let lines = told(&document);
        lines
            .iter()
            .filter(|l| l.text.contains("nothing is known"))
            .count()
    };
    let between = at(3, "2027-01-20");
    assert_eq!(gaps(between.clone()), 0);
    assert_eq!(gaps(between.clone().became(EntryState::Superseded)), 0);
    for state in [EntryState::EnteredInError, EntryState::Corrected] {
        assert_eq!(gaps(between.clone().became(state)), 1);
    }
    let mut shared = between.undisclosed();
    shared.matter = Matter::SharingDecision;
    assert_eq!(gaps(shared), 1);
}

#[test]
fn without_events_it_says_what_is_known_and_that_it_is_no_evidence() {
    let document = english(&[]);
    assert_eq!(document.sections.len(), 1);
    assert!(super::overview(&document).contains("No event is known to you. That is not evidence"));
    assert_eq!(document.timeline, None);
}
