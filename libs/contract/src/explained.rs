//! A service whose every refusal is explained. Where tonic or the guard refuse by a bare status (no certificate, a message too
//! long, a broken frame), it puts the contract's reason and a way out in its place, so that clients know one form of error.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tonic::{
    Code, Status,
    body::Body,
    codegen::{Body as HttpBody, Bytes, Service, StdError, http},
    server::NamedService,
};
use tonic_types::StatusExt;

use crate::refusal::{Reason, Refusal};

/// Explains what the inner service refuses. Put it outside the guard.
#[derive(Debug, Clone)]
pub struct Explained<S>(S);

impl<S> Explained<S> {
    /// Around a service.
    pub const fn new(inner: S) -> Self {
        Self(inner)
    }
}

impl<S: NamedService> NamedService for Explained<S> {
    const NAME: &'static str = S::NAME;
}

impl<S, B, R> Service<http::Request<B>> for Explained<S>
where
    S: Service<http::Request<B>, Response = http::Response<R>>,
    R: HttpBody<Data = Bytes> + Send + 'static,
    R::Error: Into<StdError>,
    S::Future: Send + 'static,
    S::Error: 'static,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let answered = self.0.call(request);
        Box::pin(async move { answered.await.map(|answer| explain(answer.map(Body::new))) })
    }
}

fn explain(response: http::Response<Body>) -> http::Response<Body> {
    // Only a refusal before the first answer has its status in the headers.
    let status = Status::from_header_map(response.headers());
    match status.and_then(|status| refusal(&status)) {
        Some(refusal) => Status::from(refusal).into_http(),
        None => response,
    }
}

/// None for an answer, and for a refusal that says its reason itself.
fn refusal(status: &Status) -> Option<Refusal> {
    if status.get_details_error_info().is_some() {
        return None;
    }
    let said = |reason| Refusal {
        message: status.message().into(),
        ..Refusal::new(reason)
    };
    match status.code() {
        Code::Unauthenticated => Some(said(Reason::NotAuthenticated)),
        Code::PermissionDenied => Some(said(Reason::NotPermitted)),
        Code::OutOfRange => Some(Refusal::malformed(
            "the message is too long; nothing was stored; shorten its texts, or send smaller batches",
        )),
        Code::Internal | Code::Unknown | Code::InvalidArgument => Some(Refusal::malformed(
            "the body is no gRPC message of this call; nothing was stored; compare with proto/diogel/v1",
        )),
        _ => None,
    }
}
