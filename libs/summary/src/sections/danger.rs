//! Danger: alerts about the person's network with their precautions, then dangers that were reported and not decided, then what
//! became of earlier ones. How long each shows is the Board's policy; how it stands is computed from the steps that everybody may
//! see. A household's, premises' or animal's alert never names a person as its target. Empty, it says what is known to the reader
//! and when that was checked, never that it is safe (PRACTICE, sections 1 and 10).

mod former;
mod published;
mod report;
mod words;

use std::cmp::Reverse;

use diogel_domain::{
    alert::{AlertSafety, HazardAlert, PersonTold},
    calendar::Timing,
    codes::{AlertStatus, Deed},
    lifecycle::alert::{AlertStanding, AlertState},
};
use diogel_texts::{
    Filled,
    summary::{DisputedSince, DisputedUnanswered, LapsesOn, NoDanger, NoneInForce},
};

use super::statements;
use crate::{
    Line, Mark, Source,
    case::{Case, content},
    course, handling,
    texts::Phrase,
};
pub(crate) use published::alert_said;
use words::{labelled, precautions, target};

/// The steps of an alert that its line rests on, besides the alert.
const CITED: [Deed; 4] = [
    Deed::Approved,
    Deed::Renewed,
    Deed::PersonTold,
    Deed::Objected,
];

/// An alert that shows.
pub(super) struct StandingAlert<'a> {
    pub(super) source: &'a Source,
    pub(super) alert: &'a HazardAlert,
    safety: &'a AlertSafety,
    state: AlertState,
}

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let alerts = standing_alerts(case);
    let mut lines: Vec<Line> = alerts.iter().flat_map(|a| of_alert(case, a)).collect();
    let taken_up = report::taken_up(case);
    lines.extend(
        case.incidents()
            .rev()
            .filter_map(|i| report::of_report(case, i, &taken_up)),
    );
    let former = former::lines(case, &taken_up);
    if lines.is_empty() {
        lines.push(Line::point(none(case, former.is_empty())));
    }
    lines.extend(former);
    lines
}

/// Where something was an alert once, saying that none is known would be wrong.
fn none(case: &Case<'_>, never: bool) -> String {
    let at = &case.moment(case.setting.made_at);
    if never {
        case.fill(&NoDanger { at })
    } else {
        case.fill(&NoneInForce { at })
    }
}

/// Alerts that are real and that a visitor would be shown, the most pressing first. An exercise is never mistaken for danger.
pub(super) fn standing_alerts<'a>(case: &Case<'a>) -> Vec<StandingAlert<'a>> {
    let mut alerts: Vec<StandingAlert<'a>> = case
        .alerts()
        .filter(|(_, alert)| alert.status == AlertStatus::Actual)
        .filter_map(|(source, alert)| {
            let safety = alert.safety.as_ref()?;
            let state = course::alert_state(case, source)?;
            state.standing.shows().then_some(StandingAlert {
                source,
                alert,
                safety,
                state,
            })
        })
        .collect();
    alerts.sort_by_key(|a| {
        let s = a.safety;
        let grades = (s.severity, s.urgency, s.certainty, a.source.ordered_at);
        (a.state.standing, Reverse(grades))
    });
    alerts
}

/// The alert, then what the person says to it.
fn of_alert(case: &Case<'_>, alert: &StandingAlert<'_>) -> Vec<Line> {
    let StandingAlert {
        source,
        safety,
        state,
        ..
    } = alert;
    let language = case.setting.language;
    let threats: Vec<&str> = safety.threats.iter().map(|t| t.label(language)).collect();
    // What to do before why, as in the pre-visit check.
    let target = target(case, source, &safety.target);
    let what_to_do = if state.standing.has_precautions() {
        precautions(case, Phrase::Precautions, source, &safety.precautions)
    } else {
        String::new()
    };
    let text = [
        format!("{}: {target}", case.agency(&source.originator)),
        what_to_do,
        threats.join(", "),
        decision(case, source, state),
        review(case, state),
        told(case, state.told.as_ref()),
        disputed(case, state),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("; ");
    let cited = course::steps_that(source, &CITED).map(|(taken, _)| taken);
    let line = hushed(Line::point(text), source)
        .citing_steps(cited)
        .marked(Mark::Disputed, state.disputed_since.is_some());
    let line = match state.standing {
        AlertStanding::InForce => line,
        _ => line.marked(mark(state), true),
    };
    std::iter::once(line)
        .chain(statements::lines(case, source))
        .collect()
}

/// What a standing other than in force is marked by.
const fn mark(state: &AlertState) -> Mark {
    match state.standing {
        AlertStanding::Stale => Mark::Stale,
        AlertStanding::Undecided => Mark::Undecided,
        AlertStanding::Suspended => Mark::Suspended,
        AlertStanding::Lapsed => Mark::Lapsed,
        AlertStanding::InForce
        | AlertStanding::ReportedNotAssessed
        | AlertStanding::Refused
        | AlertStanding::Ended => Mark::ReportedNotAssessed,
    }
}

/// Citing the alert, and not to be read out where the person wasn't told of it (PRACTICE, section 10, "Family").
pub(super) fn hushed(line: Line, source: &Source) -> Line {
    line.citing(source)
        .marked(Mark::DontReadOut, handling::is_alert_not_told(source))
}

/// When it was decided. By whom stays with the agency: a page names agencies, never workers.
fn decision(case: &Case<'_>, source: &Source, state: &AlertState) -> String {
    match (state.standing, state.decided_at) {
        (AlertStanding::Undecided, _) => former::undecided(case, source.ordered_at),
        (_, Some(at)) => labelled(case.say(Phrase::DecidedOn), &case.on(at)),
        (_, None) => case.say(Phrase::NotDecided).to_owned(),
    }
}

/// By the last review; of one that is past it, also when it lapses.
fn review(case: &Case<'_>, state: &AlertState) -> String {
    let Some(review) = state.review_on else {
        return String::new();
    };
    let on = case.date(review);
    if state.standing != AlertStanding::Stale {
        return labelled(case.say(Phrase::ReviewBy), &on);
    }
    let months = case.policy(case.setting.made_at).alerts.stale_months;
    let lapses = LapsesOn {
        on: &case.date(review.plus_months(months.into())),
    };
    let was_due = labelled(case.say(Phrase::ReviewWasDue), &on);
    format!("{was_due}; {}", lapses.say(case.setting.language))
}

fn told(case: &Case<'_>, told: Option<&PersonTold>) -> String {
    match told {
        Some(PersonTold::On(day)) => labelled(case.say(Phrase::ToldOn), &case.date(*day)),
        Some(PersonTold::Not(_)) => case.say(Phrase::NotTold).to_owned(),
        None => case.say(Phrase::ToldUnknown).to_owned(),
    }
}

/// The person objects, and hasn't been answered.
fn disputed(case: &Case<'_>, state: &AlertState) -> String {
    let (Some(since), Some(due)) = (state.disputed_since, state.answer_due) else {
        return String::new();
    };
    let (since, by) = (&case.on(since), &case.date(due.day));
    if state.answer_timing == Some(Timing::Passed) {
        case.fill(&DisputedUnanswered { since, by })
    } else {
        case.fill(&DisputedSince { since, by })
    }
}
