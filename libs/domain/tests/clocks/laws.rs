//! Laws that clocks keep whatever the calendar, tried on random ones.

use std::ops::RangeInclusive;

use diogel_domain::{
    calendar::{
        Civil, Daylight, Holidays, Kind, Length, is_daylight, is_out_of_hours, london, moment_of,
        protect_by, working_days, working_days_before,
    },
    times::{Day, Moment},
};

use super::given::{Random, holidays};

/// Calendars of an ordinary run of one law.
const CALENDARS: u64 = 150;

fn calendars() -> u64 {
    let cases = std::env::var("DIOGEL_CASES").ok();
    cases.map_or(CALENDARS, |cases| cases.parse().unwrap())
}

/// Holds a law against random calendars; a failure names the seed.
fn holds(law: impl Fn(&mut Random, &Holidays)) {
    for seed in 0..calendars() {
        let random = &mut Random(seed);
        let calendar = holidays(&random.days_off());
        let caught = std::panic::AssertUnwindSafe(|| (0..20).for_each(|_| law(random, &calendar)));
        assert!(std::panic::catch_unwind(caught).is_ok(), "seed {seed}");
    }
}

fn days(range: RangeInclusive<i32>) -> impl Iterator<Item = Day> {
    range.map(Day)
}

fn worked(calendar: &Holidays, range: RangeInclusive<i32>) -> usize {
    days(range)
        .filter(|day| calendar.is_working_day(*day))
        .count()
}

#[test]
fn a_clock_of_working_days_lands_on_one_with_as_many_between() {
    holds(|random, calendar| {
        let start = random.moment();
        let n = u16::try_from(random.below(60)).unwrap();
        let due = working_days(start, n, calendar);
        let zero = calendar.day_zero(start);
        assert!(calendar.is_working_day(due.day));
        assert_eq!(due.last_working_day, due.day);
        assert_eq!(worked(calendar, zero.0 + 1..=due.day.0), usize::from(n));
        let five = Civil {
            day: due.day,
            minute_of_day: 1_020,
        };
        assert_eq!(london(due.at), five);
        assert!(start <= due.at);
    });
}

#[test]
fn a_clock_before_a_meeting_lands_on_a_working_day_with_as_many_between() {
    holds(|random, calendar| {
        let meeting = random.day();
        let n = u16::try_from(random.below(20) + 1).unwrap();
        let due = working_days_before(meeting, n, calendar);
        assert!(calendar.is_working_day(due.day) && due.day < meeting);
        assert_eq!(worked(calendar, due.day.0..=meeting.0 - 1), usize::from(n));
    });
}

#[test]
fn a_maximum_keeps_its_date_on_every_calendar_and_shows_the_last_working_day() {
    holds(|random, calendar| {
        let (start, n) = (random.moment(), u16::try_from(random.below(30)).unwrap());
        let day = london(start).day;
        let dates = [
            (Length::Days(n), day.plus_days(n.into())),
            (Length::Weeks(n), day.plus_days(7 * i32::from(n))),
            (Length::Months(n), day.plus_months(n.into())),
        ];
        for (length, date) in dates {
            let due = length.due(start, calendar);
            assert_eq!((due.day, london(due.at).day), (date, date));
            assert_eq!(london(Moment(due.at.0 + 1)).day, date.plus_days(1));
            assert!(calendar.is_working_day(due.last_working_day));
            assert_eq!(worked(calendar, due.last_working_day.0 + 1..=date.0), 0);
        }
    });
}

#[test]
fn a_protect_by_time_keeps_its_moment() {
    holds(|random, calendar| {
        let at = random.moment();
        let due = protect_by(at, calendar);
        assert_eq!((due.at, due.day), (at, london(at).day));
        assert!(calendar.is_working_day(due.last_working_day));
        assert!(due.last_working_day <= due.day);
    });
}

#[test]
fn another_holiday_never_brings_a_deadline_nearer() {
    for seed in 0..calendars() {
        let random = &mut Random(seed);
        let mut off = random.days_off();
        let before = holidays(&off);
        off.extend(random.days_off());
        let after = holidays(&off);
        for _ in 0..20 {
            let (start, length) = (random.moment(), random.length());
            let (was, is) = (length.due(start, &before), length.due(start, &after));
            let right = match length.kind() {
                Kind::WorkingDays => was.at <= is.at,
                Kind::Maximum => was.at == is.at && is.last_working_day <= was.last_working_day,
                // Counting backward, as many working days' notice is a longer one.
                Kind::Before => is.at <= was.at,
            };
            assert!(right, "seed {seed}: {length:?} from {start:?}");
        }
    }
}

#[test]
fn more_days_are_never_sooner_and_a_later_start_is_never_due_earlier() {
    holds(|random, calendar| {
        let (mut from, mut to) = (random.moment(), random.moment());
        if random.below(2) == 0 {
            // Close together: around an evening, a weekend, a month's end.
            to = from.plus_seconds(i64::try_from(random.below(400_000)).unwrap());
        }
        (from, to) = (from.min(to), from.max(to));
        let length = random.length();
        assert!(length.due(from, calendar).at <= length.due(to, calendar).at);
        let n = u16::try_from(random.below(60)).unwrap();
        let at = |n| working_days(from, n, calendar).at;
        assert!(at(n) < at(n + 1));
        let before = |n| working_days_before(london(from).day, n, calendar).at;
        assert!(before(n + 1) < before(n) || n == 0 && before(1) <= before(0));
    });
}

#[test]
fn a_deadline_is_provisional_exactly_when_a_day_that_it_rests_on_is_not_covered() {
    holds(|random, calendar| {
        let (start, length) = (random.moment(), random.length());
        let (from, due) = (london(start).day, length.due(start, calendar));
        let rests_on = match length {
            Length::WorkingDays(_) => from.0..=due.day.0,
            Length::WorkingDaysBefore(0) => due.day.0..=from.0,
            Length::WorkingDaysBefore(_) => due.day.0..=from.0 - 1,
            Length::Days(_) | Length::Weeks(_) | Length::Months(_) => {
                due.last_working_day.0..=due.day.0
            }
        };
        let known = days(rests_on).all(|day| calendar.covers(day));
        assert_eq!(due.provisional, !known);
        if calendar.covers(from) && length.kind() == Kind::WorkingDays {
            assert_eq!(due.provisional, due.day > calendar.last_covered());
        }
    });
}

#[test]
fn time_only_brings_a_deadline_nearer() {
    holds(|random, calendar| {
        let due = random.length().due(random.moment(), calendar);
        let hours = (-200..40).map(|hour| due.at.plus_seconds(hour * 3_600));
        let timings: Vec<_> = hours.map(|now| due.timing(now, calendar)).collect();
        assert!(timings.is_sorted());
    });
}

#[test]
fn no_day_or_moment_at_the_ends_of_time_makes_a_clock_hang_or_fail() {
    let calendar = Holidays::england_and_wales();
    for moment in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX].map(Moment) {
        for n in [0, 1, u16::MAX] {
            for length in [
                Length::WorkingDays(n),
                Length::Days(n),
                Length::Weeks(n),
                Length::Months(n),
                Length::WorkingDaysBefore(n),
            ] {
                let due = length.due(moment, calendar);
                due.timing(Moment(0), calendar);
            }
        }
        protect_by(moment, calendar);
        is_out_of_hours(moment, calendar);
        is_daylight(moment);
    }
    for day in [i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX].map(Day) {
        working_days_before(day, 1, calendar);
        calendar.working_day_from(day);
        moment_of(day, u16::MAX);
        Daylight::of(day);
    }
}
