//! What every page has: its language, its title, who is signed in, where one can go. Owns that the same page is one click away in the
//! other language, whatever was filled in.

use std::{borrow::Borrow, fmt::Display};

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{Html, IntoResponse, Response},
};
use diogel_domain::codes::{Language, Purpose};
use diogel_identity::PersonRole;
use diogel_texts::console::Phrase as P;
use time::OffsetDateTime;
use tower_sessions::Session;
use uuid::Uuid;

use crate::{
    answers::Answers,
    assets::STYLES_AT,
    problem::Problem,
    run::{Console, Held},
    services::{Calling, Token},
    session::{SignedIn, WHO},
    sign_in::Refused,
};

/// The frame of a page.
pub(crate) struct Page {
    pub(crate) language: Language,
    pub(crate) title: String,
    /// After the language, with its query.
    path: String,
    /// Set where the page is the answer to a form: what has to be sent again for the same page in the other language.
    again: Option<Vec<(String, String)>>,
    pub(crate) who: Option<Shown>,
    pub(crate) nav: Vec<Link>,
    pub(crate) styles: &'static str,
}

/// Who is signed in.
pub(crate) struct Shown {
    pub(crate) name: String,
    pub(crate) agency: String,
    pub(crate) purpose: &'static str,
}

/// Somewhere to go.
pub(crate) struct Link {
    pub(crate) to: String,
    pub(crate) words: &'static str,
    pub(crate) here: bool,
}

impl Page {
    pub(crate) fn t(&self, phrase: impl Borrow<P>) -> &'static str {
        phrase.borrow().say(self.language)
    }

    pub(crate) fn code(&self) -> &'static str {
        code(self.language)
    }

    pub(crate) fn other(&self) -> &'static str {
        code(other(self.language))
    }

    pub(crate) fn other_name(&self) -> &'static str {
        P::ConsoleThisLanguage.say(other(self.language))
    }

    /// An address of this console in this language.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("/{}{path}", self.code())
    }

    pub(crate) fn in_other(&self) -> String {
        format!("/{}{}", self.other(), self.path)
    }

    /// What to send for it, if it answers a form.
    pub(crate) fn again(&self) -> &[(String, String)] {
        self.again.as_deref().unwrap_or_default()
    }

    pub(crate) fn answers_a_form(&self) -> bool {
        self.again.is_some()
    }

    /// This page answers a form.
    #[must_use]
    pub(crate) fn of(self, answers: &Answers) -> Self {
        Self {
            again: Some(answers.0.clone()),
            ..self
        }
    }

    /// With a title of its own.
    #[must_use]
    pub(crate) fn titled(self, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..self
        }
    }
}

const fn code(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Welsh => "cy",
    }
}

const fn other(language: Language) -> Language {
    match language {
        Language::English => Language::Welsh,
        Language::Welsh => Language::English,
    }
}

/// A page.
pub(crate) fn html(template: &impl Template) -> Response {
    html_as(StatusCode::OK, template)
}

pub(crate) fn html_as(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page that is asked for, by whomever.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) language: Language,
    path: String,
}

impl Opened {
    /// The page at an address of this console.
    pub(crate) fn at(address: &str) -> Self {
        let (language, path) = split(address).unwrap_or((Language::English, "/"));
        Self {
            language,
            path: path.to_owned(),
        }
    }

