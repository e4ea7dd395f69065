//! The plain-text rendering. Owns layout: width, alignment, the numbers by which lines cite events. Refuses to choose: whatever
//! the document holds is printed.

mod wrap;

use std::collections::BTreeSet;

use diogel_domain::ids::EventId;

use crate::{Cited, Document, Line, LineKind, Section, texts, texts::Phrase};
use wrap::{Indent, wrap};

/// No narrower than this, whatever is asked: below it indents leave no room for words.
const NARROWEST: usize = 24;

/// Renders a document in lines of at most `width` characters (24 at the least).
pub fn to_text(document: &Document, width: usize) -> String {
    let width = width.max(NARROWEST);
    let mut out = Vec::new();
    out.extend(wrap(&document.marking, &Indent::none(), width));
    out.extend(wrap(&document.title, &Indent::none(), width));
    out.push("=".repeat(width.min(document.title.chars().count())));
    out.extend(head(document, width));
    for (i, section) in document.sections.iter().enumerate() {
        out.push(String::new());
        out.extend(self::section(document, i + 1, section, width));
    }
    out.extend(key(document, width));
    out.push(String::new());
    for line in &document.footer {
        out.extend(wrap(line, &Indent::none(), width));
    }
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
    out
}

/// Marks first: who reads on has been told. Then the text, then the events that it rests on.
fn said(document: &Document, line: &Line) -> String {
    let marks = line.marks.iter();
    let mut parts: Vec<String> = marks
        .map(|mark| format!("** {} **", mark.label(document.language)))
        .collect();
    parts.push(match line.kind {
        LineKind::Heading => format!("{}:", line.text),
        LineKind::Point | LineKind::Note => line.text.clone(),
    });
    if !line.cites.is_empty() {
        parts.push(format!("[{}]", cited(document, line)));
    }
    parts.join(" ")
}

/// "e1, e4–e7": three and more in a row as a span.
fn cited(document: &Document, line: &Line) -> String {
    let numbers = line.cites.iter().map(|id| number(document, *id));
    let numbers: BTreeSet<usize> = numbers.collect();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            Some(_) | None => spans.push((number, number)),
        }
    }
    let spans = spans.into_iter().map(|(first, last)| match last - first {
        0 => format!("e{first}"),
        1 => format!("e{first}, e{last}"),
        _ => format!("e{first}–e{last}"),
    });
    spans.collect::<Vec<_>>().join(", ")
}

/// An event's number: its place in the key.
fn number(document: &Document, id: EventId) -> usize {
    let place = document.key.iter().position(|c| c.event_id == id);
    place.map_or(0, |place| place + 1)
}

fn key(document: &Document, width: usize) -> Vec<String> {
    if document.key.is_empty() {
        return Vec::new();
    }
    let say = |phrase| texts::say(phrase, document.language);
    let mut out = vec![String::new()];
    out.extend(wrap(say(Phrase::Key), &Indent::none(), width));
    out.extend(wrap(
        say(Phrase::KeyNote),
        &Indent::hanging("   ", 3),
        width,
    ));
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
    let family = cited.family.label(document.language);
    format!(
        "{}, {}, {}; {family}",
        cited.short, cited.agency, cited.published
    )
}
