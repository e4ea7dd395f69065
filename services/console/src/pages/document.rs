//! A document as a part of a page: its sections, each line with the events that it rests on.

use diogel_contract::v1;
use std::collections::BTreeSet;

/// A document, as the template walks over it.
pub(super) struct Shown {
    pub(super) title: Vec<Span>,
    pub(super) marking: String,
    pub(super) rendering: Vec<Span>,
    pub(super) head: Vec<Fact>,
    pub(super) sections: Vec<Section>,
    pub(super) timeline: Vec<Point>,
    pub(super) timeline_caption: Vec<Span>,
    pub(super) key: Vec<Cited>,
    pub(super) key_heading: String,
    pub(super) key_note: String,
    pub(super) footer: Vec<Vec<Span>>,
}

pub(super) struct Span {
    pub(super) text: String,
    pub(super) written: bool,
}

pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: Vec<Span>,
}

pub(super) struct Section {
    pub(super) heading: String,
    pub(super) blocks: Vec<Block>,
    pub(super) table: Option<Table>,
}

/// Lines that stand together.
pub(super) enum Block {
    Heading(Line),
    Notes(Vec<Line>),
    Points(Vec<Line>),
}

pub(super) struct Line {
    pub(super) spans: Vec<Span>,
    pub(super) cites: Vec<u32>,
    pub(super) marks: Vec<String>,
    /// It wasn't there at the time that is compared with.
    pub(super) new: bool,
}

pub(super) struct Table {
    pub(super) caption: Vec<Span>,
    pub(super) header: Vec<Vec<Span>>,
    pub(super) rows: Vec<Vec<Line>>,
}

pub(super) struct Point {
    pub(super) date: String,
    pub(super) kind: String,
    pub(super) line: Line,
}

pub(super) struct Cited {
    pub(super) number: usize,
    pub(super) event: String,
    pub(super) short: String,
    pub(super) agency: Vec<Span>,
    pub(super) published: String,
    pub(super) family: String,
}

/// Every line's words: what two versions of a document are compared by.
pub(super) fn words(document: &v1::Document) -> BTreeSet<String> {
    let sections = document.sections.iter();
    let lines = sections.flat_map(|section| {
        let cells = section.table.iter().flat_map(|table| &table.rows);
        let cells = cells.flat_map(|row| &row.cells);
        section.lines.iter().chain(cells)
    });
    lines.map(|line| plain(line.text.as_ref())).collect()
}

fn plain(text: Option<&v1::DocumentText>) -> String {
    let spans = text.map(|text| text.spans.as_slice()).unwrap_or_default();
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// For a page; `before`: what an earlier version said.
pub(super) fn shown(document: &v1::Document, before: Option<&BTreeSet<String>>) -> Shown {
    let page = document.every_page.clone().unwrap_or_default();
    let timeline = document.timeline.as_ref();
    let points = timeline.map(|timeline| timeline.points.as_slice());
    let labels = document.labels.clone().unwrap_or_default();
    Shown {
        title: spans(document.title.as_ref()),
        marking: page.marking,
        rendering: spans(page.rendering.as_ref()),
        head: document
            .head
            .iter()
            .map(|fact| Fact {
                label: fact.label.clone(),
                value: spans(fact.value.as_ref()),
            })
            .collect(),
        sections: document
            .sections
            .iter()
            .map(|one| section(one, before))
            .collect(),
        timeline: points.unwrap_or_default().iter().map(point).collect(),
        timeline_caption: spans(timeline.and_then(|timeline| timeline.caption.as_ref())),
        key: document.key.iter().enumerate().map(cited).collect(),
        key_heading: labels.key,
        key_note: labels.key_note,
        footer: document
            .footer
            .iter()
            .map(|text| spans(Some(text)))
            .collect(),
    }
}

fn spans(text: Option<&v1::DocumentText>) -> Vec<Span> {
    let spans = text.map(|text| text.spans.as_slice()).unwrap_or_default();
    let span = |span: &v1::DocumentSpan| Span {
        text: span.text.clone(),
        written: span.written,
    };
    spans.iter().map(span).collect()
}

fn line(line: &v1::DocumentLine, before: Option<&BTreeSet<String>>) -> Line {
    let point = line.kind() == v1::DocumentLineKind::Point;
    let new = point && before.is_some_and(|before| !before.contains(&plain(line.text.as_ref())));
    Line {
        spans: spans(line.text.as_ref()),
        cites: line.cites.clone(),
        marks: line.marks.clone(),
        new,
    }
}

fn section(section: &v1::DocumentSection, before: Option<&BTreeSet<String>>) -> Section {
    let mut blocks: Vec<Block> = Vec::new();
    for one in &section.lines {
        let shown = line(one, before);
        match (one.kind(), blocks.last_mut()) {
            (v1::DocumentLineKind::Heading, _) => blocks.push(Block::Heading(shown)),
            (v1::DocumentLineKind::Note, Some(Block::Notes(notes))) => notes.push(shown),
            (v1::DocumentLineKind::Note, _) => blocks.push(Block::Notes(vec![shown])),
            (_, Some(Block::Points(points))) => points.push(shown),
            _ => blocks.push(Block::Points(vec![shown])),
        }
    }
    Section {
        heading: section.heading.clone(),
        blocks,
        table: section.table.as_ref().map(|table| Table {
            caption: spans(table.caption.as_ref()),
            header: table.header.iter().map(|text| spans(Some(text))).collect(),
            rows: table
                .rows
                .iter()
                .map(|row| row.cells.iter().map(|cell| line(cell, None)).collect())
                .collect(),
        }),
    }
}

fn point(point: &v1::TimelinePoint) -> Point {
    let what = point.what.clone().unwrap_or_default();
    Point {
        date: point.date.clone(),
        kind: point.kind_label.clone(),
        line: line(&what, None),
    }
}

fn cited((at, event): (usize, &v1::CitedEvent)) -> Cited {
    Cited {
        number: at + 1,
        event: event.event_id.clone(),
        short: event.short_id.clone(),
        agency: spans(event.agency.as_ref()),
        published: event.published.clone(),
        family: event.family.clone(),
    }
}
