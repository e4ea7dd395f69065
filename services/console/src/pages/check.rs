//! The check before a visit, by exact identifiers. Owns that these stand in no address: they are sent in the body, and so are those of
//! the same page in the other language.

use askama::Template;
use axum::{
    Form,
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use diogel_contract::{Timestamp, v1};
use diogel_domain::codes::Language;
use diogel_texts::{
    Filled,
    check::{CheckNotHeardFrom, CheckPlanned},
    console::Phrase as P,
};
use diogel_wording::{Of, precaution};
use serde::Deserialize;
use tonic::Code;

use super::{CASES, words};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    pages::report::fields,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "check.html")]
struct Ask {
    page: Page,
    answers: Answers,
    faults: Faults,
}

#[derive(Template)]
#[template(path = "checked.html")]
struct Checked {
    page: Page,
    statement: String,
    reminders: Vec<String>,
    findings: Vec<Finding>,
    more: bool,
    silent: String,
    searched: Vec<String>,
    noting: Vec<(String, String)>,
}

struct Finding {
    heading: &'static str,
    standing: String,
    precautions: Vec<String>,
    lines: Vec<String>,
    event: String,
    danger: bool,
    stale: bool,
}

#[derive(Template)]
#[template(path = "noted.html")]
struct Noted {
    page: Page,
    at: String,
}

pub(super) async fn ask(visit: Visit) -> Result<Response, Problem> {
    visit.only(CASES)?;
    Ok(asked(&visit, Answers::default(), Faults::default()))
}

fn asked(visit: &Visit, answers: Answers, faults: Faults) -> Response {
    html(&Ask {
        page: visit.page(P::ConsoleCheck),
        answers,
        faults,
    })
}

/// The form's fields for identifiers, as they are asked for.
const IDENTIFIERS: [(&str, v1::IdentifierScheme, P); 4] = [
    ("nhs", v1::IdentifierScheme::NhsNumber, P::ConsoleNhs),
    ("uprn", v1::IdentifierScheme::Uprn, P::ConsoleUprn),
    ("local", v1::IdentifierScheme::Local, P::ConsoleLocal),
    ("upn", v1::IdentifierScheme::Upn, P::ConsoleUpn),
];

/// The field that a service's path means, of those that were filled in.
pub(super) fn field_of(path: &str, filled: &[(usize, v1::Identifier)]) -> Option<String> {
    let number = path.strip_prefix("identifiers[")?.split(']').next()?;
    let (field, _) = filled.get(number.parse::<usize>().ok()?)?;
    Some(IDENTIFIERS.get(*field)?.0.to_owned())
}

/// What is filled in, with the field that each stands in.
pub(super) fn identifiers(visit: &Visit, answers: &Answers) -> Vec<(usize, v1::Identifier)> {
    let filled = IDENTIFIERS.iter().enumerate();
    filled
        .filter_map(|(at, (field, scheme, _))| {
            let value: String = answers.get(field).split_whitespace().collect();
            let agency = match scheme {
                v1::IdentifierScheme::Local => visit.who.agency.clone(),
                _ => String::new(),
            };
            let identifier = v1::Identifier {
                scheme: *scheme as i32,
                value,
                agency,
            };
            (!identifier.value.is_empty()).then_some((at, identifier))
        })
        .collect()
}

pub(super) async fn answer(
    visit: Visit,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    let mut faults = Faults::default();
    let filled = identifiers(&visit, &answers);
    if filled.is_empty() {
        faults.add("nhs", visit.t(P::ConsoleIdentifierNeeded));
    }
    let planned = fields::moment(&answers, "planned", &mut faults, visit.language());
    if !faults.is_empty() {
        return Ok(asked(&visit, answers, faults));
    }
    let request = v1::CheckRequest {
        identifiers: filled.iter().map(|(_, one)| one.clone()).collect(),
        planned_at: planned,
        purpose: match visit.purpose() {
            0 => v1::Purpose::WorkerSafety as i32,
            purpose => purpose,
        },
        ..v1::CheckRequest::default()
    };
    match visit.calling().reading().check(request).await {
        Ok(answered) => Ok(checked(
            &visit,
            &answers,
            &filled,
            planned,
            answered.into_inner(),
        )),
        Err(status) if status.code() == Code::InvalidArgument => {
            fields::from_service(&mut faults, &status, |path| {
                field_of(path, &filled).unwrap_or_else(|| match path {
                    "planned_at" => "planned-day".into(),
                    _ => "nhs".into(),
                })
            });
            Ok(asked(&visit, answers, faults))
        }
        Err(status) => Err(visit.refused(status)),
    }
}

