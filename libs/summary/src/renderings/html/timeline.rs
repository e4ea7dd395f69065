//! The timeline as a drawing: a row for each kind of point, each kind with a shape of its own, so that nothing is told by colour.
//! Whoever doesn't see the drawing gets its text and every point as a list.

use std::collections::BTreeMap;

use diogel_domain::times::Day;

use super::{
    super::cited,
    all,
    escape::{escape, spans},
    section::marked,
};
use crate::{Document, PointKind, Tick, Timeline, TimelinePoint};

/// The drawing's measures, in its own units.
const WIDTH: i64 = 960;
const LEFT: i64 = 92;
const RIGHT: i64 = 12;
const ROW: i64 = 26;
const FONT: i64 = 13;
/// From the middle of a shape to what is said of it.
const REACH: i64 = 10;

pub(super) fn figure(document: &Document, timeline: &Timeline) -> String {
    // Without links: beside the drawing the list isn't seen, and nobody may end up on what isn't seen (WCAG 2.2, 2.4.7).
    let points = timeline.points.iter().map(|point| {
        let (date, kind) = (escape(&point.date), point.kind.label(document.language));
        let what = marked(document, &point.what);
        let numbers = numbers(document, point);
        format!("<li>{date}, {}: {what} {numbers}</li>\n", escape(kind))
    });
    format!(
        "<figure aria-labelledby=\"timeline\">\n<figcaption id=\"timeline\">{}</figcaption>\n{}<ul class=\"points\">\n{}</ul>\n</figure>\n",
        spans(&timeline.caption),
        drawing(document, timeline),
        all(points)
    )
}

fn drawing(document: &Document, timeline: &Timeline) -> String {
    let mut rows: BTreeMap<PointKind, Vec<&TimelinePoint>> = BTreeMap::new();
    for point in &timeline.points {
        rows.entry(point.kind).or_default().push(point);
    }
    let axis = Axis::of(timeline);
    let bottom = ROW * i64::try_from(rows.len()).unwrap_or(1);
    let middles = (0..).map(|i| ROW * i + ROW / 2);
    let drawn = rows.iter().zip(middles).map(|((kind, points), y)| {
        let label = word(0, y, kind.label(document.language));
        label + &row(document, &axis, y, points)
    });
    let inside = dates(timeline, &axis, bottom) + &all(drawn);
    format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} {}\" font-size=\"{FONT}\" \
         font-family=\"Arial, 'Liberation Sans', sans-serif\" fill=\"#111\">\n{inside}</svg>\n",
        escape(&timeline.alt),
        bottom + ROW
    )
}

/// From days to places.
struct Axis {
    first: i64,
    days: i64,
}

impl Axis {
    fn of(timeline: &Timeline) -> Self {
        let day = |tick: Option<&Tick>| tick.map_or(0, |t| i64::from(t.day.0));
        let (first, last) = (day(timeline.ticks.first()), day(timeline.ticks.last()));
        Self {
            first,
            days: (last - first).max(1),
        }
    }

    fn x(&self, day: Day) -> i64 {
        let since = (i64::from(day.0) - self.first).clamp(0, self.days);
        LEFT + since * (WIDTH - LEFT - RIGHT) / self.days
    }
}

/// Firsts of months, in grey lines behind the rows and in words below them.
fn dates(timeline: &Timeline, axis: &Axis, bottom: i64) -> String {
    let ticks = timeline.ticks.iter().map(|tick| {
        let x = axis.x(tick.day);
        format!(
            "<path d=\"M{x} 0 V{bottom}\" stroke=\"#ccc\"/>\n{}",
            word(x, bottom + ROW / 2, &tick.label)
        )
    });
    all(ticks)
}

/// Shapes with what is said of each, as far as there is room before the next.
fn row(document: &Document, axis: &Axis, y: i64, points: &[&TimelinePoint]) -> String {
    let places = points.iter().map(|point| axis.x(point.day));
    let nexts = places.clone().skip(1).chain([WIDTH]);
    let drawn = points
        .iter()
        .zip(places.zip(nexts))
        .map(|(point, (x, next))| {
            let room = next - x - 2 * REACH;
            let numbers = numbers(document, point);
            let whole = format!("{numbers} {}", &*point.what.text);
            let labels = [whole.trim(), numbers.trim()];
            let label = labels.into_iter().find(|label| length(label) <= room);
            backed(x + REACH, y, label.unwrap_or_default()) + &shape(point.kind, x, y)
        });
    let end = WIDTH - RIGHT;
    format!(
        "<path d=\"M{LEFT} {y} H{end}\" stroke=\"#ccc\"/>\n{}",
        all(drawn)
    )
}

/// "e4", "e4–e6".
fn numbers(document: &Document, point: &TimelinePoint) -> String {
    cited::said(&cited::runs(document, &point.what))
}

fn shape(kind: PointKind, x: i64, y: i64) -> String {
    let path = match kind {
        PointKind::Incident => return format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\"/>\n"),
        PointKind::Other => {
            return format!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"#fff\" stroke=\"#111\" stroke-width=\"2\"/>\n"
            );
        }
        PointKind::Alert => "m0 -6 l6 11 h-12z",
        PointKind::Contact => "m-5 -5 h10 v10 h-10z",
        PointKind::Meeting => "m0 -7 l7 7 -7 7 -7 -7z",
        PointKind::Plan => "m-6 -2 h4 v-4 h4 v4 h4 v4 h-4 v4 h-4 v-4 h-4z",
    };
    format!("<path d=\"M{x} {y} {path}\"/>\n")
}

/// A word over the row's line.
fn backed(x: i64, y: i64, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let (left, top) = (x - 3, y - FONT / 2 - 1);
    let (width, height) = (length(text), FONT + 2);
    format!(
        "<path d=\"M{left} {top} h{width} v{height} h-{width}z\" fill=\"#fff\"/>\n{}",
        word(x, y, text)
    )
}

/// A word whose middle is at this height.
fn word(x: i64, y: i64, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let base = y + FONT / 3;
    format!("<text x=\"{x}\" y=\"{base}\">{}</text>\n", escape(text))
}

/// A letter is about half as wide as it is high.
fn length(text: &str) -> i64 {
    let letters = i64::try_from(text.chars().count());
    letters.map_or(i64::MAX, |letters| letters * FONT / 2 + 2)
}
