//! A table of a section: rows of cells under a header. Owns that it has as many columns in each row.

use serde::Serialize;

use super::{Line, Text};

/// A table. The first cell of a row says what the row is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: Text,
    /// What each column holds.
    pub header: Vec<Text>,
    /// Rows of cells; each cell has its events and marks, as any line.
    pub rows: Vec<Vec<Line>>,
}

impl Table {
    /// A table as wide as its longest row; what a row or the header lacks is empty.
    pub fn new(caption: impl Into<Text>, header: Vec<Text>, rows: Vec<Vec<Line>>) -> Self {
        let longest = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut table = Self {
            caption: caption.into(),
            header,
            rows,
        };
        let columns = longest.max(table.header.len());
        table.header.resize(columns, Text::default());
        for row in &mut table.rows {
            row.resize_with(columns, || Line::point(""));
        }
        table
    }
}
