//! An incident report: the few fields that a tired practitioner fills in within a minute, and the others below.

use askama::Template;
use axum::response::Response;
use diogel_contract::v1;
use diogel_domain::codes::{Language, Purpose};
use diogel_texts::console::Phrase as P;

use super::{
    Filling, Kind,
    audience::{self, Choices},
    fields,
};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    pages::words::{Choice, choices},
};

#[derive(Template)]
#[template(path = "report-incident.html")]
struct Form {
    page: Page,
    answers: Answers,
    faults: Faults,
    threats: Vec<Choice>,
    behaviours: Vec<Choice>,
    harms: Vec<Choice>,
    settings: Vec<Choice>,
    directed: Vec<Choice>,
    standings: Vec<Choice>,
    precautions: Vec<Choice>,
    police: Vec<Choice>,
    audience: Choices,
}

impl Form {
    /// Something below the fold is filled in, or wrong.
    fn open(&self) -> bool {
        let below = [
            "behaviours",
            "directed",
            "worries",
            "circumstances",
            "worked",
            "police",
            "police-reason",
            "police-reference",
        ];
        let concerns =
            |field: &&str| self.faults.at(field).is_some() || !self.answers.get(field).is_empty();
        below.iter().any(concerns)
    }
}

const PURPOSES: [Purpose; 3] = [
    Purpose::WorkerSafety,
    Purpose::ChildProtection,
    Purpose::AdultProtection,
];

pub(super) fn form(visit: &Visit, form: Filling) -> Response {
    let language = visit.language();
    let Filling {
        answers, faults, ..
    } = form;
    let has = |field: &'static str| {
        let answers = &answers;
        move |value: &str| answers.has(field, value)
    };
    let page = visit.page(Kind::Incident.title());
    let template = Form {
        threats: choices!(ThreatForm, language, has("threats")),
        behaviours: choices!(ResistantBehaviour, language, has("behaviours")),
        harms: choices!(Harm, language, has("harm")),
        settings: settings(&answers, language),
        directed: choices!(DirectedAt, language, has("directed")),
        standings: choices!(Standing, language, has("standing")),
        precautions: choices!(PrecautionCode, language, has("precautions"))
            .into_iter()
            .filter(|choice| needs_no_more(&choice.value))
            .collect(),
        police: choices!(ReportedToPolice, language, has("police")),
        audience: audience::choices(visit, &answers, &PURPOSES),
        page: if answers.0.len() > 2 {
            page.of(&answers)
        } else {
            page
        },
        answers,
        faults,
    };
    html(&template)
}

/// Kinds of place; first none, which nobody has to name.
fn settings(answers: &Answers, language: Language) -> Vec<Choice> {
    let not_said = Choice {
        value: String::new(),
        words: P::ConsoleNotSaid.say(language).to_owned(),
        chosen: answers.get("setting").is_empty(),
    };
    let has = |value: &str| answers.has("setting", value);
    let each = choices!(IncidentSetting, language, has);
    [not_said].into_iter().chain(each).collect()
}

/// Precautions that say everything by themselves: neither whom nor what.
pub(super) fn needs_no_more(value: &str) -> bool {
    let [whom, what] = [v1::PrecautionCode::NotAloneWith, v1::PrecautionCode::Other];
    ![whom as i32, what as i32]
        .iter()
        .any(|code| value == code.to_string())
}

