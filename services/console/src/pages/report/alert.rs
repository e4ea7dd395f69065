//! An alert to propose. It rests on a report of this agency's; somebody else approves it.

use askama::Template;
use axum::response::Response;
use diogel_contract::v1;
use diogel_domain::{codes::Purpose, times::Day};
use diogel_texts::console::Phrase as P;
use time::OffsetDateTime;

use super::{
    Filling, Kind,
    audience::{self, Choices},
    incident::needs_no_more,
};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    pages::words::{Choice, choices},
};

#[derive(Template)]
#[template(path = "report-alert.html")]
struct Form {
    page: Page,
    answers: Answers,
    faults: Faults,
    on: Option<String>,
    targets: Vec<Choice>,
    threats: Vec<Choice>,
    precautions: Vec<Choice>,
    severities: Vec<Choice>,
    urgencies: Vec<Choice>,
    certainties: Vec<Choice>,
    audience: Choices,
}

const PURPOSES: [Purpose; 3] = [
    Purpose::WorkerSafety,
    Purpose::ChildProtection,
    Purpose::AdultProtection,
];
/// Months until its review, unless somebody says otherwise (PRACTICE, section 3; at most twelve).
const REVIEW: u32 = 6;

fn report(form: &Filling) -> Option<&v1::IncidentReport> {
    match form.on.as_ref()?.content.as_ref()? {
        v1::item::Content::Incident(report) => Some(report),
        _ => None,
    }
}

pub(super) fn form(visit: &Visit, mut form: Filling) -> Response {
    let language = visit.language();
    if form.answers.get("review").is_empty() {
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let today = Day(i32::try_from(now / 86_400).unwrap_or(0));
        let review = today.plus_months(REVIEW).to_string();
        form.answers = form.answers.with("review", &review);
    }
    let report = report(&form).cloned();
    if let Some(safety) = report.as_ref().and_then(|report| report.safety.as_ref())
        && form.answers.numbers("threats").is_empty()
    {
        let threats = safety.threats.iter();
        let threats = threats.map(|threat| ("threats".to_owned(), threat.to_string()));
        form.answers.0.extend(threats);
    }
    let Filling {
        answers,
        faults,
        on,
    } = form;
    let has = |field: &'static str| {
        let answers = &answers;
        move |value: &str| answers.has(field, value)
    };
    let template = Form {
        on: on.map(|on| on.event_id),
        targets: report
            .as_ref()
            .map_or_else(Vec::new, |report| targets(report, &answers, visit)),
        threats: choices!(ThreatForm, language, has("threats")),
        precautions: choices!(PrecautionCode, language, has("precautions"))
            .into_iter()
            .filter(|choice| needs_no_more(&choice.value))
            .collect(),
        severities: choices!(Severity, language, has("severity")),
        urgencies: choices!(Urgency, language, has("urgency")),
        certainties: choices!(Certainty, language, has("certainty")),
        audience: audience::choices(visit, &answers, &PURPOSES),
        page: visit.page(Kind::Alert.title()),
        answers,
        faults,
    };
    html(&template)
}

/// Whom or what the report names. Nobody's household becomes their own marker by a slip: each is its own choice.
fn targets(report: &v1::IncidentReport, answers: &Answers, visit: &Visit) -> Vec<Choice> {
    let choice = |value: String, what: P, name: &str| Choice {
        chosen: answers.get("target") == value,
        words: format!("{}: {name}", visit.t(what)),
        value,
    };
    let people = report.people.iter().map(|person| {
        let name = match person.name.as_str() {
            "" => &person.label,
            name => name,
        };
        choice(
            format!("person:{}", person.label),
            P::ConsoleTargetPerson,
            name,
        )
    });
    let known = report.places.iter().filter(|place| !place.uprn.is_empty());
    let places = known.map(|place| {
        let value = format!("premises:{}", place.label);
        choice(value, P::ConsoleTargetPremises, &place.description)
    });
    let animal = choice(
        "animal".into(),
        P::ConsoleTargetAnimal,
        visit.t(P::ConsoleAnimalBelow),
    );
    people.chain(places).chain([animal]).collect()
}

