//! Each rule of the chronology has a test named for it; an invented family's shows it as a whole.

mod given;
mod golden;
mod hostile;
mod knowledge;
mod never;
mod order;
mod sheet;
mod story;

use crate::{Document, Entry, Line, LineKind, chronicle};
use diogel_domain::codes::Language;
use given::review;

/// The English chronology of these entries for the council.
fn english(entries: &[Entry]) -> Document {
    chronicle(&review(Language::English), entries)
}

/// The lines about events and gaps, in their order: everything after the first section but headings.
fn told(document: &Document) -> Vec<&Line> {
    let years = document.sections.iter().skip(1);
    let lines = years.flat_map(|section| &section.lines);
    lines
        .filter(|line| line.kind != LineKind::Heading)
        .collect()
}

/// What the first section says.
fn overview(document: &Document) -> String {
    let lines = document.sections[0].lines.iter();
    lines
        .map(|l| l.text.to_string())
        .collect::<Vec<_>>()
        .join("\n")
}
