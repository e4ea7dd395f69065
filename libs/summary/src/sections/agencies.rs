//! Agencies that say they are involved and from which nothing is known, agencies that were asked in writing, with what they answered, and
//! agencies that nobody is known to have asked. Silence may mean that nobody asked. Never for the family, never read out (PRACTICE, sections 5 and 10).

use std::collections::BTreeSet;

use diogel_domain::{
    codes::{Deed, Lifecycle},
    content::Content,
    ids::AgencyId,
    records::InformationSought,
};
use diogel_texts::summary::{AgencyAnswered, AgencyAsked, AgencyNeverAsked, AgencySilent};

use super::noted;
use crate::{
    Line, Mark, Source, StepTaken,
    case::{Case, content},
    course,
    texts::Phrase,
};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let heard = case.heard();
    let mut involved: BTreeSet<&AgencyId> = BTreeSet::new();
    let mut points = Vec::new();
    for source in case.current() {
        let claim = matches!(content(source), Content::Involvement(_));
        let agency = &source.originator;
        if claim && !heard.contains(agency) && involved.insert(agency) {
            let since = &case.on(source.ordered_at);
            let agency = case.agency(agency);
            let text = case.fill(&AgencySilent { agency, since });
            points.push(Line::point(text).citing(source));
        }
    }
    points.extend(requests(case));
    let asked = asked(case);
    let board = case.setting.agencies.iter().collect::<BTreeSet<_>>();
    let never = board.into_iter().filter(|agency| {
        !heard.contains(agency) && !involved.contains(agency) && !asked.contains(agency)
    });
    points.extend(never.map(|agency| {
        let agency = case.agency(agency);
        Line::point(case.fill(&AgencyNeverAsked { agency }))
    }));
    let points = points.into_iter();
    let points = points.map(|line| line.marked(Mark::DontReadOut, true));
    noted(case, Phrase::AgenciesNote, points.collect())
}

/// What was asked of the source's agencies, if it is a request for information.
fn sought(source: &Source) -> Option<&InformationSought> {
    match content(source) {
        Content::InformationRequest(request) => request.sought.as_ref(),
        _ => None,
    }
}

/// What each agency answered that was asked in writing; or that it hasn't.
fn requests(case: &Case<'_>) -> Vec<Line> {
    let requests = case.current().filter_map(|s| Some((s, sought(s)?)));
    let lines = requests.flat_map(|(source, sought)| {
        let asked = sought.asked.iter();
        asked.map(move |agency| request(case, source, sought, agency))
    });
    lines.collect()
}

fn request(case: &Case<'_>, source: &Source, sought: &InformationSought, asked: &AgencyId) -> Line {
    let on = &case.on(source.ordered_at);
    let agency = case.agency(asked);
    let answers = source.steps.iter().rev();
    let mut answers = answers.filter_map(|step| Some((step, answer(step)?)));
    let Some((step, deed)) = answers.find(|(step, _)| step.originator == *asked) else {
        let by = &case.date(sought.by);
        let text = case.fill(&AgencyAsked { agency, on, by });
        return Line::point(text).citing(source);
    };
    let text = case.fill(&AgencyAnswered {
        agency,
        on,
        answer: deed.label(case.setting.language),
        answered: &case.on(step.ordered_at),
    });
    Line::point(text).citing(source).citing_step(step)
}

/// A step that answers a request.
fn answer(step: &StepTaken) -> Option<Deed> {
    match step.disclosed.content() {
        Content::Step(said) => said
            .deed
            .filter(|deed| deed.lifecycle() == Lifecycle::Information),
        _ => None,
    }
}

/// Who attends or reads, was invited to the last meeting, was asked in writing, or has a part in a plan, was asked.
fn asked<'c>(case: &'c Case<'_>) -> BTreeSet<&'c AgencyId> {
    let setting = case.setting;
    let mut asked: BTreeSet<&AgencyId> = setting.attending.iter().collect();
    asked.insert(&setting.reader);
    if let Some((_, _, Some(closing))) = course::last_close(case) {
        asked.extend(&closing.invited);
        asked.extend(&closing.attended);
        asked.extend(&closing.reported);
    }
    for source in case.current() {
        asked.extend(sought(source).iter().flat_map(|sought| &sought.asked));
        if let Content::SafetyPlan(plan) = content(source) {
            let agreed = plan.agreed.iter();
            for agreed in agreed {
                asked.extend(agreed.measures.iter().filter_map(|m| m.owner.as_ref()));
                asked.extend(agreed.roles.iter().map(|role| &role.agency));
            }
        }
    }
    asked
}
