//! Moments, days and roughly known times. Owns their forms and comparisons; refuses to ask what time it is.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, format_description::well_known::Rfc3339};

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Moment(pub i64);

impl Moment {
    /// One second.
    pub const SECOND: i64 = 1_000_000;
    /// One day of 24 hours.
    pub const DAY: i64 = 86_400 * Self::SECOND;

    /// The day it falls on, in UTC.
    pub fn day(self) -> Day {
        Day(i32::try_from(self.0.div_euclid(Self::DAY)).unwrap_or(i32::MAX))
    }

    /// RFC 3339 in UTC, to the second.
    pub fn to_rfc3339(self) -> String {
        OffsetDateTime::from_unix_timestamp(self.0.div_euclid(Self::SECOND))
            .ok()
            .and_then(|t| t.format(&Rfc3339).ok())
            .unwrap_or_default()
    }

    /// Moved by so many seconds.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(Self::SECOND)))
    }
}

/// A calendar day, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// Julian day of 1970-01-01.
const EPOCH_JULIAN: i32 = 2_440_588;

impl Day {
    /// Reads ISO 8601, `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let fits = |(i, byte): (usize, &u8)| match i {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        if bytes.len() != 10 || !bytes.iter().enumerate().all(fits) {
            return None;
        }
        let year = text.get(0..4)?.parse().ok()?;
        let month: u8 = text.get(5..7)?.parse().ok()?;
        let day = text.get(8..10)?.parse().ok()?;
        let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
        Some(date.into())
    }

    /// As a civil date.
    pub fn date(self) -> Date {
        Date::from_julian_day(self.0.saturating_add(EPOCH_JULIAN)).unwrap_or(Date::MAX)
    }

    /// Moved by so many days.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Whether it is a Saturday or a Sunday. 1970-01-01 was a Thursday.
    pub const fn is_weekend(self) -> bool {
        matches!(self.0.rem_euclid(7), 2 | 3)
    }

    /// The last Sunday up to this day.
    #[must_use]
    pub const fn sunday_to(self) -> Self {
        self.plus_days(-((self.0.rem_euclid(7) + 4) % 7))
    }

    /// The same day so many months on; at a shorter month's end, its last day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let date = self.date();
        let zero_based = i64::from(date.year()) * 12 + i64::from(u8::from(date.month())) - 1;
        let target = zero_based + i64::from(months);
        let year = i32::try_from(target.div_euclid(12)).unwrap_or(9999);
        let month = Month::try_from(u8::try_from(target.rem_euclid(12) + 1).unwrap_or(1))
            .unwrap_or(Month::January);
        let day = date.day().min(month.length(year));
        Date::from_calendar_date(year, month, day).map_or(self, Self::from)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date.to_julian_day() - EPOCH_JULIAN)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = self.date();
        write!(
            f,
            "{:04}-{:02}-{:02}",
            date.year(),
            u8::from(date.month()),
            date.day()
        )
    }
}

/// When something occurred: an interval with a precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurred {
    /// Earliest moment.
    pub from: Moment,
    /// Latest moment; not before `from`.
    pub to: Moment,
    /// How precisely it is known.
    pub precision: crate::codes::Precision,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_and_print_iso() {
        for text in ["1970-01-01", "2024-02-29", "2026-10-01"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for bad in [
            "2026-02-30",
            "26-01-01",
            "2026-1-01",
            "2026/01/01",
            "",
            "２０２６-01-1",
            "2026-+1-01",
            "-026-01-01",
            "2026-01-+1",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn months_end_on_the_last_day_if_need_be() {
        let day = |t| Day::parse(t).unwrap();
        assert_eq!(day("2026-08-31").plus_months(6), day("2027-02-28"));
        assert_eq!(day("2026-10-01").plus_months(12), day("2027-10-01"));
    }

    #[test]
    fn a_week_ends_on_its_sunday() {
        let day = |t| Day::parse(t).unwrap();
        let weekend = ["2026-12-26", "2026-12-27"].map(day);
        for d in (0..7).map(|n| day("2026-12-23").plus_days(n)) {
            assert_eq!(d.is_weekend(), weekend.contains(&d), "{d}");
        }
        assert_eq!(day("2026-12-26").sunday_to(), day("2026-12-20"));
        assert_eq!(day("2026-12-27").sunday_to(), day("2026-12-27"));
        assert_eq!(day("1969-12-31").sunday_to(), day("1969-12-28"));
    }

    #[test]
    fn a_moment_knows_its_day() {
        assert_eq!(Moment(-1).day(), Day(-1));
        assert_eq!(Moment(Moment::DAY).to_rfc3339(), "1970-01-02T00:00:00Z");
    }
}
