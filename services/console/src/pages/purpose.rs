//! Why somebody looks: said once, kept in the session, and written down with every access.

use axum::{
    Form,
    response::{IntoResponse, Redirect, Response},
};
use diogel_domain::codes::Purpose;
use diogel_texts::console::Phrase as P;

use super::words::Choice;
use crate::{answers::Answers, page::Visit, problem::Problem, session::WHO};

/// All purposes, the present one chosen; first: none said.
pub(super) fn choices(visit: &Visit) -> Vec<Choice> {
    let none = Choice {
        value: String::new(),
        words: visit.t(P::ConsoleNotSaid).to_owned(),
        chosen: visit.purpose() == 0,
    };
    let all = Purpose::ALL.iter().map(|purpose| Choice {
        value: purpose.number().to_string(),
        words: purpose.label(visit.language()).to_owned(),
        chosen: purpose.number() == visit.purpose(),
    });
    [none].into_iter().chain(all).collect()
}

pub(super) async fn choose(
    visit: Visit,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    let mut who = visit.who.clone();
    let code = Purpose::from_number(answers.number("purpose-code"));
    who.purpose = code.map_or(0, Purpose::number);
    let kept = visit.session.insert(WHO, who).await;
    kept.map_err(|e| visit.broken(&e))?;
    Ok(Redirect::to(&visit.to("/")).into_response())
}
