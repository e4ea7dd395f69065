//! Dates that the procedures set, from what is known: the last meeting's close, a plan. What kind of meeting it was no event says, so
//! each kind's dates stand under a condition. A maximum keeps its date and shows the last working day before (PRACTICE, section 10).

use diogel_domain::{
    calendar::{Clock, Due, Holidays, Timing},
    codes::{Deed, PersonRole},
    content::Content,
    times::Moment,
};
use diogel_texts::summary::{DateBy, DateLastWorkingDay, DatePassed, DatesIf};

use crate::{
    Line,
    case::{Case, content},
    course,
    texts::Phrase,
};

/// The dates that follow from a meeting about a child, by the kind of meeting.
const OF_A_CHILD: [&[Clock]; 3] = [
    &[Clock::CoreGroupFirst, Clock::ReviewFirst],
    &[Clock::CoreGroupMonthly, Clock::CoreGroupLatest],
    &[Clock::ReviewNext],
];

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    if is_adult(case) {
        return adult(case).into_iter().collect();
    }
    let close = course::last_close(case);
    let at = close.map(|(_, taken, _)| taken.ordered_at);
    let Some(at) = case.setting.last_meeting.or(at) else {
        return Vec::new();
    };
    let cited = close.filter(|(_, taken, _)| taken.ordered_at == at);
    let lines = OF_A_CHILD.iter().filter_map(|clocks| {
        let first = clocks.first()?;
        let dates = clocks.iter().map(|clock| date(case, *clock, at));
        let text = case.fill(&DatesIf {
            meeting: first.runs_from(case.setting.language),
            on: &case.on(at),
            dates: &dates.collect::<Vec<_>>().join("; "),
        });
        let line = Line::point(text).citing_steps(cited.map(|(_, taken, _)| taken));
        Some(line.citing_all(cited.map(|(source, _, _)| source)))
    });
    lines.collect()
}

/// Somebody says that the person of the meeting is an adult at risk, and nobody that they are a child.
fn is_adult(case: &Case<'_>) -> bool {
    let people = case.current().flat_map(|source| {
        let people = content(source).people().iter();
        people.filter(|person| source.labels.contains(&person.label))
    });
    let roles: Vec<PersonRole> = people.map(|person| person.role).collect();
    roles.contains(&PersonRole::AdultAtRisk) && !roles.contains(&PersonRole::ChildAtRisk)
}

/// The review of the adult's plan, from the plan or its last review.
fn adult(case: &Case<'_>) -> Option<Line> {
    let plans = case.current().rev();
    let plan = plans
        .into_iter()
        .find(|source| matches!(content(source), Content::SafetyPlan(_)))?;
    let reviewed = course::steps_that(plan, &[Deed::PlanReviewed]).next_back();
    let reviewed = reviewed.map(|(taken, _)| taken);
    let from = reviewed.map_or(plan.ordered_at, |taken| taken.ordered_at);
    let text = date(case, Clock::AdultPlanReview, from);
    Some(Line::point(text).citing(plan).citing_steps(reviewed))
}

fn date(case: &Case<'_>, clock: Clock, from: Moment) -> String {
    let holidays = Holidays::england_and_wales();
    let due = clock.due(from, holidays);
    let passed = due.timing(case.setting.made_at, holidays) == Timing::Passed;
    let text = by(case, clock, &due, passed && clock.is_limit());
    if due.provisional {
        format!("{text} ({})", case.say(Phrase::DateProvisional))
    } else {
        text
    }
}

fn by(case: &Case<'_>, clock: Clock, due: &Due, passed: bool) -> String {
    let what = clock.label(case.setting.language);
    let by = &case.date(due.day);
    if passed {
        case.fill(&DatePassed { what, by })
    } else if due.last_working_day == due.day {
        case.fill(&DateBy { what, by })
    } else {
        let day = &case.date(due.last_working_day);
        case.fill(&DateLastWorkingDay { what, by, day })
    }
}
