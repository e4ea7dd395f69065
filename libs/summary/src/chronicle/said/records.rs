//! What plans, contacts, offers, changes and strengths say.

use diogel_domain::{
    people::Person,
    records::{
        Advocacy, ChangeClaimed, ContactNote, InformationRequest, SafetyPlan, StrengthNoted,
    },
    times::Day,
};
use diogel_texts::summary::{AskedToAnswerBy, ChronologySince, PlanReviewBy};

use crate::{
    Source,
    case::{Case, quoted},
    sections::measure_said,
    texts::Phrase,
};

/// Its aim, its measures with owners and dates, and when it is reviewed.
pub(super) fn plan(case: &Case<'_>, plan: &SafetyPlan) -> Vec<String> {
    let Some(agreed) = &plan.agreed else {
        return Vec::new();
    };
    let aim = Some(agreed.aim.trim()).filter(|aim| !aim.is_empty());
    let measures = agreed.measures.iter();
    let by = &case.date(agreed.review_on);
    aim.map(quoted)
        .into_iter()
        .chain(measures.map(|measure| measure_said(case, measure)))
        .chain([case.fill(&PlanReviewBy { by })])
        .collect()
}

/// How it went, and whether the person of the chronology was seen, alone or not. Nobody else's name: it is another's page.
pub(super) fn contact(case: &Case<'_>, source: &Source, note: &ContactNote) -> Vec<String> {
    let Some(contact) = &note.contact else {
        return Vec::new();
    };
    let is_theirs = |labels: &[String]| labels.iter().any(|label| source.labels.contains(label));
    let seen = match (is_theirs(&contact.seen_alone), is_theirs(&contact.seen)) {
        (true, _) => Some(Phrase::ChronologyPersonSeenAlone),
        (false, true) => Some(Phrase::ChronologyPersonSeen),
        (false, false) => None,
    };
    let at_home = contact.at_home.then_some(Phrase::ChronologyAtHome);
    let rest = at_home.into_iter().chain(seen);
    std::iter::once(contact.outcome.label(case.setting.language))
        .chain(rest.map(|phrase| case.say(phrase)))
        .map(str::to_owned)
        .collect()
}

pub(super) fn advocacy(case: &Case<'_>, given: &Advocacy) -> Vec<String> {
    let language = case.setting.language;
    let offer = given.offer.iter();
    let said = offer.map(|offer| {
        let (what, response) = (offer.what.label(language), offer.response.label(language));
        format!("{what}: {response}")
    });
    said.collect()
}

pub(super) fn change(case: &Case<'_>, claim: &ChangeClaimed) -> Vec<String> {
    let change = claim.change.iter();
    let said = change.flat_map(|change| {
        let by = said_by(case, &claim.people, &change.said_by);
        [
            Some(quoted(&change.what)),
            by,
            Some(since(case, change.since)),
        ]
    });
    said.flatten().collect()
}

/// The role of who says so, where it is given by a label.
fn said_by(case: &Case<'_>, people: &[Person], label: &str) -> Option<String> {
    let person = people.iter().find(|person| person.label == label);
    person.map(|person| person.role.label(case.setting.language).to_owned())
}

pub(super) fn strength(case: &Case<'_>, noted: &StrengthNoted) -> Vec<String> {
    let strength = noted.strength.iter();
    let said = strength.flat_map(|strength| {
        let since = strength.since.map(|day| since(case, day));
        [Some(quoted(&strength.what)), since]
    });
    said.flatten().collect()
}

/// Who was asked, for what, under which power, by when.
pub(super) fn information_request(case: &Case<'_>, request: &InformationRequest) -> Vec<String> {
    let Some(sought) = &request.sought else {
        return Vec::new();
    };
    let agencies: Vec<&str> = sought.asked.iter().map(|a| case.agency(a)).collect();
    let by = &case.date(sought.by);
    vec![
        agencies.join(", "),
        quoted(&sought.what),
        case.fill(&AskedToAnswerBy { by }),
        sought.power.label(case.setting.language).to_owned(),
    ]
}

fn since(case: &Case<'_>, day: Day) -> String {
    let on = &case.date(day);
    case.fill(&ChronologySince { on })
}
