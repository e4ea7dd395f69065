//! The gRPC side of reading: who asks, about what, then a read through permits. What is hidden and what doesn't exist answer
//! alike.

use std::sync::Arc;

use diogel_contract::{
    read,
    refusal::{Reason, Refusal},
    v1::{self, reading_service_server::ReadingService},
    write,
};
use diogel_domain::{
    ids::{AgencyId, EventId},
    people::Identifier,
};
use diogel_identity::{Guard, Peer, Role};
use diogel_views::{
    Folded, Reader,
    store::{Store, StoreError},
};
use futures_util::{Stream, StreamExt};
use tokio::sync::mpsc;
use tonic::{Request, Response, Status};

use crate::{
    answers,
    heard::HeardBoard,
    listing::Listing,
    run::now,
    standing::Complete,
    summary,
    watching::{self, Watched},
};

/// Identifiers a question may hold.
const IDENTIFIERS: usize = 16;

/// Serves `ReadingService`.
pub(crate) struct Reading<S> {
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) generation: u64,
    pub(crate) complete: Complete,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) guard: Guard,
    pub(crate) _held: mpsc::Sender<()>,
}

impl<S: Store> Reading<S> {
    /// The calling agency as a reader, if its view is complete.
    fn reader<T>(&self, request: &Request<T>) -> Result<Reader, Refusal> {
        let peer = request.extensions().get::<Arc<Peer>>();
        let system = peer.filter(|p| p.principal.role() == Role::System);
        let agency = system.and_then(|p| AgencyId::new(p.principal.agency()).ok());
        let agency = agency.ok_or_else(|| Refusal::new(Reason::NotPermitted))?;
        if !self.complete.holds() {
            return Err(Refusal::new(Reason::Incomplete));
        }
        let reader = self.views.reader(&agency, now());
        reader.ok_or_else(|| Refusal::new(Reason::NotPermitted))
    }

    /// Agencies whose events an answer rests on, with the reader's own: with whom it shares is no secret to it, who is silent
    /// about something hidden would be.
    fn heard_to<'a>(
        &self,
        reader: &'a Reader,
        originators: impl Iterator<Item = &'a AgencyId>,
    ) -> Vec<v1::HeardTo> {
        let mut agencies: Vec<&AgencyId> = originators.chain([reader.agency()]).collect();
        agencies.sort();
        agencies.dedup();
        let heard = agencies.into_iter().map(|agency| {
            let heard = self.heard.heard_to(agency, reader.now());
            v1::HeardTo {
                agency: agency.to_string(),
                at: heard.at.map(write::timestamp),
                silent: heard.silent,
            }
        });
        heard.collect()
    }
}

/// Identifiers of a question, all of them readable.
pub(crate) fn identifiers(
    field: &str,
    given: &[v1::Identifier],
) -> Result<Vec<Identifier>, Refusal> {
    if given.is_empty() || given.len() > IDENTIFIERS {
        return Err(Refusal::field(
            field,
            "needs 1 to 16 identifiers: everything you have",
        ));
    }
    read::identifiers(field, given).map_err(Refusal::invalid)
}

/// A view that can't be read isn't complete.
pub(crate) fn broken(error: StoreError) -> Refusal {
    tracing::error!(%error, "view");
    Refusal::new(Reason::Incomplete)
}

#[tonic::async_trait]
impl<S: Store> ReadingService for Reading<S> {
    async fn check(
        &self,
        request: Request<v1::CheckRequest>,
    ) -> Result<Response<v1::CheckResponse>, Status> {
        let reader = self.reader(&request)?;
        let request = request.into_inner();
        let identifiers = identifiers("identifiers", &request.identifiers)?;
        let findings = self.views.check(&reader, &identifiers).map_err(broken)?;
        let (statement, statement_cy) = answers::statement(findings.len(), reader.now());
        Ok(Response::new(v1::CheckResponse {
            statement,
            statement_cy,
            checked_at: Some(write::timestamp(reader.now())),
            searched: (0..).take(identifiers.len()).collect(),
            heard_to: self.heard_to(
                &reader,
                findings
                    .iter()
                    .filter_map(|f| f.source.as_ref())
                    .map(|(o, _)| o),
            ),
            findings: findings.iter().map(answers::finding).collect(),
        }))
    }

    async fn list_items(
        &self,
        request: Request<v1::ListItemsRequest>,
    ) -> Result<Response<v1::ListItemsResponse>, Status> {
        let reader = self.reader(&request)?;
        Ok(Response::new(
            Listing {
                views: &self.views,
                reader: &reader,
                generation: self.generation,
            }
            .page(request.get_ref())?,
        ))
    }

    async fn get_item(
        &self,
        request: Request<v1::GetItemRequest>,
    ) -> Result<Response<v1::GetItemResponse>, Status> {
        let reader = self.reader(&request)?;
        let seen = match EventId::parse(&request.get_ref().event_id) {
            Some(id) => self.views.see_event(&reader, id).map_err(broken)?,
            None => None,
        };
        let seen = seen.ok_or_else(|| Refusal::new(Reason::NotFound))?;
        Ok(Response::new(v1::GetItemResponse {
            item: Some(answers::item(&seen)),
        }))
    }

    type WatchStream =
        std::pin::Pin<Box<dyn Stream<Item = Result<v1::WatchResponse, Status>> + Send>>;

    async fn watch(
        &self,
        request: Request<v1::WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let reader = self.reader(&request)?;
        let peer = request.extensions().get::<Arc<Peer>>().cloned();
        let peer = peer.ok_or_else(|| Refusal::new(Reason::NotPermitted))?;
        let request = request.into_inner();
        let last = self.views.last_change(&reader).map_err(broken)?;
        let start = watching::start(&request, self.generation, last)?;
        let watched = Watched {
            views: Arc::clone(&self.views),
            agency: reader.agency().clone(),
            generation: self.generation,
            complete: self.complete.clone(),
            heard: Arc::clone(&self.heard),
        };
        let changes = watching::stream(watched, start);
        Ok(Response::new(
            self.guard.while_admitted(peer, changes).boxed(),
        ))
    }

    async fn meeting_summary(
        &self,
        request: Request<v1::MeetingSummaryRequest>,
    ) -> Result<Response<v1::MeetingSummaryResponse>, Status> {
        let reader = self.reader(&request)?;
        let (text, originators) = summary::make(&self.views, &reader, request.get_ref())?;
        Ok(Response::new(v1::MeetingSummaryResponse {
            text,
            made_at: Some(write::timestamp(reader.now())),
            heard_to: self.heard_to(&reader, originators.iter()),
        }))
    }
}
