//! Periods: quarters and years by the date of publication in London. Owns which quarters a year has, and when a quarter is over for
//! good: ten days later, so that what was entered in error can be said so.

use diogel_domain::{
    calendar::{london, moment_of},
    times::{Day, Moment},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Days after a quarter until it can be released.
const SETTLED_AFTER: i32 = 10;

/// A quarter of a calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quarter(u32);

impl Quarter {
    /// The quarter in which something was published, and the month of it: 0, 1 or 2.
    pub fn of(moment: Moment) -> (Self, u8) {
        let date = london(moment).day.date();
        let year = u32::try_from(date.year()).unwrap_or(0);
        let month = u32::from(u8::from(date.month())) - 1;
        let within = u8::try_from(month % 3).unwrap_or(0);
        (Self(year * 4 + month / 3), within)
    }

    /// By its number, as rows have it.
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// Its number: quarters follow each other.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// "2026-Q3".
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = text.split_once("-Q")?;
        let (year, quarter): (u32, u32) = (year.parse().ok()?, quarter.parse().ok()?);
        let quarter = Self(
            (1900..2200)
                .contains(&year)
                .then(|| year * 4 + quarter - 1)?,
        );
        (quarter.to_string() == text).then_some(quarter)
    }

    /// Its first day.
    pub fn begins(self) -> Day {
        let (year, month) = (self.0 / 4, (self.0 % 4) * 3 + 1);
        Day::parse(&format!("{year:04}-{month:02}-01")).unwrap_or(Day(0))
    }

    /// Its first moment.
    pub fn starts(self) -> Moment {
        moment_of(self.begins(), 0)
    }

    /// Its last moment.
    pub fn ends(self) -> Moment {
        Moment(self.next().starts().0 - 1)
    }

    /// The quarter after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// From this moment on it can be released.
    pub fn settles(self) -> Moment {
        let Day(first) = self.next().begins();
        moment_of(Day(first + SETTLED_AFTER), 0)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.0 / 4, self.0 % 4 + 1)
    }
}

/// A year of reports, from April to March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportYear(u32);

impl ReportYear {
    /// The year that a quarter is of.
    pub const fn of(quarter: Quarter) -> Self {
        Self((quarter.0 - 1) / 4)
    }

    /// Its four quarters.
    pub fn quarters(self) -> [Quarter; 4] {
        [1, 2, 3, 4].map(|at| Quarter(self.0 * 4 + at))
    }

    /// "2026-27".
    pub fn parse(text: &str) -> Option<Self> {
        let (year, _) = text.split_once('-')?;
        let year: u32 = year.parse().ok()?;
        let year = Self((1900..2200).contains(&year).then_some(year)?);
        (year.to_string() == text).then_some(year)
    }
}

impl fmt::Display for ReportYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0, (self.0 + 1) % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str, minute: u16) -> Moment {
        moment_of(Day::parse(day).unwrap(), minute)
    }

    #[test]
    fn a_quarter_begins_at_midnight_in_london() {
        let quarter = |moment| {
            let (quarter, month) = Quarter::of(moment);
            (quarter.to_string(), month)
        };
        assert_eq!(quarter(at("2026-07-01", 0)), ("2026-Q3".into(), 0));
        assert_eq!(quarter(at("2026-06-30", 1439)), ("2026-Q2".into(), 2));
        assert_eq!(quarter(at("2026-12-31", 1439)), ("2026-Q4".into(), 2));
        let third = Quarter::parse("2026-Q3").unwrap();
        assert_eq!(third.begins().to_string(), "2026-07-01");
        assert_eq!(third.settles(), at("2026-10-11", 0));
    }

    #[test]
    fn a_year_of_reports_has_its_four_quarters() {
        let year = ReportYear::of(Quarter::parse("2027-Q1").unwrap());
        assert_eq!(year.to_string(), "2026-27");
        let quarters = year.quarters().map(|quarter| quarter.to_string());
        assert_eq!(quarters, ["2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"]);
        assert_eq!(ReportYear::of(Quarter::parse("2026-Q2").unwrap()), year);
        assert_eq!(ReportYear::parse("2026-27"), Some(year));
    }

    #[test]
    fn what_is_no_period_is_none() {
        for text in [
            "", "2026", "2026-Q0", "2026-Q5", "26-Q1", "2026-q1", "99999-Q1", "2026-Q01",
        ] {
            assert_eq!(Quarter::parse(text), None, "{text}");
        }
        for text in ["2026-28", "2026-2027", "2026-", "0-1", "-27"] {
            assert_eq!(ReportYear::parse(text), None, "{text}");
        }
    }
}
