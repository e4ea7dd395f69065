//! The shipped list of bank holidays against the rules of the law, and what a list may not be.

use std::collections::BTreeSet;

use diogel_domain::{calendar::Holidays, codes::Language, times::Day};

use super::given::{day, shipped};

/// Easter Sunday by Gauss's rule for the years 1900 to 2099, without its two exceptions (2049 and 2076 are the next).
fn easter(year: i32) -> Day {
    let moon = (19 * (year % 19) + 24) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7;
    day(&format!("{year}-03-22")).plus_days(moon + sunday)
}

/// The eight of a year by the standing rules: Banking and Financial Dealings Act 1971, Schedule 1, and the usual proclamations.
fn by_rule(year: i32) -> [Day; 8] {
    let date = |text: &str| day(&format!("{year}-{text}"));
    let monday_to = |text| date(text).plus_days(-1).sunday_to().plus_days(1);
    let weekday_from = |mut day: Day| {
        while day.is_weekend() {
            day = day.plus_days(1);
        }
        day
    };
    let christmas = weekday_from(date("12-25"));
    [
        weekday_from(date("01-01")),
        easter(year).plus_days(-2),
        easter(year).plus_days(1),
        monday_to("05-07"),
        monday_to("05-31"),
        monday_to("08-31"),
        christmas,
        weekday_from(date("12-26").max(christmas.plus_days(1))),
    ]
}

#[test]
fn easter_is_found() {
    let published = [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
    ];
    for (year, sunday) in (2024..).zip(published) {
        assert_eq!(easter(year), day(sunday));
    }
}

#[test]
fn the_shipped_list_holds_the_eight_days_of_each_year_and_no_other() {
    let ruled: BTreeSet<Day> = (2024..=2028).flat_map(by_rule).collect();
    assert_eq!(ruled.len(), 40);
    let all = (0..5 * 366).map(|n| day("2024-01-01").plus_days(n));
    let listed: BTreeSet<Day> = all.filter(|day| shipped().is_holiday(*day)).collect();
    assert_eq!(listed, ruled);
}

#[test]
fn the_shipped_list_says_what_it_covers_and_where_it_is_from() {
    assert!(shipped().covers(day("2024-01-01")) && !shipped().covers(day("2023-12-31")));
    assert_eq!(shipped().last_covered(), day("2028-12-31"));
    assert!(
        shipped()
            .source()
            .contains("https://www.gov.uk/bank-holidays")
    );
    let name = |language| shipped().name(day("2027-03-26"), language);
    assert_eq!(name(Language::English), Some("Good Friday"));
    assert_eq!(name(Language::Welsh), Some("Dydd Gwener y Groglith"));
    assert_eq!(shipped().name(day("2027-03-25"), Language::English), None);
}

#[test]
fn a_list_is_refused_by_line_with_a_way_out() {
    let head = "years: 2026-2027\nsource: invented\n2026-01-01  A / B\n2027-01-01  A / B\n";
    assert!(Holidays::parse(head).is_ok());
    let cases = [
        ("2027-02-30  A / B", 5, "write YYYY-MM-DD"),
        ("Good Friday", 5, "write YYYY-MM-DD"),
        ("2027-03-26", 5, "in English and in Welsh"),
        ("2027-03-26  Good Friday", 5, "in English and in Welsh"),
        ("2027-03-26  Good Friday / ", 5, "in English and in Welsh"),
        ("2027-12-25  A / B", 5, "write the substitute day"),
        ("2027-01-01  A / B", 5, "write each once, in order"),
        ("2026-12-25  A / B", 5, "write each once, in order"),
        ("2028-01-03  A / B", 5, "lies outside `years:`"),
        ("years: 2026-2027", 5, "leave one"),
        ("source: another", 5, "leave one"),
        ("source:", 5, "say who publishes the list"),
        ("years: 2027", 5, "write them as 2024-2028"),
        ("years: 26-27", 5, "write them as 2024-2028"),
        ("years: 2028-2027", 5, "write the earlier one first"),
    ];
    for (added, line, words) in cases {
        let mistakes = Holidays::parse(&format!("{head}{added}\n")).unwrap_err();
        let [mistake] = mistakes[..] else {
            panic!("{added}: {mistakes:?}")
        };
        assert_eq!(mistake.line, line, "{added}");
        assert!(mistake.to_string().contains(words), "{added}: {mistake}");
    }
}

#[test]
fn a_list_without_its_header_or_a_covered_year_is_refused() {
    let said = |text| {
        let mistakes = Holidays::parse(text).unwrap_err();
        let said: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        said.join("\n")
    };
    let empty = said("");
    assert!(empty.contains("lacks `years:`") && empty.contains("lacks `source:`"));
    assert!(said("2026-01-01  A / B\n").contains("stands before `years:`"));
    let gap = said("source: invented\nyears: 2026-2028\n2026-01-01  A / B\n2028-01-03  A / B\n");
    assert_eq!(
        gap,
        "line 2: covers a year without any holiday; add its days, or cover fewer years"
    );
}
