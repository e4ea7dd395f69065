//! The plan: safety plans with what became of each measure, then measures of incident reports with owner and due date, those past
//! it first (guidance, section 8). No event says that a report's measure was done, so the section says that it doesn't know.

mod agreed;

pub(super) use agreed::{overdue, told_to, undone};

use std::collections::BTreeMap;

use diogel_domain::{incident::Measure, times::Day};
use diogel_texts::summary::{DueOn, EarlierMeasures};

use super::noted;
use crate::{Line, Mark, Source, case::Case, document::written, texts::Phrase};

/// Longer past than this, measures are counted by their owners: the latest plan is what the meeting is about.
const PAST_MONTHS: u32 = 3;

type Owed<'a> = (&'a Source, &'a Measure);

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let mut measures: Vec<Owed<'_>> = case
        .incidents()
        .flat_map(|(source, report)| report.plan.iter().map(move |m| (source, m)))
        .collect();
    // What a plan took up stands there, with what became of it.
    measures.retain(|(_, measure)| !agreed::takes_up(case, measure));
    let mut agreed = agreed::lines(case);
    if measures.is_empty() && agreed.is_empty() {
        return vec![Line::point(case.say(Phrase::NoPlan))];
    }
    measures.sort_by_key(|(source, measure)| {
        (measure.due_on.unwrap_or(Day(i32::MAX)), source.ordered_at)
    });
    let long_past = |(_, m): &Owed<'_>| {
        let due = m.due_on.map(|day| day.plus_months(PAST_MONTHS));
        due.is_some_and(|due| due < case.today())
    };
    let (past, shown): (Vec<Owed<'_>>, Vec<Owed<'_>>) = measures.into_iter().partition(long_past);
    let points = shown.iter().map(|(source, m)| line(case, source, m));
    let points = points.chain(gathered(case, &past)).collect();
    agreed.extend(noted(case, Phrase::PlanNote, points));
    agreed
}

/// How many, and whom to ask about them.
fn gathered(case: &Case<'_>, past: &[Owed<'_>]) -> Option<Line> {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, measure) in past {
        *owners.entry(owner(case, measure)).or_default() += 1;
    }
    let owners = owners
        .iter()
        .map(|(owner, count)| format!("{owner}: {count}"));
    let owners = owners.collect::<Vec<_>>().join(", ");
    if case.is_for_family() {
        return None;
    }
    let text = case.fill(&EarlierMeasures {
        count: past.len(),
        owners: &owners,
    });
    let line = Line::point(text).citing_all(past.iter().map(|(source, _)| *source));
    (!past.is_empty()).then(|| line.marked(Mark::Overdue, true))
}

fn owner<'c>(case: &'c Case<'_>, measure: &'c Measure) -> &'c str {
    let owner = measure.owner.as_ref();
    owner.map_or(case.say(Phrase::NoOwner), |o| case.agency(o))
}

/// A measure is overdue on the day after its date.
fn line(case: &Case<'_>, source: &Source, measure: &Measure) -> Line {
    Line::point(said(case, measure))
        .citing(source)
        .marked(Mark::Overdue, is_past(case, measure))
}

/// "Back door repaired: Derwen Homes, due 19 March 2027".
pub(crate) fn said(case: &Case<'_>, measure: &Measure) -> String {
    let due = match measure.due_on {
        Some(day) => case.fill(&DueOn {
            on: &case.date(day),
        }),
        None => case.say(Phrase::NoDueDate).to_owned(),
    };
    let what = written(&measure.what);
    // An owner may be a refuge, which the family never hears of.
    if case.is_for_family() {
        format!("{what}: {due}")
    } else {
        format!("{what}: {}, {due}", owner(case, measure))
    }
}

fn is_past(case: &Case<'_>, measure: &Measure) -> bool {
    measure.due_on.is_some_and(|day| day < case.today())
}
