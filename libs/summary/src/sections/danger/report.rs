//! Dangers that were reported and that no alert has taken up.

use diogel_domain::{codes::AlertStatus, incident::IncidentSafety, times::Moment};

use super::{
    has_lapsed,
    words::{labelled, precautions},
};
use crate::{
    Line, Mark, Source,
    case::{Case, Incident, content},
    texts::Phrase,
};

/// A report of danger stands unassessed for three working days, weekends and a bank holiday between, as in the check.
const REPORT_STANDS_DAYS: i64 = 7;

/// A danger that no alert rests on: shown with its provisional precautions at first, then as undecided (PRACTICE, section 10,
/// "Danger at once").
pub(super) fn of_report(case: &Case<'_>, incident: Incident<'_>) -> Option<Line> {
    let (source, report) = incident;
    let safety = report.safety.as_ref().filter(|s| s.danger_at_once)?;
    if is_taken_up(case, source) {
        return None;
    }
    let fresh = source.ordered_at.0 + REPORT_STANDS_DAYS * Moment::DAY > case.setting.made_at.0;
    let rest = if fresh {
        let label = Phrase::ProvisionalPrecautions;
        precautions(case, label, source, &safety.provisional_precautions)
    } else {
        case.say(Phrase::NoDecisionKnown).to_owned()
    };
    let what = format!(
        "{}: {}",
        case.when_and_who(incident),
        reported(case, safety)
    );
    let parts = [what, rest].into_iter().filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join("; ");
    let line = Line::point(text).citing(source);
    Some(line.marked(Mark::ReportedNotAssessed, true))
}

/// An alert that the reader may see rests on it: that alert shows, or was decided and has run its course. An alert whose
/// precautions the reader may not see hides no danger.
fn is_taken_up(case: &Case<'_>, report: &Source) -> bool {
    case.all()
        .filter(|s| s.rests_on.contains(&report.event_id))
        .filter_map(|s| content(s).hazard_alert())
        .filter(|alert| alert.status == AlertStatus::Actual)
        .filter_map(|alert| alert.safety.as_ref())
        .any(|safety| safety.decision.is_some() || !has_lapsed(case, safety))
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
