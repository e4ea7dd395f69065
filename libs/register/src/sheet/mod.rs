//! A register's file as rows of cells. Owns the bounds, and that a row keeps the number by which people find it in their
//! spreadsheet; refuses a file that is past a bound, whose headings aren't those of the mapping, or that can't be read whole.

mod cell;
mod csv;
mod headings;
pub mod limits;
mod merged;
mod package;
mod xlsx;

pub(crate) use cell::{Cell, cleaned, number_text};

use crate::{field::Field, mapping::Mapping};
use headings::Headings;

/// Why a file is no register that this mapping reads. Says nothing of its cells.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}; {way_out}")]
pub struct NotARegister {
    /// What doesn't hold.
    pub rule: String,
    /// What to do.
    pub way_out: String,
}

impl NotARegister {
    pub(crate) fn new(rule: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            way_out: way_out.into(),
        }
    }
}

/// A register's rows below its headings, as far as the mapping names their columns. Blank rows are left out.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub(crate) rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// Its number in the spreadsheet, from 1.
    pub(crate) number: u32,
    /// Its cells, in the order of [`Field::ALL`]; blank where the mapping names no column.
    cells: Vec<Cell>,
    /// Of a CSV file: it holds something right of the last heading.
    pub(crate) surplus: bool,
}

impl Sheet {
    /// Reads a file's bytes: XLSX by what they begin with, CSV otherwise.
    ///
    /// # Errors
    /// A bound, or what the file lacks.
    pub fn read(bytes: &[u8], mapping: &Mapping) -> Result<Self, NotARegister> {
        if bytes.len() > limits::FILE {
            let way_out = "take out pictures and other sheets, or import it in parts";
            return Err(NotARegister::new("the file is larger than 32 MiB", way_out));
        }
        let mut sheet = match bytes {
            [b'P', b'K', 3, 4, ..] => xlsx::read(bytes, mapping)?,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                let rule = "the file is an Excel file of before 2007, or has a password";
                let way_out = "save it as .xlsx without a password";
                return Err(NotARegister::new(rule, way_out));
            }
            _ => csv::read(bytes, mapping)?,
        };
        sheet.rows.retain(|row| !row.is_blank());
        Ok(sheet)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Row {
    pub(crate) fn new(number: u32) -> Self {
        Self {
            number,
            cells: vec![Cell::Blank; Field::ALL.len()],
            surplus: false,
        }
    }

    pub(crate) fn cell(&self, field: Field) -> &Cell {
        let at = Field::ALL.iter().position(|known| *known == field);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Blank)
    }

    /// One column may be several fields.
    fn fill(&mut self, headings: &Headings, column: usize, cell: &Cell) {
        for (at, field) in Field::ALL.iter().enumerate() {
            if headings.column(*field) == Some(column)
                && let Some(place) = self.cells.get_mut(at)
            {
                *place = cell.clone();
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank) && !self.surplus
    }
}
