//! A row's cells as a field needs them: text, a date, words. Owns what can be wrong with one cell; never says what stands in it.

use crate::{
    field::Field,
    finding::Findings,
    mapping::{Code, Known, Mapping, NotADate, Said, Taken, Words, said},
    sheet::{Cell, Row, cleaned, number_text},
};

/// A row being read.
pub(super) struct Cells<'r> {
    pub(super) row: &'r Row,
    pub(super) mapping: &'r Mapping,
}

impl Cells<'_> {
    /// Whether nothing stands there.
    pub(super) fn is_blank(&self, field: Field) -> bool {
        self.row.cell(field).is_blank()
    }

    /// A text, cleaned; none: blank, or at fault.
    pub(super) fn text(&self, field: Field, found: &mut Findings<'_>) -> Option<String> {
        match self.row.cell(field) {
            Cell::Blank => None,
            Cell::Text(text) => {
                let (text, had_marks) = cleaned(text);
                if had_marks {
                    let way_out = "read the text again: without them it may say something else";
                    found.note(
                        field,
                        "held marks that nobody sees; they were taken out",
                        way_out,
                    );
                }
                Some(text)
            }
            Cell::Number(number) => Some(number_text(*number)),
            Cell::Day(_) | Cell::NoDay => {
                let way_out = "format the cell as text, and write what is meant";
                found.incomplete(field, "is a date cell, where text is meant", way_out);
                None
            }
            Cell::Fault => {
                let way_out = "mend the formula, or write what is meant";
                found.incomplete(field, "holds a formula's error", way_out);
                None
            }
            Cell::TooLong => {
                found.incomplete(
                    field,
                    "is longer than 4 KiB",
                    "shorten it, or refer to a record",
                );
                None
            }
        }
    }

    /// A date; none: blank, or at fault.
    pub(super) fn date(
        &self,
        field: Field,
        taken: Taken,
        found: &mut Findings<'_>,
    ) -> Option<Known> {
        match self.row.cell(field) {
            Cell::Day(day) => return Some(Known::on(*day)),
            Cell::NoDay => {
                let way_out = "write the day anew";
                found.incomplete(field, "is a date cell that holds no day", way_out);
                return None;
            }
            // A year alone, where that is a date of the mapping.
            Cell::Number(_) if !taken.rough => {
                let way_out = "format the cell as a date, or write the day as text";
                found.incomplete(field, "is a number and no date", way_out);
                return None;
            }
            Cell::Blank | Cell::Text(_) | Cell::Number(_) | Cell::Fault | Cell::TooLong => {}
        }
        let text = self.text(field, found)?;
        let read = self.mapping.dates.read(&text, taken);
        let (rule, way_out) = match read {
            Ok(known) => return Some(known),
            Err(NotADate::Form) => (
                "is no date in a form of the mapping",
                "write it as 3/11/2024, or add its form to `dates.forms`",
            ),
            Err(NotADate::Ambiguous) => (
                "is read differently by two forms of the mapping",
                "write the month as a word",
            ),
            Err(NotADate::ShortYear) => ("has a year of two digits", "write the year with four"),
        };
        found.incomplete(field, rule, way_out);
        None
    }

    /// Words by a table of the mapping; what it doesn't have is said. None: blank, or at fault.
    pub(super) fn words<T: PartialEq>(
        &self,
        field: Field,
        look_up: impl Fn(&str) -> Option<Vec<T>>,
        found: &mut Findings<'_>,
    ) -> Option<Said<T>> {
        let text = self.text(field, found)?;
        let said = said(&text, &self.mapping.words.separators, look_up);
        if said.unmapped > 0 {
            let rule = match (said.unmapped, said.parts) {
                (_, 1) => "is no phrase of the mapping".to_owned(),
                (some, all) => {
                    format!("holds {some} of {all} phrases that the mapping doesn't have")
                }
            };
            let way_out = "map the phrase, or write it as one that is mapped";
            found.incomplete(field, rule, way_out);
        }
        Some(said)
    }

    /// One code of a list, or what holds where the row says none.
    pub(super) fn code<T: Code>(
        &self,
        field: Field,
        words: &Words<T>,
        default: Option<T>,
        found: &mut Findings<'_>,
    ) -> Option<T> {
        let said = self.words(field, |phrase| words.codes(phrase), found);
        let codes = said.map(|said| said.codes).unwrap_or_default();
        match codes.as_slice() {
            [] if found.has(field) => None,
            [] => {
                if default.is_none() {
                    let way_out = "write it, or say below [defaults] of the mapping what holds";
                    found.incomplete(field, "is missing", way_out);
                }
                default
            }
            [(one, _)] => Some(*one),
            _ => {
                found.incomplete(field, "says more than one thing", "keep one of them");
                None
            }
        }
    }
}
