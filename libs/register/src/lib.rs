//! A council's cautionary-contact register, read into proposals. Owns the mapping file, the bounded reading of CSV and XLSX, the
//! dry run with its report a row, and the deterministic request keys. Refuses to decide: what it makes is an incident report and
//! a hazard alert that rests on it, never with a decision (PRACTICE, sections 3 and 10). It opens no file, asks no clock and no
//! network: bytes, the board and the time are handed to it. Nothing of a row but its number and its reference is ever said of it.

mod dry_run;
mod field;
mod finding;
mod keys;
mod mapping;
mod report;
mod row;
mod sheet;

pub use dry_run::{Board, DryRun, Proposal, dry_run};
pub use field::Field;
pub use finding::{Finding, Weight};
pub use mapping::{Mapping, MappingError, Mistakes};
pub use report::{Earlier, NotAReport, Published, Report, RowReport, Verdict};
pub use sheet::{NotARegister, Sheet, limits};
