//! Signs in the network (guidance, section 7): questions with their evidence, never findings. They name agencies, never workers, and
//! are never read out nor for the family. Owns after how much of what something is a sign: plain counts, no score.

mod contacts;

use std::collections::BTreeMap;

use diogel_domain::{codes::DirectedAt, content::Content, ids::AgencyId};
use diogel_texts::{
    dates,
    summary::{SignPlanChanged, SignTargeting},
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

/// Hostility toward the workers of one agency.
fn targeting(case: &Case<'_>, hostile: &[Incident<'_>]) -> Option<Line> {
    let mut by_agency: BTreeMap<&AgencyId, Vec<&Source>> = BTreeMap::new();
    for (source, report) in hostile {
        let mut at = report.safety.iter().flat_map(|s| &s.directed_at);
        if at.any(|at| *at == DirectedAt::Worker) {
            by_agency
                .entry(&source.originator)
                .or_default()
                .push(source);
        }
    }
    let total = by_agency.values().map(Vec::len).sum();
    let (agency, reports) = by_agency.into_iter().max_by_key(|(_, all)| all.len())?;
    let text = case.fill(&SignTargeting {
        agency: case.agency(agency),
        count: reports.len(),
        total,
    });
    let most = total >= INCIDENTS && 4 * reports.len() >= 3 * total;
    most.then(|| Line::point(text).citing_all(reports))
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
