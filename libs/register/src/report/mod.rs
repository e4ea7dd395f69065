//! The report on a register: a row's number, its reference, a verdict, and what is to be said of it. Owns its forms (text, CSV,
//! JSON) and what became of the rows that were published; says nothing else of a row.

mod csv;
mod earlier;
mod text;

use diogel_domain::rules::Violation;
use serde::Serialize;

use crate::{
    dry_run::CHANGED,
    field::Field,
    finding::{Finding, Weight, split},
};

pub use earlier::{Earlier, NotAReport};

/// What a row comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It can be published, for somebody to approve or refuse.
    Proposal,
    /// Something is missing or wrong that the council can mend.
    Incomplete,
    /// No alert may rest on it.
    Refused,
    /// The register, or an earlier import, has it already.
    Duplicate,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 4] = [
        Self::Proposal,
        Self::Incomplete,
        Self::Refused,
        Self::Duplicate,
    ];

    /// Its name in a report.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Incomplete => "incomplete",
            Self::Refused => "refused",
            Self::Duplicate => "duplicate",
        }
    }
}

/// What became of a row's two publications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Published {
    /// Both were taken.
    Taken,
    /// Both had been taken before, with the same content.
    Again,
    /// One had been taken before with other content; nothing was published over it.
    Changed,
    /// The incident was taken, the alert wasn't.
    IncidentOnly,
    /// The service refused the incident.
    Refused,
}

impl Published {
    /// Every outcome.
    pub const ALL: [Self; 5] = [
        Self::Taken,
        Self::Again,
        Self::Changed,
        Self::IncidentOnly,
        Self::Refused,
    ];

    /// Its name in a report.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Again => "again",
            Self::Changed => "changed",
            Self::IncidentOnly => "incident-only",
            Self::Refused => "refused",
        }
    }
}

/// The report on a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The register's name.
    pub register: String,
    /// Its rows, in its order.
    pub rows: Vec<RowReport>,
}

/// What is to be said of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RowReport {
    /// Its number in the spreadsheet, from 1.
    pub row: u32,
    /// Its reference, if it has one that can be told.
    pub reference: Option<String>,
    /// What it comes to.
    pub verdict: Verdict,
    /// What is missing or wrong, and what is to be known.
    pub findings: Vec<Finding>,
    /// What became of it, in this import or the earlier one.
    pub published: Option<Published>,
    /// The request key of its incident report; `diogel receipt` finds the event by it.
    pub incident_key: Option<String>,
    /// The request key of its alert.
    pub alert_key: Option<String>,
    /// Hash over what it says (SHA-256, hexadecimal): tells whether it was changed since.
    pub content: Option<String>,
}

impl Report {
    pub(crate) fn new(register: &str) -> Self {
        Self {
            register: register.into(),
            rows: Vec::new(),
        }
    }

    /// How many rows come to a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.verdict == verdict).count()
    }

    /// How many rows had this outcome.
    pub fn published(&self, outcome: Published) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.published == Some(outcome)).count()
    }

    /// For people: a line a row, and one below it for each finding; the count per verdict at the end.
    pub fn to_text(&self) -> String {
        text::text(self)
    }

    /// For a spreadsheet: a line for each finding, or for the row that has none; the count per verdict at the end. Cells that a
    /// spreadsheet would take for formulas are guarded.
    pub fn to_csv(&self) -> String {
        csv::csv(self)
    }

    /// For scripts.
    pub fn to_json(&self) -> serde_json::Value {
        let count = |verdict: &Verdict| (verdict.code().to_owned(), self.count(*verdict).into());
        let counts: serde_json::Map<_, _> = Verdict::ALL.iter().map(count).collect();
        serde_json::json!({"register": self.register, "rows": self.rows, "counts": counts})
    }
}

impl RowReport {
    pub(crate) fn new(row: u32, reference: Option<String>) -> Self {
        Self {
            row,
            reference,
            verdict: Verdict::Proposal,
            findings: Vec::new(),
            published: None,
            incident_key: None,
            alert_key: None,
            content: None,
        }
    }

    /// The heaviest finding is the verdict.
    pub(crate) fn judge(&mut self, findings: Vec<Finding>) {
        let heaviest = findings.iter().map(|finding| finding.weight).max();
        self.verdict = match heaviest {
            None | Some(Weight::Note) => Verdict::Proposal,
            Some(Weight::Incomplete) => Verdict::Incomplete,
            Some(Weight::Duplicate) => Verdict::Duplicate,
            Some(Weight::Refused) => Verdict::Refused,
        };
        self.findings = findings;
    }

    /// Says that it was taken, or had been.
    pub fn was_taken(&mut self, again: bool) {
        self.published = Some(if again {
            Published::Again
        } else {
            Published::Taken
        });
    }

    /// Says that its reference was published before with other content (`ALREADY_EXISTS`).
    pub fn was_changed(&mut self) {
        self.published = Some(Published::Changed);
        self.found(Finding {
            weight: Weight::Duplicate,
            field: Field::Reference.key().into(),
            column: None,
            rule: "it was published before with other content".into(),
            way_out: CHANGED.into(),
        });
    }

    /// Says that the service refused it, and why; it may have taken the incident already.
    pub fn was_refused(&mut self, incident_taken: bool, violations: &[Violation]) {
        self.published = Some(if incident_taken {
            Published::IncidentOnly
        } else {
            Published::Refused
        });
        for violation in violations {
            let (rule, way_out) = split(&violation.description);
            self.found(Finding {
                weight: Weight::Incomplete,
                field: violation.field.clone(),
                column: None,
                rule,
                way_out,
            });
        }
    }

    fn found(&mut self, finding: Finding) {
        let mut findings = std::mem::take(&mut self.findings);
        findings.push(finding);
        self.judge(findings);
    }
}
