//! One incident on one line, in codes: when, which agency, what, whose, at whom, what harm.

use diogel_domain::{
    codes::{Harm, PersonRole},
    incident::IncidentSafety,
};

use crate::{
    Line,
    case::{self, Case, Incident},
    texts::Phrase,
};

pub(super) fn line(case: &Case<'_>, incident: Incident<'_>, safety: &IncidentSafety) -> Line {
    let parts = [
        what(case, safety),
        whose(case, incident),
        at_whom(case, safety),
        harm(case, safety),
        standing(case, incident),
        police(case, incident),
        prevents(case, safety),
    ];
    let said: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    let text = format!("{}: {}", case.when_and_who(incident), said.join("; "));
    Line::point(text).citing(incident.0)
}

/// The forms of threat; where there is none, the kinds of behaviour.
fn what(case: &Case<'_>, safety: &IncidentSafety) -> String {
    let language = case.setting.language;
    let threats: Vec<&str> = safety.threats.iter().map(|t| t.label(language)).collect();
    if threats.is_empty() {
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

fn police(case: &Case<'_>, incident: Incident<'_>) -> String {
    let criminal = incident.1.criminal.as_ref();
    let reported = criminal.and_then(|c| c.reported_to_police);
    reported.map_or(String::new(), |r| r.label(case.setting.language).to_owned())
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