pub(super) fn draft(visit: &Visit, form: &mut Filling) -> Option<v1::PublishRequest> {
    let Some(report) = report(form).cloned() else {
        form.faults.add("on", visit.t(P::ConsoleRestsOnNeeded));
        return None;
    };
    let on = form.on.as_ref()?;
    let rests_on = v1::Reference {
        hash: on.hash.clone(),
        event: Some(v1::reference::Event::EventId(on.event_id.clone())),
    };
    let Filling {
        answers, faults, ..
    } = form;
    let target = target(answers);
    for (field, missing, words) in [
        ("target", target.is_none(), P::ConsoleTargetNeeded),
        (
            "threats",
            answers.numbers("threats").is_empty(),
            P::ConsoleThreatNeeded,
        ),
        (
            "precautions",
            precautions(answers).is_empty(),
            P::ConsolePrecautionNeeded,
        ),
        (
            "severity",
            answers.number("severity") == 0,
            P::ConsoleChooseOne,
        ),
        (
            "urgency",
            answers.number("urgency") == 0,
            P::ConsoleChooseOne,
        ),
        (
            "certainty",
            answers.number("certainty") == 0,
            P::ConsoleChooseOne,
        ),
    ] {
        if missing {
            faults.add(field, visit.t(words));
        }
    }
    let audience = audience::of(answers, faults, visit);
    let alert = v1::HazardAlert {
        people: report.people.into_iter().map(unread).collect(),
        places: report.places,
        target: Some(v1::AlertTarget { target }),
        safety: Some(v1::AlertSafety {
            threats: answers.numbers("threats"),
            precautions: precautions(answers),
            severity: answers.number("severity"),
            urgency: answers.number("urgency"),
            certainty: answers.number("certainty"),
            review_on: answers.get("review").to_owned(),
            ..v1::AlertSafety::default()
        }),
        narrative: Some(v1::AlertNarrative {
            grounds: answers.get("grounds").to_owned(),
            what_has_worked: answers.get("worked").to_owned(),
        }),
        rests_on: vec![rests_on],
        status: v1::AlertStatus::Actual as i32,
        ..v1::HazardAlert::default()
    };
    Some(v1::PublishRequest {
        request_key: answers.get("key").to_owned(),
        audience: Some(audience),
        content: Some(v1::publish_request::Content::HazardAlert(alert)),
        ..v1::PublishRequest::default()
    })
}

/// Without the id that only this reader has for them.
fn unread(person: v1::Person) -> v1::Person {
    v1::Person {
        reader_person_id: String::new(),
        ..person
    }
}

fn target(answers: &Answers) -> Option<v1::alert_target::Target> {
    use v1::alert_target::Target as T;
    match answers.get("target").split_once(':') {
        Some(("person", label)) => Some(T::Person(label.to_owned())),
        Some(("premises", label)) => Some(T::Premises(label.to_owned())),
        _ if answers.get("target") == "animal" => Some(T::Animal(v1::Animal {
            description: answers.get("animal").to_owned(),
            ..v1::Animal::default()
        })),
        _ => None,
    }
}

fn precautions(answers: &Answers) -> Vec<v1::Precaution> {
    let codes = answers
        .numbers("precautions")
        .into_iter()
        .map(|code| v1::Precaution {
            code,
            ..v1::Precaution::default()
        });
    let note = answers.get("precaution-note");
    let other = (!note.is_empty()).then(|| v1::Precaution {
        code: v1::PrecautionCode::Other as i32,
        note: note.to_owned(),
        ..v1::Precaution::default()
    });
    codes.chain(other).collect()
}

pub(super) fn field(path: &str) -> &'static str {
    let begins = [
        ("hazard_alert.target", "target"),
        ("hazard_alert.safety.precautions", "precautions"),
        ("hazard_alert.safety.review", "review"),
        ("hazard_alert.safety.severity", "severity"),
        ("hazard_alert.safety", "threats"),
        ("hazard_alert.narrative", "grounds"),
        ("audience.family", "family"),
        ("audience", "who"),
    ];
    let found = begins.iter().find(|(start, _)| path.contains(start));
    found.map_or("target", |(_, field)| field)
}
