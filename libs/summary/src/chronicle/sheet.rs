//! The chronology as a spreadsheet. Owns its columns, and what no cell may begin with. Refuses layout: no merged heads, no rows
//! above the names of the columns.

use csv::{Terminator, WriterBuilder};
use diogel_domain::{
    codes::Precision,
    times::{Day, Moment},
};
use diogel_texts::{account::Phrase as Account, dates};

use super::{
    Known,
    gaps::Gap,
    late::is_long_not_seen,
    line,
    page::gap_said,
    story::{Stand, Story},
};
use crate::{Mark, Text, texts::Phrase};

/// By this mark in front Excel knows UTF-8.
const MARK: char = '\u{FEFF}';

/// What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), wide forms included. What steers a cell from
/// within, a tab or a line's end, has become a space before (`diogel_domain::legible`).
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The names of the columns, in their order.
const COLUMNS: [Phrase; 18] = [
    Phrase::SheetEvent,
    Phrase::SheetFrom,
    Phrase::SheetTo,
    Phrase::SheetPrecision,
    Phrase::SheetRecorded,
    Phrase::SheetPublished,
    Phrase::SheetAgency,
    Phrase::SheetKind,
    Phrase::SheetSaid,
    Phrase::SheetMarks,
    Phrase::SheetConcerns,
    Phrase::SheetKnownTo,
    Phrase::SheetAvailable,
    Phrase::SheetFirstSeen,
    Phrase::SheetAcknowledged,
    Phrase::SheetTakenBack,
    Phrase::SheetFamily,
    Phrase::SheetHandling,
];

/// Where stands what a row says that is about no event.
const FROM: usize = 1;
const TO: usize = 2;
const SAID: usize = 8;
const HANDLING: usize = COLUMNS.len() - 1;

/// A row: as many cells as there are columns.
type Row = [String; COLUMNS.len()];

pub(super) fn csv(story: &Story<'_>) -> Result<String, csv::Error> {
    let mut builder = WriterBuilder::new();
    let mut writer = builder.terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS.map(|name| cell(story.case.say(name))))?;
    for row in rows(story) {
        writer.write_record(row.map(|text| cell(&text)))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    let rows = String::from_utf8_lossy(&bytes);
    Ok(format!("{MARK}{rows}"))
}

/// A text that no spreadsheet reckons with: behind an apostrophe it is a text.
fn cell(text: &str) -> String {
    let text = Text::from(text);
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_string()
    }
}

/// Events, each with every agency that knew of it, gaps in their places, and that others may know too.
fn rows(story: &Story<'_>) -> Vec<Row> {
    let mut gaps = story.gaps().into_iter().peekable();
    let mut rows = Vec::new();
    for stand in &story.stands {
        while let Some(gap) = gaps.next_if(|gap| gap.from < stand.span.first) {
            rows.push(of_gap(story, gap));
        }
        rows.extend(of_event(story, stand));
    }
    rows.extend(gaps.map(|gap| of_gap(story, gap)));
    let others = story.case.say(Phrase::ChronologyOthers).to_owned();
    rows.push(remark(story, None, others));
    rows
}

fn of_event(story: &Story<'_>, stand: &Stand<'_>) -> Vec<Row> {
    let known = stand.known();
    let nobody = known.is_empty().then(|| row(story, stand, None));
    let each = known
        .into_iter()
        .map(|known| row(story, stand, Some(known)));
    nobody.into_iter().chain(each).collect()
}

fn row(story: &Story<'_>, stand: &Stand<'_>, known: Option<&Known>) -> Row {
    let (entry, language) = (stand.entry, story.review.language);
    let not_seen = known.filter(|known| is_long_not_seen(known, story.now()));
    let not_seen = not_seen.map(|_| Mark::NotSeen);
    let marks = line::marks(stand).chain(not_seen);
    let marks: Vec<&str> = marks.map(|mark| mark.label(language)).collect();
    let precision = entry.occurred.map(|occurred| occurred.precision);
    let event = story.case.event(entry.event_id);
    let on = |at: Option<Moment>| at.map_or_else(String::new, |at| iso(dates::day(at)));
    let told = |time: fn(&Known) -> Option<Moment>| on(known.and_then(time));
    let precautions = |known: &Known| known.available_at.is_none();
    let available = if known.is_some_and(precautions) {
        Account::PrecautionsAlone.say(language).to_owned()
    } else {
        told(|known| known.available_at)
    };
    [
        entry.event_id.to_string(),
        day(stand.span.first, precision),
        day(stand.span.last, precision),
        precision.map_or_else(String::new, |p| p.label(language).to_owned()),
        on(Some(entry.recorded_at)),
        on(Some(entry.ordered_at)),
        story.case.agency(&entry.originator).to_owned(),
        entry.matter.label(language).to_owned(),
        line::said(story, stand).join("; "),
        marks.join(", "),
        entry.concerns.map_or_else(String::new, |id| id.to_string()),
        known
            .map_or("", |known| story.case.agency(&known.agency))
            .to_owned(),
        available,
        told(|known| known.first_seen),
        told(|known| known.acknowledged),
        told(|known| known.taken_back),
        event
            .map_or("", |event| event.family.label(language))
            .to_owned(),
        handling(story),
    ]
}

fn of_gap(story: &Story<'_>, gap: Gap) -> Row {
    remark(story, Some(gap), gap_said(story, gap))
}

/// A row that is about no event.
fn remark(story: &Story<'_>, gap: Option<Gap>, text: String) -> Row {
    let end = |gap: Option<Day>| gap.map_or_else(String::new, iso);
    let mut row = Row::default();
    row[FROM] = end(gap.map(|gap| gap.from));
    row[TO] = end(gap.map(|gap| gap.to));
    row[SAID] = text;
    row[HANDLING] = handling(story);
    row
}

/// ISO 8601, no more precise than what is known.
fn day(day: Day, precision: Option<Precision>) -> String {
    let length = match precision {
        Some(Precision::Year) => 4,
        Some(Precision::Month) => 7,
        Some(Precision::Minute | Precision::Hour | Precision::Day) | None => 10,
    };
    iso(day).chars().take(length).collect()
}

fn iso(day: Day) -> String {
    day.to_string()
}

/// What a row needs when it lies apart: marking, recipient, purpose, when it was made and as of when, how to handle it.
fn handling(story: &Story<'_>) -> String {
    let (case, review) = (&story.case, story.review);
    let as_of = review.as_of.map(|at| {
        let label = case.say(Phrase::ChronologyAsOf);
        format!("{label}: {}", case.moment(at))
    });
    let parts = [
        Some(case.say(Phrase::Marking).to_owned()),
        Some(case.agency(&review.reader).to_owned()),
        Some(review.purpose.label(review.language).to_owned()),
        Some(case.moment(review.made_at)),
        as_of,
        Some(case.say(Phrase::HandlingShort).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
