//! What became of alerts and reports that are danger no more: suspended, lapsed, refused. They name no target and no precaution;
//! that somebody once proposed an alert marks nobody. Nothing is silently dropped (PRACTICE, sections 3 and 10).

use diogel_domain::{
    calendar::{Holidays, Length},
    codes::{AlertStatus, Deed},
    lifecycle::alert::{AlertStanding, AlertState},
    step::StepSaid,
    times::{Day, Moment},
};
use diogel_texts::{
    dates,
    summary::{LapsedOn, RefusedOn, SuspendedOn, UndecidedSince},
};

use super::{hushed, report::TakenUp, words::labelled};
use crate::{
    Line, Mark, Source, StepTaken,
    case::{Case, quoted},
    course,
    texts::Phrase,
};

/// What was decided longer ago than this is the past. What nobody decided stays.
const PAST_MONTHS: u32 = 6;

/// What became of it, since when, by which step.
struct Became<'s> {
    text: String,
    since: Option<Day>,
    step: Option<&'s StepTaken>,
    mark: Option<Mark>,
}

pub(super) fn lines(case: &Case<'_>, taken_up: &TakenUp) -> Vec<Line> {
    let alerts = case
        .alerts()
        .filter(|(_, alert)| alert.status == AlertStatus::Actual)
        .map(|(source, _)| source);
    let reports = case.incidents().map(|(source, _)| source);
    let reports = reports.filter(|source| !taken_up.contains(&source.event_id));
    alerts
        .chain(reports)
        .filter_map(|source| line(case, source))
        .collect()
}

fn line(case: &Case<'_>, source: &Source) -> Option<Line> {
    let state = course::alert_state(case, source)?;
    let became = match state.standing {
        AlertStanding::Suspended => suspended(case, source),
        AlertStanding::Lapsed => lapsed(case, source, &state),
        AlertStanding::Refused => refused(case, source),
        AlertStanding::InForce
        | AlertStanding::ReportedNotAssessed
        | AlertStanding::Stale
        | AlertStanding::Undecided
        | AlertStanding::Ended => return None,
    };
    let past = |since: Day| since.plus_months(PAST_MONTHS) < case.today();
    if became.since.is_some_and(past) {
        return None;
    }
    let agency = case.agency(&source.originator);
    let line = hushed(Line::point(format!("{agency}: {}", became.text)), source);
    let line = line.citing_steps(became.step);
    Some(became.mark.into_iter().fold(line, |l, m| l.marked(m, true)))
}

fn suspended<'s>(case: &Case<'_>, source: &'s Source) -> Became<'s> {
    let deeds = [Deed::Suspended, Deed::ObjectionUpheld];
    let step = course::steps_that(source, &deeds).next_back();
    let (since, text) = match (source.groundless_since, &step) {
        (Some(since), _) => {
            let on = &case.on(since);
            (Some(since), case.fill(&SuspendedOn { on }))
        }
        (None, Some((taken, _))) => (Some(taken.ordered_at), deed_on(case, taken)),
        (None, None) => (None, String::new()),
    };
    Became {
        text,
        since: since.map(dates::day),
        step: step.map(|(taken, _)| taken),
        mark: Some(Mark::Suspended),
    }
}

/// "refused: 3 March 2027".
fn deed_on(case: &Case<'_>, taken: &StepTaken) -> String {
    let deed = course::step(taken).map(|(deed, _)| deed.label(case.setting.language));
    labelled(deed.unwrap_or_default(), &case.on(taken.ordered_at))
}

fn lapsed<'s>(case: &Case<'_>, source: &Source, state: &AlertState) -> Became<'s> {
    let clocks = case.policy(case.setting.made_at).alerts;
    let review = state.review_on.filter(|_| state.decided_at.is_some());
    let Some(review) = review else {
        return Became {
            text: undecided(case, source.ordered_at),
            since: None,
            step: None,
            mark: Some(Mark::Lapsed),
        };
    };
    let on = review.plus_months(clocks.stale_months.into());
    Became {
        text: case.fill(&LapsedOn { on: &case.date(on) }),
        since: Some(on),
        step: None,
        mark: Some(Mark::Lapsed),
    }
}

/// "reported 3 March 2027; nobody had decided by 8 March 2027", and the question that follows from it.
pub(super) fn undecided(case: &Case<'_>, reported: Moment) -> String {
    let days = case
        .policy(case.setting.made_at)
        .alerts
        .undecided_after_working_days;
    let due = Length::WorkingDays(days).due(reported, Holidays::england_and_wales());
    let since = case.fill(&UndecidedSince {
        reported: &case.on(reported),
        by: &case.date(due.day),
    });
    format!("{since}; {}", case.say(Phrase::NoDecisionKnown))
}

/// With the reason, where that may be seen.
fn refused<'s>(case: &Case<'_>, source: &'s Source) -> Became<'s> {
    let deeds = [Deed::Refused, Deed::AssessedNoAlert];
    let step = course::steps_that(source, &deeds).next_back();
    let text = step.map_or(String::new(), |(taken, said)| {
        let reason = match said {
            StepSaid::Alert(said) => said.words.trim(),
            StepSaid::Incident(said) => said.words.trim(),
            _ => "",
        };
        if reason.is_empty() {
            return deed_on(case, taken);
        }
        case.fill(&RefusedOn {
            on: &case.on(taken.ordered_at),
            reason: &quoted(reason),
        })
    });
    Became {
        text,
        since: step.map(|(taken, _)| dates::day(taken.ordered_at)),
        step: step.map(|(taken, _)| taken),
        mark: None,
    }
}
