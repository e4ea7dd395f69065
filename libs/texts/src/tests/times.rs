//! Dates, times and counts as people read them.

use diogel_domain::{
    codes::Precision,
    times::{Day, Moment, Occurred},
};

use crate::{Filled, Language, calendar, dates};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn both(say: impl Fn(Language) -> String) -> [String; 2] {
    [Language::English, Language::Welsh].map(say)
}

#[test]
fn dates_are_long_in_both_languages() {
    let october = day("2026-10-14");
    assert_eq!(
        both(|l| dates::long(october, l)),
        ["14 October 2026", "14 Hydref 2026"]
    );
    assert_eq!(
        both(|l| dates::month(october, l)),
        ["October 2026", "Hydref 2026"]
    );
    let months = (1..=12).map(|m| dates::month(day(&format!("2027-{m:02}-01")), Language::Welsh));
    let months: Vec<String> = months.collect();
    assert_eq!(months[0], "Ionawr 2027");
    assert_eq!(months[7], "Awst 2027");
    assert_eq!(months[11], "Rhagfyr 2027");
}

#[test]
fn a_time_is_as_clocks_in_wales_show_it() {
    let at =
        |on: &str, hour: i64| Moment(i64::from(day(on).0) * Moment::DAY).plus_seconds(hour * 3600);
    assert_eq!(
        both(|l| dates::moment(at("2027-07-01", 12), l)),
        ["1 July 2027, 13:00", "1 Gorffennaf 2027, 13:00"]
    );
    assert_eq!(
        both(|l| dates::moment(at("2027-01-01", 12), l)),
        ["1 January 2027, 12:00", "1 Ionawr 2027, 12:00"]
    );
    assert_eq!(dates::day(at("2027-07-01", 23)), day("2027-07-02"));
}

#[test]
fn what_occurred_is_as_precise_as_known() {
    let at = |text: &str| Moment(i64::from(day(text).0) * Moment::DAY);
    let said = |precision| {
        let (from, to) = (at("2026-10-14"), at("2026-11-02"));
        dates::occurred(
            &Occurred {
                from,
                to,
                precision,
            },
            Language::Welsh,
        )
    };
    assert_eq!(said(Precision::Day), "14 Hydref 2026 – 2 Tachwedd 2026");
    assert_eq!(said(Precision::Month), "Hydref 2026 – Tachwedd 2026");
    assert_eq!(said(Precision::Year), "2026");
    assert_eq!(
        dates::interval(day("2026-10-14"), day("2026-10-14"), Language::English),
        "14 October 2026"
    );
}

#[test]
fn counts_mutate_as_welsh_does() {
    let days = |count| calendar::CountDays { count }.say(Language::Welsh);
    assert_eq!(
        [0, 1, 2, 3, 5, 6].map(days),
        [
            "0 diwrnod",
            "1 diwrnod",
            "2 ddiwrnod",
            "3 diwrnod",
            "5 diwrnod",
            "6 diwrnod"
        ]
    );
    let years = |count| calendar::CountYears { count }.say(Language::Welsh);
    assert_eq!(
        [1, 2, 3, 4, 5, 6].map(years),
        [
            "1 flwyddyn",
            "2 flynedd",
            "3 blynedd",
            "4 blynedd",
            "5 mlynedd",
            "6 blynedd"
        ]
    );
    let months = |count| calendar::CountMonths { count }.say(Language::English);
    assert_eq!([0, 1, 2].map(months), ["0 months", "1 month", "2 months"]);
}
