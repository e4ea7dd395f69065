//! A request for information: an agency that is silent, or was never asked, is asked in writing. Whoever is asked sees it, and nobody
//! else.

use askama::Template;
use axum::response::Response;
use diogel_contract::v1;
use diogel_domain::codes::{LawfulBasis, Purpose, RequestPower};
use diogel_texts::console::Phrase as P;

use super::{Filling, Kind, audience, fields};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    pages::words::Choice,
};

/// For what an agency may ask another under a protocol.
const PURPOSES: [Purpose; 3] = [
    Purpose::MultiAgencyMeeting,
    Purpose::ChildProtection,
    Purpose::AdultProtection,
];

#[derive(Template)]
#[template(path = "report-request.html")]
struct Form {
    page: Page,
    answers: Answers,
    faults: Faults,
    /// Whom it is about, where an item says it.
    about: Option<String>,
    asked: Vec<Choice>,
    purposes: Vec<Choice>,
    /// The Board's own power, where the Board asks.
    powers: Vec<Choice>,
}

/// A public body's task; of a charity, recognised legitimate interest.
fn basis(visit: &Visit) -> LawfulBasis {
    let own = visit.console.config.agencies.get(&visit.who.agency);
    if own.is_some_and(|own| own.charity) {
        LawfulBasis::RecognisedLegitimateInterest
    } else {
        LawfulBasis::PublicTask
    }
}

fn is_board(visit: &Visit) -> bool {
    visit.who.agency == visit.console.config.board_agency
}

pub(super) fn form(visit: &Visit, form: Filling) -> Response {
    let language = visit.language();
    let about = about(&form).map(|person| match person.name.as_str() {
        "" => person.label.clone(),
        name => name.to_owned(),
    });
    // Because of another agency's item that one is asked, and for a meeting whoever is ticked.
    let originator = form
        .on
        .as_ref()
        .filter(|on| on.kind != "meeting" && form.answers.get("what").is_empty())
        .map(|on| on.originator.clone());
    let Filling {
        answers, faults, ..
    } = form;
    let mut asked = audience::agencies(visit, &answers, "asked");
    for choice in &mut asked {
        choice.chosen |= originator.as_ref() == Some(&choice.value);
    }
    let given = audience::choices(visit, &answers, &PURPOSES);
    let powers = RequestPower::ALL.iter().map(|power| {
        let value = power.number().to_string();
        Choice {
            chosen: match answers.get("power") {
                "" => *power == RequestPower::BoardFunctions,
                given => given == value,
            },
            words: power.label(language).to_owned(),
            value,
        }
    });
    let template = Form {
        about,
        asked,
        purposes: given.purposes,
        powers: if is_board(visit) {
            powers.collect()
        } else {
            Vec::new()
        },
        page: visit.page(Kind::Request.title()),
        answers,
        faults,
    };
    html(&template)
}

/// The person of the item that it is asked because of.
fn about(form: &Filling) -> Option<&v1::Person> {
    use v1::item::Content as C;
    let people = match form.on.as_ref()?.content.as_ref()? {
        C::Meeting(one) => one.people.as_slice(),
        C::SafetyPlan(one) => &one.people,
        C::Incident(one) => &one.people,
        C::HazardAlert(one) => &one.people,
        C::Contact(one) => &one.people,
        C::EngagementNeeds(one) => one.person.as_slice(),
        C::Advocacy(one) => one.person.as_slice(),
        C::ChangeClaimed(one) => &one.people,
        C::Strength(one) => &one.people,
        _ => return None,
    };
    people.iter().find(|person| !person.identifiers.is_empty())
}

pub(super) fn draft(visit: &Visit, form: &mut Filling) -> v1::PublishRequest {
    let known = about(form).map(|person| v1::Person {
        label: "p1".into(),
        role: person.role,
        identifiers: person.identifiers.clone(),
        name: person.name.clone(),
        born_on: person.born_on.clone(),
        ..v1::Person::default()
    });
    let Filling {
        answers, faults, ..
    } = form;
    let typed = || fields::person(answers, "", "p1", v1::PersonRole::ChildAtRisk, visit);
    let person = known.or_else(typed);
    let asked: Vec<String> = answers.all("asked").map(str::to_owned).collect();
    let agreement = RequestPower::Agreement.number();
    let power = match answers.number("power") {
        power if is_board(visit) && power != 0 => power,
        _ => agreement,
    };
    for (field, missing, words) in [
        ("asked", asked.is_empty(), P::ConsoleAskedNeeded),
        (
            "what",
            answers.get("what").is_empty(),
            P::ConsoleNeededNeeded,
        ),
        ("by", answers.get("by").is_empty(), P::ConsoleByNeeded),
        (
            "nhs",
            person.is_none() && power == agreement,
            P::ConsolePersonNeeded,
        ),
    ] {
        if missing {
            faults.add(field, visit.t(words));
        }
    }
    let grants = asked.iter().map(|agency| v1::Grant {
        to: Some(v1::grant::To::Agency(agency.clone())),
        groups: Vec::new(),
    });
    let audience = v1::Audience {
        grants: grants.collect(),
        lawful_basis: basis(visit).number(),
        purpose: if power == agreement {
            answers.number("purpose")
        } else {
            Purpose::BoardGovernance.number()
        },
        ..v1::Audience::default()
    };
    let request = v1::InformationRequest {
        people: person.into_iter().collect(),
        asked,
        power,
        what: answers.get("what").to_owned(),
        by: answers.get("by").to_owned(),
    };
    v1::PublishRequest {
        request_key: answers.get("key").to_owned(),
        audience: Some(audience),
        content: Some(v1::publish_request::Content::InformationRequest(request)),
        ..v1::PublishRequest::default()
    }
}

pub(super) fn field(path: &str) -> &'static str {
    let begins = [
        ("information_request.people", "nhs"),
        ("information_request.asked", "asked"),
        ("information_request.power", "power"),
        ("information_request.by", "by"),
        ("audience", "asked"),
    ];
    let found = begins.iter().find(|(start, _)| path.contains(start));
    found.map_or("what", |(_, field)| field)
}
