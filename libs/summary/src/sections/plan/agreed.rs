//! Safety plans that haven't ended: aim and review, measures with what became of each, who does what, what the family was told.

use std::collections::BTreeMap;

use diogel_domain::{
    codes::Deed,
    content::Content,
    incident::Measure,
    records::PlanAgreed,
    step::{FamilyTold, PlanStep, StepSaid},
    times::Day,
};
use diogel_texts::summary::{MeasureDone, PlanReviewBy, PlanReviewOverdue, ToldToFamily};

use super::{is_past, said};
use crate::{
    Line, Mark, Source, StepTaken,
    case::{Case, content, quoted},
    course,
    document::written,
    texts::Phrase,
};

/// A plan with what its steps have come to.
struct Plan<'a> {
    source: &'a Source,
    agreed: &'a PlanAgreed,
    /// The last word on each measure, counted from 1.
    measures: BTreeMap<u8, (Deed, &'a StepTaken, &'a str)>,
    /// Its review; none: reviewed, and no next one is set.
    review_on: Option<Day>,
    reviewed: Option<&'a StepTaken>,
    ended: bool,
    told: Vec<(&'a FamilyTold, Option<&'a StepTaken>)>,
}

/// The latest plan first.
pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let plans = case.current().rev().filter_map(plan);
    let plans = plans.filter(|plan| !plan.ended);
    plans.flat_map(|plan| of_plan(case, &plan)).collect()
}

/// A plan holds this measure of a report, word for word and of the same owner.
pub(super) fn takes_up(case: &Case<'_>, measure: &Measure) -> bool {
    let mut plans = case.current().filter_map(plan);
    plans.any(|plan| {
        let mut measures = plan.agreed.measures.iter();
        measures.any(|own| own.owner == measure.owner && same(&own.what, &measure.what))
    })
}

fn same(one: &str, other: &str) -> bool {
    let words = |text: &str| text.to_lowercase();
    words(one)
        .split_whitespace()
        .eq(words(other).split_whitespace())
}

fn plan(source: &Source) -> Option<Plan<'_>> {
    let Content::SafetyPlan(plan) = content(source) else {
        return None;
    };
    let agreed = plan.agreed.as_ref()?;
    let mut plan = Plan {
        source,
        agreed,
        measures: BTreeMap::new(),
        review_on: Some(agreed.review_on),
        reviewed: None,
        ended: false,
        told: agreed.told.iter().map(|told| (told, None)).collect(),
    };
    for taken in &source.steps {
        if let Some((deed, StepSaid::Plan(said))) = course::step(taken) {
            plan.take(taken, deed, said.as_ref());
        }
    }
    Some(plan)
}

impl<'a> Plan<'a> {
    fn take(&mut self, taken: &'a StepTaken, deed: Deed, said: Option<&'a PlanStep>) {
        let told = said.and_then(|said| said.told.as_ref());
        self.told.extend(told.map(|told| (told, Some(taken))));
        match deed {
            Deed::MeasureDone | Deed::MeasureNotDone => {
                if let Some(said) = said {
                    let words = said.words.trim();
                    self.measures.insert(said.measure, (deed, taken, words));
                }
            }
            Deed::PlanReviewed => {
                self.review_on = said.and_then(|said| said.review_on);
                self.reviewed = Some(taken);
            }
            Deed::PlanEnded => self.ended = true,
            _ => {}
        }
    }
}

fn of_plan(case: &Case<'_>, plan: &Plan<'_>) -> Vec<Line> {
    let mut measures: Vec<(bool, Day, Line)> = (1..)
        .zip(&plan.agreed.measures)
        .map(|(number, measure)| {
            let became = plan.measures.get(&number).copied();
            let done = became.is_some_and(|(deed, ..)| deed == Deed::MeasureDone);
            let text = format!("{}{}", said(case, measure), outcome(case, became));
            let line = Line::point(text)
                .citing(plan.source)
                .citing_steps(became.map(|(_, taken, _)| taken))
                .marked(Mark::Overdue, !done && is_past(case, measure));
            (done, measure.due_on.unwrap_or(Day(i32::MAX)), line)
        })
        .collect();
    // What is still to be done, the most pressing first; then what is done.
    measures.sort_by_key(|(done, due, _)| (*done, *due));
    let measures = measures.into_iter().map(|(.., line)| line);
    let mut lines: Vec<Line> = std::iter::once(head(case, plan)).chain(measures).collect();
    // Which agencies work with the family, of which one may be a refuge, and what others were told is not for its page.
    if !case.is_for_family() {
        lines.extend(roles(case, plan));
        lines.extend(told(case, plan));
    }
    lines
}

