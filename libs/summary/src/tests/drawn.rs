//! The invented family's page with a timeline and a table, which no section has yet.

use diogel_domain::codes::Language;

use super::family::{setting, story};
use crate::{
    Document, Line, Mark, PointKind, Source, Table, Timeline, Topic,
    document::{every_line, written},
    handling, summarise,
};

/// The whole page.
pub(super) fn drawn(language: Language) -> Document {
    let (sources, setting) = (story(), setting(language));
    let mut document = summarise(&setting, &sources);
    document.timeline = timeline(language, &sources);
    let hostility = document
        .sections
        .iter_mut()
        .find(|s| s.topic == Topic::Hostility);
    hostility.unwrap().table = Some(table(&sources));
    let case = crate::case::Case::new(&setting, &sources);
    let lines = every_line(document.timeline.as_ref(), &document.sections);
    document.key = handling::key(&case, lines);
    document
}

fn timeline(language: Language, sources: &[Source]) -> Option<Timeline> {
    let kinds = [
        (0, PointKind::Contact, "voice heard"),
        (1, PointKind::Incident, "dog loosed"),
        (2, PointKind::Alert, "alert"),
        (3, PointKind::Contact, "visit refused"),
        (5, PointKind::Plan, "plan"),
        (6, PointKind::Incident, "e-mailed threat"),
        (7, PointKind::Other, "CRISP"),
        (8, PointKind::Incident, "shouting"),
    ];
    let points = kinds.map(|(i, kind, what)| {
        let source = &sources[i];
        let line = Line::point(written(what)).citing(source);
        (source.ordered_at.day(), kind, line)
    });
    let (caption, alt) = match language {
        Language::English => (
            "What happened when",
            "Three incidents from October to January; alert in October, plan in December.",
        ),
        Language::Welsh => (
            "Beth ddigwyddodd pryd",
            "Tri digwyddiad o fis Hydref i fis Ionawr; rhybudd ym mis Hydref, cynllun ym mis Rhagfyr.",
        ),
    };
    Timeline::new(language, caption, alt, points.into())
}

fn table(sources: &[Source]) -> Table {
    let row = |i: usize, who: &str, what: &str| {
        let cell = Line::point(written(what)).citing(&sources[i]);
        vec![Line::point(who), cell.marked(Mark::DontReadOut, i == 1)]
    };
    let rows = vec![
        row(1, "Cartrefi Derwen", "1"),
        row(6, "Heddlu", "1"),
        vec![Line::point("Ysgol y Dderwen")],
    ];
    let header = ["Asiantaeth / Agency", "Adroddiadau / Reports"];
    Table::new("Tabl / Table", header.map(Into::into).into(), rows)
}
