//! Who knew of it when, how late, and what isn't told.

use diogel_domain::codes::{FamilyHandling, Language, Precision};

use super::{
    english,
    given::{entry, review, seen},
    overview,
    story::story,
    told,
};
use crate::{
    Entry, EntryState, Mark, chronicle,
    tests::family::{at, incident},
};
use diogel_sharing::groups::FieldGroup;

fn report() -> Entry {
    entry(&incident(1, "social-care", "2027-01-04"))
}

fn texts(entry: &Entry) -> String {
    let document = english(std::slice::from_ref(entry));
    let texts = told(&document).into_iter().map(|l| l.text.to_string());
    texts.collect::<Vec<_>>().join("\n")
}

fn marks(entry: &Entry) -> Vec<Mark> {
    let document = english(std::slice::from_ref(entry));
    let lines = document.sections.iter().flat_map(|s| &s.lines);
    lines.flat_map(|l| l.marks.iter().copied()).collect()
}

#[test]
fn what_isnt_told_is_never_called_never_seen() {
    let entry = report().known("police", ["2027-01-04", "", ""]);
    let said = texts(&entry);
    assert!(
        said.contains("Police: available since 4 January 2027, not known to you to have been seen")
    );
    assert!(!said.to_lowercase().contains("never"));
    assert_eq!(marks(&entry), [Mark::NotSeen]);
    assert!(overview(&english(&[entry])).contains("may have been seen"));
}

#[test]
fn what_was_acknowledged_was_seen_and_so_was_nothing_that_was_never_available() {
    let acknowledged = report().known("police", ["2027-01-04", "", "2027-01-20"]);
    let at_the_door = report().known("police", ["", "", ""]);
    assert!(texts(&at_the_door).contains("Police: precautions alone"));
    for entry in [acknowledged, at_the_door] {
        assert!(!texts(&entry).contains("not known to you to have been seen"));
        assert_eq!(marks(&entry), []);
    }
}

#[test]
fn only_what_was_available_for_more_than_a_week_is_marked_not_known_to_be_seen() {
    let since = |on| report().published(on).known("police", [on, "", ""]);
    assert_eq!(marks(&since("2027-02-24")), [Mark::PublishedLate]);
    let eighth = since("2027-02-23");
    assert_eq!(marks(&eighth), [Mark::PublishedLate, Mark::NotSeen]);
    let taken_back = report()
        .known("police", ["2027-01-04", "", ""])
        .taken_back("2027-01-11");
    assert_eq!(marks(&taken_back), []);
    assert!(texts(&taken_back).contains("taken back on 11 January 2027"));
}

#[test]
fn late_is_more_than_a_week_after_the_last_day_on_which_it_can_have_occurred() {
    let on = |day| report().published(day);
    assert_eq!(marks(&on("2027-01-11")), []);
    assert_eq!(marks(&on("2027-01-12")), [Mark::PublishedLate]);
    assert!(texts(&on("2027-01-12")).contains("published on 12 January 2027, 8 days later"));
    let month = |day| on(day).precisely(Precision::Month);
    assert_eq!(marks(&month("2027-02-07")), []);
    assert!(texts(&month("2027-02-08")).contains("at least 8 days later"));
    let mut untimed = on("2027-02-08");
    untimed.occurred = None;
    assert_eq!(marks(&untimed), []);
}

#[test]
fn agencies_that_knew_alike_share_a_line_and_the_originator_needs_none() {
    let day = "2027-01-04";
    let entry = report()
        .known("social-care", [day, day, ""])
        .known("police", [day, day, ""])
        .known("health", [day, day, ""]);
    assert!(texts(&entry).contains("\nHealth Board, Police: available since"));
    assert!(!texts(&entry).contains("Cwm Derwen Council: available"));
}

#[test]
fn who_knew_is_never_for_the_family_though_the_event_may_be() {
    let told = incident(1, "social-care", "2027-01-04").told_to_family();
    let document = english(&[entry(&told)]);
    assert_eq!(document.key[0].family, FamilyHandling::Yes);
    assert!(
        document
            .every_line()
            .all(|line| line.family == FamilyHandling::No)
    );
    let gone = entry(&told).became(EntryState::EnteredInError);
    assert_eq!(english(&[gone]).key[0].family, FamilyHandling::No);
}

#[test]
fn as_of_an_earlier_time_the_page_says_so_and_counts_to_it() {
    let entry = seen(
        &incident(1, "health", "2027-01-04"),
        &[FieldGroup::Existence],
    );
    let entry = entry.known("social-care", ["2027-01-04", "", ""]);
    let mut review = review(Language::English);
    review.as_of = Some(at("2027-01-08"));
    let document = chronicle(&review, &[entry]);
    assert_eq!(document.made_at, at("2027-03-03"));
    let as_of = document.head.iter().find(|fact| fact.label == "As of");
    assert_eq!(as_of.unwrap().value, "8 January 2027, 09:00");
    assert!(overview(&document).contains("what your agency held at that time"));
    assert!(document.footer[1].contains("as of 8 January 2027, 09:00"));
    assert!(told(&document).iter().all(|line| line.marks.is_empty()));
}

#[test]
fn the_foot_says_that_others_may_know_and_the_head_for_whom_it_is() {
    let document = english(&story());
    assert!(document.footer[0].ends_with("and any others entitled."));
    assert_eq!(document.title, "Chronology: Elin Morgan, 7");
    let labels: Vec<&str> = document
        .head
        .iter()
        .map(|fact| fact.label.as_str())
        .collect();
    assert_eq!(labels, ["For", "Purpose", "Made at", "Handling"]);
}