    pub(crate) fn code(&self) -> &'static str {
        code(self.language)
    }

    pub(crate) fn home(&self) -> String {
        format!("/{}/", self.code())
    }

    /// Its frame, for nobody who is signed in.
    pub(crate) fn page(&self, title: P) -> Page {
        Page {
            language: self.language,
            title: title.say(self.language).to_owned(),
            path: self.path.clone(),
            again: None,
            who: None,
            nav: Vec::new(),
            styles: STYLES_AT.as_str(),
        }
    }

    pub(crate) fn problem(&self, status: StatusCode) -> Problem {
        Problem::new(self.page(P::ConsoleProblem), status)
    }

    pub(crate) fn not_signed_in(&self, why: &Refused) -> Problem {
        tracing::warn!(%why, "a sign-in failed");
        Problem::new(self.page(P::ConsoleNotSignedIn), StatusCode::UNAUTHORIZED)
    }

    pub(crate) fn broken(&self, error: &dyn Display) -> Problem {
        tracing::error!(%error, "a session");
        self.problem(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Language and rest of an address.
fn split(address: &str) -> Option<(Language, &str)> {
    let language = match address.get(..4)? {
        "/en/" => Language::English,
        "/cy/" => Language::Welsh,
        _ => return None,
    };
    Some((language, address.get(3..)?))
}

fn opened(parts: &Parts) -> Option<Opened> {
    let address = parts.uri.path_and_query()?.as_str();
    let (language, path) = split(address)?;
    let path = path.to_owned();
    Some(Opened { language, path })
}

impl FromRequestParts<Console> for Opened {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &Console) -> Result<Self, StatusCode> {
        opened(parts).ok_or(StatusCode::NOT_FOUND)
    }
}

/// A page that is asked for by somebody who is signed in.
pub(crate) struct Visit {
    pub(crate) opened: Opened,
    pub(crate) console: Console,
    pub(crate) who: SignedIn,
    pub(crate) session: Session,
    token: Token,
}

impl Visit {
    /// The key of a form that is filled in now: sent twice, it publishes once.
    pub(crate) fn fresh_key(&self) -> Result<String, Problem> {
        let mut bytes = [0; 16];
        diogel_identity::content_key::fill_random(&mut bytes).map_err(|e| self.broken(&e))?;
        Ok(Uuid::from_bytes(bytes).to_string())
    }

    pub(crate) fn language(&self) -> Language {
        self.opened.language
    }

    pub(crate) fn t(&self, phrase: P) -> &'static str {
        phrase.say(self.opened.language)
    }

    /// An address of this console in this language.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("/{}{path}", self.opened.code())
    }

    /// The services, as this person calls them.
    pub(crate) fn calling(&self) -> Calling<'_> {
        Calling {
            services: &self.console.services,
            token: self.token.clone(),
            agency: &self.who.agency,
        }
    }

    /// Why they look.
    pub(crate) fn purpose(&self) -> i32 {
        self.who.purpose
    }

    pub(crate) fn agency_name(&self, id: &str) -> String {
        self.console.agency_name(id, self.language())
    }

    pub(crate) fn page(&self, title: P) -> Page {
        let language = self.language();
        let purpose = Purpose::from_number(self.who.purpose);
        Page {
            who: Some(Shown {
                name: self.who.name.clone(),
                agency: self.agency_name(&self.who.agency),
                purpose: purpose.map_or("", |purpose| purpose.label(language)),
            }),
            nav: self.nav(),
            ..self.opened.page(title)
        }
    }

    fn nav(&self) -> Vec<Link> {
        let here = self.opened.path.split(['?', '#']).next().unwrap_or("/");
        let all = crate::pages::SECTIONS.iter();
        let open = all.filter(|section| section.roles.is_empty() || self.who.is(section.roles));
        open.map(|section| Link {
            to: self.to(section.path),
            words: section.name.say(self.language()),
            here: match section.path {
                "/" => here == "/",
                path => here == path || here.starts_with(&format!("{path}/")),
            },
        })
        .collect()
    }

    /// What a service's refusal looks like.
    pub(crate) fn refused(&self, status: tonic::Status) -> Problem {
        Problem::of(self.page(P::ConsoleProblem), &status)
    }

    pub(crate) fn problem(&self, status: StatusCode) -> Problem {
        Problem::new(self.page(P::ConsoleProblem), status)
    }

    pub(crate) fn broken(&self, error: &dyn Display) -> Problem {
        tracing::error!(%error, "a page");
        self.problem(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The page is for people in one of these roles. Services decide that for themselves; this says it sooner.
    pub(crate) fn only(&self, roles: &[PersonRole]) -> Result<(), Problem> {
        if self.who.is(roles) {
            return Ok(());
        }
        Err(self.problem(StatusCode::FORBIDDEN))
    }
}

impl FromRequestParts<Console> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Response> {
        let opened = opened(parts).ok_or_else(|| StatusCode::NOT_FOUND.into_response())?;
        let session = Session::from_request_parts(parts, console).await;
        let session = session.map_err(IntoResponse::into_response)?;
        let who: Option<SignedIn> = session.get(WHO).await.unwrap_or_default();
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let longest = i64::from(console.config.longest_minutes) * 60;
        let who = who.filter(|who| now - who.since < longest);
        let Some(who) = who else {
            return Err(sign_in_first(&opened, parts, console));
        };
        visit(opened.clone(), console, session, who)
            .await
            .map_err(|why| {
                tracing::info!(%why, "somebody has to sign in anew");
                sign_in_first(&opened, parts, console)
            })
    }
}

async fn visit(
    opened: Opened,
    console: &Console,
    session: Session,
    mut who: SignedIn,
) -> Result<Visit, Refused> {
    let Held {
        sign_in, people, ..
    } = &**console;
    if sign_in.renewed(&mut who, people, &console.own()).await? {
        let kept = session.insert(WHO, who.clone()).await;
        kept.map_err(|e| Refused(e.to_string()))?;
    }
    let token = Token::new(&who.access).ok_or_else(|| Refused("no token".into()))?;
    Ok(Visit {
        opened,
        console: console.clone(),
        who,
        session,
        token,
    })
}

/// A page that was asked for comes after the sign-in; what was sent by a form doesn't: it has to be sent again, by somebody.
fn sign_in_first(opened: &Opened, parts: &Parts, console: &Console) -> Response {
    let asked = parts.method == axum::http::Method::GET;
    let to = if asked {
        format!("/{}{}", opened.code(), opened.path)
    } else {
        opened.home()
    };
    let query = [("to", to.as_str())];
    let url = reqwest::Url::parse_with_params(&format!("{}/", console.config.origin), query);
    let query = url
        .ok()
        .and_then(|url| url.query().map(str::to_owned))
        .unwrap_or_default();
    let to = format!("/{}/sign-in?{query}", opened.code());
    axum::response::Redirect::to(&to).into_response()
}
