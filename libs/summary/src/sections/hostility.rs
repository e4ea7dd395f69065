//! Incidents: threats before confrontation before avoidance, in each group the most serious harm first, then the latest. One
//! line each, in codes: the account stays with its event. Of mere resistance the latest alone have a line each, the rest are
//! counted: a chair has twelve minutes, and threats must not drown. Nothing is scored; agencies are named, workers never.

mod line;

use std::{cmp::Reverse, collections::BTreeMap};

use diogel_domain::{
    codes::{DirectedAt, ResistantBehaviour},
    incident::IncidentSafety,
};

use super::{statements, trend};
use crate::{
    Line,
    case::{self, Case, Incident},
    texts::Phrase,
};

/// So many of the latest reports without threat or confrontation have a line each.
const LATEST: usize = 5;

/// The groups of the section, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Threats,
    Confrontation,
    KeepingAway,
}

impl Group {
    const ALL: [Self; 3] = [Self::Threats, Self::Confrontation, Self::KeepingAway];

    const fn heading(self) -> Phrase {
        match self {
            Self::Threats => Phrase::Threats,
            Self::Confrontation => Phrase::Confrontation,
            Self::KeepingAway => Phrase::KeepingAway,
        }
    }

    fn of(incident: Incident<'_>) -> Option<Self> {
        let safety = incident.1.safety.as_ref()?;
        let confronts = safety
            .behaviours
            .contains(&ResistantBehaviour::Confrontation);
        if case::is_threat(incident.1) {
            Some(Self::Threats)
        } else if confronts {
            Some(Self::Confrontation)
        } else {
            (!safety.behaviours.is_empty()).then_some(Self::KeepingAway)
        }
    }
}

/// Threats, violence or confrontation.
pub(crate) fn is_hostile(incident: Incident<'_>) -> bool {
    Group::of(incident).is_some_and(|group| group < Group::KeepingAway)
}

/// What an incident report says, in codes; nothing where its safety isn't disclosed.
pub(crate) fn incident_said(case: &Case<'_>, incident: Incident<'_>) -> String {
    let safety = incident.1.safety.as_ref();
    safety.map_or_else(String::new, |safety| line::said(case, incident, safety))
}

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let lines: Vec<Line> = Group::ALL.iter().flat_map(|g| of_group(case, *g)).collect();
    if lines.is_empty() {
        return vec![Line::point(case.say(Phrase::NoIncident))];
    }
    let hostile: Vec<Incident<'_>> = case.incidents().filter(|i| is_hostile(*i)).collect();
    let notes = none_at_the_person(case).into_iter();
    lines
        .into_iter()
        .chain(notes)
        .chain(trend::lines(case, &hostile))
        .collect()
}

fn of_group(case: &Case<'_>, group: Group) -> Vec<Line> {
    let mut incidents: Vec<(Incident<'_>, &IncidentSafety)> = case
        .incidents()
        .filter(|i| Group::of(*i) == Some(group))
        .filter(|i| line::is_told(case, *i, group == Group::KeepingAway))
        .filter_map(|i| i.1.safety.as_ref().map(|safety| (i, safety)))
        .collect();
    if incidents.is_empty() {
        return Vec::new();
    }
    incidents.sort_by_key(|(incident, safety)| {
        let physical = safety.threats.iter().any(|t| t.is_physical_danger());
        Reverse((safety.harm, physical, case::day(*incident)))
    });
    let shown = match group {
        Group::Threats | Group::Confrontation => incidents.len(),
        Group::KeepingAway => case::shown(incidents.len(), LATEST),
    };
    let (shown, rest) = incidents.split_at(shown);
    // What the person says stands under the line that it is about, wherever that line is counted with others, too.
    let points = shown.iter().flat_map(|(i, safety)| {
        let line = line::line(case, *i, safety);
        std::iter::once(line).chain(statements::lines(case, i.0))
    });
    let statements = rest.iter().flat_map(|(i, _)| statements::lines(case, i.0));
    let heading = Line::heading(case.say(group.heading()));
    std::iter::once(heading)
        .chain(points)
        .chain(gathered(case, rest))
        .chain(statements)
        .collect()
}

/// How many more there were, from when to when, of which kinds.
fn gathered(case: &Case<'_>, rest: &[(Incident<'_>, &IncidentSafety)]) -> Option<Line> {
    if case.is_for_family() {
        return None;
    }
    let days = || rest.iter().map(|(incident, _)| case::day(*incident));
    let (first, last) = (days().min()?, days().max()?);
    let mut kinds: BTreeMap<ResistantBehaviour, usize> = BTreeMap::new();
    for (_, safety) in rest {
        for kind in &safety.behaviours {
            *kinds.entry(*kind).or_default() += 1;
        }
    }
    let kinds = kinds
        .iter()
        .map(|(kind, count)| format!("{}: {count}", kind.label(case.setting.language)));
    let kinds = kinds.collect::<Vec<_>>().join(", ");
    let text = format!("{}; {kinds}", case.beside_these(rest.len(), first, last));
    Some(Line::point(text).citing_all(rest.iter().map(|(i, _)| i.0)))
}

/// Silence about the person proves nothing, and the page says so (guidance, section 5: always consider the impact).
fn none_at_the_person(case: &Case<'_>) -> Option<Line> {
    let mut targets = case
        .incidents()
        .filter_map(|(_, report)| report.safety.as_ref())
        .flat_map(|safety| &safety.directed_at);
    let named = targets.any(|at| match at {
        DirectedAt::ChildAtRisk | DirectedAt::AdultAtRisk => true,
        DirectedAt::Worker
        | DirectedAt::Partner
        | DirectedAt::OtherPerson
        | DirectedAt::Property => false,
    });
    (!named).then(|| Line::note(case.say(Phrase::NoneAtThePerson)))
}
