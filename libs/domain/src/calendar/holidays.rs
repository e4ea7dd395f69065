//! The bank holidays of England and Wales: the shipped list, and what a list tells. Owns the years that it covers; refuses to work
//! out a holiday by rule, because a proclamation may move any of them.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{Hours, reader::Reader};
use crate::{codes::Language, times::Day};

static ENGLAND_AND_WALES: LazyLock<Holidays> = LazyLock::new(|| {
    let text = include_str!("../../../../deploy/bank-holidays/england-and-wales.txt");
    // A test reads the shipped list; were it broken all the same, every deadline would be provisional, and none would be lost.
    Holidays::parse(text).unwrap_or_else(|_| Holidays::none())
});

/// Bank holidays with the years that they cover, and the hours that are worked on the other days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holidays {
    pub(super) first: Day,
    pub(super) last: Day,
    pub(super) source: String,
    pub(super) names: Names,
    pub(super) hours: Hours,
}

/// Names by day, in English and Welsh.
pub(super) type Names = BTreeMap<Day, (String, String)>;

/// One line at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("line {line}: {words}")]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// The rule and a way out.
    pub words: &'static str,
}

impl Holidays {
    /// Those of England and Wales as shipped in `deploy/bank-holidays`, with the default hours.
    pub fn england_and_wales() -> &'static Self {
        &ENGLAND_AND_WALES
    }

    /// No holidays and no years: weekdays are worked, and every deadline is provisional.
    pub fn none() -> Self {
        Self {
            first: Day(1),
            last: Day(0),
            source: String::new(),
            names: BTreeMap::new(),
            hours: Hours::default(),
        }
    }

    /// Reads a list: `years: FIRST-LAST`, `source: …`, then a line `YYYY-MM-DD  Name / Enw` for each holiday, in order. Empty lines
    /// and those that begin with `#` are left out.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the lines.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        Reader::default().read(text)
    }

    /// The same holidays with other hours.
    #[must_use]
    pub fn with_hours(mut self, hours: Hours) -> Self {
        self.hours = hours;
        self
    }

    /// The hours that are worked.
    pub const fn hours(&self) -> Hours {
        self.hours
    }

    /// Whether the list knows the holidays of this day's year.
    pub fn covers(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// The last day of the years covered; 1970-01-01 if there are none.
    pub const fn last_covered(&self) -> Day {
        self.last
    }

    /// Where the list is from, in its own words.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it is a bank holiday; of a year that isn't covered, no day is known to be one.
    pub fn is_holiday(&self, day: Day) -> bool {
        self.names.contains_key(&day)
    }

    /// What people call the holiday of this day.
    pub fn name(&self, day: Day, language: Language) -> Option<&str> {
        let (english, welsh) = self.names.get(&day)?;
        Some(match language {
            Language::English => english,
            Language::Welsh => welsh,
        })
    }
}
