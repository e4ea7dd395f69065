//! Sections with their lines and tables, and the key of the events.

use super::{
    super::cited::runs,
    all,
    escape::{escape, spans},
};
use crate::{Document, Line, LineKind, Section, Table};

pub(super) fn section(document: &Document, number: usize, section: &Section) -> String {
    let points = |a: &Line, b: &Line| a.kind == LineKind::Point && b.kind == LineKind::Point;
    let groups = section.lines.chunk_by(points);
    let table = section.table.as_ref();
    format!(
        "<section aria-labelledby=\"s{number}\">\n<h2 id=\"s{number}\">{number}. {}</h2>\n{}{}</section>\n",
        escape(&section.heading),
        all(groups.map(|lines| group(document, lines))),
        all(table.map(|table| self::table(document, table)))
    )
}

/// Points in a row are one list; every other line stands alone.
fn group(document: &Document, lines: &[Line]) -> String {
    let Some((first, rest)) = lines.split_first() else {
        return String::new();
    };
    let said = said(document, first);
    match first.kind {
        LineKind::Heading => format!("<h3>{said}</h3>\n"),
        LineKind::Note => format!("<p class=\"note\">{said}</p>\n"),
        LineKind::Point => {
            let rest = rest.iter().map(|line| self::said(document, line));
            let items = std::iter::once(said).chain(rest);
            let items = items.map(|item| format!("<li>{item}</li>\n"));
            format!("<ul>\n{}</ul>\n", all(items))
        }
    }
}

fn table(document: &Document, table: &Table) -> String {
    let header = table.header.iter().map(|cell| {
        if cell.is_empty() {
            "<td></td>".to_owned()
        } else {
            format!("<th scope=\"col\">{}</th>", spans(cell))
        }
    });
    let rows = table.rows.iter().map(|cells| row(document, cells));
    format!(
        "<table>\n<caption>{}</caption>\n<thead>\n<tr>{}</tr>\n</thead>\n<tbody>\n{}</tbody>\n</table>\n",
        spans(&table.caption),
        all(header),
        all(rows)
    )
}

fn row(document: &Document, cells: &[Line]) -> String {
    let cells = cells.iter().enumerate().map(|(i, cell)| {
        let said = said(document, cell);
        match i {
            0 => format!("<th scope=\"row\">{said}</th>"),
            _ => format!("<td>{said}</td>"),
        }
    });
    format!("<tr>{}</tr>\n", all(cells))
}

/// What a line says, then the events that it rests on.
fn said(document: &Document, line: &Line) -> String {
    marked(document, line) + &cited(document, line)
}

/// Marks first: who reads on has been told. Then the text.
pub(super) fn marked(document: &Document, line: &Line) -> String {
    let marks = line.marks_in_words(document.language).into_iter();
    let marks = marks.map(|mark| format!("<strong class=\"mark\">{}</strong> ", escape(&mark)));
    all(marks) + &spans(&line.text)
}

fn cited(document: &Document, line: &Line) -> String {
    let anchor = |number: usize| format!("<a href=\"#e{number}\">e{number}</a>");
    let runs = runs(document, line)
        .into_iter()
        .map(|(first, last)| match last - first {
            0 => anchor(first),
            _ => format!("{}–{}", anchor(first), anchor(last)),
        });
    let runs: Vec<String> = runs.collect();
    if runs.is_empty() {
        return String::new();
    }
    format!(" <span class=\"cites\">[{}]</span>", runs.join(", "))
}

pub(super) fn key(document: &Document) -> String {
    if document.key.is_empty() {
        return String::new();
    }
    let labels = &document.labels;
    let events = document.key.iter().enumerate().map(|(i, cited)| {
        let family = document.family_said(cited).map(escape);
        let family = family.map_or_else(String::new, |family| format!("; {family}"));
        format!(
            "<li id=\"e{0}\"><b>e{0}</b> = {1}, {2}, {3}{family}</li>\n",
            i + 1,
            escape(&cited.short),
            spans(&cited.agency),
            escape(&cited.published),
        )
    });
    format!(
        "<section aria-labelledby=\"key\">\n<h2 id=\"key\">{}</h2>\n<p class=\"note\">{}</p>\n<ul class=\"key\">\n{}</ul>\n</section>\n",
        escape(&labels.key),
        escape(&labels.key_note),
        all(events)
    )
}
