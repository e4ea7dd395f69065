//! Days and moments as people write them, chance with a seed, and random calendars.

use std::{collections::BTreeSet, fmt::Write};

use diogel_domain::{
    calendar::{Holidays, Length, moment_of},
    times::{Day, Moment},
};

/// "2026-12-24".
pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// "2026-12-24 17:00", by London's clocks.
pub fn at(text: &str) -> Moment {
    let (date, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let minute = hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap();
    moment_of(day(date), minute)
}

/// The shipped list.
pub fn shipped() -> &'static Holidays {
    Holidays::england_and_wales()
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed, the same numbers.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    /// A day of 2025 to 2029: before, in and past the years of `holidays`.
    pub fn day(&mut self) -> Day {
        day("2025-01-01").plus_days(i32::try_from(self.below(5 * 365)).unwrap())
    }

    /// A moment of those years.
    pub fn moment(&mut self) -> Moment {
        let second = i64::try_from(self.below(86_400)).unwrap();
        Moment(i64::from(self.day().0) * Moment::DAY).plus_seconds(second)
    }

    /// Weekdays of 2026 to 2028, many or few, some in each year.
    pub fn days_off(&mut self) -> BTreeSet<Day> {
        let rare = [3, 10, 100][self.below(3)];
        let all = (0..1_096).map(|i| day("2026-01-01").plus_days(i));
        let mut off: BTreeSet<Day> = all
            .filter(|day| !day.is_weekend() && self.below(rare) == 0)
            .collect();
        off.extend(["2026-01-01", "2027-01-01", "2028-01-03"].map(day));
        off
    }

    pub fn length(&mut self) -> Length {
        let n = u16::try_from(self.below(45)).unwrap();
        let lengths = [
            Length::WorkingDays(n),
            Length::Days(n),
            Length::Weeks(n),
            Length::Months(n % 14),
            Length::WorkingDaysBefore(n),
        ];
        lengths[self.below(lengths.len())]
    }
}

/// A calendar of 2026 to 2028 with these days off.
pub fn holidays(off: &BTreeSet<Day>) -> Holidays {
    let mut list = String::from("years: 2026-2028\nsource: invented\n");
    for day in off {
        writeln!(list, "{day}  Day off / Diwrnod i ffwrdd").unwrap();
    }
    Holidays::parse(&list).unwrap()
}
