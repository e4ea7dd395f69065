//! Progress and strengths, in the originators' words, then the changes that somebody claims. The guidance warns against being
//! over-optimistic: changes need six months (section 4), and asks to recognise and celebrate success (section 3).

use diogel_domain::{content::Content, times::Day};
use diogel_texts::{
    dates,
    summary::{StrengthReached, StrengthUntil, WhatHasWorked},
};

use super::{changes, danger, noted};
use crate::{
    Line, Source,
    case::{self, Case, Incident, content, quoted},
    texts::Phrase,
};

/// So many of the latest have a line each; the rest are counted.
const LATEST: usize = 6;

/// Something that goes well, and since when it is known.
struct Good<'a> {
    day: Day,
    source: &'a Source,
    line: Line,
}

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let factors = case.incidents().filter_map(|i| factor(case, i));
    let strengths = case.current().filter_map(|source| strength(case, source));
    let mut good: Vec<Good<'_>> = factors.chain(strengths).collect();
    good.sort_by_key(|good| std::cmp::Reverse((good.day, good.source.ordered_at)));
    let rest = good.split_off(case::shown(good.len(), LATEST));
    let gathered = gathered(case, &rest);
    let latest = good.into_iter().map(|good| good.line);
    let changes = changes::lines(case);
    let points: Vec<Line> = latest
        .chain(gathered)
        .chain(worked(case))
        .chain(changes)
        .collect();
    if points.is_empty() {
        return vec![Line::point(case.say(Phrase::NoProgress))];
    }
    noted(case, Phrase::SixMonths, points)
}

fn factor<'a>(case: &Case<'_>, incident: Incident<'a>) -> Option<Good<'a>> {
    let factors = incident.1.narrative.as_ref()?.protective_factors.trim();
    let said = || format!("{}: {}", case.when_and_who(incident), quoted(factors));
    (!factors.is_empty()).then(|| Good {
        day: case::day(incident),
        source: incident.0,
        line: Line::point(said()).citing(incident.0),
    })
}

fn strength<'a>(case: &Case<'_>, source: &'a Source) -> Option<Good<'a>> {
    let Content::Strength(noted) = content(source) else {
        return None;
    };
    let strength = noted.strength.as_ref()?;
    let agency = case.agency(&source.originator);
    let what = quoted(&strength.what);
    let text = match strength.since {
        Some(since) => format!("{agency}: {what}: {}", six_months(case, since)),
        None => format!("{}, {agency}: {what}", case.on(source.ordered_at)),
    };
    Some(Good {
        day: strength
            .since
            .unwrap_or_else(|| dates::day(source.ordered_at)),
        source,
        line: Line::point(text).citing(source),
    })
}

/// "since 5 January 2027; six months are reached on 5 July 2027".
pub(super) fn six_months(case: &Case<'_>, since: Day) -> String {
    let until = changes::until(since);
    let reached = until <= case.today();
    let (since, until) = (&case.date(since), &case.date(until));
    if reached {
        case.fill(&StrengthReached { since, until })
    } else {
        case.fill(&StrengthUntil { since, until })
    }
}

fn gathered(case: &Case<'_>, rest: &[Good<'_>]) -> Option<Line> {
    let days = || rest.iter().map(|good| good.day);
    let text = case.beside_these(rest.len(), days().min()?, days().max()?);
    Some(Line::point(text).citing_all(rest.iter().map(|good| good.source)))
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
