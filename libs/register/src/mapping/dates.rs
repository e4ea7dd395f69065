//! Dates as people in Britain write them. Owns the forms that a mapping may name; refuses to choose: a date that two of them read
//! differently is none, and a year of two digits is one only where the mapping says in which hundred years it lies.

use diogel_domain::{codes::Precision, times::Day};

/// A form of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateForm {
    /// 3/11/2024, 03.11.2024, 03-11-2024.
    DayMonthYear,
    /// 3/11/24.
    DayMonthShortYear,
    /// 11/3/2024, as in America.
    MonthDayYear,
    /// 3 November 2024, 3rd Nov 2024, 3-Nov-2024, 3 Tachwedd 2024.
    DayNameYear,
    /// 3 Nov 24, 3-Nov-24.
    DayNameShortYear,
    /// 2024-11-03.
    Iso,
    /// 11/2024: to the month.
    MonthYear,
    /// November 2024: to the month.
    NameYear,
    /// 2024: to the year.
    Year,
}

impl DateForm {
    pub(crate) const ALL: &'static [Self] = &[
        Self::DayMonthYear,
        Self::DayMonthShortYear,
        Self::MonthDayYear,
        Self::DayNameYear,
        Self::DayNameShortYear,
        Self::Iso,
        Self::MonthYear,
        Self::NameYear,
        Self::Year,
    ];
    /// Where a mapping names none.
    pub(crate) const BRITISH: [Self; 3] = [Self::DayMonthYear, Self::DayNameYear, Self::Iso];

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::DayMonthYear => "dd/mm/yyyy",
            Self::DayMonthShortYear => "dd/mm/yy",
            Self::MonthDayYear => "mm/dd/yyyy",
            Self::DayNameYear => "d month yyyy",
            Self::DayNameShortYear => "d month yy",
            Self::Iso => "yyyy-mm-dd",
            Self::MonthYear => "mm/yyyy",
            Self::NameYear => "month yyyy",
            Self::Year => "yyyy",
        }
    }

    /// Whether its years have two digits.
    pub(crate) const fn is_short(self) -> bool {
        matches!(self, Self::DayMonthShortYear | Self::DayNameShortYear)
    }

    const fn precision(self) -> Precision {
        match self {
            Self::MonthYear | Self::NameYear => Precision::Month,
            Self::Year => Precision::Year,
            Self::DayMonthYear
            | Self::DayMonthShortYear
            | Self::MonthDayYear
            | Self::DayNameYear
            | Self::DayNameShortYear
            | Self::Iso => Precision::Day,
        }
    }
}

/// A date with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// The day; the first one of a month or year.
    pub(crate) day: Day,
    /// Day, month or year.
    pub(crate) precision: Precision,
}

impl Known {
    pub(crate) const fn on(day: Day) -> Self {
        Self {
            day,
            precision: Precision::Day,
        }
    }

    /// The last day that is meant.
    pub(crate) fn last(self) -> Day {
        match self.precision {
            Precision::Month => self.day.plus_months(1).plus_days(-1),
            Precision::Year => self.day.plus_months(12).plus_days(-1),
            Precision::Minute | Precision::Hour | Precision::Day => self.day,
        }
    }
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotADate {
    /// None of the mapping's forms reads it.
    Form,
    /// Two of them read it differently.
    Ambiguous,
    /// Its year has two digits, and that isn't taken here.
    ShortYear,
}

/// What is taken for a date in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    /// A month or a year alone will do.
    pub(crate) rough: bool,
    /// Years of two digits will do. Never of a birth: people live longer than the hundred years that two digits tell apart.
    pub(crate) short_years: bool,
}

/// The forms of a mapping.
#[derive(Debug, Clone)]
pub(crate) struct Dates {
    pub(crate) forms: Vec<DateForm>,
    /// The first of the hundred years that two digits stand for.
    pub(crate) short_years_from: Option<i32>,
}

impl Dates {
    /// Reads a text; a time of day behind it is left out.
    pub(crate) fn read(&self, text: &str, taken: Taken) -> Result<Known, NotADate> {
        let text = without_time(text.trim());
        let mut read: Option<Known> = None;
        let mut short = false;
        for form in &self.forms {
            if form.precision() != Precision::Day && !taken.rough {
                continue;
            }
            let Some(day) = self.by(*form, text) else {
                continue;
            };
            if form.is_short() && !taken.short_years {
                short = true;
                continue;
            }
            let precision = form.precision();
            let known = Known { day, precision };
            if read.is_some_and(|other| other != known) {
                return Err(NotADate::Ambiguous);
            }
            read = Some(known);
        }
        let short = short || looks_short(text);
        read.ok_or(if short {
            NotADate::ShortYear
        } else {
            NotADate::Form
        })
    }

