//! What an alert said when it was published, for a chronology. Where it no longer shows, it names neither target nor precaution:
//! that somebody once proposed or ended an alert marks nobody.

use diogel_domain::{
    alert::{AlertSafety, HazardAlert},
    codes::AlertStatus,
    lifecycle::alert::AlertStanding,
};

use super::{
    told,
    words::{labelled, precautions, target},
};
use crate::{Source, case::Case, course, texts::Phrase};

/// What it says; nothing where its safety isn't disclosed. An exercise is called one first.
pub(crate) fn alert_said(case: &Case<'_>, source: &Source, alert: &HazardAlert) -> Vec<String> {
    let language = case.setting.language;
    let status = match alert.status {
        AlertStatus::Actual => None,
        AlertStatus::Exercise | AlertStatus::Test => Some(alert.status.label(language).to_owned()),
    };
    let said = alert.safety.iter().flat_map(|s| parts(case, source, s));
    status.into_iter().chain(said).collect()
}

fn parts(case: &Case<'_>, source: &Source, safety: &AlertSafety) -> Vec<String> {
    let standing = course::alert_state(case, source).map(|state| state.standing);
    let shows = standing.is_some_and(AlertStanding::shows);
    let has_precautions = standing.is_some_and(AlertStanding::has_precautions);
    let threats = safety.threats.iter();
    let threats = threats.map(|t| t.label(case.setting.language));
    let decided = safety.decision.as_ref().map(|d| case.on(d.decided_at));
    let to_do = || precautions(case, Phrase::Precautions, source, &safety.precautions);
    [
        shows.then(|| target(case, source, &safety.target)),
        has_precautions.then(to_do),
        Some(threats.collect::<Vec<_>>().join(", ")),
        Some(decided.map_or_else(
            || case.say(Phrase::NotDecided).to_owned(),
            |on| labelled(case.say(Phrase::DecidedOn), &on),
        )),
        Some(labelled(
            case.say(Phrase::ReviewBy),
            &case.date(safety.review_on),
        )),
        Some(told(case, safety.told.as_ref())),
    ]
    .into_iter()
    .flatten()
    .collect()
}
