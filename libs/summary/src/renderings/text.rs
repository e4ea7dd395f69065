//! The plain-text rendering. Owns layout: width, alignment, and how a table and a timeline read without columns and lines.

mod wrap;

use super::cited;
use crate::{Cited, Document, Line, LineKind, Section, Table, Timeline};
use wrap::{Indent, wrap};

/// No narrower than this, whatever is asked: below it indents leave no room for words.
const NARROWEST: usize = 24;

/// Renders a document in lines of at most `width` characters (24 at the least).
pub fn to_text(document: &Document, width: usize) -> String {
    let width = width.max(NARROWEST);
    let mut out = Vec::new();
    let page = &document.every_page;
    let first = format!("{} · {}", page.marking, page.rendering);
    out.extend(wrap(&first, &Indent::none(), width));
    out.extend(wrap(&document.title, &Indent::none(), width));
    out.push("=".repeat(width.min(document.title.chars().count())));
    out.extend(head(document, width));
    for (i, section) in document.sections.iter().enumerate() {
        out.push(String::new());
        out.extend(self::section(document, i + 1, section, width));
    }
    // Without the drawing it is a list, and what stands in it was said.
    if let Some(timeline) = &document.timeline {
        out.push(String::new());
        out.extend(self::timeline(document, timeline, width));
    }
    out.extend(key(document, width));
    out.push(String::new());
    for line in &document.footer {
        out.extend(wrap(line, &Indent::none(), width));
    }
    let last = [
        &page.marking,
        &*page.recipient,
        &page.purpose,
        &page.made_at,
    ];
    out.extend(wrap(&last.join(" · "), &Indent::none(), width));
    out.push(String::new());
    out.join("\n")
}

/// Labels in one column, values in another.
fn head(document: &Document, width: usize) -> Vec<String> {
    let labels = document.head.iter().map(|f| f.label.chars().count());
    let column = (labels.max().unwrap_or(0) + 2).min(width / 2);
    let facts = document.head.iter().flat_map(|fact| {
        let label = format!("{}:", fact.label);
        let indent = Indent::hanging(&format!("{label:<column$}"), column);
        wrap(&fact.value, &indent, width)
    });
    facts.collect()
}

fn section(document: &Document, number: usize, section: &Section, width: usize) -> Vec<String> {
    let indent = Indent::hanging(&format!("{number}. "), 3);
    let mut out = wrap(&section.heading, &indent, width);
    for line in &section.lines {
        let bullet = match line.kind {
            LineKind::Point => "   - ",
            LineKind::Heading | LineKind::Note => "   ",
        };
        let indent = Indent::hanging(bullet, bullet.len());
        out.extend(wrap(&said(document, line), &indent, width));
    }
    if let Some(table) = &section.table {
        out.extend(self::table(document, table, width));
    }
    out
}

/// A row is a point; each cell but the first, which says what the row is about, comes after its column's name.
fn table(document: &Document, table: &Table, width: usize) -> Vec<String> {
    let caption = format!("{}:", table.caption);
    let mut out = wrap(&caption, &Indent::hanging("   ", 3), width);
    for row in &table.rows {
        let cells = row.iter().zip(&table.header).enumerate();
        let cells = cells
            .filter(|(_, (cell, _))| !cell.text.is_empty() || !cell.cites.is_empty())
            .map(|(i, (cell, column))| match i {
                0 => said(document, cell),
                _ => format!("{column}: {}", said(document, cell)),
            });
        let row = cells.collect::<Vec<_>>().join("; ");
        out.extend(wrap(&row, &Indent::hanging("   - ", 5), width));
    }
    out
}

fn timeline(document: &Document, timeline: &Timeline, width: usize) -> Vec<String> {
    let mut out = wrap(&timeline.caption, &Indent::none(), width);
    for point in &timeline.points {
        let kind = point.kind.label(document.language);
        let what = said(document, &point.what);
        let text = format!("{}, {kind}: {what}", point.date);
        out.extend(wrap(&text, &Indent::hanging("   - ", 5), width));
    }
    out
}

/// Marks first: who reads on has been told. Then the text, then the events that it rests on.
fn said(document: &Document, line: &Line) -> String {
    let marks = line.marks_in_words(document.language).into_iter();
    let mut parts: Vec<String> = marks.map(|mark| format!("** {mark} **")).collect();
    parts.push(match line.kind {
        LineKind::Heading => format!("{}:", line.text),
        LineKind::Point | LineKind::Note => line.text.to_string(),
    });
    let cited = cited::said(&cited::runs(document, line));
    if !cited.is_empty() {
        parts.push(format!("[{cited}]"));
    }
    parts.join(" ")
}

fn key(document: &Document, width: usize) -> Vec<String> {
    if document.key.is_empty() {
        return Vec::new();
    }
    let labels = &document.labels;
    let mut out = vec![String::new()];
    out.extend(wrap(&labels.key, &Indent::none(), width));
    out.extend(wrap(&labels.key_note, &Indent::hanging("   ", 3), width));
    let digits = document.key.len().to_string().len();
    for (i, cited) in document.key.iter().enumerate() {
        let number = format!("e{}", i + 1);
        let first = format!("   {number:<0$} = ", digits + 1);
        let indent = Indent::hanging(&first, first.len());
        out.extend(wrap(&entry(document, cited), &indent, width));
    }
    out
}

fn entry(document: &Document, cited: &Cited) -> String {
    let family = document.family_said(cited);
    let family = family.map_or_else(String::new, |family| format!("; {family}"));
    format!(
        "{}, {}, {}{family}",
        cited.short, cited.agency, cited.published
    )
}