fn checked(
    visit: &Visit,
    answers: &Answers,
    filled: &[(usize, v1::Identifier)],
    planned: Option<Timestamp>,
    answer: v1::CheckResponse,
) -> Response {
    let language = visit.language();
    let planned = planned.map(|at| {
        let at = &words::moment(Some(&at), language);
        CheckPlanned { at }.say(language)
    });
    let reminders = answer
        .reminders
        .iter()
        .map(|reminder| in_language(language, &reminder.text, &reminder.text_cy));
    let silent = answer.heard_to.iter().filter(|heard| heard.silent);
    let silent: Vec<String> = silent
        .map(|heard| visit.agency_name(&heard.agency))
        .collect();
    let searched = answer.searched.iter().filter_map(|at| {
        let (field, one) = filled.get(usize::try_from(*at).ok()?)?;
        let (_, _, name) = IDENTIFIERS.get(*field)?;
        Some(format!("{}: {}", visit.t(*name), one.value))
    });
    let at = answer.checked_at.as_ref();
    let at = at.map_or_else(String::new, |at| format!("{}.{}", at.seconds, at.nanos));
    let events = answer.findings.iter().filter(|f| !f.event_id.is_empty());
    let events = events.map(|finding| ("event".to_owned(), finding.event_id.clone()));
    html(&Checked {
        page: visit.page(P::ConsoleChecked).of(answers),
        statement: in_language(language, &answer.statement, &answer.statement_cy),
        reminders: planned.into_iter().chain(reminders).collect(),
        findings: answer
            .findings
            .iter()
            .map(|one| finding(one, visit))
            .collect(),
        more: answer.more,
        silent: if silent.is_empty() {
            String::new()
        } else {
            let agencies = &silent.join(", ");
            CheckNotHeardFrom { agencies }.say(language)
        },
        searched: searched.collect(),
        noting: [("checked-at".to_owned(), at)]
            .into_iter()
            .chain(events)
            .collect(),
    })
}

fn in_language(language: Language, english: &str, welsh: &str) -> String {
    match language {
        Language::English => english,
        Language::Welsh => welsh,
    }
    .to_owned()
}

fn finding(finding: &v1::CheckFinding, visit: &Visit) -> Finding {
    let language = visit.language();
    let of = Of {
        finding,
        language,
        called: &|id| visit.agency_name(id),
        cites: false,
    };
    let precautions = finding.precautions.iter();
    let stale = finding.standing() == v1::FindingStanding::Stale;
    let severe = diogel_domain::codes::ThreatForm::ALL.iter();
    let danger = severe
        .filter(|threat| threat.is_physical_danger())
        .any(|threat| finding.threats.contains(&threat.number()));
    let mut lines = of.lines();
    let standing = if lines.is_empty() {
        String::new()
    } else {
        lines.remove(0)
    };
    Finding {
        heading: if finding.precautions.is_empty() {
            P::ConsoleFindingWithout.say(language)
        } else {
            P::ConsoleFinding.say(language)
        },
        standing,
        precautions: precautions.map(|one| precaution(one, language)).collect(),
        lines,
        event: finding.event_id.clone(),
        danger,
        stale,
    }
}

/// Takes down that this person has taken note.
pub(super) async fn note(visit: Visit, Form(answers): Form<Answers>) -> Result<Response, Problem> {
    let (seconds, nanos) = answers
        .get("checked-at")
        .split_once('.')
        .unwrap_or_default();
    let checked_at = seconds.parse().ok().zip(nanos.parse().ok());
    let request = v1::AcknowledgeCheckRequest {
        checked_at: checked_at.map(|(seconds, nanos)| Timestamp { seconds, nanos }),
        event_ids: answers.all("event").map(str::to_owned).collect(),
        purpose: match visit.purpose() {
            0 => v1::Purpose::WorkerSafety as i32,
            purpose => purpose,
        },
        ..v1::AcknowledgeCheckRequest::default()
    };
    let noted = visit.calling().reading().acknowledge_check(request).await;
    let noted = noted.map_err(|status| visit.refused(status))?.into_inner();
    let at = noted.at.map_or(0, |at| at.seconds);
    Ok(Redirect::to(&visit.to(&format!("/check/noted?at={at}"))).into_response())
}

/// When it was.
#[derive(Deserialize)]
pub(super) struct At {
    #[serde(default)]
    at: i64,
}

/// That it was taken down.
pub(super) async fn noted(visit: Visit, Query(At { at }): Query<At>) -> Response {
    let at = Timestamp {
        seconds: at,
        nanos: 0,
    };
    html(&Noted {
        at: words::moment(Some(&at), visit.language()),
        page: visit.page(P::ConsoleCheckNoted),
    })
}
