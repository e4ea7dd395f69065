//! Agencies that say they are involved and from which nothing is known, and agencies that nobody is known to have asked. Silence may
//! mean that nobody asked. Never for the family, never read out (PRACTICE, sections 5 and 10).

use std::collections::BTreeSet;

use diogel_domain::{content::Content, ids::AgencyId};
use diogel_texts::summary::{AgencyNeverAsked, AgencySilent};

use super::noted;
use crate::{
    Line, Mark,
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

/// Who attends or reads, was invited to the last meeting, or has a part in a plan, was asked.
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
