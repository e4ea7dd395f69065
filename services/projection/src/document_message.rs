//! A document as the render service takes it. Owns the way from the model to the contract's message; refuses nothing: every
//! document has one, and what only the model holds (codes of marks, what the family may be told of a line) goes as words or not
//! at all.

use diogel_contract::{v1, write::timestamp};
use diogel_summary::{
    Cited, Document, EveryPage, Labels, Line, LineKind, PointKind, Section, Span, Table, Text,
    Timeline, TimelinePoint, language_tag,
};

/// The message of a document.
pub fn message(document: &Document) -> v1::Document {
    let sections = document.sections.iter();
    let timeline = document.timeline.as_ref();
    v1::Document {
        language: language_tag(document.language).into(),
        title: Some(text(&document.title)),
        made_at: Some(timestamp(document.made_at)),
        every_page: Some(every_page(&document.every_page)),
        head: document
            .head
            .iter()
            .map(|fact| v1::DocumentFact {
                label: fact.label.clone(),
                value: Some(text(&fact.value)),
            })
            .collect(),
        timeline: timeline.map(|t| self::timeline(document, t)),
        sections: sections.map(|s| section(document, s)).collect(),
        key: document
            .key
            .iter()
            .map(|cited| event(document, cited))
            .collect(),
        labels: Some(labels(&document.labels)),
        footer: document.footer.iter().map(text).collect(),
    }
}

fn text(text: &Text) -> v1::DocumentText {
    let spans = text.spans().into_iter().map(|span| match span {
        Span::Fixed(text) => v1::DocumentSpan {
            text: text.into(),
            written: false,
        },
        Span::Written(text) => v1::DocumentSpan {
            text: text.into(),
            written: true,
        },
    });
    v1::DocumentText {
        spans: spans.collect(),
    }
}

fn every_page(page: &EveryPage) -> v1::EveryPage {
    v1::EveryPage {
        marking: page.marking.clone(),
        rendering: Some(text(&page.rendering)),
        recipient: Some(text(&page.recipient)),
        purpose: page.purpose.clone(),
        made_at: page.made_at.clone(),
        handling: page.handling.clone(),
    }
}

fn labels(labels: &Labels) -> v1::DocumentLabels {
    v1::DocumentLabels {
        page: labels.page.clone(),
        of: labels.of.clone(),
        key: labels.key.clone(),
        key_note: labels.key_note.clone(),
        not_shown: labels.not_shown.clone(),
    }
}

fn section(document: &Document, section: &Section) -> v1::DocumentSection {
    v1::DocumentSection {
        heading: section.heading.clone(),
        lines: section.lines.iter().map(|l| line(document, l)).collect(),
        table: section.table.as_ref().map(|t| table(document, t)),
    }
}

fn line(document: &Document, line: &Line) -> v1::DocumentLine {
    let kind = match line.kind {
        LineKind::Point => v1::DocumentLineKind::Point,
        LineKind::Heading => v1::DocumentLineKind::Heading,
        LineKind::Note => v1::DocumentLineKind::Note,
    };
    let cites = document.cited(line).into_iter();
    v1::DocumentLine {
        kind: kind.into(),
        text: Some(text(&line.text)),
        cites: cites.filter_map(|n| u32::try_from(n).ok()).collect(),
        marks: line.marks_in_words(document.language),
    }
}

fn table(document: &Document, table: &Table) -> v1::DocumentTable {
    let rows = table.rows.iter().map(|row| v1::DocumentRow {
        cells: row.iter().map(|cell| line(document, cell)).collect(),
    });
    v1::DocumentTable {
        caption: Some(text(&table.caption)),
        header: table.header.iter().map(text).collect(),
        rows: rows.collect(),
    }
}

fn timeline(document: &Document, timeline: &Timeline) -> v1::DocumentTimeline {
    let ticks = timeline.ticks.iter().map(|tick| v1::TimelineTick {
        day: tick.day.to_string(),
        label: tick.label.clone(),
    });
    let points = timeline.points.iter();
    v1::DocumentTimeline {
        caption: Some(text(&timeline.caption)),
        alt: Some(text(&timeline.alt)),
        points: points.map(|p| point(document, p)).collect(),
        ticks: ticks.collect(),
    }
}

fn point(document: &Document, point: &TimelinePoint) -> v1::TimelinePoint {
    let kind = match point.kind {
        PointKind::Incident => v1::TimelineKind::Incident,
        PointKind::Alert => v1::TimelineKind::Alert,
        PointKind::Contact => v1::TimelineKind::Contact,
        PointKind::Meeting => v1::TimelineKind::Meeting,
        PointKind::Plan => v1::TimelineKind::Plan,
        PointKind::Other => v1::TimelineKind::Other,
    };
    v1::TimelinePoint {
        day: point.day.to_string(),
        date: point.date.clone(),
        kind: kind.into(),
        kind_label: point.kind.label(document.language).into(),
        what: Some(line(document, &point.what)),
    }
}

fn event(document: &Document, cited: &Cited) -> v1::CitedEvent {
    v1::CitedEvent {
        event_id: cited.event_id.to_string(),
        short_id: cited.short.clone(),
        agency: Some(text(&cited.agency)),
        published: cited.published.clone(),
        family: document.family_said(cited).unwrap_or_default().into(),
    }
}

#[cfg(test)]
mod tests;
