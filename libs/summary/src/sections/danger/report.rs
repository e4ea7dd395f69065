//! Dangers that were reported and that no alert has taken up.

use std::collections::BTreeSet;

use diogel_domain::{
    codes::AlertStatus,
    ids::EventId,
    incident::IncidentSafety,
    lifecycle::alert::{AlertStanding, AlertState},
};

use super::{
    former,
    words::{labelled, precautions},
};
use crate::{
    Line, Mark,
    case::{Case, Incident},
    course,
    texts::Phrase,
};

/// The reports that an alert has taken up.
pub(super) type TakenUp = BTreeSet<EventId>;

/// An alert that the reader may see rests on it: that alert shows, or was decided and has run its course. An alert whose
/// precautions the reader may not see hides no danger, nor does one that lapsed before anybody decided it.
pub(super) fn taken_up(case: &Case<'_>) -> TakenUp {
    let alerts = case.all().filter(|source| {
        let alert = super::content(source).hazard_alert();
        alert.is_some_and(|alert| alert.status == AlertStatus::Actual)
    });
    let decides =
        |state: AlertState| state.decided_at.is_some() || state.standing != AlertStanding::Lapsed;
    alerts
        .filter(|source| course::alert_state(case, source).is_some_and(decides))
        .flat_map(|source| source.rests_on.iter().copied())
        .collect()
}

/// A danger that no alert rests on: shown with its provisional precautions at first, then as undecided (PRACTICE, section 10,
/// "Danger at once"), for as long as the Board's policy says.
pub(super) fn of_report(
    case: &Case<'_>,
    incident: Incident<'_>,
    taken_up: &TakenUp,
) -> Option<Line> {
    let (source, report) = incident;
    // How far somebody has assessed it is for colleagues; what happened stands among the worries.
    if case.is_for_family() {
        return None;
    }
    let safety = report.safety.as_ref()?;
    let state = course::alert_state(case, source)?;
    if taken_up.contains(&source.event_id) || !state.standing.shows() {
        return None;
    }
    let fresh = state.standing.has_precautions();
    let rest = if fresh {
        let label = Phrase::ProvisionalPrecautions;
        precautions(case, label, source, &safety.provisional_precautions)
    } else {
        former::undecided(case, source.ordered_at)
    };
    let what = format!(
        "{}: {}",
        case.when_and_who(incident),
        reported(case, safety)
    );
    let parts = [what, rest, super::disputed(case, &state)];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join("; ");
    let line = Line::point(text).citing(source);
    let line = line.marked(Mark::Disputed, state.disputed_since.is_some());
    Some(line.marked(super::mark(&state), true))
}

fn reported(case: &Case<'_>, safety: &IncidentSafety) -> String {
    let labels = safety
        .threats
        .iter()
        .map(|t| t.label(case.setting.language));
    labelled(
        case.say(Phrase::DangerReported),
        &labels.collect::<Vec<_>>().join(", "),
    )
}
