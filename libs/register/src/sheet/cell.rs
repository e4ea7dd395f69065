//! One cell as it was read. Owns telling text, number, date and fault apart; refuses to keep a text that is too long.

use std::fmt::Write;

use diogel_domain::times::Day;

use super::limits;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing, or spaces.
    Blank,
    /// Text as it stands.
    Text(String),
    /// A number that isn't formatted as a date.
    Number(f64),
    /// A date cell.
    Day(Day),
    /// A date cell whose number is no day.
    NoDay,
    /// A formula's error, such as #N/A.
    Fault,
    /// Longer than a cell may be; not kept.
    TooLong,
}

impl Cell {
    pub(super) fn of_text(text: &str) -> Self {
        if text.len() > limits::CELL {
            Self::TooLong
        } else if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            Self::Blank
        } else {
            Self::Text(text.to_owned())
        }
    }

    pub(crate) const fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// Bytes that it keeps.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Blank
            | Self::Number(_)
            | Self::Day(_)
            | Self::NoDay
            | Self::Fault
            | Self::TooLong => 0,
        }
    }
}

/// A number as a spreadsheet shows it in a column of numbers: whole ones without a point.
pub(crate) fn number_text(number: f64) -> String {
    let mut text = String::new();
    let whole = number.fract() == 0.0 && number.abs() < 1e15;
    let _never_fails = if whole {
        write!(text, "{number:.0}")
    } else {
        write!(text, "{number}")
    };
    text
}

/// Marks that change how a text looks, and are no part of it: they come with copying out of web pages and mail, and can make a
/// text look like another one.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{61c}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A text without such marks, trimmed, its line ends plain. `true`: it had some.
pub(crate) fn cleaned(text: &str) -> (String, bool) {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = plain.chars().filter(|c| !is_invisible(*c)).collect();
    let had = kept.len() != plain.len();
    (kept.trim().to_owned(), had)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_as_people_see_it() {
        assert_eq!(number_text(9_990_011_044.0), "9990011044");
        assert_eq!(number_text(-3.0), "-3");
        assert_eq!(number_text(12.5), "12.5");
    }

    #[test]
    fn marks_that_nobody_sees_are_taken_out() {
        assert_eq!(cleaned(" \u{202e}Dog\r\n\u{feff} "), ("Dog".into(), true));
        assert_eq!(cleaned("Dog"), ("Dog".into(), false));
        assert!(Cell::of_text("\u{200b} \u{a0}").is_blank());
    }
}
