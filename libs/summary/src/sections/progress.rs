//! Progress and strengths, in the originators' words. The guidance warns against being over-optimistic: changes need six months
//! (section 4), and asks to recognise and celebrate success (section 3).

use diogel_texts::summary::WhatHasWorked;

use super::{danger, noted};
use crate::{
    Line,
    case::{self, Case, Incident, quoted},
    texts::Phrase,
};

/// So many of the latest have a line each; the rest are counted.
const LATEST: usize = 6;

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let factors: Vec<(Incident<'_>, Line)> = case
        .incidents()
        .rev()
        .filter_map(|i| Some((i, factor(case, i)?)))
        .collect();
    let shown = case::shown(factors.len(), LATEST);
    let rest: Vec<Incident<'_>> = factors.iter().skip(shown).map(|(i, _)| *i).collect();
    let gathered = gathered(case, &rest);
    let latest = factors.into_iter().take(shown).map(|(_, line)| line);
    let points: Vec<Line> = latest.chain(gathered).chain(worked(case)).collect();
    if points.is_empty() {
        return vec![Line::point(case.say(Phrase::NoProgress))];
    }
    noted(case, Phrase::SixMonths, points)
}

fn factor(case: &Case<'_>, incident: Incident<'_>) -> Option<Line> {
    let factors = incident.1.narrative.as_ref()?.protective_factors.trim();
    let said = || format!("{}: {}", case.when_and_who(incident), quoted(factors));
    (!factors.is_empty()).then(|| Line::point(said()).citing(incident.0))
}

fn gathered(case: &Case<'_>, rest: &[Incident<'_>]) -> Option<Line> {
    let days = || rest.iter().map(|i| case::day(*i));
    let text = case.beside_these(rest.len(), days().min()?, days().max()?);
    Some(Line::point(text).citing_all(rest.iter().map(|i| i.0)))
}

/// What has worked, from the alerts that stand.
fn worked(case: &Case<'_>) -> Vec<Line> {
    let narratives = danger::standing_alerts(case).into_iter();
    narratives
        .filter_map(|alert| {
            let worked = alert.alert.narrative.as_ref()?.what_has_worked.trim();
            let text = case.fill(&WhatHasWorked {
                on: &case.on(alert.source.ordered_at),
                agency: case.agency(&alert.source.originator),
                words: &quoted(worked),
            });
            (!worked.is_empty()).then(|| danger::hushed(Line::point(text), alert.source))
        })
        .collect()
}
