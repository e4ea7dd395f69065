//! The practice tips of the guidance's section 5 that no field of an event answers. Plain rules: a worry answers what the
//! behaviours mean, a potential outcome answers the impact; the rest takes the person's own account since the latest threat.
//! Refuses to read meaning out of narratives.

use diogel_domain::{incident::IncidentNarrative, times::Day};

use super::{noted, voice};
use crate::{
    Line,
    case::{self, Case},
    texts::Phrase,
};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let meaning = told(case, |n| [&n.worries, &n.at_risk]);
    let impact = told(case, |n| [&n.potential_outcome, &n.potential_outcome]);
    let heard = heard_since_the_latest_threat(case);
    let ever = voice::accounts(case).next().is_some();
    let tips = [
        (Phrase::TipMeaning, meaning),
        (Phrase::TipDailyLife, ever),
        (Phrase::TipImpact, impact),
        (Phrase::TipAfraid, heard),
        (Phrase::TipAppeasing, heard),
        (Phrase::TipDesensitised, heard),
    ];
    let open = tips.into_iter().filter(|(_, answered)| !answered);
    let points = open.map(|(tip, _)| Line::point(case.say(tip)));
    noted(case, Phrase::NotRecordedNote, points.collect())
}

/// Some narrative about the person fills one of these fields.
fn told(case: &Case<'_>, fields: impl Fn(&IncidentNarrative) -> [&String; 2]) -> bool {
    case.incidents()
        .filter(|(source, _)| !source.labels.is_empty())
        .filter_map(|(_, report)| report.narrative.as_ref())
        .any(|n| fields(n).iter().any(|text| !text.trim().is_empty()))
}

/// An account from before the latest threat can't say what that threat did to the person.
fn heard_since_the_latest_threat(case: &Case<'_>) -> bool {
    let threats = case
        .incidents()
        .filter(|(_, report)| case::is_threat(report));
    let latest = threats.map(case::day).max().unwrap_or(Day(i32::MIN));
    voice::accounts(case).any(|(incident, _)| case::day(incident) >= latest)
}
