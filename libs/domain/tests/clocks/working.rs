//! Working days and deadlines on real calendars.

use diogel_domain::{
    calendar::{
        Due, Holidays, Hours, Length, Timing, is_out_of_hours, protect_by, working_days,
        working_days_before,
    },
    times::Moment,
};

use super::given::{at, day, shipped};

fn due(from: &str, days: u16) -> String {
    working_days(at(from), days, shipped()).day.to_string()
}

#[test]
fn christmas_2026_is_worked_around() {
    // 25 December is a Friday; Boxing Day's substitute is Monday the 28th.
    assert_eq!(due("2026-12-23 10:00", 1), "2026-12-24");
    assert_eq!(due("2026-12-23 10:00", 2), "2026-12-29");
    assert_eq!(due("2026-12-30 10:00", 2), "2027-01-04");
}

#[test]
fn easter_2027_is_worked_around_and_the_clocks_change_in_between() {
    let due = working_days(at("2027-03-25 16:00"), 5, shipped());
    assert_eq!(due.day, day("2027-04-05"));
    assert_eq!(due.at.to_rfc3339(), "2027-04-05T16:00:00Z");
    let before = working_days_before(day("2027-04-01"), 3, shipped());
    assert_eq!(before.day, day("2027-03-25"));
    assert_eq!(before.at.to_rfc3339(), "2027-03-25T17:00:00Z");
}

#[test]
fn an_event_after_hours_or_on_no_working_day_counts_as_of_the_next() {
    let sharp = at("2026-12-24 17:00");
    assert_eq!(shipped().day_zero(sharp), day("2026-12-24"));
    assert_eq!(shipped().day_zero(Moment(sharp.0 + 1)), day("2026-12-29"));
    assert_eq!(due("2026-12-24 17:01", 0), "2026-12-29");
    assert_eq!(due("2026-12-26 09:00", 1), "2026-12-30");
    assert_eq!(due("2026-07-03 23:30", 1), "2026-07-07");
}

#[test]
fn a_board_sets_its_hours() {
    let late = shipped()
        .clone()
        .with_hours(Hours::new(480, 1_080).unwrap());
    let due = working_days(at("2026-07-01 17:30"), 1, &late);
    assert_eq!(
        (due.day, due.at),
        (day("2026-07-02"), at("2026-07-02 18:00"))
    );
    assert!(!is_out_of_hours(at("2026-07-01 17:30"), &late));
    for (opens, closes) in [(600, 600), (1_020, 540), (540, 1_441)] {
        let refused = Hours::new(opens, closes).unwrap_err().to_string();
        assert!(refused.contains("540 and 1020"), "{refused}");
    }
}

#[test]
fn out_of_hours_is_before_nine_after_five_and_every_day_off() {
    let out = |time| is_out_of_hours(at(time), shipped());
    assert!(out("2026-07-01 08:59"));
    assert!(!out("2026-07-01 09:00") && !out("2026-07-01 17:00"));
    assert!(out("2026-07-01 17:01"));
    assert!(out("2026-07-04 11:00"), "a Saturday");
    assert!(out("2026-12-28 11:00"), "Boxing Day's substitute");
}

#[test]
fn a_maximum_keeps_a_date_on_a_sunday_and_shows_the_friday_before() {
    let due = Length::Months(3).due(at("2026-11-30 18:00"), shipped());
    assert_eq!(due.day, day("2027-02-28"));
    assert_eq!(due.last_working_day, day("2027-02-26"));
    assert_eq!(due.at, Moment(at("2027-03-01 00:00").0 - 1));
}

#[test]
fn a_protect_by_time_keeps_its_moment_and_shows_the_last_working_day_that_has_begun() {
    let last = |time| {
        let due = protect_by(at(time), shipped());
        assert_eq!(due.at, at(time));
        due.last_working_day.to_string()
    };
    assert_eq!(last("2027-01-02 08:00"), "2026-12-31", "a Saturday");
    assert_eq!(last("2027-01-04 09:00"), "2026-12-31", "before work");
    assert_eq!(last("2027-01-04 09:30"), "2027-01-04");
}

#[test]
fn the_earlier_of_two_deadlines_counts() {
    let clock = working_days(at("2026-12-23 10:00"), 3, shipped());
    let protect = protect_by(at("2026-12-26 12:00"), shipped());
    assert_eq!(clock.earlier(protect), protect);
    assert_eq!(protect.earlier(clock), protect);
}

#[test]
fn a_deadline_is_near_from_the_working_day_before_until_it_is_past() {
    let monday = working_days(at("2026-07-02 10:00"), 2, shipped());
    assert_eq!(monday.day, day("2026-07-06"));
    let timing = |due: &Due, now| due.timing(at(now), shipped());
    assert_eq!(timing(&monday, "2026-07-02 23:59"), Timing::Ahead);
    assert_eq!(timing(&monday, "2026-07-03 00:00"), Timing::Near);
    assert_eq!(timing(&monday, "2026-07-06 17:00"), Timing::Near);
    assert_eq!(timing(&monday, "2026-07-06 17:01"), Timing::Passed);
    let sunday = Length::Weeks(1).due(at("2026-06-28 10:00"), shipped());
    assert_eq!(timing(&sunday, "2026-07-01 12:00"), Timing::Ahead);
    assert_eq!(timing(&sunday, "2026-07-02 12:00"), Timing::Near);
    assert_eq!(timing(&sunday, "2026-07-05 23:59"), Timing::Near);
    assert_eq!(timing(&sunday, "2026-07-06 00:00"), Timing::Passed);
    let far = sunday.timing_within(4, at("2026-06-29 09:00"), shipped());
    assert_eq!(far, Timing::Near);
}

#[test]
fn past_the_years_of_the_list_a_deadline_is_provisional() {
    let provisional = |days| working_days(at("2028-12-27 10:00"), days, shipped()).provisional;
    assert!(!provisional(2), "Friday 29 December 2028");
    assert!(
        provisional(3),
        "Monday 1 January 2029, not known to be a holiday"
    );
    let before = |meeting, days| working_days_before(day(meeting), days, shipped()).provisional;
    assert!(!before("2029-01-01", 1), "rests on days of 2028 alone");
    assert!(before("2029-01-02", 2), "rests on 1 January 2029");
    assert!(working_days(at("2023-12-29 10:00"), 3, shipped()).provisional);
    assert!(protect_by(at("2026-07-01 12:00"), &Holidays::none()).provisional);
}
