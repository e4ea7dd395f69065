//! Information sharing protocols: which are in force, whose review is due, who signed; and what a changed one would widen or narrow, over
//! the events of today.

use askama::Template;
use axum::{Form, response::Response};
use diogel_contract::v1;
use diogel_domain::{codes::Language, times::Day};
use diogel_identity::PersonRole::Governance;
use diogel_texts::console::Phrase as P;
use time::OffsetDateTime;
use tonic::Code;

use super::{report::fields, words};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    problem::Problem,
};

/// A review within so many days is pointed at.
const SOON: i32 = 60;

#[derive(Template)]
#[template(path = "protocols.html")]
struct Protocols {
    page: Page,
    rows: Vec<Row>,
    answers: Answers,
    faults: Faults,
    tried: Option<Tried>,
}

struct Row {
    name: String,
    title: String,
    valid: String,
    review: String,
    mark: Option<&'static str>,
    flows: u32,
    signed: Vec<String>,
    unsigned: Vec<String>,
}

struct Tried {
    findings: Vec<Finding>,
    /// Nothing was tried.
    unreadable: bool,
    changes: Vec<Change>,
    looked_at: u64,
    all: bool,
    at: String,
}

struct Finding {
    line: u32,
    mistake: bool,
    words: String,
}

struct Change {
    kind: &'static str,
    recipient: String,
    widened: String,
    narrowed: String,
}

pub(super) async fn list(visit: Visit) -> Result<Response, Problem> {
    show(&visit, Answers::default(), Faults::default(), None).await
}

async fn show(
    visit: &Visit,
    answers: Answers,
    faults: Faults,
    tried: Option<Tried>,
) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    let request = v1::ListProtocolsRequest {
        purpose: v1::Purpose::BoardGovernance as i32,
        ..v1::ListProtocolsRequest::default()
    };
    let answered = visit.calling().overseeing().list_protocols(request).await;
    let answered = answered
        .map_err(|status| visit.refused(status))?
        .into_inner();
    let page = visit.page(P::ConsoleProtocols);
    Ok(html(&Protocols {
        rows: answered
            .protocols
            .iter()
            .map(|one| row(one, visit))
            .collect(),
        page: if answers.0.is_empty() {
            page
        } else {
            page.of(&answers)
        },
        answers,
        faults,
        tried,
    }))
}

fn row(one: &v1::ProtocolStatus, visit: &Visit) -> Row {
    let language = visit.language();
    let Day(today) = Day::from(OffsetDateTime::now_utc().date());
    let review = Day::parse(&one.review_by);
    let mark = if one.ended {
        Some(P::ConsoleProtocolEnded)
    } else if review.is_some_and(|Day(day)| day < today) {
        Some(P::ConsoleReviewPassed)
    } else if review.is_some_and(|Day(day)| day < today + SOON) {
        Some(P::ConsoleReviewSoon)
    } else {
        None
    };
    let all = one.parties.iter().all(|party| party.signed_at.is_some());
    let last = one
        .parties
        .iter()
        .filter_map(|party| party.signed_at.as_ref());
    let last = last.max_by_key(|at| at.seconds);
    let names = |signed: bool| {
        let parties = one.parties.iter();
        let parties = parties.filter(|party| party.signed_at.is_some() == signed);
        parties
            .map(|party| {
                let name = visit.agency_name(&party.agency);
                match party.signed_at.as_ref() {
                    Some(at) => format!("{name} ({})", words::moment(Some(at), language)),
                    None => name,
                }
            })
            .collect()
    };
    Row {
        name: format!("{} v{}", one.protocol, one.version),
        title: match language {
            Language::English => one.title.clone(),
            Language::Welsh => one.title_cy.clone(),
        },
        valid: words::day(&one.valid_from, language),
        review: words::day(&one.review_by, language),
        mark: mark.map(|phrase| visit.t(phrase)),
        flows: one.flows,
        signed: if all {
            let since = words::moment(last, language);
            vec![format!("{} {since}", visit.t(P::ConsoleAllParties))]
        } else {
            names(true)
        },
        unsigned: if one.ended { Vec::new() } else { names(false) },
    }
}

pub(super) async fn try_one(
    visit: Visit,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    let mut faults = Faults::default();
    if answers.get("file").is_empty() {
        faults.add("file", visit.t(P::ConsoleProtocolNeeded));
        return show(&visit, answers, faults, None).await;
    }
    let request = v1::TryProtocolRequest {
        file: answers.get("file").to_owned(),
        purpose: v1::Purpose::BoardGovernance as i32,
        ..v1::TryProtocolRequest::default()
    };
    match visit.calling().overseeing().try_protocol(request).await {
        Ok(answered) => {
            let tried = tried(&answered.into_inner(), &visit);
            show(&visit, answers, faults, Some(tried)).await
        }
        Err(status) if status.code() == Code::InvalidArgument => {
            fields::from_service(&mut faults, &status, |_| "file".to_owned());
            show(&visit, answers, faults, None).await
        }
        Err(status) => Err(visit.refused(status)),
    }
}

fn tried(answered: &v1::TryProtocolResponse, visit: &Visit) -> Tried {
    let language = visit.language();
    let count = |count: u64, hidden: bool| {
        if hidden {
            "*".to_owned()
        } else {
            count.to_string()
        }
    };
    let changes = answered.changes.iter().map(|one| Change {
        kind: words::kind(&one.kind).say(language),
        recipient: match one.recipient.as_str() {
            "" => visit.t(P::ConsoleAllRecipients).to_owned(),
            agency => visit.agency_name(agency),
        },
        widened: count(one.widened, one.widened_hidden),
        narrowed: count(one.narrowed, one.narrowed_hidden),
    });
    let findings = answered.findings.iter().map(|one| Finding {
        line: one.line,
        mistake: one.mistake,
        words: one.words.clone(),
    });
    Tried {
        unreadable: answered.at.is_none(),
        findings: findings.collect(),
        changes: changes.collect(),
        looked_at: answered.looked_at,
        all: answered.looked_at_all,
        at: words::moment(answered.at.as_ref(), language),
    }
}
