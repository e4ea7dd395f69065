//! The pages of signing in and out.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use time::OffsetDateTime;
use tower_sessions::Session;

use diogel_texts::console::Phrase as P;

use super::{SignIn, local, provider::Begun, signed_in};
use crate::{
    page::{Opened, Page, html},
    problem::Problem,
    run::Console,
    session::WHO,
};

/// Where a session keeps a sign-in that has begun.
const BEGUN: &str = "begun";

/// Where to go after the sign-in.
#[derive(Deserialize)]
pub(crate) struct To {
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "choose.html")]
struct Choose {
    page: Page,
    to: String,
    people: Vec<Chosen>,
}

struct Chosen {
    number: usize,
    name: String,
    agency: String,
    roles: String,
}

/// Begins a sign-in.
pub(crate) async fn begin(
    opened: Opened,
    State(console): State<Console>,
    session: Session,
    Query(To { to }): Query<To>,
) -> Result<Response, Problem> {
    let to = local(&to).map_or_else(|| opened.home(), str::to_owned);
    match &console.sign_in {
        SignIn::Choice(choice) => {
            let people = choice
                .people
                .iter()
                .enumerate()
                .map(|(number, person)| Chosen {
                    number,
                    name: person.name.clone(),
                    agency: console.agency_name(&person.agency, opened.language),
                    roles: crate::pages::roles(&person.roles, opened.language),
                });
            let people = people.collect();
            let page = opened.page(P::ConsoleSignIn);
            Ok(html(&Choose { page, to, people }))
        }
        SignIn::Provider(provider) => {
            let (url, begun) = provider
                .begin(&to)
                .await
                .map_err(|why| opened.not_signed_in(&why))?;
            session
                .insert(BEGUN, begun)
                .await
                .map_err(|e| opened.broken(&e))?;
            Ok(Redirect::to(&url).into_response())
        }
    }
}

/// Whom somebody chose to be.
#[derive(Deserialize)]
pub(crate) struct Choosing {
    person: String,
    #[serde(default)]
    to: String,
}

/// Signs an invented person in.
pub(crate) async fn choose(
    opened: Opened,
    State(console): State<Console>,
    session: Session,
    Form(choosing): Form<Choosing>,
) -> Result<Response, Problem> {
    let SignIn::Choice(choice) = &console.sign_in else {
        return Err(opened.problem(StatusCode::NOT_FOUND));
    };
    let (own, now) = (console.own(), OffsetDateTime::now_utc());
    let tokens = choice.tokens(&choosing.person, &own, now);
    let who = tokens.and_then(|tokens| signed_in(&console.people, tokens, &own, now));
    let who = who.map_err(|why| opened.not_signed_in(&why))?;
    start(&opened, &session, who).await?;
    let to = local(&choosing.to).map_or_else(|| opened.home(), str::to_owned);
    Ok(Redirect::to(&to).into_response())
}

/// The session of before has nothing to do with this one: neither its contents nor its id, which somebody may have planted (fixation).
async fn start(
    opened: &Opened,
    session: &Session,
    who: crate::session::SignedIn,
) -> Result<(), Problem> {
    session.clear().await;
    if session.id().is_some() {
        session.cycle_id().await.map_err(|e| opened.broken(&e))?;
    }
    session
        .insert(WHO, who)
        .await
        .map_err(|e| opened.broken(&e))?;
    session.save().await.map_err(|e| opened.broken(&e))
}

async fn end(opened: &Opened, session: &Session) -> Result<(), Problem> {
    if session.id().is_some() {
        session.flush().await.map_err(|e| opened.broken(&e))?;
    }
    Ok(())
}

/// What the provider says.
#[derive(Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// Ends a sign-in at the provider.
pub(crate) async fn come_back(
    State(console): State<Console>,
    session: Session,
    Query(answer): Query<Answer>,
) -> Result<Response, Problem> {
    let begun: Option<Begun> = session.remove(BEGUN).await.unwrap_or_default();
    let opened = Opened::at(begun.as_ref().map_or("/en/", |begun| &begun.to));
    let SignIn::Provider(provider) = &console.sign_in else {
        return Err(opened.problem(StatusCode::NOT_FOUND));
    };
    let asked = begun.filter(|begun| !answer.code.is_empty() && begun.state == answer.state);
    let Some(begun) = asked else {
        let why = super::Refused("the answer doesn't belong to a sign-in of this session".into());
        return Err(opened.not_signed_in(&why));
    };
    let to = begun.to.clone();
    let tokens = provider.tokens(begun, answer.code).await;
    let (own, now) = (console.own(), OffsetDateTime::now_utc());
    let who = tokens.and_then(|tokens| signed_in(&console.people, tokens, &own, now));
    let who = who.map_err(|why| opened.not_signed_in(&why))?;
    start(&opened, &session, who).await?;
    Ok(Redirect::to(&to).into_response())
}

/// Signs out, here and at the provider.
pub(crate) async fn leave(
    opened: Opened,
    State(console): State<Console>,
    session: Session,
) -> Result<Response, Problem> {
    let who: Option<crate::session::SignedIn> = session.get(WHO).await.unwrap_or_default();
    end(&opened, &session).await?;
    let there = match &console.sign_in {
        SignIn::Provider(provider) => {
            let hint = who.as_ref().and_then(|who| who.hint.as_deref());
            provider.end(hint).await
        }
        SignIn::Choice(_) => None,
    };
    let to = there.unwrap_or_else(|| format!("/{}/signed-out", opened.code()));
    Ok(Redirect::to(&to).into_response())
}

#[derive(Template)]
#[template(path = "left.html")]
struct Left {
    page: Page,
}

/// Signed out.
pub(crate) async fn left(opened: Opened) -> Response {
    let page = opened.page(P::ConsoleSignedOut);
    html(&Left { page })
}