pub(super) fn draft(visit: &Visit, form: &mut Filling) -> v1::PublishRequest {
    let language = visit.language();
    let Filling {
        answers, faults, ..
    } = form;
    let occurred = fields::occurred(answers, faults, language);
    let (behaviours, threats) = (answers.numbers("behaviours"), answers.numbers("threats"));
    if behaviours.is_empty() && threats.is_empty() {
        faults.add("threats", visit.t(P::ConsoleThreatNeeded));
    }
    if answers.number("harm") == 0 {
        faults.add("harm", visit.t(P::ConsoleHarmNeeded));
    }
    if narrative(answers).is_some() && answers.number("standing") == 0 {
        faults.add("standing", visit.t(P::ConsoleStandingNeeded));
    }
    let role = v1::PersonRole::WhoseBehaviour;
    let person = fields::person(answers, "", "p1", role, visit);
    let child = fields::person(answers, "child-", "p2", v1::PersonRole::ChildAtRisk, visit);
    let account = answers.get("account");
    if !account.is_empty() && child.is_none() {
        faults.add("child-nhs", visit.t(P::ConsoleAccountOfWhom));
    }
    let uprn: String = answers.get("uprn").split_whitespace().collect();
    let place = answers.get("place");
    let places = (!uprn.is_empty() || !place.is_empty()).then(|| v1::Place {
        label: "l1".into(),
        uprn,
        description: place.to_owned(),
    });
    let danger_at_once = !answers.get("danger").is_empty();
    let audience = audience::of(answers, faults, visit);
    let incident = v1::IncidentReport {
        people: person.into_iter().chain(child).collect(),
        places: places.into_iter().collect(),
        safety: Some(v1::IncidentSafety {
            occurred,
            behaviours,
            threats,
            directed_at: answers.numbers("directed"),
            harm: answers.number("harm"),
            setting: answers.number("setting"),
            danger_at_once,
            provisional_precautions: precautions(answers, danger_at_once),
            ..v1::IncidentSafety::default()
        }),
        narrative: narrative(answers),
        voice: (!account.is_empty())
            .then(|| v1::Account {
                person: "p2".into(),
                words: account.to_owned(),
                safe_to_say: !answers.get("safe-to-say").is_empty(),
            })
            .into_iter()
            .collect(),
        criminal: criminal(answers),
        ..v1::IncidentReport::default()
    };
    v1::PublishRequest {
        request_key: answers.get("key").to_owned(),
        audience: Some(audience),
        content: Some(v1::publish_request::Content::Incident(incident)),
        ..v1::PublishRequest::default()
    }
}

fn precautions(answers: &Answers, danger_at_once: bool) -> Vec<v1::Precaution> {
    let codes = answers.numbers("precautions");
    let codes = codes.into_iter().filter(|_| danger_at_once);
    codes
        .map(|code| v1::Precaution {
            code,
            ..v1::Precaution::default()
        })
        .collect()
}

fn narrative(answers: &Answers) -> Option<v1::IncidentNarrative> {
    let narrative = v1::IncidentNarrative {
        standing: answers.number("standing"),
        what_happened: answers.get("what").to_owned(),
        worries: answers.get("worries").to_owned(),
        circumstances: answers.get("circumstances").to_owned(),
        protective_factors: answers.get("worked").to_owned(),
        ..v1::IncidentNarrative::default()
    };
    (narrative != v1::IncidentNarrative::default()).then_some(narrative)
}

fn criminal(answers: &Answers) -> Option<v1::CriminalMatters> {
    let criminal = v1::CriminalMatters {
        reported_to_police: answers.number("police"),
        reason: answers.get("police-reason").to_owned(),
        police_reference: answers.get("police-reference").to_owned(),
        ..v1::CriminalMatters::default()
    };
    (criminal != v1::CriminalMatters::default()).then_some(criminal)
}

pub(super) fn field(path: &str) -> &'static str {
    let begins = [
        ("incident.people[0]", "nhs"),
        ("incident.people[1]", "child-nhs"),
        ("incident.people", "nhs"),
        ("incident.places", "uprn"),
        ("incident.safety.occurred", "occurred-day"),
        ("incident.safety.harm", "harm"),
        ("incident.safety.danger", "danger"),
        ("incident.safety.provisional", "precautions"),
        ("incident.safety", "threats"),
        ("incident.narrative.standing", "standing"),
        ("incident.narrative", "what"),
        ("incident.voice", "account"),
        ("incident.criminal", "police"),
        ("audience.family", "family"),
        ("audience", "who"),
    ];
    let found = begins.iter().find(|(start, _)| path.contains(start));
    found.map_or("threats", |(_, field)| field)
}
