//! The mapping file: which column of a council's register is which field, how its dates and words are read, who may see what is
//! made of it. Owns its keys and their defaults; refuses a file with an unknown key or code, or one that makes a diagnosis a threat.

mod codes;
mod dates;
mod diagnosis;
mod error;
mod read;
mod table;
mod vocabulary;
mod words;

use std::collections::BTreeMap;

use diogel_contract::v1;
use diogel_domain::{
    codes::{
        AlertStatus, Certainty, DirectedAt, Harm, PrecautionCode, Severity, Standing, ThreatForm,
        Urgency,
    },
    ids::AgencyId,
    times::Day,
};

use crate::field::Field;

pub(crate) use codes::{Code, Encoding, MembersBy, NoGround, TargetKind};
pub(crate) use dates::{DateForm, Dates, Known, NotADate, Taken};
pub(crate) use diagnosis::is_diagnosis;
pub use error::{MappingError, Mistakes};
pub(crate) use words::{Said, Words, fold, parts, said};

/// How a council's register is read. Documented by `deploy/registers/example.toml`.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The register's name. Request keys are made from it.
    pub(crate) register: String,
    /// The day on which the register was exported; a default review is counted from it.
    pub(crate) as_of: Option<Day>,
    /// How many months after it an entry without a review date is reviewed; none: it stays incomplete.
    pub(crate) default_review_months: Option<u32>,
    /// What the council vouches for in its accounts.
    pub(crate) standing: Standing,
    /// Actual, exercise or test.
    pub(crate) status: AlertStatus,
    pub(crate) sheet: SheetForm,
    /// Headings by field.
    pub(crate) columns: BTreeMap<Field, String>,
    pub(crate) dates: Dates,
    /// By default with a purpose, or the originator alone.
    pub(crate) audience: v1::Audience,
    /// Whose references the register's own are.
    pub(crate) local_agency: Option<AgencyId>,
    /// By which numbers members are named.
    pub(crate) members_by: Option<MembersBy>,
    pub(crate) defaults: Grades,
    pub(crate) words: WordTables,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Everything that is wrong with it, by line.
    pub fn from_toml(text: &str) -> Result<Self, Mistakes> {
        read::mapping(text).map_err(Mistakes)
    }

    /// The register's name.
    pub fn register(&self) -> &str {
        &self.register
    }

    /// Whose the register's local references are, if it has any: an agency of the board, or nobody finds by them.
    pub fn local_agency(&self) -> Option<&AgencyId> {
        self.local_agency.as_ref()
    }
}

/// Where the rows stand in the file.
#[derive(Debug, Clone)]
pub(crate) struct SheetForm {
    /// The sheet's name; none: the workbook's only one.
    pub(crate) name: Option<String>,
    /// The row of the headings, from 1.
    pub(crate) header_row: u32,
    /// Of a CSV file.
    pub(crate) encoding: Encoding,
    /// Of a CSV file.
    pub(crate) delimiter: u8,
}

/// What holds where a row doesn't say it. Whoever approves judges each anew.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Grades {
    pub(crate) harm: Option<Harm>,
    pub(crate) severity: Option<Severity>,
    pub(crate) urgency: Option<Urgency>,
    pub(crate) certainty: Option<Certainty>,
}

/// Words → codes.
#[derive(Debug, Clone)]
pub(crate) struct WordTables {
    /// What stands between the parts of a cell.
    pub(crate) separators: Vec<String>,
    pub(crate) behaviour: Words<ThreatForm>,
    pub(crate) no_ground: Words<NoGround>,
    pub(crate) precautions: Words<PrecautionCode>,
    pub(crate) directed_at: Words<DirectedAt>,
    pub(crate) harm: Words<Harm>,
    pub(crate) severity: Words<Severity>,
    pub(crate) urgency: Words<Urgency>,
    pub(crate) certainty: Words<Certainty>,
    pub(crate) target: Words<TargetKind>,
}