    fn by(&self, form: DateForm, text: &str) -> Option<Day> {
        match form {
            DateForm::DayMonthYear => {
                let [d, m, y] = numbers(text)?;
                day(year(y)?, small(m)?, small(d)?)
            }
            DateForm::DayMonthShortYear => {
                let [d, m, y] = numbers(text)?;
                day(self.short_year(y)?, small(m)?, small(d)?)
            }
            DateForm::MonthDayYear => {
                let [m, d, y] = numbers(text)?;
                day(year(y)?, small(m)?, small(d)?)
            }
            DateForm::DayNameYear => {
                let [d, m, y] = words(text)?;
                day(year(y)?, month(m)?, small(without_ordinal(d))?)
            }
            DateForm::DayNameShortYear => {
                let [d, m, y] = words(text)?;
                day(self.short_year(y)?, month(m)?, small(without_ordinal(d))?)
            }
            DateForm::Iso => Day::parse(text),
            DateForm::MonthYear => {
                let [m, y] = numbers(text)?;
                day(year(y)?, small(m)?, 1)
            }
            DateForm::NameYear => {
                let [m, y] = words(text)?;
                day(year(y)?, month(m)?, 1)
            }
            DateForm::Year => day(year(text)?, 1, 1),
        }
    }

    fn short_year(&self, text: &str) -> Option<i32> {
        let from = self.short_years_from?;
        let of = i32::from(small(text).filter(|_| text.len() == 2)?);
        Some(from + (of - from).rem_euclid(100))
    }
}

fn day(year: i32, month: u8, day: u8) -> Option<Day> {
    Day::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

/// Parts between slashes, full stops or hyphens, one kind of them.
fn numbers<const N: usize>(text: &str) -> Option<[&str; N]> {
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '/' | '.' | '-') {
        return None;
    }
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    parts.try_into().ok()
}

/// Parts between spaces, hyphens or commas.
fn words<const N: usize>(text: &str) -> Option<[&str; N]> {
    let between = |c: char| c.is_whitespace() || matches!(c, '-' | ',');
    let parts: Vec<&str> = text
        .split(between)
        .filter(|part| !part.is_empty())
        .collect();
    parts.try_into().ok()
}

fn year(text: &str) -> Option<i32> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// One or two digits.
fn small(text: &str) -> Option<u8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn without_ordinal(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| lower.ends_with(end));
    if ordinal {
        &text[..text.len() - 2]
    } else {
        text
    }
}

/// English and Welsh names, and the English ones shortened.
const MONTHS: [[&str; 3]; 12] = [
    ["january", "jan", "ionawr"],
    ["february", "feb", "chwefror"],
    ["march", "mar", "mawrth"],
    ["april", "apr", "ebrill"],
    ["may", "may", "mai"],
    ["june", "jun", "mehefin"],
    ["july", "jul", "gorffennaf"],
    ["august", "aug", "awst"],
    ["september", "sep", "medi"],
    ["october", "oct", "hydref"],
    ["november", "nov", "tachwedd"],
    ["december", "dec", "rhagfyr"],
];

fn month(text: &str) -> Option<u8> {
    let name = text.trim_end_matches('.').to_lowercase();
    let name = if name == "sept" { "sep" } else { name.as_str() };
    let at = MONTHS.iter().position(|names| names.contains(&name))?;
    u8::try_from(at + 1).ok()
}

/// A date alone, where a time such as 14:30 or 14:30:00 follows it.
fn without_time(text: &str) -> &str {
    let is_time = |time: &str| {
        let parts: Vec<&str> = time.split(':').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| small(part).is_some())
    };
    match text.rsplit_once([' ', 'T']) {
        Some((date, time)) if is_time(time) => date.trim_end(),
        _ => text,
    }
}

/// Whether it would be a date if its year had four digits.
fn looks_short(text: &str) -> bool {
    let short = |[d, m, y]: [&str; 3]| {
        let month = small(m).or_else(|| month(m));
        small(without_ordinal(d)).and(month).and(small(y)).is_some()
    };
    numbers(text).is_some_and(short) || words(text).is_some_and(short)
}

#[cfg(test)]
mod tests;
