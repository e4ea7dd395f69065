//! Cells that were merged downwards: one name beside several incidents. Owns that each of their rows says what the reader of the
//! spreadsheet sees beside it. Cells merged across columns are left alone: what they say belongs to one column, and nobody knows
//! that it is meant for the others.

use super::{Row, headings::Headings};
use crate::field::Field;

/// A column's cells from one row to a later one, as the sheet counts: from 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Downwards {
    pub(super) column: usize,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// Fills each row's blank cell with that of the first row. Rows that are blank altogether aren't there, and none is made.
pub(super) fn fill(rows: &mut [Row], headings: &Headings, regions: &[Downwards]) {
    for region in regions.iter().filter(|region| headings.has(region.column)) {
        let Ok(first) = rows.binary_search_by_key(&region.first, |row| row.number) else {
            continue;
        };
        for field in Field::ALL {
            if headings.column(*field) != Some(region.column) {
                continue;
            }
            let cell = rows[first].cell(*field).clone();
            let others = rows[first + 1..].iter_mut();
            for row in others.take_while(|row| row.number <= region.last) {
                if row.cell(*field).is_blank() {
                    row.fill(headings, region.column, &cell);
                }
            }
        }
    }
}
