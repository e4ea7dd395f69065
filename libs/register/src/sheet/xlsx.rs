//! A register in XLSX. Owns which sheet is read, and what each kind of cell comes to: a date cell is a day, a formula what it came
//! to when the file was saved. Cells are read one after the other, and only those of the mapping's columns are kept.

use std::{io::Cursor, panic::catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use diogel_domain::times::Day;

use super::{
    Cell, NotARegister, Row, Sheet,
    headings::{Headings, too_many, too_much, too_wide},
    limits,
    merged::{self, Downwards},
    package::{self, damaged},
};
use crate::mapping::Mapping;

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Whatever stands in the file: the workbook's reader counts without looking where it overflows, and is not let go further than here.
pub(super) fn read(bytes: &[u8], mapping: &Mapping) -> Result<Sheet, NotARegister> {
    package::check(bytes)?;
    let read = catch_unwind(|| within(bytes, mapping));
    read.unwrap_or_else(|_| Err(damaged()))
}

fn within(bytes: &[u8], mapping: &Mapping) -> Result<Sheet, NotARegister> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let name = sheet_name(&workbook, mapping)?;
    let regions = downwards(&mut workbook, &name)?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut rows = Rows::new(mapping);
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        rows.take(row.saturating_add(1), column as usize, of(cell.get_value()))?;
    }
    let (mut sheet, headings) = rows.done()?;
    merged::fill(&mut sheet.rows, &headings, &regions);
    Ok(sheet)
}

fn unreadable(_: XlsxError) -> NotARegister {
    damaged()
}

/// The mapping's sheet; without one, the only one that people see.
fn sheet_name(workbook: &Workbook<'_>, mapping: &Mapping) -> Result<String, NotARegister> {
    let sheets = workbook.sheets_metadata().iter();
    let mut sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
    if let Some(name) = &mapping.sheet.name {
        let found = sheets.find(|sheet| sheet.name.trim().eq_ignore_ascii_case(name.trim()));
        return found.map(|sheet| sheet.name.clone()).ok_or_else(|| {
            let rule = format!("the workbook has no sheet \"{name}\"");
            NotARegister::new(rule, "correct `sheet.name` of the mapping")
        });
    }
    let mut seen = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let (first, second) = (seen.next(), seen.next());
    let only = first.filter(|_| second.is_none());
    only.map(|sheet| sheet.name.clone()).ok_or_else(|| {
        let rule = "the workbook has several sheets, or none that can be seen";
        NotARegister::new(rule, "name the register's in `sheet.name` of the mapping")
    })
}

fn downwards(workbook: &mut Workbook<'_>, name: &str) -> Result<Vec<Downwards>, NotARegister> {
    let regions = workbook
        .merge_cells_by_sheet_name(name)
        .map_err(unreadable)?;
    if regions.len() > limits::MERGED {
        let rule = format!("the sheet has more than {} merged cells", limits::MERGED);
        return Err(NotARegister::new(
            rule,
            "take the merging off, and save it again",
        ));
    }
    let regions = regions
        .iter()
        .filter(|region| region.start.1 == region.end.1);
    let regions = regions.map(|region| Downwards {
        column: region.start.1 as usize,
        first: region.start.0.saturating_add(1),
        last: region.end.0.saturating_add(1),
    });
    Ok(regions.collect())
}

fn of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::String(text) => Cell::of_text(text),
        DataRef::SharedString(text) => Cell::of_text(text),
        #[expect(
            clippy::cast_precision_loss,
            reason = "as the spreadsheet itself holds numbers"
        )]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::Float(_) | DataRef::DurationIso(_) => Cell::NoDay,
        DataRef::Bool(truth) => Cell::Text(if *truth { "TRUE" } else { "FALSE" }.into()),
        DataRef::DateTime(date) => day(date).map_or(Cell::NoDay, Cell::Day),
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(Day::parse);
            day.map_or(Cell::NoDay, Cell::Day)
        }
        DataRef::Error(_) => Cell::Fault,
    }
}

/// What a date's number may be: from 1 January 1900 to the end of the year 9995, by which both ways of counting days still have
/// four digits for the year.
const SERIALS: std::ops::Range<f64> = 1.0..2_956_900.0;

fn day(date: &ExcelDateTime) -> Option<Day> {
    if date.is_duration() || !SERIALS.contains(&date.as_f64()) {
        return None;
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Day::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

/// Cells as they come: row by row, the headings first.
struct Rows<'m> {
    mapping: &'m Mapping,
    heading_texts: Vec<String>,
    headings: Option<Headings>,
    sheet: Sheet,
    row: Row,
    text: usize,
}

impl<'m> Rows<'m> {
    fn new(mapping: &'m Mapping) -> Self {
        Self {
            mapping,
            heading_texts: Vec::new(),
            headings: None,
            sheet: Sheet::default(),
            row: Row::new(mapping.sheet.header_row),
            text: 0,
        }
    }

    fn take(&mut self, number: u32, column: usize, cell: Cell) -> Result<(), NotARegister> {
        if number < self.mapping.sheet.header_row || cell.is_blank() {
            return Ok(());
        }
        if column >= limits::COLUMNS {
            return Err(too_wide());
        }
        if number < self.row.number {
            return Err(damaged());
        }
        if number == self.mapping.sheet.header_row {
            self.heading(column, cell);
            return Ok(());
        }
        if number > self.row.number {
            self.end_row()?;
            self.row = Row::new(number);
        }
        self.text += cell.bytes();
        if self.text > limits::TEXT {
            return Err(too_much());
        }
        if let Some(headings) = &self.headings {
            self.row.fill(headings, column, &cell);
        }
        Ok(())
    }

    fn heading(&mut self, column: usize, cell: Cell) {
        if self.heading_texts.len() <= column {
            self.heading_texts.resize(column + 1, String::new());
        }
        self.heading_texts[column] = match cell {
            Cell::Text(text) => text,
            Cell::Number(number) => super::cell::number_text(number),
            Cell::Blank | Cell::Day(_) | Cell::NoDay | Cell::Fault | Cell::TooLong => String::new(),
        };
    }

    fn end_row(&mut self) -> Result<(), NotARegister> {
        if self.headings.is_none() {
            self.headings = Some(Headings::find(&self.heading_texts, self.mapping)?);
            return Ok(());
        }
        let row = std::mem::take(&mut self.row);
        if row.is_blank() {
            return Ok(());
        }
        if self.sheet.rows.len() == limits::ROWS {
            return Err(too_many());
        }
        self.sheet.rows.push(row);
        Ok(())
    }

    fn done(mut self) -> Result<(Sheet, Headings), NotARegister> {
        self.end_row()?;
        let headings = match self.headings {
            Some(headings) => headings,
            None => Headings::find(&self.heading_texts, self.mapping)?,
        };
        Ok((self.sheet, headings))
    }
}
