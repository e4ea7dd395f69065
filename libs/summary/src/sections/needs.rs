//! What the person and those around them need to take part, as they describe it themselves, and which advocacy they were offered:
//! before everything else (PRACTICE, section 5). Of each need the latest word counts. Refuses a safe way to write or call: a page
//! can lie where another reads it.

use std::collections::BTreeMap;

use diogel_domain::{
    codes::{Offer, OfferResponse},
    content::Content,
    people::{Identifier, Person},
    records::{AvoidDays, Needs, Offered},
    times::Day,
};
use diogel_texts::{
    dates,
    summary::{
        AdviceSought, AdvocateAccepted, AdvocateDeclined, ComplaintExplained, MeetingClashes,
        NeedAccess, NeedBereavement, NeedCustoms, NeedDays, NeedDress, NeedInterpreter,
        NeedLanguage, NoAdvocateOffered, OfferMade,
    },
};

use super::noted;
use crate::{
    Line, Source,
    case::{Case, content},
    document::written,
    person,
    texts::Phrase,
};

/// Who needs what: two events are about one person where they give the same identifiers.
type Whose = (Vec<Identifier>, String);

/// The latest line of each need, in the order in which the needs were first told.
#[derive(Default)]
struct Latest {
    places: BTreeMap<(Whose, String), usize>,
    lines: Vec<Line>,
}

impl Latest {
    fn put(&mut self, whose: &Whose, what: String, line: Line) {
        let place = *self
            .places
            .entry((whose.clone(), what))
            .or_insert(self.lines.len());
        match self.lines.get_mut(place) {
            Some(earlier) => *earlier = line,
            None => self.lines.push(line),
        }
    }
}

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let mut latest = Latest::default();
    let mut clashes = Vec::new();
    for source in case.current() {
        match content(source) {
            Content::EngagementNeeds(given) => {
                let person = given.people.first();
                if let Some((person, needs)) = person.zip(given.needs.as_ref()) {
                    needs_of(case, source, person, needs, &mut latest);
                    clashes.extend(clash(case, source, needs));
                }
            }
            Content::Advocacy(given) => {
                let person = given.people.first();
                if let Some((person, offer)) = person.zip(given.offer.as_ref()) {
                    let what = offer.what.code().to_owned();
                    let line = offer_line(case, source, person, offer);
                    latest.put(&whose(source, person), what, line);
                }
            }
            _ => {}
        }
    }
    let needs: Vec<Line> = clashes.into_iter().chain(latest.lines).collect();
    let needs = if needs.is_empty() {
        vec![Line::point(case.say(Phrase::NoNeeds))]
    } else {
        noted(case, Phrase::NeedsNote, needs)
    };
    needs.into_iter().chain(no_advocate(case)).collect()
}

/// Where no identifier is shown, an event is about somebody of its own.
fn whose(source: &Source, person: &Person) -> Whose {
    let identifiers = person.identity.as_ref().map(|i| i.identifiers.clone());
    let mut identifiers = identifiers.unwrap_or_default();
    identifiers.sort();
    let own = if identifiers.is_empty() {
        source.event_id.to_string()
    } else {
        String::new()
    };
    (identifiers, own)
}

