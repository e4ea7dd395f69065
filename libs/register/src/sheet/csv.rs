//! A register in CSV. Owns its encoding and its row numbers, which are those that a spreadsheet shows for the same file: blank
//! lines count, line ends within a cell don't.

use std::borrow::Cow;

use csv::{Position, ReaderBuilder, StringRecord};

use super::{
    Cell, NotARegister, Row, Sheet,
    headings::{Headings, too_many, too_much, too_wide},
    limits,
};
use crate::mapping::{Encoding, Mapping};

pub(super) fn read(bytes: &[u8], mapping: &Mapping) -> Result<Sheet, NotARegister> {
    let text = decoded(bytes, mapping.sheet.encoding)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mapping.sheet.delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut rows = Rows::new(mapping);
    let mut number = 0;
    let mut line = 1;
    while reader.read_record(&mut record).map_err(|_| unreadable())? {
        let after = line_after(text.as_bytes(), reader.position());
        number += 1 + blank_before(&record, after - line);
        line = after;
        rows.take(number, &record)?;
    }
    rows.done()
}

/// The line that comes next. Of a line end of two bytes the reader leaves the second one for the next record; the last line may
/// have none.
fn line_after(text: &[u8], position: &Position) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let last = at.checked_sub(1).and_then(|at| text.get(at));
    position.line() + u64::from(last != Some(&b'\n'))
}

/// Blank lines, which the reader passes over: of the lines that it went on by, those that the record doesn't account for.
fn blank_before(record: &StringRecord, lines: u64) -> u32 {
    let within = record.iter().flat_map(str::bytes);
    let own = 1 + within.filter(|byte| *byte == b'\n').count() as u64;
    u32::try_from(lines.saturating_sub(own)).unwrap_or(u32::MAX / 2)
}

fn unreadable() -> NotARegister {
    let way_out = "save it again as CSV from the spreadsheet, or as .xlsx";
    NotARegister::new("the file can't be read as CSV", way_out)
}

fn decoded(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, NotARegister> {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes {
        let way_out = "save it as \"CSV UTF-8\", or as .xlsx";
        return Err(NotARegister::new("the file is written in UTF-16", way_out));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| {
            let way_out = "save it as \"CSV UTF-8\", or say `encoding = \"windows-1252\"` below [sheet] in the mapping";
            NotARegister::new("the file isn't UTF-8", way_out)
        }),
        Encoding::Windows1252 => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            Ok(text)
        }
    }
}

/// Rows as they come, the headings first.
struct Rows<'m> {
    mapping: &'m Mapping,
    headings: Option<Headings>,
    sheet: Sheet,
    text: usize,
}

impl<'m> Rows<'m> {
    fn new(mapping: &'m Mapping) -> Self {
        Self {
            mapping,
            headings: None,
            sheet: Sheet::default(),
            text: 0,
        }
    }

    fn take(&mut self, number: u32, record: &StringRecord) -> Result<(), NotARegister> {
        let header_row = self.mapping.sheet.header_row;
        if number < header_row {
            return Ok(());
        }
        if record
            .iter()
            .skip(limits::COLUMNS)
            .any(|cell| !cell.trim().is_empty())
        {
            return Err(too_wide());
        }
        let Some(headings) = &self.headings else {
            let texts = record.iter().take(limits::COLUMNS).map(str::to_owned);
            let texts: Vec<String> = if number == header_row {
                texts.collect()
            } else {
                Vec::new()
            };
            self.headings = Some(Headings::find(&texts, self.mapping)?);
            return Ok(());
        };
        let mut row = Row::new(number);
        for (column, text) in record.iter().take(limits::COLUMNS).enumerate() {
            let cell = Cell::of_text(text);
            row.surplus |= column >= headings.width() && !cell.is_blank();
            row.fill(headings, column, &cell);
        }
        self.keep(row)
    }

    fn keep(&mut self, row: Row) -> Result<(), NotARegister> {
        if row.is_blank() {
            return Ok(());
        }
        self.text += row.cells.iter().map(Cell::bytes).sum::<usize>();
        if self.text > limits::TEXT {
            return Err(too_much());
        }
        if self.sheet.rows.len() == limits::ROWS {
            return Err(too_many());
        }
        self.sheet.rows.push(row);
        Ok(())
    }

    fn done(self) -> Result<Sheet, NotARegister> {
        match self.headings {
            Some(_) => Ok(self.sheet),
            None => Headings::find(&[], self.mapping).map(|_| self.sheet),
        }
    }
}
