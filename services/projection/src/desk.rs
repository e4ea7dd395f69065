//! Where every read comes in: who asks, for whom, why, as of when; and where it goes out: each answer and each refusal is written to
//! the access log before it leaves. Whose role or agency isn't in force is told like those whom the guard refuses.

use std::sync::Arc;

use diogel_contract::{
    read,
    refusal::{Reason, Refusal},
    v1,
};
use diogel_domain::{
    codes::Purpose,
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_identity::{Peer, Refusals, Role, Why};
use diogel_views::{Folded, Reader, Trace, store::Store};
use tonic::{Request, Response, Status};

use crate::{
    accesses::{Accesses, Asked},
    run::now,
    standing::Complete,
    turns::Turns,
};

/// Longest name of a person, in bytes.
const NAME: usize = 200;

/// The way in and out.
pub(crate) struct Desk<S> {
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) complete: Complete,
    pub(crate) accesses: Accesses,
    pub(crate) refusals: Refusals,
    pub(crate) turns: Turns,
}

impl<S> Clone for Desk<S> {
    fn clone(&self) -> Self {
        Self {
            views: Arc::clone(&self.views),
            complete: self.complete.clone(),
            accesses: self.accesses.clone(),
            refusals: self.refusals.clone(),
            turns: self.turns.clone(),
        }
    }
}

/// What a request says of itself.
pub(crate) struct Asking<'a> {
    pub(crate) call: &'static str,
    pub(crate) purpose: i32,
    pub(crate) on_behalf_of: &'a str,
    pub(crate) as_of: Option<&'a diogel_contract::Timestamp>,
}

/// A request that says why it is asked.
pub(crate) trait Asks {
    /// What it says.
    fn asking(&self, call: &'static str) -> Asking<'_>;
}

/// A read under way.
pub(crate) struct Call {
    pub(crate) reader: Reader,
    pub(crate) asked: Asked,
}

impl<S: Store> Desk<S> {
    /// The calling agency as a reader, if its view is complete. For a person whose token the door verified it reads as that person,
    /// whatever name the request gives.
    pub(crate) fn call<T>(
        &self,
        request: &Request<T>,
        asking: Asking<'_>,
    ) -> Result<Call, Refusal> {
        self.call_as(Role::System, request, asking)
    }

    /// The same for a call that another role may make.
    pub(crate) fn call_as<T>(
        &self,
        role: Role,
        request: &Request<T>,
        asking: Asking<'_>,
    ) -> Result<Call, Refusal> {
        let peer = request.extensions().get::<Arc<Peer>>();
        let agency = peer.and_then(|p| AgencyId::new(p.principal.agency()).ok());
        let (peer, agency) = peer.zip(agency).ok_or(Refusal::new(Reason::NotPermitted))?;
        let person = peer.person.as_ref();
        let asked = Asked {
            agency,
            system: peer.principal.to_string(),
            on_behalf_of: match person {
                Some(person) => person.name.clone(),
                None => asking.on_behalf_of.chars().take(NAME).collect(),
            },
            purpose: asking.purpose,
            call: asking.call,
        };
        // A person's roles were held against the call at the door.
        let fits = person.is_some() || peer.principal.role() == role;
        match self.reader(&asked, &asking, fits) {
            Ok(reader) => Ok(Call { reader, asked }),
            Err(refusal) if refusal.reason == Reason::NotPermitted => {
                let why = if fits {
                    Why::AgencyNotInForce
                } else {
                    Why::WrongRole
                };
                self.refusals.refused(&peer.principal, asked.call, why);
                Err(refusal)
            }
            Err(refusal) => Err(self.accesses.refused(&asked, None, refusal)),
        }
    }

    fn reader(&self, asked: &Asked, asking: &Asking<'_>, fits: bool) -> Result<Reader, Refusal> {
        if !fits {
            return Err(Refusal::new(Reason::NotPermitted));
        }
        if !self.complete.holds() {
            return Err(Refusal::new(Reason::Incomplete));
        }
        let as_of = checked(asking)?;
        let reader = self.reader_now(asked)?;
        Ok(reader.as_of(as_of))
    }

    /// The reader of this very moment.
    pub(crate) fn reader_now(&self, asked: &Asked) -> Result<Reader, Refusal> {
        let reader = self.views.reader(&asked.agency, now());
        let reader = reader.ok_or_else(|| Refusal::new(Reason::NotPermitted))?;
        Ok(self.views.on_behalf_of(reader, &asked.on_behalf_of))
    }

