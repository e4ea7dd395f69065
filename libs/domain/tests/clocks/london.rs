//! Civil time around the changes of the clocks.

use diogel_domain::{
    calendar::{Civil, london, moment_of},
    times::Moment,
};

use super::given::{Random, at, day};

fn utc(text: &str, second_of_day: i64) -> Moment {
    Moment(i64::from(day(text).0) * Moment::DAY).plus_seconds(second_of_day)
}

fn shown(moment: Moment) -> String {
    let Civil { day, minute_of_day } = london(moment);
    format!("{day} {:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

#[test]
fn summer_time_runs_from_the_last_sunday_in_march_to_the_last_in_october() {
    let years = [
        ("2024-03-31", "2024-10-27"),
        ("2025-03-30", "2025-10-26"),
        ("2026-03-29", "2026-10-25"),
        ("2027-03-28", "2027-10-31"),
        ("2028-03-26", "2028-10-29"),
    ];
    for (begins, ends) in years {
        assert_eq!(shown(utc(begins, 3_599)), format!("{begins} 00:59"));
        assert_eq!(shown(utc(begins, 3_600)), format!("{begins} 02:00"));
        assert_eq!(shown(utc(ends, 3_599)), format!("{ends} 01:59"));
        assert_eq!(shown(utc(ends, 3_600)), format!("{ends} 01:00"));
    }
}

#[test]
fn a_time_that_the_clocks_skip_is_the_moment_of_the_change() {
    for time in ["01:00", "01:30", "01:59", "02:00"] {
        let moment = at(&format!("2027-03-28 {time}"));
        assert_eq!(moment, utc("2027-03-28", 3_600), "{time}");
    }
    assert_eq!(at("2027-03-28 02:01"), utc("2027-03-28", 3_660));
}

#[test]
fn a_time_that_comes_twice_is_its_first() {
    assert_eq!(at("2026-10-25 01:30"), utc("2026-10-25", 1_800));
    assert_eq!(at("2026-10-25 02:00"), utc("2026-10-25", 7_200));
}

#[test]
fn a_day_in_summer_begins_before_midnight_in_greenwich() {
    assert_eq!(shown(utc("2026-06-30", 82_800)), "2026-07-01 00:00");
    assert_eq!(shown(utc("2026-12-31", 86_399)), "2026-12-31 23:59");
    assert_eq!(moment_of(day("2026-06-30"), 1_440), at("2026-07-01 00:00"));
}

#[test]
fn every_moment_reads_back_to_the_minute_but_in_the_hour_that_comes_twice() {
    let mut random = Random(1);
    for _ in 0..20_000 {
        let moment = random.moment();
        let minute = Moment(moment.0 - moment.0.rem_euclid(60 * Moment::SECOND));
        let civil = london(moment);
        let again = moment_of(civil.day, civil.minute_of_day);
        let first_of_two = minute.plus_seconds(-3_600);
        let twice = london(first_of_two) == civil;
        assert_eq!(again, if twice { first_of_two } else { minute });
        assert_eq!(london(again), civil);
    }
}

#[test]
fn civil_time_never_runs_backward() {
    for date in ["2026-03-28", "2026-10-24", "2027-03-27", "2027-10-30"] {
        let all: Vec<Moment> = (0..3 * 1_440).map(|m| moment_of(day(date), m)).collect();
        assert!(all.is_sorted(), "{date}");
    }
}
