//! The days on which something can have occurred, as precisely as its originator knows them.

use diogel_domain::{
    codes::Precision,
    times::{Day, Moment, Occurred},
};
use diogel_texts::dates;

/// From the first day to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    /// The first day on which it can have occurred.
    pub(super) first: Day,
    /// The last; not before the first.
    pub(super) last: Day,
}

impl Span {
    /// When something occurred: what is known to the month can have been on any of its days.
    pub(super) fn of(occurred: &Occurred) -> Self {
        let (from, to) = (dates::day(occurred.from), dates::day(occurred.to));
        let (first, last) = match occurred.precision {
            Precision::Minute | Precision::Hour | Precision::Day => (from, to),
            Precision::Month => (month(from), month(to).plus_months(1).plus_days(-1)),
            Precision::Year => (year(from), year(to).plus_months(12).plus_days(-1)),
        };
        Self {
            first,
            last: last.max(first),
        }
    }

    /// The day of a moment.
    pub(super) fn on(moment: Moment) -> Self {
        let day = dates::day(moment);
        Self {
            first: day,
            last: day,
        }
    }
}

fn month(day: Day) -> Day {
    day.plus_days(1 - i32::from(day.date().day()))
}

fn year(day: Day) -> Day {
    day.plus_days(1 - i32::from(day.date().ordinal()))
}
