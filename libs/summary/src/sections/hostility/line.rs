//! One incident on one line, in codes: when, which agency, what, whose, at whom, what harm, and who bears it out.

use diogel_domain::{
    codes::{Deed, Harm, PersonRole, ResistantBehaviour},
    incident::IncidentSafety,
};

use diogel_texts::summary::WhyWorried;

use crate::{
    Line,
    case::{self, Case, Incident, quoted},
    course,
    texts::Phrase,
};

/// The steps that a line rests on besides the report.
const CITED: [Deed; 2] = [Deed::Corroborated, Deed::ReportedToPolice];
const POLICE: [Deed; 1] = [Deed::ReportedToPolice];

pub(super) fn line(case: &Case<'_>, incident: Incident<'_>, safety: &IncidentSafety) -> Line {
    let said = said(case, incident, safety);
    let text = format!("{}: {said}", case.when_and_who(incident));
    let cited = course::steps_that(incident.0, &CITED).map(|(taken, _)| taken);
    Line::point(text).citing(incident.0).citing_steps(cited)
}

/// What it says, without when and who.
pub(super) fn said(case: &Case<'_>, incident: Incident<'_>, safety: &IncidentSafety) -> String {
    let parts = if case.is_for_family() {
        vec![
            what(case, safety),
            at_whom(case, safety),
            why(case, incident),
        ]
    } else {
        vec![
            what(case, safety),
            whose(case, incident),
            at_whom(case, safety),
            setting(case, safety),
            extent(case, safety),
            harm(case, safety),
            standing(case, incident),
            borne_out(case, incident),
            police(case, incident),
            prevents(case, safety),
        ]
    };
    let said: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    said.join("; ")
}

/// On the family's page mere resistance isn't named by its code: what somebody worries about is said, or nothing.
pub(super) fn is_told(case: &Case<'_>, incident: Incident<'_>, resists: bool) -> bool {
    !case.is_for_family() || !resists || !why(case, incident).is_empty()
}

/// What the originator is worried about, as it may be told.
fn why(case: &Case<'_>, (_, report): Incident<'_>) -> String {
    let worries = report.narrative.as_ref().map(|n| n.worries.trim());
    let worries = worries.filter(|worries| !worries.is_empty());
    worries.map_or_else(String::new, |worries| {
        let reason = &quoted(worries);
        case.fill(&WhyWorried { reason })
    })
}

/// The forms of threat; where there is none, the kinds of behaviour.
fn what(case: &Case<'_>, safety: &IncidentSafety) -> String {
    let language = case.setting.language;
    let threats: Vec<&str> = safety.threats.iter().map(|t| t.label(language)).collect();
    let resists = !safety
        .behaviours
        .contains(&ResistantBehaviour::Confrontation);
    if threats.is_empty() && resists && case.is_for_family() {
        String::new()
    } else if threats.is_empty() {
        let kinds = safety.behaviours.iter().map(|b| b.label(language));
        kinds.collect::<Vec<_>>().join(", ")
    } else {
        threats.join(", ")
    }
}

/// Whose behaviour, in this event alone: a role is never carried to another (PRACTICE, section 4).
fn whose(case: &Case<'_>, (source, report): Incident<'_>) -> String {
    let names: Vec<String> = report
        .people
        .iter()
        .filter(|p| p.role == PersonRole::WhoseBehaviour)
        .filter(|p| {
            p.identity
                .as_ref()
                .is_some_and(|i| !i.name.trim().is_empty())
        })
        .map(|p| case.named(source, &p.label))
        .collect();
    with_label(case, Phrase::BehaviourOf, &names.join(", "))
}

fn at_whom(case: &Case<'_>, safety: &IncidentSafety) -> String {
    let labels = safety
        .directed_at
        .iter()
        .map(|d| d.label(case.setting.language));
    let labels: Vec<&str> = labels.collect();
    with_label(case, Phrase::DirectedAt, &labels.join(", "))
}

fn setting(case: &Case<'_>, safety: &IncidentSafety) -> String {
    let setting = safety.setting.map(|s| s.label(case.setting.language));
    with_label(case, Phrase::KindOfPlace, setting.unwrap_or_default())
}

fn extent(case: &Case<'_>, safety: &IncidentSafety) -> String {
    let pattern = safety.pattern.map(|p| p.label(case.setting.language));
    with_label(case, Phrase::Extent, pattern.unwrap_or_default())
}

fn harm(case: &Case<'_>, safety: &IncidentSafety) -> String {
    match safety.harm {
        Harm::None => String::new(),
        harm @ (Harm::Shaken | Harm::Injury | Harm::SeriousInjury | Harm::Death) => {
            harm.label(case.setting.language).to_owned()
        }
    }
}

fn standing(case: &Case<'_>, incident: Incident<'_>) -> String {
    let standing = case::standing(incident).map_or("", |s| s.label(case.setting.language));
    with_label(case, Phrase::ReportedAs, standing)
}

/// Who bears the account out, another agency's later word included; of an account that is never graded it isn't asked (PRACTICE, section 10, "Accounts").
fn borne_out(case: &Case<'_>, incident: Incident<'_>) -> String {
    let asked = case::standing(incident).is_some();
    let narrative = incident.1.narrative.as_ref().filter(|_| asked);
    let all = narrative.into_iter().flat_map(|n| &n.corroborated_by);
    let own = all.map(|one| case.borne_out_by(one));
    let others = course::corroborations(incident.0).filter(|_| asked);
    let others = others.map(|(taken, source)| {
        let agency = case.agency(&taken.originator).to_owned();
        source.map_or(agency, |one| case.borne_out_by(one))
    });
    let each: Vec<String> = own.chain(others).collect();
    with_label(case, Phrase::BorneOutBy, &each.join(", "))
}

fn police(case: &Case<'_>, incident: Incident<'_>) -> String {
    if let Some((taken, _)) = course::steps_that(incident.0, &POLICE).next_back() {
        let deed = Deed::ReportedToPolice.label(case.setting.language);
        return format!("{deed}: {}", case.on(taken.ordered_at));
    }
    let criminal = incident.1.criminal.as_ref();
    let Some((criminal, reported)) = criminal.and_then(|c| Some((c, c.reported_to_police?))) else {
        return String::new();
    };
    let label = reported.label(case.setting.language);
    let on = criminal.reported_at.map(|at| case.on(at));
    on.map_or_else(|| label.to_owned(), |on| format!("{label}: {on}"))
}

fn prevents(case: &Case<'_>, safety: &IncidentSafety) -> String {
    let prevents = safety.prevents_task.then(|| case.say(Phrase::PreventsTask));
    prevents.unwrap_or_default().to_owned()
}

fn with_label(case: &Case<'_>, label: Phrase, value: &str) -> String {
    if value.is_empty() {
        String::new()
    } else {
        format!("{}: {value}", case.say(label))
    }
}