fn needs_of(case: &Case<'_>, source: &Source, person: &Person, needs: &Needs, latest: &mut Latest) {
    let whose = whose(source, person);
    let person = &case.named(source, &person.label);
    let mut put = |what: &str, text: String| {
        latest.put(&whose, what.to_owned(), Line::point(text).citing(source));
    };
    let given = |text: &str| Some(written(text)).filter(|text| !text.is_empty());
    let language = given(&needs.language);
    if needs.interpreter {
        let language = language.unwrap_or_else(|| case.say(Phrase::LanguageNotSaid).to_owned());
        let language = &language;
        put("language", case.fill(&NeedInterpreter { person, language }));
    } else if let Some(language) = &language {
        put("language", case.fill(&NeedLanguage { person, language }));
    }
    if let Some(need) = &given(&needs.access) {
        put("access", case.fill(&NeedAccess { person, need }));
    }
    if let Some(customs) = &given(&needs.customs) {
        put("customs", case.fill(&NeedCustoms { person, customs }));
    }
    if let Some(need) = &given(&needs.dress) {
        put("dress", case.fill(&NeedDress { person, need }));
    }
    // What somebody mourns, and whom an agency asked, is theirs: the page may lie where another reads it.
    let colleagues = !case.is_for_family();
    if let Some(what) = &given(&needs.bereavement).filter(|_| colleagues) {
        put("bereavement", case.fill(&NeedBereavement { person, what }));
    }
    for days in &needs.avoid {
        let (what, when) = (&written(&days.what), &when(case, days));
        let text = case.fill(&NeedDays { person, what, when });
        put(&format!("{} {}", days.what, days.weekday), text);
    }
    if colleagues && !needs.advice_sought.trim().is_empty() {
        let (agency, on) = (case.agency(&source.originator), &case.on(source.ordered_at));
        put("advice", case.fill(&AdviceSought { agency, on }));
    }
}

/// "every Sunday", a date, or a span of dates.
fn when(case: &Case<'_>, days: &AvoidDays) -> String {
    let weekday = match days.weekday {
        1 => Some(Phrase::EveryMonday),
        2 => Some(Phrase::EveryTuesday),
        3 => Some(Phrase::EveryWednesday),
        4 => Some(Phrase::EveryThursday),
        5 => Some(Phrase::EveryFriday),
        6 => Some(Phrase::EverySaturday),
        7 => Some(Phrase::EverySunday),
        _ => None,
    };
    let span = days.from.map(|from: Day| {
        let to = days.to.unwrap_or(from);
        dates::interval(from, to, case.setting.language)
    });
    let weekday = weekday.map(|weekday| case.say(weekday).to_owned());
    let parts: Vec<String> = weekday.into_iter().chain(span).collect();
    parts.join(", ")
}

/// The meeting falls on a day to avoid.
fn clash(case: &Case<'_>, source: &Source, needs: &Needs) -> Option<Line> {
    let meeting = case.setting.meeting_on?;
    let days = needs.avoid.iter().find(|days| days.holds(meeting))?;
    let text = case.fill(&MeetingClashes {
        what: &written(&days.what),
        on: &case.date(meeting),
    });
    Some(Line::point(text).citing(source))
}

fn offer_line(case: &Case<'_>, source: &Source, person: &Person, offer: &Offered) -> Line {
    let person = &case.named(source, &person.label);
    let on = &case.date(offer.on);
    let language = case.setting.language;
    let advocate = matches!(offer.what, Offer::FormalAdvocacy | Offer::InformalAdvocacy);
    let text = match (offer.what, offer.response) {
        (_, OfferResponse::Accepted) if advocate => case.fill(&AdvocateAccepted { person, on }),
        (_, OfferResponse::Declined) if advocate => case.fill(&AdvocateDeclined { person, on }),
        (Offer::ComplaintInformation, _) => case.fill(&ComplaintExplained { person, on }),
        (what, response) => case.fill(&OfferMade {
            person,
            offer: what.label(language),
            response: response.label(language),
            on,
        }),
    };
    Line::point(text).citing(source)
}

/// Advocacy is a right of the person of the meeting: that nobody is known to have offered it is something to ask about.
fn no_advocate(case: &Case<'_>) -> Option<Line> {
    let offered = case
        .current()
        .filter(|source| !source.labels.is_empty())
        .any(|source| match content(source) {
            Content::Advocacy(given) => given.offer.as_ref().is_some_and(|offer| {
                matches!(offer.what, Offer::FormalAdvocacy | Offer::InformalAdvocacy)
            }),
            _ => false,
        });
    let person = &person::name(case);
    (!offered).then(|| Line::point(case.fill(&NoAdvocateOffered { person })))
}
