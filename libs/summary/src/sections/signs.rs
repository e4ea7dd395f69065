//! Signs in the network (guidance, section 7): questions with their evidence, never findings. They name agencies, never workers, and
//! are never read out nor for the family. Owns after how much of what something is a sign: plain counts, no score.

mod contacts;
mod withheld;

use std::collections::BTreeMap;

use diogel_domain::{codes::DirectedAt, content::Content};
use diogel_texts::{
    dates,
    summary::{SignPlanChanged, SignTargeting, SignTargetingWorker},
};

use super::{hostility::is_hostile, noted};
use crate::{
    Line, Mark, Rendering, Source,
    case::{self, Case, Incident, content},
    texts::Phrase,
};

/// What lies further back is no sign of today.
const RECENT_MONTHS: u32 = 6;
/// A plan agreed so often within so many months was changed often.
const PLANS: usize = 3;
const PLAN_MONTHS: u32 = 3;
/// Fewer incidents than these make no target.
const INCIDENTS: usize = 4;

/// The questions to the chair about how agencies are with each other.
const PROMPTS: [Phrase; 4] = [
    Phrase::PromptCollusion,
    Phrase::PromptAppeasing,
    Phrase::PromptBlame,
    Phrase::PromptOutOfSight,
];

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let hostile: Vec<Incident<'_>> = case
        .incidents()
        .filter(|i| is_hostile(*i) && is_recent(case, *i))
        .collect();
    let signs: Vec<Line> = contacts::lines(case, &hostile)
        .into_iter()
        .chain(withheld::lines(case, &hostile))
        .chain(targeting(case, &hostile))
        .chain(plan_changed(case))
        .map(|line| line.marked(Mark::DontReadOut, true))
        .collect();
    let mut lines = noted(case, Phrase::SignsNote, signs);
    if case.setting.rendering == Rendering::Chair && !hostile.is_empty() {
        lines.push(Line::heading(case.say(Phrase::ChairPromptsHeading)));
        lines.extend(PROMPTS.map(|prompt| Line::point(case.say(prompt))));
    }
    lines
}

fn is_recent(case: &Case<'_>, incident: Incident<'_>) -> bool {
    case::day(incident).plus_months(RECENT_MONTHS) > case.today()
}

/// Hostility toward one worker; where that isn't so or isn't known, toward the workers of one agency. Nobody is named.
fn targeting(case: &Case<'_>, hostile: &[Incident<'_>]) -> Option<Line> {
    let at_workers: Vec<Incident<'_>> = hostile.iter().copied().filter(is_at_worker).collect();
    let total = at_workers.len();
    let one_worker = most(&at_workers, |(source, report)| {
        let worker = report.worker.as_ref()?.trim().to_lowercase();
        (!worker.is_empty()).then_some((&source.originator, worker))
    });
    let one_worker = one_worker.map(|((agency, _), reports)| {
        let text = case.fill(&SignTargetingWorker {
            agency: case.agency(agency),
            count: reports.len(),
            total,
        });
        Line::point(text).citing_all(reports)
    });
    one_worker.or_else(|| {
        let (agency, reports) = most(&at_workers, |(source, _)| Some(&source.originator))?;
        let text = case.fill(&SignTargeting {
            agency: case.agency(agency),
            count: reports.len(),
            total,
        });
        Some(Line::point(text).citing_all(reports))
    })
}

fn is_at_worker((_, report): &Incident<'_>) -> bool {
    let mut at = report.safety.iter().flat_map(|s| &s.directed_at);
    at.any(|at| *at == DirectedAt::Worker)
}

/// At whom three of four were directed, if there were enough.
fn most<'a, K: Ord>(
    all: &[Incident<'a>],
    whose: impl Fn(Incident<'a>) -> Option<K>,
) -> Option<(K, Vec<&'a Source>)> {
    let mut by: BTreeMap<K, Vec<&Source>> = BTreeMap::new();
    for incident in all {
        if let Some(key) = whose(*incident) {
            by.entry(key).or_default().push(incident.0);
        }
    }
    let (key, reports) = by.into_iter().max_by_key(|(_, reports)| reports.len())?;
    let most = all.len() >= INCIDENTS && 4 * reports.len() >= 3 * all.len();
    most.then_some((key, reports))
}

fn plan_changed(case: &Case<'_>) -> Option<Line> {
    let is_plan = |source: &&Source| matches!(content(source), Content::SafetyPlan(_));
    let recent =
        |source: &&Source| dates::day(source.ordered_at).plus_months(PLAN_MONTHS) > case.today();
    let plans: Vec<&Source> = case.all().filter(is_plan).filter(recent).collect();
    let first = dates::day(plans.first()?.ordered_at);
    let last = dates::day(plans.last()?.ordered_at);
    // The first of all changed nothing.
    let earlier = case.all().filter(is_plan).count() > plans.len();
    let text = case.fill(&SignPlanChanged {
        count: plans.len() - usize::from(!earlier),
        span: &dates::interval(first, last, case.setting.language),
    });
    (plans.len() >= PLANS).then(|| Line::point(text).citing_all(plans))
}
