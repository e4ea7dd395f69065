//! The first page: where one can go, what waits for an answer, and why one looks.

use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{Redirect, Response},
};
use diogel_texts::console::Phrase as P;

use super::{
    CASES, SECTIONS, purpose,
    requests::{self, Waiting},
    words::Choice,
};
use crate::{
    answers::Faults,
    page::{Page, Visit, html},
    problem::Problem,
    run::Console,
};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
    places: Vec<Place>,
    waiting: Vec<Waiting>,
    purposes: Vec<Choice>,
    none: Faults,
}

struct Place {
    to: String,
    name: P,
    what: P,
}

/// By what the browser prefers; each page has the other language one click away.
pub(super) async fn root(State(_): State<Console>, headers: HeaderMap) -> Redirect {
    let wanted = headers.get("accept-language");
    let wanted = wanted.and_then(|value| value.to_str().ok());
    let first = wanted.and_then(|value| value.split([',', ';', '-']).next());
    let welsh = first.is_some_and(|tag| tag.trim().eq_ignore_ascii_case("cy"));
    Redirect::to(if welsh { "/cy/" } else { "/en/" })
}

pub(super) async fn show(visit: Visit) -> Result<Response, Problem> {
    let waiting = if visit.who.is(CASES) {
        requests::waiting(&visit).await?
    } else {
        Vec::new()
    };
    let places = SECTIONS
        .iter()
        .filter(|s| !s.roles.is_empty() && visit.who.is(s.roles));
    let places = places.map(|section| Place {
        to: visit.to(section.path),
        name: section.name,
        what: section.what,
    });
    Ok(html(&Home {
        waiting,
        places: places.collect(),
        purposes: purpose::choices(&visit),
        page: visit.page(P::ConsoleHome),
        none: Faults::default(),
    }))
}
