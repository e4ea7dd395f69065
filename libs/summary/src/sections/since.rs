//! What changed since the last meeting, counted; each line cites its events. Without a last meeting that is known there is nothing to
//! count from.

use diogel_domain::{codes::Deed, times::Moment};
use diogel_texts::{
    dates,
    summary::{
        LastMeeting, SinceAlerts, SinceAlertsEnded, SinceIncidents, SinceMeasuresDone,
        SinceMeasuresOverdue,
    },
};

use super::plan;
use crate::{Line, Source, StepTaken, case::Case, course, texts::Phrase};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let Some(last) = case.setting.last_meeting else {
        return Vec::new();
    };
    let on = &case.on(last);
    let since = |source: &&Source| source.ordered_at > last;
    let incidents: Vec<&Source> = case.incidents().map(|(s, _)| s).filter(since).collect();
    let alerts: Vec<&Source> = case.alerts().map(|(s, _)| s).filter(since).collect();
    let ended = steps(case, last, &[Deed::Ended, Deed::OccupantsChanged]);
    let done = steps(case, last, &[Deed::MeasureDone]);
    let overdue = plan::overdue(case, dates::day(last));
    let count = incidents.len();
    let incidents = counted(incidents, &case.fill(&SinceIncidents { count }));
    let count = alerts.len();
    let alerts = counted(alerts, &case.fill(&SinceAlerts { count }));
    let count = ended.len();
    let ended = counted_steps(ended, &case.fill(&SinceAlertsEnded { count }));
    let count = done.len();
    let done = counted_steps(done, &case.fill(&SinceMeasuresDone { count }));
    let count = overdue.len();
    let overdue = counted(overdue, &case.fill(&SinceMeasuresOverdue { count }));
    let changed = [incidents, alerts, ended, done, overdue];
    let mut changed: Vec<Line> = changed.into_iter().flatten().collect();
    if changed.is_empty() {
        changed.push(Line::point(case.say(Phrase::NothingSince)));
    }
    let last = Line::note(case.fill(&LastMeeting { on }));
    std::iter::once(last).chain(changed).collect()
}

fn counted(sources: Vec<&Source>, text: &str) -> Option<Line> {
    (!sources.is_empty()).then(|| Line::point(text).citing_all(sources))
}

fn counted_steps(steps: Vec<&StepTaken>, text: &str) -> Option<Line> {
    (!steps.is_empty()).then(|| Line::point(text).citing_steps(steps))
}

fn steps<'a>(case: &Case<'a>, last: Moment, deeds: &[Deed]) -> Vec<&'a StepTaken> {
    let mut found = Vec::new();
    for source in case.all() {
        let taken = course::steps_that(source, deeds).map(|(taken, _)| taken);
        found.extend(taken.filter(|taken| taken.ordered_at > last));
    }
    found
}