fn head(case: &Case<'_>, plan: &Plan<'_>) -> Line {
    let overdue = plan.review_on.is_some_and(|day| day < case.today());
    let review = plan.review_on.map(|day| {
        let by = &case.date(day);
        if overdue {
            case.fill(&PlanReviewOverdue { by })
        } else {
            case.fill(&PlanReviewBy { by })
        }
    });
    let aim = Some(plan.agreed.aim.trim()).filter(|aim| !aim.is_empty());
    let parts: Vec<String> = aim.map(quoted).into_iter().chain(review).collect();
    let text = format!(
        "{}, {}: {}",
        case.on(plan.source.ordered_at),
        case.agency(&plan.agreed.lead),
        parts.join("; ")
    );
    Line::point(text)
        .citing(plan.source)
        .citing_steps(plan.reviewed)
        .marked(Mark::Overdue, overdue)
}

/// "; done: 3 March 2027", or that it wasn't, and why.
fn outcome(case: &Case<'_>, became: Option<(Deed, &StepTaken, &str)>) -> String {
    let Some((deed, taken, words)) = became else {
        return String::new();
    };
    let on = &case.on(taken.ordered_at);
    let became = if deed == Deed::MeasureDone {
        case.fill(&MeasureDone { on })
    } else {
        format!("{}: {on}", deed.label(case.setting.language))
    };
    if words.is_empty() {
        format!("; {became}")
    } else {
        format!("; {became}: {}", quoted(words))
    }
}

/// Who does what, on one line.
fn roles(case: &Case<'_>, plan: &Plan<'_>) -> Option<Line> {
    let roles = plan.agreed.roles.iter().map(|role| {
        let agency = case.agency(&role.agency);
        let parts = [written(&role.role), written(&role.tasks)];
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        format!("{agency}: {}", parts.join(", "))
    });
    let roles = roles.collect::<Vec<_>>().join("; ");
    let text = format!("{}: {roles}", case.say(Phrase::WhoDoesWhat));
    (!roles.is_empty()).then(|| Line::point(text).citing(plan.source))
}

/// What the family was told; where nobody is known to have told them, whether the plan is known to them is asked (guidance,
/// section 7).
fn told(case: &Case<'_>, plan: &Plan<'_>) -> Vec<Line> {
    if plan.told.is_empty() {
        return vec![Line::point(case.say(Phrase::CloseRoles)).citing(plan.source)];
    }
    let told = plan.told.iter().map(|(told, taken)| {
        let line = Line::point(told_to(case, plan.source, told)).citing(plan.source);
        line.citing_steps(*taken)
    });
    told.collect()
}

/// A measure of a safety plan that isn't done though its date has passed.
pub(in crate::sections) struct Undone<'a> {
    /// The plan.
    pub(in crate::sections) source: &'a Source,
    /// What was to be done.
    pub(in crate::sections) measure: &'a Measure,
    /// By when.
    pub(in crate::sections) due_on: Day,
    /// Who says that it wasn't done, if anybody does.
    pub(in crate::sections) said: Option<&'a StepTaken>,
}

/// The measures of safety plans that haven't ended, past their date and not done, in the plans' order.
pub(in crate::sections) fn undone<'a>(case: &Case<'a>) -> Vec<Undone<'a>> {
    let plans = case.current().filter_map(plan).filter(|plan| !plan.ended);
    let undone = plans.flat_map(|plan| {
        let measures = (1..).zip(&plan.agreed.measures);
        let undone = measures.filter_map(|(number, measure)| {
            let became = plan.measures.get(&number);
            let done = became.is_some_and(|(deed, ..)| *deed == Deed::MeasureDone);
            let due_on = measure.due_on.filter(|_| !done && is_past(case, measure))?;
            Some(Undone {
                source: plan.source,
                measure,
                due_on,
                said: became.map(|(_, taken, _)| *taken),
            })
        });
        undone.collect::<Vec<_>>()
    });
    undone.collect()
}

/// Measures of safety plans whose date passed from this day on, not done.
pub(in crate::sections) fn overdue<'a>(case: &Case<'a>, from: Day) -> Vec<&'a Source> {
    let undone = undone(case).into_iter();
    let since = undone.filter(|undone| undone.due_on >= from);
    since.map(|undone| undone.source).collect()
}

/// To whom, what, how, by whom, when.
pub(in crate::sections) fn told_to(case: &Case<'_>, source: &Source, told: &FamilyTold) -> String {
    let named = case.named(source, &told.person);
    let person = Some(named).filter(|named| !named.is_empty());
    let person = person.unwrap_or_else(|| written(&told.person));
    let on = told.on.map(|day| case.date(day));
    let said = case.fill(&ToldToFamily {
        what: &written(&told.what),
        how: &written(&told.how),
        who: &written(&told.by),
        on: &on.unwrap_or_else(|| case.say(Phrase::NotYetTold).to_owned()),
    });
    if person.is_empty() {
        said
    } else {
        format!("{person}: {said}")
    }
}
