//! The plan: measures with owner and due date, those past it first (guidance, section 8). No event says that a measure was done,
//! so the section says that it doesn't know.

use diogel_domain::{incident::Measure, times::Day};

use super::noted;
use crate::{Line, Mark, Source, case::Case, texts::Phrase};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let mut measures: Vec<(&Source, &Measure)> = case
        .incidents()
        .flat_map(|(source, report)| report.plan.iter().map(move |m| (source, m)))
        .collect();
    if measures.is_empty() {
        return vec![Line::point(case.say(Phrase::NoPlan))];
    }
    measures.sort_by_key(|(source, measure)| {
        (measure.due_on.unwrap_or(Day(i32::MAX)), source.ordered_at)
    });
    let points = measures.iter().map(|(source, m)| line(case, source, m));
    noted(case, Phrase::PlanNote, points.collect())
}

/// A measure is overdue on the day after its date.
fn line(case: &Case<'_>, source: &Source, measure: &Measure) -> Line {
    let owner = measure.owner.as_ref();
    let owner = owner.map_or(case.say(Phrase::NoOwner), |o| case.agency(o));
    let due = match measure.due_on {
        Some(day) => format!("{} {}", case.say(Phrase::DueOn), case.date(day)),
        None => case.say(Phrase::NoDueDate).to_owned(),
    };
    let overdue = measure.due_on.is_some_and(|day| day < case.today());
    let text = format!("{}: {owner}, {due}", measure.what.trim());
    Line::point(text)
        .citing(source)
        .marked(Mark::Overdue, overdue)
}
