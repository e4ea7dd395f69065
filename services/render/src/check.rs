//! Whether a document can be put on paper. Owns what each field must hold and how much there may be; refuses with the field's
//! name, the rule and a way out, never with a value.

use diogel_contract::{refusal::Violation, v1};
use diogel_domain::times::{Day, Moment};

use crate::press::{PAGES, Unrenderable};

/// A sheet holds fewer lines than this, and a line fewer letters: what is more than a document's worth of them isn't tried.
const LINES_A_PAGE: usize = 75;
const LETTERS_A_LINE: usize = 280;
/// Columns of a table.
const COLUMNS: usize = 12;
/// Years that a PDF's date may have.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// What is wrong with a document; nothing, if it can be rendered.
pub(crate) fn document(document: &v1::Document) -> Result<(), Vec<Violation>> {
    let mut check = Check {
        found: Vec::new(),
        events: document.key.len(),
        lines: 0,
    };
    check.whole(document);
    check.every_page(document.every_page.as_ref());
    check.labels(document);
    for (i, fact) in document.head.iter().enumerate() {
        check.text(&format!("head[{i}].value"), fact.value.as_ref());
    }
    if let Some(timeline) = &document.timeline {
        check.timeline(timeline);
    }
    for (i, section) in document.sections.iter().enumerate() {
        check.section(&format!("sections[{i}]"), section);
    }
    for text in &document.footer {
        check.count(Some(text));
    }
    check.lines += document.key.len();
    if check.lines > PAGES * LINES_A_PAGE {
        check.rule("", &Unrenderable::TooLong.to_string());
    }
    if check.found.is_empty() {
        Ok(())
    } else {
        Err(check.found)
    }
}

struct Check {
    found: Vec<Violation>,
    /// Events of the key.
    events: usize,
    /// Lines at least.
    lines: usize,
}

impl Check {
    fn rule(&mut self, field: &str, description: &str) {
        let dot = if field.is_empty() { "" } else { "." };
        self.found.push(Violation {
            field: format!("document{dot}{field}"),
            description: description.into(),
        });
    }

    fn holds(&mut self, holds: bool, field: &str, description: &str) {
        if !holds {
            self.rule(field, description);
        }
    }

    fn word(&mut self, field: &str, word: &str) {
        self.holds(!word.trim().is_empty(), field, "is required");
    }

    /// A text that must be there.
    fn text(&mut self, field: &str, text: Option<&v1::DocumentText>) {
        let mut spans = text.into_iter().flat_map(|t| &t.spans);
        let said = spans.any(|span| !span.text.trim().is_empty());
        self.holds(said, field, "is required");
        self.count(text);
    }

    fn count(&mut self, text: Option<&v1::DocumentText>) {
        let spans = text.into_iter().flat_map(|t| &t.spans);
        let letters: usize = spans.map(|span| span.text.chars().count()).sum();
        self.lines += 1 + letters / LETTERS_A_LINE;
    }

    fn whole(&mut self, document: &v1::Document) {
        let language = ["en", "cy"].contains(&document.language.as_str());
        self.holds(language, "language", "must be \"en\" or \"cy\"");
        self.text("title", document.title.as_ref());
        let made_at = document.made_at.as_ref();
        let year = made_at.map(|at| Moment(at.seconds.saturating_mul(Moment::SECOND)).day());
        let dated = year.is_some_and(|day| YEARS.contains(&day.date().year()));
        self.holds(dated, "made_at", "must be a time from 1970 on");
    }

    fn every_page(&mut self, page: Option<&v1::EveryPage>) {
        let Some(page) = page else {
            self.rule("every_page", "is required");
            return;
        };
        self.word("every_page.marking", &page.marking);
        self.text("every_page.rendering", page.rendering.as_ref());
        self.text("every_page.recipient", page.recipient.as_ref());
        self.word("every_page.purpose", &page.purpose);
        self.word("every_page.made_at", &page.made_at);
        self.word("every_page.handling", &page.handling);
    }

    fn labels(&mut self, document: &v1::Document) {
        let labels = document.labels.clone().unwrap_or_default();
        self.word("labels.page", &labels.page);
        self.word("labels.of", &labels.of);
        if !document.key.is_empty() {
            self.word("labels.key", &labels.key);
        }
    }

    fn section(&mut self, field: &str, section: &v1::DocumentSection) {
        self.word(&format!("{field}.heading"), &section.heading);
        for (i, line) in section.lines.iter().enumerate() {
            let field = format!("{field}.lines[{i}]");
            let kind = line.kind() != v1::DocumentLineKind::Unspecified;
            self.holds(kind, &format!("{field}.kind"), "is required");
            self.text(&format!("{field}.text"), line.text.as_ref());
            self.cites(&field, line);
        }
        if let Some(table) = &section.table {
            self.table(&format!("{field}.table"), table);
        }
    }

    fn cites(&mut self, field: &str, line: &v1::DocumentLine) {
        let known = |number: &u32| (1..=self.events).contains(&(*number as usize));
        let all = line.cites.iter().all(known);
        let field = format!("{field}.cites");
        self.holds(
            all,
            &field,
            "must be numbers of the key: 1 is its first event",
        );
    }

    fn table(&mut self, field: &str, table: &v1::DocumentTable) {
        self.text(&format!("{field}.caption"), table.caption.as_ref());
        let columns = table.header.len();
        let header = format!("{field}.header");
        self.holds(
            (1..=COLUMNS).contains(&columns),
            &header,
            "must have 1 to 12 cells",
        );
        for (i, row) in table.rows.iter().enumerate() {
            let field = format!("{field}.rows[{i}]");
            let long = row.cells.len() == columns;
            self.holds(long, &field, "must have as many cells as the header");
            for (j, cell) in row.cells.iter().enumerate() {
                self.cites(&format!("{field}.cells[{j}]"), cell);
            }
            let longest = row.cells.iter().max_by_key(|cell| letters(cell));
            self.count(longest.and_then(|cell| cell.text.as_ref()));
        }
    }

    fn timeline(&mut self, timeline: &v1::DocumentTimeline) {
        self.text("timeline.caption", timeline.caption.as_ref());
        self.text("timeline.alt", timeline.alt.as_ref());
        let days = timeline.ticks.iter().map(|tick| Day::parse(&tick.day));
        let days: Option<Vec<Day>> = days.collect();
        let axis = days.is_some_and(|days| days.len() > 1 && days.is_sorted_by(|a, b| a < b));
        self.holds(
            axis,
            "timeline.ticks",
            "must be at least two ISO 8601 days, each later than the one before",
        );
        for (i, point) in timeline.points.iter().enumerate() {
            let field = format!("timeline.points[{i}]");
            let day = Day::parse(&point.day).is_some();
            self.holds(day, &format!("{field}.day"), "must be an ISO 8601 day");
            let kind = point.kind() != v1::TimelineKind::Unspecified;
            self.holds(kind, &format!("{field}.kind"), "is required");
            self.word(&format!("{field}.kind_label"), &point.kind_label);
            let what = point.what.clone().unwrap_or_default();
            self.text(&format!("{field}.what.text"), what.text.as_ref());
            self.cites(&format!("{field}.what"), &what);
        }
    }
}

fn letters(line: &v1::DocumentLine) -> usize {
    let spans = line.text.iter().flat_map(|t| &t.spans);
    spans.map(|span| span.text.len()).sum()
}