    /// Answers a request on a thread where it may take its time, when it is its agency's turn. Who asks, and what it may see, is
    /// decided only then: what was revoked while it waited is revoked (P8).
    pub(crate) async fn in_turn<Q: Send + 'static, A: Send + 'static>(
        &self,
        request: Request<Q>,
        answer: impl FnOnce(&Request<Q>) -> Result<A, Refusal> + Send + 'static,
    ) -> Result<Response<A>, Status> {
        let peer = request.extensions().get::<Arc<Peer>>();
        let agency = peer.map(|peer| peer.principal.agency());
        let agency = agency.ok_or(Refusal::new(Reason::NotPermitted))?;
        let turn = self.turns.of(agency).await?;
        let answered = tokio::task::spawn_blocking(move || {
            // Whoever asked may have gone: the work goes on all the same, and so does its turn.
            let _turn = turn;
            answer(&request)
        });
        let answer = answered.await.map_err(|error| {
            tracing::error!(%error, "answering");
            Refusal::new(Reason::Internal)
        })?;
        Ok(Response::new(answer?))
    }

    /// Tells of a stream that a refusal ended.
    pub(crate) fn put_out(&self, asked: &Asked, refusal: &Refusal) {
        let name = asked.system.parse();
        if let (Reason::NotPermitted, Ok(name)) = (refusal.reason, name) {
            let why = Why::AgencyNotInForce;
            self.refusals.refused(&name, asked.call, why);
        }
    }

    /// Writes down an answer with what it holds, or a refusal, and passes it on.
    pub(crate) fn told<A>(
        &self,
        call: &Call,
        answer: Result<(A, Vec<Trace>), Refusal>,
    ) -> Result<A, Refusal> {
        match answer {
            Ok((answer, traces)) => {
                self.accesses.answered(&call.asked, traces)?;
                Ok(answer)
            }
            Err(refusal) => Err(self.accesses.refused(&call.asked, None, refusal)),
        }
    }

    /// The same of one event that was asked for, and of which the answer may hold something.
    pub(crate) fn told_of<A>(
        &self,
        call: &Call,
        event: Option<EventId>,
        answer: Result<(A, Vec<Trace>), Refusal>,
    ) -> Result<A, Refusal> {
        match answer {
            Ok((answer, traces)) => {
                self.accesses.answered(&call.asked, traces)?;
                Ok(answer)
            }
            Err(refusal) => Err(self.accesses.refused(&call.asked, event, refusal)),
        }
    }
}

/// When it is asked about, if everything that the request says of itself holds.
fn checked(asking: &Asking<'_>) -> Result<Option<Moment>, Refusal> {
    if asking.purpose != 0 && Purpose::from_number(asking.purpose).is_none() {
        return Err(Refusal::field("purpose", "is no known code"));
    }
    let name = asking.on_behalf_of;
    if name.len() > NAME || name.chars().any(char::is_control) {
        let rule = "takes at most 200 bytes and no control characters: a name or a staff number";
        return Err(Refusal::field("on_behalf_of", rule));
    }
    match asking.as_of.map(read::moment) {
        Some(None) => Err(Refusal::field("as_of", "is no valid timestamp")),
        Some(Some(at)) => Ok(Some(at)),
        None => Ok(None),
    }
}

/// Requests with a time of their own.
macro_rules! asks {
    ($($request:ident),+) => {$(
        impl Asks for v1::$request {
            fn asking(&self, call: &'static str) -> Asking<'_> {
                Asking {
                    call,
                    purpose: self.purpose,
                    on_behalf_of: &self.on_behalf_of,
                    as_of: self.as_of.as_ref(),
                }
            }
        }
    )+};
}
asks!(
    CheckRequest,
    ListItemsRequest,
    GetItemRequest,
    MeetingSummaryRequest,
    ExplainRequest,
    ChronologyRequest,
    ChronologyDocumentRequest
);

/// Requests about now.
macro_rules! asks_now {
    ($($request:ident),+) => {$(
        impl Asks for v1::$request {
            fn asking(&self, call: &'static str) -> Asking<'_> {
                Asking {
                    call,
                    purpose: self.purpose,
                    on_behalf_of: &self.on_behalf_of,
                    as_of: None,
                }
            }
        }
    )+};
}
asks_now!(
    WatchRequest,
    AccessLogRequest,
    PreviewRequest,
    OutstandingRequest,
    ReadNoticesRequest,
    AcknowledgeCheckRequest,
    ListTablesRequest,
    GetTableRequest,
    GetStatusRequest,
    ListProtocolsRequest,
    TryProtocolRequest
);
