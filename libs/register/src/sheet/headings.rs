//! Headings → columns. Owns that each heading of the mapping stands in the file once. Never says which headings the file has: if
//! the mapping points at the wrong row, they are somebody's name and address.

use std::collections::BTreeMap;

use super::{NotARegister, limits};
use crate::{
    field::Field,
    mapping::{Mapping, fold},
};

/// Which column is which field.
#[derive(Debug, Clone)]
pub(super) struct Headings {
    columns: BTreeMap<Field, usize>,
    width: usize,
}

impl Headings {
    /// Finds the mapping's headings in the row that holds them.
    pub(super) fn find(row: &[String], mapping: &Mapping) -> Result<Self, NotARegister> {
        let row: Vec<String> = row.iter().map(|heading| fold(heading)).collect();
        let mut columns = BTreeMap::new();
        for (field, heading) in &mapping.columns {
            let wanted = fold(heading);
            let mut places = row.iter().enumerate();
            let mut places = places.by_ref().filter(|(_, found)| **found == wanted);
            let place = places.next();
            if places.next().is_some() {
                return Err(twice(heading));
            }
            let (place, _) = place.ok_or_else(|| missing(*field, heading, mapping))?;
            columns.insert(*field, place);
        }
        let last = row.iter().rposition(|heading| !heading.is_empty());
        let width = last.map_or(0, |last| last + 1);
        Ok(Self { columns, width })
    }

    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    /// Whether any field is in this column.
    pub(super) fn has(&self, column: usize) -> bool {
        self.columns.values().any(|known| *known == column)
    }

    /// Columns up to the last heading.
    pub(super) const fn width(&self) -> usize {
        self.width
    }
}

fn missing(field: Field, heading: &str, mapping: &Mapping) -> NotARegister {
    let rule = format!(
        "no heading in row {} is \"{heading}\"",
        mapping.sheet.header_row
    );
    let way_out = format!(
        "correct `columns.{}` or `sheet.header_row` of the mapping",
        field.key()
    );
    NotARegister::new(rule, way_out)
}

fn twice(heading: &str) -> NotARegister {
    let rule = format!("two headings are \"{heading}\"");
    NotARegister::new(rule, "rename one of them in the register")
}

/// Past the last column that is read.
pub(super) fn too_wide() -> NotARegister {
    let rule = format!("the sheet has more than {} columns", limits::COLUMNS);
    NotARegister::new(rule, "copy the register's columns to a sheet of their own")
}

/// Past the last row that is read.
pub(super) fn too_many() -> NotARegister {
    let rule = format!("the sheet has more than {} rows", limits::ROWS);
    NotARegister::new(rule, "import it in parts, each as a file of its own")
}

/// Past what is kept of all cells.
pub(super) fn too_much() -> NotARegister {
    let rule = "the sheet holds more than 64 MiB of text";
    NotARegister::new(rule, "import it in parts, each as a file of its own")
}
