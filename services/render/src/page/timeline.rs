//! The timeline in parts of its axis: the template knows lengths, not days.

use std::collections::BTreeMap;

use diogel_contract::v1;
use diogel_domain::times::Day;
use serde::Serialize;

use super::{
    Line,
    pieces::{Piece, Shapes, plain},
};

#[derive(Serialize)]
pub(super) struct Timeline {
    caption: Vec<Piece>,
    /// The drawing's text and every point in words: who doesn't see it loses nothing.
    alt: String,
    rows: Vec<Row>,
    ticks: Vec<Tick>,
}

/// The points of a kind.
#[derive(Serialize)]
struct Row {
    kind: i32,
    label: Vec<Piece>,
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    /// From 0, where the axis begins, to 1.
    at: f64,
    what: Line,
}

#[derive(Serialize)]
struct Tick {
    at: f64,
    label: Vec<Piece>,
}

impl Timeline {
    pub(super) fn of(timeline: &v1::DocumentTimeline, shapes: &mut Shapes<'_>) -> Self {
        let axis = Axis::of(timeline);
        let mut rows: BTreeMap<i32, Row> = BTreeMap::new();
        let mut alt = vec![plain(timeline.alt.as_ref())];
        for point in &timeline.points {
            let what = point.what.clone().unwrap_or_default();
            let said = plain(what.text.as_ref());
            alt.push(format!("{}, {}: {said}", point.date, point.kind_label));
            let row = rows.entry(point.kind).or_insert(Row {
                kind: point.kind,
                label: shapes.word(&point.kind_label),
                points: Vec::new(),
            });
            row.points.push(Point {
                at: axis.at(&point.day),
                what: Line::of(&what, shapes),
            });
        }
        for row in rows.values_mut() {
            row.points.sort_by(|a, b| a.at.total_cmp(&b.at));
        }
        let ticks = timeline.ticks.iter().map(|tick| Tick {
            at: axis.at(&tick.day),
            label: shapes.word(&tick.label),
        });
        Self {
            ticks: ticks.collect(),
            caption: shapes.text(timeline.caption.as_ref()),
            alt: alt.join("\n"),
            rows: rows.into_values().collect(),
        }
    }
}

struct Axis {
    first: i32,
    days: i32,
}

impl Axis {
    fn of(timeline: &v1::DocumentTimeline) -> Self {
        let day = |tick: Option<&v1::TimelineTick>| {
            tick.and_then(|t| Day::parse(&t.day)).map_or(0, |day| day.0)
        };
        let first = day(timeline.ticks.first());
        Self {
            first,
            days: (day(timeline.ticks.last()) - first).max(1),
        }
    }

    fn at(&self, day: &str) -> f64 {
        let day = Day::parse(day).map_or(self.first, |day| day.0);
        (f64::from(day - self.first) / f64::from(self.days)).clamp(0.0, 1.0)
    }
}
