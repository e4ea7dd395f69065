//! Who saw what, and why: for whoever answers for it. What each person of this agency looked at, which systems have still to take what
//! they were told, which emergencies the Board has still to review, and who wasn't let in.

use askama::Template;
use axum::{
    Form,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use diogel_contract::v1;
use diogel_identity::PersonRole::Governance;
use diogel_texts::console::Phrase as P;
use serde::Deserialize;

use super::words;
use crate::{
    answers::Answers,
    page::{Page, Visit, html},
    problem::Problem,
};

/// Rows on a page.
const ROWS: u32 = 50;
/// Events on a page that are still to be taken.
const OWED: u32 = 25;

#[derive(Template)]
#[template(path = "governance.html")]
struct Start {
    page: Page,
    is_board: bool,
}

pub(super) async fn start(visit: Visit) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    Ok(html(&Start {
        is_board: is_board(&visit),
        page: visit.page(P::ConsoleGovernance),
    }))
}

fn is_board(visit: &Visit) -> bool {
    visit.who.agency == visit.console.config.board_agency
}

#[derive(Template)]
#[template(path = "accesses.html")]
struct Accesses {
    page: Page,
    event: String,
    rows: Vec<Access>,
    next: Option<String>,
    others: bool,
    not_let_in: bool,
}

struct Access {
    at: String,
    agency: String,
    who: String,
    system: String,
    call: String,
    purpose: &'static str,
    refused: bool,
    events: Vec<String>,
    why: String,
    times: u64,
}

/// Of which event, from where on.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    event: String,
    #[serde(default)]
    from: String,
}

pub(super) async fn accesses(
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    log(visit, which, false).await
}

pub(super) async fn not_let_in(
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let which = Which {
        event: String::new(),
        ..which
    };
    log(visit, which, true).await
}

async fn log(visit: Visit, which: Which, not_let_in: bool) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    let request = v1::AccessLogRequest {
        event_id: which.event.trim().to_owned(),
        page_size: ROWS,
        page_token: which.from,
        purpose: v1::Purpose::BoardGovernance as i32,
        only_not_let_in: not_let_in,
        ..v1::AccessLogRequest::default()
    };
    let event = request.event_id.clone();
    let answered = visit.calling().accounting().access_log(request).await;
    let answered = answered
        .map_err(|status| visit.refused(status))?
        .into_inner();
    let path = if not_let_in { "not-let-in" } else { "accesses" };
    let next = (!answered.next_page_token.is_empty()).then(|| {
        let from = &answered.next_page_token;
        visit.to(&format!("/governance/{path}?event={event}&from={from}"))
    });
    let title = if not_let_in {
        P::ConsoleNotLetIn
    } else {
        P::ConsoleAccesses
    };
    Ok(html(&Accesses {
        rows: answered
            .accesses
            .into_iter()
            .map(|one| access(one, &visit))
            .collect(),
        next,
        others: answered.and_any_others_entitled,
        not_let_in,
        event,
        page: visit.page(title),
    }))
}

fn access(access: v1::Access, visit: &Visit) -> Access {
    let language = visit.language();
    let name = access.system.rsplit('/').take(2).collect::<Vec<_>>();
    Access {
        at: words::moment(access.at.as_ref(), language),
        agency: visit.agency_name(&access.agency),
        who: access.on_behalf_of,
        system: name.into_iter().rev().collect::<Vec<_>>().join(" "),
        call: access
            .call
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_owned(),
        purpose: words::purpose(access.purpose, language),
        refused: access.refused,
        events: access.event_ids,
        why: access.not_let_in,
        times: access.times,
    }
}

#[derive(Template)]
#[template(path = "outstanding.html")]
struct Outstanding {
    page: Page,
    rows: Vec<Owed>,
    next: Option<String>,
}

struct Owed {
    event: String,
    state: &'static str,
    agencies: String,
    /// This agency's own system has still to take it.
    own: bool,
    hash: String,
    key: String,
}

pub(super) async fn outstanding(
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    let request = v1::OutstandingRequest {
        page_size: OWED,
        page_token: which.from,
        purpose: v1::Purpose::BoardGovernance as i32,
        ..v1::OutstandingRequest::default()
    };
    let answered = visit.calling().accounting().outstanding(request).await;
    let answered = answered
        .map_err(|status| visit.refused(status))?
        .into_inner();
    let next = (!answered.next_page_token.is_empty()).then(|| {
        let from = &answered.next_page_token;
        visit.to(&format!("/governance/outstanding?from={from}"))
    });
    let key = visit.fresh_key()?;
    let owed = |one| owed(one, &key, &visit);
    Ok(html(&Outstanding {
        rows: answered.events.into_iter().map(owed).collect(),
        next,
        page: visit.page(P::ConsoleOutstanding),
    }))
}

/// What was taken may have to be taken again later: the key is the page's, not the event's.
fn owed(event: v1::OutstandingEvent, key: &str, visit: &Visit) -> Owed {
    let agencies = event.agencies.iter().map(|id| visit.agency_name(id));
    let state = words::state(event.state());
    Owed {
        state: visit.t(state.unwrap_or(P::ConsoleStateCurrent)),
        agencies: agencies.collect::<Vec<_>>().join(", "),
        own: event.agencies.contains(&visit.who.agency),
        key: format!("{key}-{}", event.event_id),
        event: event.event_id,
        hash: event.hash,
    }
}

/// Takes down that this agency has taken what it was told.
pub(super) async fn acknowledge(
    visit: Visit,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    let event = v1::Reference {
        hash: answers.get("hash").to_owned(),
        event: Some(v1::reference::Event::EventId(
            answers.get("event").to_owned(),
        )),
    };
    let request = v1::PublishRequest {
        request_key: answers.get("key").chars().take(128).collect(),
        content: Some(v1::publish_request::Content::Acknowledgement(
            v1::Acknowledgement { event: Some(event) },
        )),
        ..v1::PublishRequest::default()
    };
    let publishing = visit.calling().publishing();
    let mut publishing = publishing.ok_or_else(|| visit.problem(StatusCode::FORBIDDEN))?;
    let published = publishing.publish(request).await;
    published.map_err(|status| visit.refused(status))?;
    Ok(Redirect::to(&visit.to("/governance/outstanding")).into_response())
}
