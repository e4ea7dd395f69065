//! A document as the template reads it. Owns what becomes of texts on paper: what can't be shown goes by the one rule
//! (`diogel_domain::legible`), a character without a shape in the fonts is □, and a word without an end may be broken. Nothing
//! here is ever markup: the template gets strings.

mod pieces;
mod timeline;

use diogel_contract::v1;
use diogel_domain::times::Moment;
use serde::Serialize;

use crate::fonts::Fonts;
use pieces::{Piece, Shapes};
use timeline::Timeline;

/// The template's data.
#[derive(Serialize)]
pub(crate) struct Page {
    language: String,
    title: Vec<Piece>,
    plain_title: String,
    made_at: Date,
    every_page: EveryPage,
    head: Vec<Fact>,
    timeline: Option<Timeline>,
    sections: Vec<Section>,
    key: Vec<Event>,
    labels: Labels,
    footer: Vec<Vec<Piece>>,
    /// Some character had no shape.
    not_shown: bool,
}

/// What the template makes the PDF's date of.
#[derive(Serialize)]
struct Date {
    year: i32,
    month: u8,
    day: u8,
    hour: i64,
    minute: i64,
    second: i64,
}

#[derive(Serialize)]
struct EveryPage {
    marking: Vec<Piece>,
    rendering: Vec<Piece>,
    recipient: Vec<Piece>,
    purpose: Vec<Piece>,
    made_at: Vec<Piece>,
    handling: Vec<Piece>,
}

#[derive(Serialize)]
struct Labels {
    page: Vec<Piece>,
    of: Vec<Piece>,
    key: Vec<Piece>,
    key_note: Vec<Piece>,
    not_shown: Vec<Piece>,
}

#[derive(Serialize)]
struct Fact {
    label: Vec<Piece>,
    value: Vec<Piece>,
}

#[derive(Serialize)]
struct Section {
    heading: Vec<Piece>,
    lines: Vec<Line>,
    table: Option<Table>,
}

#[derive(Serialize)]
struct Line {
    kind: &'static str,
    text: Vec<Piece>,
    /// First and last number of each run.
    cites: Vec<(u32, u32)>,
    marks: Vec<Vec<Piece>>,
}

#[derive(Serialize)]
struct Table {
    caption: Vec<Piece>,
    header: Vec<Vec<Piece>>,
    rows: Vec<Vec<Line>>,
}

#[derive(Serialize)]
struct Event {
    short: Vec<Piece>,
    agency: Vec<Piece>,
    published: Vec<Piece>,
    family: Vec<Piece>,
}

/// The template's data of a document that was checked.
pub(crate) fn data(document: &v1::Document, fonts: &Fonts) -> Page {
    let shapes = &mut Shapes::of(fonts);
    let every_page = document.every_page.clone().unwrap_or_default();
    let labels = document.labels.clone().unwrap_or_default();
    Page {
        language: document.language.clone(),
        plain_title: pieces::plain(document.title.as_ref()),
        title: shapes.text(document.title.as_ref()),
        made_at: date(document),
        every_page: EveryPage::of(&every_page, shapes),
        head: document.head.iter().map(|f| Fact::of(f, shapes)).collect(),
        timeline: document.timeline.as_ref().map(|t| Timeline::of(t, shapes)),
        sections: document
            .sections
            .iter()
            .map(|s| Section::of(s, shapes))
            .collect(),
        key: document.key.iter().map(|e| Event::of(e, shapes)).collect(),
        footer: document
            .footer
            .iter()
            .map(|t| shapes.text(Some(t)))
            .collect(),
        labels: Labels::of(&labels, shapes),
        not_shown: shapes.lacked,
    }
}

fn date(document: &v1::Document) -> Date {
    let seconds = document.made_at.as_ref().map_or(0, |at| at.seconds);
    let date = Moment(seconds.saturating_mul(Moment::SECOND)).day().date();
    let of_day = seconds.rem_euclid(86_400);
    Date {
        year: date.year(),
        month: u8::from(date.month()),
        day: date.day(),
        hour: of_day / 3_600,
        minute: of_day / 60 % 60,
        second: of_day % 60,
    }
}

impl EveryPage {
    fn of(page: &v1::EveryPage, shapes: &mut Shapes<'_>) -> Self {
        Self {
            marking: shapes.word(&page.marking),
            rendering: shapes.text(page.rendering.as_ref()),
            recipient: shapes.text(page.recipient.as_ref()),
            purpose: shapes.word(&page.purpose),
            made_at: shapes.word(&page.made_at),
            handling: shapes.word(&page.handling),
        }
    }
}

impl Labels {
    fn of(labels: &v1::DocumentLabels, shapes: &mut Shapes<'_>) -> Self {
        Self {
            page: shapes.word(&labels.page),
            of: shapes.word(&labels.of),
            key: shapes.word(&labels.key),
            key_note: shapes.word(&labels.key_note),
            not_shown: shapes.word(&labels.not_shown),
        }
    }
}

impl Fact {
    fn of(fact: &v1::DocumentFact, shapes: &mut Shapes<'_>) -> Self {
        Self {
            label: shapes.word(&fact.label),
            value: shapes.text(fact.value.as_ref()),
        }
    }
}

impl Section {
    fn of(section: &v1::DocumentSection, shapes: &mut Shapes<'_>) -> Self {
        Self {
            heading: shapes.word(&section.heading),
            lines: section.lines.iter().map(|l| Line::of(l, shapes)).collect(),
            table: section.table.as_ref().map(|t| Table::of(t, shapes)),
        }
    }
}

impl Line {
    fn of(line: &v1::DocumentLine, shapes: &mut Shapes<'_>) -> Self {
        let kind = match line.kind() {
            v1::DocumentLineKind::Heading => "heading",
            v1::DocumentLineKind::Note => "note",
            v1::DocumentLineKind::Point | v1::DocumentLineKind::Unspecified => "point",
        };
        Self {
            kind,
            text: shapes.text(line.text.as_ref()),
            cites: runs(&line.cites),
            marks: line.marks.iter().map(|m| shapes.word(m)).collect(),
        }
    }
}

/// Three numbers and more in a row are one run, "e4–e7".
fn runs(cites: &[u32]) -> Vec<(u32, u32)> {
    let mut numbers = cites.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .chunk_by(|a, b| a + 1 == *b)
        .flat_map(|run| match run {
            [first, .., last] if run.len() > 2 => vec![(*first, *last)],
            _ => run.iter().map(|n| (*n, *n)).collect(),
        })
        .collect()
}

impl Table {
    fn of(table: &v1::DocumentTable, shapes: &mut Shapes<'_>) -> Self {
        let mut row = |row: &v1::DocumentRow| {
            let cells = row.cells.iter();
            cells.map(|cell| Line::of(cell, shapes)).collect()
        };
        let rows = table.rows.iter().map(&mut row).collect();
        Self {
            rows,
            caption: shapes.text(table.caption.as_ref()),
            header: table
                .header
                .iter()
                .map(|cell| shapes.text(Some(cell)))
                .collect(),
        }
    }
}

impl Event {
    fn of(event: &v1::CitedEvent, shapes: &mut Shapes<'_>) -> Self {
        Self {
            short: shapes.word(&event.short_id),
            agency: shapes.text(event.agency.as_ref()),
            published: shapes.word(&event.published),
            family: shapes.word(&event.family),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_a_run() {
        assert_eq!(runs(&[7, 4, 5, 6, 1, 1]), [(1, 1), (4, 7)]);
        assert_eq!(runs(&[2, 1]), [(1, 1), (2, 2)]);
    }
}
