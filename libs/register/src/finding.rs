//! What is to be said of a row: a field, a rule, a way out. Owns how heavy each is; refuses to hold anything of a cell.

use std::collections::BTreeMap;

use diogel_domain::rules::Violation;
use serde::Serialize;

use crate::field::Field;

/// How much a finding weighs, lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// To be known by whoever approves; the row can be published.
    Note,
    /// Something is missing or wrong that the council can mend.
    Incomplete,
    /// The register, or an earlier import, has it already.
    Duplicate,
    /// No alert may rest on this.
    Refused,
}

impl Weight {
    /// Its name in a report.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Incomplete => "incomplete",
            Self::Duplicate => "duplicate",
            Self::Refused => "refused",
        }
    }
}

/// One thing to be said of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// The field at fault, by its key in the mapping; a path of the publication where no field of the register is.
    pub field: String,
    /// The heading of its column, if the mapping names one.
    pub column: Option<String>,
    /// What doesn't hold.
    pub rule: String,
    /// What to do.
    pub way_out: String,
}

/// Collects what is to be said of one row.
#[derive(Debug)]
pub(crate) struct Findings<'m> {
    columns: &'m BTreeMap<Field, String>,
    list: Vec<Finding>,
}

impl<'m> Findings<'m> {
    pub(crate) const fn new(columns: &'m BTreeMap<Field, String>) -> Self {
        Self {
            columns,
            list: Vec::new(),
        }
    }

    pub(crate) fn note(&mut self, field: Field, rule: impl Into<String>, way_out: &str) {
        self.add(Weight::Note, field, rule, way_out);
    }

    pub(crate) fn incomplete(&mut self, field: Field, rule: impl Into<String>, way_out: &str) {
        self.add(Weight::Incomplete, field, rule, way_out);
    }

    pub(crate) fn duplicate(&mut self, field: Field, rule: impl Into<String>, way_out: &str) {
        self.add(Weight::Duplicate, field, rule, way_out);
    }

    pub(crate) fn refused(&mut self, field: Field, rule: impl Into<String>, way_out: &str) {
        self.add(Weight::Refused, field, rule, way_out);
    }

    fn add(&mut self, weight: Weight, field: Field, rule: impl Into<String>, way_out: &str) {
        self.list.push(Finding {
            weight,
            field: field.key().into(),
            column: self.columns.get(&field).cloned(),
            rule: rule.into(),
            way_out: way_out.into(),
        });
    }

    /// What the publication's own rules found; nothing where the field was found wanting already. `None`: no field of the register.
    pub(crate) fn ruled(&mut self, field: Option<Field>, violation: &Violation) {
        let name = field.map_or(violation.field.as_str(), |field| field.key());
        if self.says(name) {
            return;
        }
        let (rule, way_out) = split(&violation.description);
        self.list.push(Finding {
            weight: Weight::Incomplete,
            field: name.into(),
            column: field.and_then(|field| self.columns.get(&field).cloned()),
            rule,
            way_out,
        });
    }

    /// Whether a field was found wanting.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.says(field.key())
    }

    fn says(&self, name: &str) -> bool {
        let grave = |finding: &&Finding| finding.weight != Weight::Note;
        self.list.iter().filter(grave).any(|f| f.field == name)
    }

    pub(crate) fn list(self) -> Vec<Finding> {
        self.list
    }
}

/// The rules' words are "rule; way out" or "rule: way out".
pub(crate) fn split(description: &str) -> (String, String) {
    let parts = description
        .split_once("; ")
        .or_else(|| description.split_once(": "));
    let (rule, way_out) = parts.unwrap_or((description, "correct the row, or the mapping"));
    (rule.into(), way_out.into())
}
