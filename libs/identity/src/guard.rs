//! The check before each request. Owns the order of the questions and what a refused caller learns; refuses everybody it
//! knows nothing about. Open streams ask it again until they end (P8).

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use futures_util::StreamExt;
use time::OffsetDateTime;
use tokio_stream::Stream;
use tonic::service::Interceptor;
use tonic::{Extensions, Request, Status};

use crate::allow::Allowlist;
use crate::peer::Peer;
use crate::reload::{NotAdmitted, Reloading};
use crate::serve::Connection;

/// How often an open stream is held against end of validity and allowlist; a new revocation list wakes it at once.
pub const STREAM_CHECK: Duration = Duration::from_millis(250);

/// Guards one gRPC service: an interceptor that puts the peer, as `Arc<Peer>`, into the extensions of each request it lets
/// through. Cheap to clone.
#[derive(Clone)]
pub struct Guard {
    service: Arc<str>,
    board: Arc<str>,
    allow: Arc<ArcSwap<Allowlist>>,
    tls: Arc<Reloading>,
}

impl Guard {
    /// A guard for the service of this full name (`diogel.v1.PublishingService`), of the board that this machine's own
    /// certificate names.
    pub fn new(service: &str, allow: Arc<ArcSwap<Allowlist>>, tls: Arc<Reloading>) -> Self {
        let board = tls.own().board().into();
        Self {
            service: service.into(),
            board,
            allow,
            tls,
        }
    }

    /// The peer of a request, if it may call the service now.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` without a peer, or with a certificate that was revoked or has ended; `PERMISSION_DENIED`, always in
    /// the same words, for a peer that isn't listed or is another board's; `UNAVAILABLE` once the revocation list has ended.
    pub fn check(&self, extensions: &Extensions) -> Result<Arc<Peer>, Status> {
        let connection = extensions
            .get::<Connection>()
            .ok_or_else(|| Status::unauthenticated("a client certificate is required"))?;
        self.check_peer(&connection.peer)?;
        Ok(connection.peer.clone())
    }

    /// Whether the peer may call the service now, asked anew.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn check_peer(&self, peer: &Peer) -> Result<(), Status> {
        self.tls
            .admits(peer, OffsetDateTime::now_utc())
            .map_err(status)?;
        let listed = self.allow.load().permits(&self.service, &peer.principal);
        if listed && peer.principal.board() == &*self.board {
            return Ok(());
        }
        tracing::warn!(principal = %peer.principal, service = &*self.service, "not on the allowlist");
        Err(Status::permission_denied(
            "this certificate may not call this service",
        ))
    }

    /// `items` until the peer may no longer call the service; then the refusal, as the last item. For every stream of
    /// answers: it ends within a second of a revocation (P8), also while it has nothing to say.
    pub fn while_admitted<T: Send + 'static>(
        &self,
        peer: Arc<Peer>,
        items: impl Stream<Item = Result<T, Status>> + Send + 'static,
    ) -> impl Stream<Item = Result<T, Status>> + Send + 'static {
        let refused = Box::pin(self.clone().refusal(peer));
        let state = Some((Box::pin(items), refused));
        futures_util::stream::unfold(state, async |state| {
            let (mut items, mut refused) = state?;
            tokio::select! {
                biased;
                status = &mut refused => Some((Err(status), None)),
                item = items.next() => item.map(|item| (item, Some((items, refused)))),
            }
        })
    }

    /// Ends when the peer is refused.
    async fn refusal(self, peer: Arc<Peer>) -> Status {
        let mut changes = self.tls.changes();
        let mut ticks = tokio::time::interval(STREAM_CHECK);
        loop {
            if let Err(status) = self.check_peer(&peer) {
                return status;
            }
            tokio::select! {
                _ = ticks.tick() => {}
                _ = changes.changed() => {}
            }
        }
    }
}

impl Interceptor for Guard {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let peer = self.check(request.extensions())?;
        request.extensions_mut().insert(peer);
        Ok(request)
    }
}

fn status(why: NotAdmitted) -> Status {
    match why {
        NotAdmitted::Revoked | NotAdmitted::Expired => Status::unauthenticated(why.to_string()),
        NotAdmitted::ListEnded => Status::unavailable(why.to_string()),
    }
}
