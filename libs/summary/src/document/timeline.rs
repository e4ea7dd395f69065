//! What happened when, for a small drawing. Owns where its axis begins and ends and the words on it; refuses shapes and sizes,
//! which each rendering has its own of, and any measure of how grave something was.

use std::collections::BTreeMap;

use diogel_domain::{codes::Language, times::Day};
use serde::Serialize;

use super::{Line, Text};
use crate::case::Case;
use diogel_texts::{dates, summary::ChronologyTimelineAlt};

/// No more dates than this stand on the axis.
const TICKS: i32 = 6;
/// So many months, at the least, lie between two dates of the axis.
const STEPS: [i32; 7] = [1, 2, 3, 6, 12, 24, 60];

/// A timeline. A rendering that can't draw lists its points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// What it shows.
    pub caption: Text,
    /// What a reader who doesn't see the drawing has to know of it.
    pub alt: Text,
    /// Its points, oldest first.
    pub points: Vec<TimelinePoint>,
    /// Dates on its axis, at least two, oldest first. The axis goes from the first to the last.
    pub ticks: Vec<Tick>,
}

/// A point of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelinePoint {
    /// When.
    #[serde(serialize_with = "super::codes::day")]
    pub day: Day,
    /// The same as a long date.
    pub date: String,
    /// What kind of thing: each has a row of its own.
    pub kind: PointKind,
    /// What it was, in few words, with its events.
    pub what: Line,
}

/// A date on the axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// When.
    #[serde(serialize_with = "super::codes::day")]
    pub day: Day,
    /// Its month; empty for the end of the axis.
    pub label: String,
}

/// What kind of thing a point is. The order is that of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    /// An incident.
    Incident,
    /// An alert.
    Alert,
    /// A contact kept, missed, refused or cut short.
    Contact,
    /// A meeting.
    Meeting,
    /// A plan or one of its measures.
    Plan,
    /// Anything else.
    Other,
}

impl PointKind {
    /// Every kind, in the order of the rows.
    pub const ALL: &'static [Self] = &[
        Self::Incident,
        Self::Alert,
        Self::Contact,
        Self::Meeting,
        Self::Plan,
        Self::Other,
    ];
}

impl Timeline {
    /// A timeline; none without a point. What happened, with its events, is a line like any other.
    pub fn new(
        language: Language,
        caption: impl Into<Text>,
        alt: impl Into<Text>,
        points: Vec<(Day, PointKind, Line)>,
    ) -> Option<Self> {
        let mut points: Vec<TimelinePoint> = points
            .into_iter()
            .map(|(day, kind, what)| TimelinePoint {
                day,
                date: dates::long(day, language),
                kind,
                what,
            })
            .collect();
        points.sort_by_key(|point| (point.day, point.kind));
        let (first, last) = (points.first()?.day, points.last()?.day);
        Some(Self {
            caption: caption.into(),
            alt: alt.into(),
            points,
            ticks: ticks(first, last, language),
        })
    }
}

/// What a reader who doesn't see the drawing has to know: from when to when, and how many of each kind. None without a point.
pub(crate) fn alt_of(case: &Case<'_>, points: &[(Day, PointKind, Line)]) -> Option<String> {
    let days = || points.iter().map(|(day, ..)| *day);
    let (first, last) = (days().min()?, days().max()?);
    let mut kinds: BTreeMap<PointKind, usize> = BTreeMap::new();
    for (_, kind, _) in points {
        *kinds.entry(*kind).or_default() += 1;
    }
    let language = case.setting.language;
    let kinds = kinds.iter();
    let kinds = kinds.map(|(kind, count)| format!("{}: {count}", kind.label(language)));
    Some(case.fill(&ChronologyTimelineAlt {
        span: &dates::interval(first, last, language),
        kinds: &kinds.collect::<Vec<_>>().join(", "),
    }))
}

/// Firsts of months, from the one before the first point to the one after the last.
fn ticks(first: Day, last: Day, language: Language) -> Vec<Tick> {
    let from = first_of_month(first);
    // Beyond the calendar's last month a day stays where it is.
    let to = first_of_month(last).plus_months(1).max(from.plus_days(1));
    let months = month_number(to) - month_number(from);
    let fits = |step: &i32| months <= step * TICKS;
    let step = STEPS.into_iter().find(fits).unwrap_or(months);
    let starts = (0..TICKS).map(|i| from.plus_months((i * step).unsigned_abs()));
    let mut ticks: Vec<Tick> = starts
        .take_while(|day| *day < to)
        .map(|day| Tick {
            day,
            label: dates::month(day, language),
        })
        .collect();
    ticks.dedup();
    ticks.push(Tick {
        day: to,
        label: String::new(),
    });
    ticks
}

fn first_of_month(day: Day) -> Day {
    day.plus_days(1 - i32::from(day.date().day()))
}

fn month_number(day: Day) -> i32 {
    let date = day.date();
    date.year() * 12 + i32::from(u8::from(date.month()))
}
