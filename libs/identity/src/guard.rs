//! The check before each request and while its answer goes out. Owns the order of the questions; refuses everybody it knows
//! nothing about. Every stream of answers, of every service, is held against it until it ends (P8).

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Context, Poll, Service, http};
use tonic::server::NamedService;

use crate::allow_file::{AllowFile, Unreadable};
use crate::guarded_body::GuardedBody;
use crate::name::Role;
use crate::peer::Peer;
use crate::person::{People, TokenRefused, may_call};
use crate::refusals::{Refusals, Why};
use crate::reload::{NotAdmitted, Reloading};
use crate::serve::Connection;

/// How often an open stream is held against end of validity and allowlist; a new revocation list or allowlist wakes it at once.
pub const STREAM_CHECK: Duration = Duration::from_millis(250);
/// A method's name longer than this isn't written down: it is the caller's own text.
const METHOD: usize = 40;

/// What all guards of a process ask, and tell. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    allow: Arc<Reloading<AllowFile>>,
    tls: Arc<Reloading>,
    refusals: Refusals,
    people: Option<Arc<People>>,
}

impl Door {
    /// Who comes in is whom `allow` lists; `refusals` is told of everybody else with a certificate of the board.
    pub fn new(allow: Arc<Reloading<AllowFile>>, tls: Arc<Reloading>, refusals: Refusals) -> Self {
        Self {
            allow,
            tls,
            refusals,
            people: None,
        }
    }

    /// The same, letting people in, too, whose tokens `people` finds good and for whom a listed console calls. Without it no
    /// console gets in.
    #[must_use]
    pub fn with_people(self, people: Option<Arc<People>>) -> Self {
        Self { people, ..self }
    }

    /// `service` behind a guard, which puts the peer, as `Arc<Peer>`, into the extensions of each request that it lets through.
    pub fn guards<S: NamedService>(&self, service: S) -> Guarded<S> {
        Guarded {
            guard: Arc::new(self.guard(S::NAME)),
            inner: service,
        }
    }

    /// The guard of the service of this full name, of the board that this machine's own certificate names.
    pub(crate) fn guard(&self, service: &str) -> Guard {
        Guard {
            service: service.into(),
            board: self.tls.own().board().into(),
            door: self.clone(),
        }
    }
}

/// Guards one gRPC service.
pub(crate) struct Guard {
    service: Box<str>,
    board: Box<str>,
    door: Door,
}

impl Guard {
    /// The peer of a request, if it may call the service now; else the refusal, which has been told of.
    ///
    /// `UNAUTHENTICATED` without a peer, with a certificate that was revoked or has ended, or from a console that calls for
    /// nobody; `PERMISSION_DENIED`, always in the same words, for a peer that isn't listed or is another board's, and for a
    /// person without a role for the call; `UNAVAILABLE` once the revocation list has ended or the allowlist couldn't be read
    /// for too long.
    pub(crate) fn check(
        &self,
        extensions: &http::Extensions,
        uri: &http::Uri,
        headers: &http::HeaderMap,
    ) -> Result<Arc<Peer>, Status> {
        let connection = extensions
            .get::<Connection>()
            .ok_or_else(|| Status::unauthenticated("a client certificate is required"))?;
        let peer = &connection.peer;
        if let Some(why) = self.refuses(peer) {
            return Err(self.refusal(peer, uri, why));
        }
        if peer.principal.role() != Role::Console {
            return Ok(peer.clone());
        }
        self.person(peer, uri, headers)
    }

    /// A console, calling for the person whose token comes with the request.
    fn person(
        &self,
        console: &Peer,
        uri: &http::Uri,
        headers: &http::HeaderMap,
    ) -> Result<Arc<Peer>, Status> {
        let people = self.door.people.as_ref().ok_or(TokenRefused::NoProvider);
        let now = OffsetDateTime::now_utc();
        let person = people.and_then(|people| people.person(headers, console, now));
        let person = person.and_then(|person| {
            console
                .calling_for(person)
                .map_err(|_| TokenRefused::Nobody)
        });
        let peer = person.map_err(|why| {
            tracing::info!(%why, call = self.call(uri.path()), "a person's token was refused");
            self.refusal(console, uri, Why::NotSignedIn)
        })?;
        let roles = peer.person.as_ref().map(|person| &*person.roles);
        let method = uri.path().rsplit('/').next().unwrap_or_default();
        if may_call(roles.unwrap_or_default(), &self.service, method) {
            Ok(Arc::new(peer))
        } else {
            Err(self.refusal(&peer, uri, Why::NotTheirRole))
        }
    }

