//! What somebody sees when it didn't work: what that means, and what to do. Owns that a page says the same of what is hidden and of
//! what isn't there.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use diogel_texts::console::Phrase as P;
use tonic::Code;

use crate::page::{Page, html_as};

/// It didn't work.
pub(crate) struct Problem(Box<Shown>);

#[derive(Template)]
#[template(path = "problem.html")]
struct Shown {
    page: Page,
    status: StatusCode,
    what: P,
    do_now: P,
}

impl Problem {
    pub(crate) fn new(page: Page, status: StatusCode) -> Self {
        let (title, what, do_now) = match status {
            StatusCode::NOT_FOUND => (
                P::ConsoleNotFound,
                P::ConsoleNotFoundWhat,
                P::ConsoleNotFoundDo,
            ),
            StatusCode::FORBIDDEN => (
                P::ConsoleForbidden,
                P::ConsoleForbiddenWhat,
                P::ConsoleForbiddenDo,
            ),
            StatusCode::UNAUTHORIZED => (
                P::ConsoleNotSignedIn,
                P::ConsoleNotSignedInWhat,
                P::ConsoleNotSignedInDo,
            ),
            StatusCode::SERVICE_UNAVAILABLE => {
                (P::ConsoleBusy, P::ConsoleBusyWhat, P::ConsoleBusyDo)
            }
            StatusCode::BAD_REQUEST => (
                P::ConsoleBadRequest,
                P::ConsoleBadRequestWhat,
                P::ConsoleBadRequestDo,
            ),
            _ => (
                P::ConsoleProblem,
                P::ConsoleProblemWhat,
                P::ConsoleProblemDo,
            ),
        };
        let title = page.t(title);
        Self(Box::new(Shown {
            page: page.titled(title),
            status,
            what,
            do_now,
        }))
    }

    /// A service's refusal.
    pub(crate) fn of(page: Page, status: &tonic::Status) -> Self {
        let shown = match status.code() {
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::PermissionDenied => StatusCode::FORBIDDEN,
            Code::Unauthenticated => StatusCode::UNAUTHORIZED,
            Code::Unavailable
            | Code::DeadlineExceeded
            | Code::ResourceExhausted
            | Code::Cancelled => StatusCode::SERVICE_UNAVAILABLE,
            Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => {
                StatusCode::BAD_REQUEST
            }
            _ => StatusCode::BAD_GATEWAY,
        };
        if shown == StatusCode::BAD_GATEWAY || shown == StatusCode::BAD_REQUEST {
            tracing::warn!(code = ?status.code(), message = status.message(), "a service refused");
        }
        Self::new(page, shown)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        html_as(self.0.status, &*self.0)
    }
}
