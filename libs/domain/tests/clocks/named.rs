//! The named clocks, and requests for exclusion.

use std::collections::BTreeSet;

use diogel_domain::{
    calendar::{Clock, Kind, Notice, RiddorPrompt, Timing, exclusion_notice},
    codes::Language,
};

use super::given::{at, shipped};

#[test]
fn each_named_clock_is_due_when_the_procedures_say() {
    let cases = [
        (Clock::InitialConference, "2026-12-16 10:00", "2027-01-11"),
        (Clock::OutlinePlan, "2026-12-04 15:00", "2026-12-11"),
        (Clock::CoreGroupFirst, "2026-12-04 15:00", "2026-12-18"),
        (Clock::CoreGroupMonthly, "2027-01-31 10:00", "2027-02-28"),
        (Clock::CoreGroupLatest, "2027-03-03 10:00", "2027-04-14"),
        (Clock::Assessment, "2027-03-01 10:00", "2027-04-30"),
        (Clock::ReviewFirst, "2026-12-04 15:00", "2027-03-04"),
        (Clock::ReviewNext, "2027-03-03 10:00", "2027-09-03"),
        (Clock::AdultEnquiry, "2026-12-23 16:00", "2027-01-06"),
        (Clock::AdultPlanReview, "2026-11-13 10:00", "2026-12-25"),
        (
            Clock::AdultConferenceReports,
            "2027-03-31 10:00",
            "2027-03-25",
        ),
        (Clock::ExclusionRequest, "2027-03-03 10:00", "2027-02-26"),
    ];
    assert_eq!(cases.map(|(clock, ..)| clock), Clock::ALL);
    for (clock, from, due) in cases {
        let found = clock.due(at(from), shipped()).day.to_string();
        assert_eq!(found, due, "{}", clock.code());
    }
}

#[test]
fn a_maximum_on_christmas_day_shows_christmas_eve() {
    let due = Clock::AdultPlanReview.due(at("2026-11-13 10:00"), shipped());
    assert_eq!(due.last_working_day.to_string(), "2026-12-24");
}

#[test]
fn each_clock_says_its_kind_its_beginning_and_its_source() {
    for clock in Clock::ALL.iter().copied() {
        let lands = clock.length().kind() != Kind::Maximum;
        let due = clock.due(at("2026-12-20 12:00"), shipped());
        assert!(!lands || due.day == due.last_working_day);
        assert!(clock.source().contains("Wales Safeguarding Procedures"));
        assert_ne!(
            clock.runs_from(Language::English),
            clock.runs_from(Language::Welsh)
        );
        assert_eq!(clock.is_limit(), clock != Clock::CoreGroupMonthly);
    }
}

/// Every code of these lists reads back by number and by name, and no two of a list read alike in either language.
macro_rules! reads_back {
    ($($list:ident)+) => {$(
        for code in $list::ALL {
            assert_eq!($list::from_number(code.number()), Some(*code));
            assert_eq!($list::from_code(code.code()), Some(*code));
        }
        for language in [Language::English, Language::Welsh] {
            let labels: BTreeSet<&str> = $list::ALL.iter().map(|code| code.label(language)).collect();
            assert_eq!(labels.len(), $list::ALL.len(), stringify!($list));
        }
    )+};
}

#[test]
fn every_code_reads_back_and_has_its_own_labels() {
    reads_back! { Clock Notice RiddorPrompt Timing }
}

#[test]
fn exclusion_is_asked_three_working_days_before_and_about_danger_at_any_time() {
    let conference = at("2027-03-31 10:00");
    let notice = |asked, danger| exclusion_notice(at(asked), conference, danger, shipped());
    assert_eq!(notice("2027-03-24 17:00", false), Notice::InTime);
    assert_eq!(notice("2027-03-24 17:01", false), Notice::Late);
    assert_eq!(notice("2027-03-24 09:00", true), Notice::Danger);
    assert_eq!(notice("2027-03-31 09:55", true), Notice::Danger);
}