    /// Whether, and why, the peer may not call the service now; asked anew each time.
    pub(crate) fn refuses(&self, peer: &Peer) -> Option<Why> {
        let now = OffsetDateTime::now_utc();
        let admitted = self.door.tls.admits(peer, now);
        if let Err(why) = admitted {
            return Some(match why {
                NotAdmitted::Revoked => Why::Revoked,
                NotAdmitted::Expired => Why::Expired,
                NotAdmitted::ListEnded => Why::RevocationListEnded,
            });
        }
        if peer.principal.board() != &*self.board {
            return Some(Why::OtherBoard);
        }
        if peer
            .person
            .as_ref()
            .is_some_and(|person| person.until <= now)
        {
            return Some(Why::NotSignedIn);
        }
        let allow = &self.door.allow;
        match allow.permits(&self.service, peer.certified(), Instant::now()) {
            Ok(true) => None,
            Ok(false) => Some(Why::NotListed),
            Err(Unreadable) => Some(Why::AllowlistUnreadable),
        }
    }

    fn refusal(&self, peer: &Peer, uri: &http::Uri, why: Why) -> Status {
        let call = self.call(uri.path());
        self.door.refusals.refused(&peer.principal, &call, why);
        why.status()
    }

    /// Ends when the peer is refused.
    pub(crate) async fn refused(self: Arc<Self>, peer: Arc<Peer>, uri: http::Uri) -> Status {
        let mut certificates = self.door.tls.changes();
        let mut lists = self.door.allow.changes();
        let mut ticks = tokio::time::interval(STREAM_CHECK);
        loop {
            if let Some(why) = self.refuses(&peer) {
                return self.refusal(&peer, &uri, why);
            }
            tokio::select! {
                _ = ticks.tick() => {}
                _ = certificates.changed() => {}
                _ = lists.changed() => {}
            }
        }
    }

    /// The call that a path names, as it may be written down.
    fn call(&self, path: &str) -> String {
        let method = path.rsplit('/').next().unwrap_or_default();
        let is_name = (1..=METHOD).contains(&method.len())
            && method.bytes().all(|byte| byte.is_ascii_alphanumeric());
        format!("{}/{}", self.service, if is_name { method } else { "?" })
    }
}

/// A service behind its guard.
#[derive(Clone)]
pub struct Guarded<S> {
    // Before the service: what the guard holds is let go of before the service says that it has ended.
    guard: Arc<Guard>,
    inner: S,
}

impl<S: NamedService> NamedService for Guarded<S> {
    const NAME: &'static str = S::NAME;
}

impl<S, B> Service<http::Request<B>> for Guarded<S>
where
    S: Service<http::Request<B>, Response = http::Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Infallible>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: http::Request<B>) -> Self::Future {
        let peer = match self
            .guard
            .check(request.extensions(), request.uri(), request.headers())
        {
            Ok(peer) => peer,
            Err(status) => return Box::pin(std::future::ready(Ok(status.into_http()))),
        };
        request.extensions_mut().insert(peer.clone());
        let (guard, uri) = (self.guard.clone(), request.uri().clone());
        let asked = Instant::now();
        let answered = self.inner.call(request);
        Box::pin(async move {
            let answer = answered.await?;
            // What was long in the making is for those who may still call (P8).
            let late = asked.elapsed() >= STREAM_CHECK;
            if let Some(why) = late.then(|| guard.refuses(&peer)).flatten() {
                return Ok(guard.refusal(&peer, &uri, why).into_http());
            }
            Ok(answer.map(|body| Body::new(GuardedBody::new(body, guard, peer, uri))))
        })
    }
}
