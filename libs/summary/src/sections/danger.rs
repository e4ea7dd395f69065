//! Danger: alerts about the person's network with their precautions, then dangers that were reported and not decided. Owns when
//! an alert shows and how it is marked; a household's, premises' or animal's alert never names a person as its target. Empty, it
//! says what is known to the reader and when that was checked, never that it is safe (PRACTICE, sections 1 and 10).

mod report;
mod words;

use std::cmp::Reverse;

use diogel_domain::{
    alert::{AlertSafety, HazardAlert, PersonTold},
    codes::AlertStatus,
};
use diogel_texts::summary::NoDanger;

use crate::{Line, Mark, Source, case::Case, handling, texts::Phrase};
use words::{labelled, precautions, target};

/// Past its review an alert shows as stale for three months, then it has lapsed (PRACTICE, section 10), as in the check.
const STALE_MONTHS: u32 = 3;

/// An alert that shows.
pub(super) struct StandingAlert<'a> {
    pub(super) source: &'a Source,
    pub(super) alert: &'a HazardAlert,
    safety: &'a AlertSafety,
}

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let alerts = standing_alerts(case);
    let mut lines: Vec<Line> = alerts.iter().map(|a| of_alert(case, a)).collect();
    lines.extend(
        case.incidents()
            .rev()
            .filter_map(|i| report::of_report(case, i)),
    );
    if lines.is_empty() {
        let at = &case.moment(case.setting.made_at);
        lines.push(Line::point(case.fill(&NoDanger { at })));
    }
    lines
}

/// Alerts that are real and haven't lapsed, the most pressing first. An exercise is never mistaken for danger.
pub(super) fn standing_alerts<'a>(case: &Case<'a>) -> Vec<StandingAlert<'a>> {
    let today = case.today();
    let mut alerts: Vec<StandingAlert<'a>> = case
        .alerts()
        .filter(|(_, alert)| alert.status == AlertStatus::Actual)
        .filter_map(|(source, alert)| {
            let safety = alert.safety.as_ref()?;
            (!has_lapsed(case, safety)).then_some(StandingAlert {
                source,
                alert,
                safety,
            })
        })
        .collect();
    alerts.sort_by_key(|a| {
        let s = a.safety;
        let grades = (s.severity, s.urgency, s.certainty, a.source.ordered_at);
        (today > s.review_on, Reverse(grades))
    });
    alerts
}

fn has_lapsed(case: &Case<'_>, safety: &AlertSafety) -> bool {
    case.today() > safety.review_on.plus_months(STALE_MONTHS)
}

fn of_alert(case: &Case<'_>, alert: &StandingAlert<'_>) -> Line {
    let StandingAlert { source, safety, .. } = alert;
    let language = case.setting.language;
    let threats: Vec<&str> = safety.threats.iter().map(|t| t.label(language)).collect();
    // What to do before why, as in the pre-visit check.
    let target = target(case, source, &safety.target);
    let text = [
        format!("{}: {target}", case.agency(&source.originator)),
        precautions(case, Phrase::Precautions, source, &safety.precautions),
        threats.join(", "),
        decision(case, safety),
        review(case, safety),
        told(case, safety),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("; ");
    let line = Line::point(text)
        .marked(Mark::Stale, case.today() > safety.review_on)
        .marked(Mark::ReportedNotAssessed, safety.decision.is_none());
    hushed(line, source)
}

/// Citing the alert, and not to be read out where the person wasn't told of it (PRACTICE, section 10, "Family").
pub(super) fn hushed(line: Line, source: &Source) -> Line {
    line.citing(source)
        .marked(Mark::DontReadOut, handling::is_alert_not_told(source))
}

/// When it was decided. By whom stays with the agency: a page names agencies, never workers.
fn decision(case: &Case<'_>, safety: &AlertSafety) -> String {
    match &safety.decision {
        Some(decision) => labelled(case.say(Phrase::DecidedOn), &case.on(decision.decided_at)),
        None => case.say(Phrase::NotDecided).to_owned(),
    }
}

fn review(case: &Case<'_>, safety: &AlertSafety) -> String {
    let label = if case.today() > safety.review_on {
        Phrase::ReviewWasDue
    } else {
        Phrase::ReviewBy
    };
    labelled(case.say(label), &case.date(safety.review_on))
}

fn told(case: &Case<'_>, safety: &AlertSafety) -> String {
    match &safety.told {
        Some(PersonTold::On(day)) => labelled(case.say(Phrase::ToldOn), &case.date(*day)),
        Some(PersonTold::Not(_)) => case.say(Phrase::NotTold).to_owned(),
        None => case.say(Phrase::ToldUnknown).to_owned(),
    }
}
