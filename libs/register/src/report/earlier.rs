//! The report of an earlier import, read back: which references were published, and with what content.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::{Published, csv::COLUMNS};

/// Why a file is no report of an earlier import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no report of an earlier import; name the CSV file that `--report` wrote")]
pub struct NotAReport;

/// What an earlier import published.
#[derive(Debug, Clone, Default)]
pub struct Earlier(BTreeMap<String, Outcome>);

/// What became of a row, and the hash over what it said.
type Outcome = (Published, String);

impl Earlier {
    /// Reads a report in CSV.
    ///
    /// # Errors
    /// If it isn't one.
    pub fn from_csv(text: &str) -> Result<Self, NotAReport> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
        let headings = reader.headers().map_err(|_| NotAReport)?;
        if headings.iter().ne(COLUMNS) {
            return Err(NotAReport);
        }
        let mut rows = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(|_| NotAReport)?;
            rows.extend(row(&record)?);
        }
        Ok(Self(rows))
    }

    /// What became of a row then; changed, if it says something else now. None: nothing of it was published.
    pub(crate) fn of(&self, incident_key: &str, content: &str) -> Option<Published> {
        let (published, earlier) = self.0.get(incident_key)?;
        match published {
            Published::Refused => None,
            Published::Taken | Published::Again | Published::IncidentOnly => {
                let same = earlier == content;
                Some(if same { *published } else { Published::Changed })
            }
            Published::Changed => Some(Published::Changed),
        }
    }
}

/// A row that was published. What isn't one is passed over: rows that weren't, and the counts.
fn row(record: &StringRecord) -> Result<Option<(String, Outcome)>, NotAReport> {
    let of = |name| {
        let at = COLUMNS.iter().position(|column| *column == name);
        at.and_then(|at| record.get(at)).unwrap_or_default()
    };
    if of("published").is_empty() {
        return Ok(None);
    }
    let mut outcomes = Published::ALL.into_iter();
    let outcome = outcomes.find(|outcome| outcome.code() == of("published"));
    let outcome = outcome.ok_or(NotAReport)?;
    let (key, content) = (of("incident_key"), of("content"));
    Ok(Some((key.to_owned(), (outcome, content.to_owned()))))
}
