//! The drawing of a summary: threats and confrontation, alerts, contacts, meetings and plans of the last twelve months. Mere resistance
//! has its lines alone: drawn, it would hide what is grave. Never for the family.

use diogel_domain::{codes::FamilyHandling, content::Content, times::Day};
use diogel_texts::dates;

use crate::{
    Line, PointKind, Source, Timeline,
    case::{self, Case, content},
    document::alt_of,
    sections,
    texts::Phrase,
};

/// Longer ago is the past.
const MONTHS: u32 = 12;
/// So many of the latest are drawn; more would be a blot.
const MOST: usize = 80;

type Point = (Day, PointKind, Line);

/// None: for the family, and where there is nothing to draw.
pub(crate) fn timeline(case: &Case<'_>) -> Option<Timeline> {
    if case.is_for_family() {
        return None;
    }
    let recent = |(day, ..): &Point| day.plus_months(MONTHS) >= case.today();
    let points = case.current().filter_map(|source| point(case, source));
    let mut points: Vec<Point> = points.filter(recent).collect();
    points.sort_by_key(|(day, kind, _)| (*day, *kind));
    let points = points.split_off(points.len().saturating_sub(MOST));
    let alt = alt_of(case, &points)?;
    let caption = case.say(Phrase::ChronologyTimeline);
    Timeline::new(case.setting.language, caption, alt, points)
}

fn point(case: &Case<'_>, source: &Source) -> Option<Point> {
    let language = case.setting.language;
    let (day, kind, what) = match content(source) {
        Content::HazardAlert(alert) => {
            let decided = alert
                .safety
                .as_ref()?
                .decision
                .as_ref()
                .map(|d| d.decided_at);
            let at = decided.unwrap_or(source.ordered_at);
            (dates::day(at), PointKind::Alert, "")
        }
        Content::Contact(note) => {
            let contact = note.contact.as_ref()?;
            let day = dates::day(contact.occurred.from);
            (day, PointKind::Contact, contact.outcome.label(language))
        }
        Content::Meeting(meeting, _) => (dates::day(meeting.held_at?), PointKind::Meeting, ""),
        Content::SafetyPlan(_) => (dates::day(source.ordered_at), PointKind::Plan, ""),
        other => {
            let incident = (source, other.incident()?);
            let safety = incident.1.safety.as_ref()?;
            let threat = safety.threats.first().map(|t| t.label(language));
            let what = threat.or(safety.behaviours.first().map(|b| b.label(language)))?;
            let hostile = sections::is_hostile(incident);
            hostile.then_some((case::day(incident), PointKind::Incident, what))?
        }
    };
    let agency = case.agency(&source.originator);
    let text = match what {
        "" => agency.to_owned(),
        what => format!("{agency}: {what}"),
    };
    let line = Line::point(text).resting_on(source.event_id, FamilyHandling::No);
    Some((day, kind, line))
}
