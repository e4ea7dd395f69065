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
use diogel_views::{
    Folded, Reader, Trace,
    check::{Checked, Finding},
    store::{Store, StoreError},
};
use futures_util::Stream;
use tokio::sync::mpsc;
use tonic::{Request, Response, Status};

use crate::{
    accesses::CHECK,
    answers,
    cursor::Cursors,
    desk::{Asks, Desk},
    heard::HeardBoard,
    listing::{ANSWER_BYTES, Listing, entry_bytes},
    standing::Complete,
    summary, visiting,
    watching::{self, Start, Watched},
};

/// Identifiers a question may hold.
pub(crate) const IDENTIFIERS: usize = 16;

/// Serves `ReadingService`.
pub(crate) struct Reading<S> {
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) cursors: Cursors,
    pub(crate) desk: Desk<S>,
    pub(crate) complete: Complete,
    pub(crate) heard: Arc<HeardBoard>,
    /// Let go of after the views.
    pub(crate) held: mpsc::Sender<()>,
}

impl<S: Store> Reading<S> {
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

impl<S: Store> Reading<S> {
    fn checked(
        &self,
        reader: &Reader,
        request: &v1::CheckRequest,
    ) -> Result<(v1::CheckResponse, Vec<Trace>), Refusal> {
        let identifiers = identifiers("identifiers", &request.identifiers)?;
        let size = |finding: &Finding| entry_bytes(&answers::finding(finding));
        let checked = self.views.check(reader, &identifiers, ANSWER_BYTES, size);
        let Checked { findings, more } = checked.map_err(broken)?;
        let reminders = visiting::reminders(reader, request.planned_at.as_ref(), &findings)?;
        let found = answers::Found {
            findings: findings.len(),
            more,
        };
        let (statement, statement_cy) =
            answers::statement(found, reader.now(), reader.asked_as_of());
        let sources = findings.iter().filter_map(|f| f.source.as_ref());
        let answer = v1::CheckResponse {
            statement,
            statement_cy,
            checked_at: Some(write::timestamp(reader.now())),
            searched: (0..).take(identifiers.len()).collect(),
            heard_to: self.heard_to(reader, sources.map(|(originator, _)| originator)),
            findings: findings.iter().map(answers::finding).collect(),
            more,
            reminders,
        };
        Ok((answer, findings.into_iter().map(|f| f.trace).collect()))
    }
}

impl<S: Store> Reading<S> {
    fn start(&self, reader: &Reader, request: &v1::WatchRequest) -> Result<Start, Refusal> {
        let last = self.views.last_change(reader).map_err(broken)?;
        watching::start(request, &self.cursors, reader.agency(), last)
    }
}

impl<S> Clone for Reading<S> {
    fn clone(&self) -> Self {
        Self {
            views: Arc::clone(&self.views),
            cursors: self.cursors.clone(),
            desk: self.desk.clone(),
            complete: self.complete.clone(),
            heard: Arc::clone(&self.heard),
            held: self.held.clone(),
        }
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
        let reading = self.clone();
        let answer = move |request: &Request<v1::CheckRequest>| {
            let Reading { desk, .. } = &reading;
            let call = desk.call(request, request.get_ref().asking(CHECK))?;
            desk.told(&call, reading.checked(&call.reader, request.get_ref()))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn acknowledge_check(
        &self,
        request: Request<v1::AcknowledgeCheckRequest>,
    ) -> Result<Response<v1::AcknowledgeCheckResponse>, Status> {
        let reading = self.clone();
        let answer = move |request: &Request<v1::AcknowledgeCheckRequest>| {
            let Reading { desk, views, .. } = &reading;
            let call = desk.call(request, request.get_ref().asking("AcknowledgeCheck"))?;
            desk.told(
                &call,
                visiting::acknowledged(
                    views,
                    &call.reader,
                    &call.asked.on_behalf_of,
                    request.get_ref(),
                ),
            )
        };
        self.desk.in_turn(request, answer).await
    }

    async fn list_items(
        &self,
        request: Request<v1::ListItemsRequest>,
    ) -> Result<Response<v1::ListItemsResponse>, Status> {
        let reading = self.clone();
        let answer = move |request: &Request<v1::ListItemsRequest>| {
            let Reading { desk, .. } = &reading;
            let call = desk.call(request, request.get_ref().asking("ListItems"))?;
            let listing = Listing {
                views: &reading.views,
                reader: &call.reader,
                cursors: &reading.cursors,
            };
            desk.told(&call, listing.page(request.get_ref()))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn get_item(
        &self,
        request: Request<v1::GetItemRequest>,
    ) -> Result<Response<v1::GetItemResponse>, Status> {
        let reading = self.clone();
        let answer = move |request: &Request<v1::GetItemRequest>| {
            let Reading { desk, views, .. } = &reading;
            let call = desk.call(request, request.get_ref().asking("GetItem"))?;
            let id = EventId::parse(&request.get_ref().event_id);
            let seen = id.map_or(Ok(None), |id| views.see_event(&call.reader, id));
            let seen = seen.map_err(broken).and_then(|seen| {
                let item = seen.map(|seen| (answers::item(&seen), vec![seen.trace()]));
                item.ok_or_else(|| Refusal::new(Reason::NotFound))
            });
            let item = desk.told_of(&call, id, seen)?;
            Ok(v1::GetItemResponse { item: Some(item) })
        };
        self.desk.in_turn(request, answer).await
    }

    type WatchStream =
        std::pin::Pin<Box<dyn Stream<Item = Result<v1::WatchResponse, Status>> + Send>>;

    async fn watch(
        &self,
        request: Request<v1::WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let asking = request.get_ref().asking("Watch");
        let call = self.desk.call(&request, asking)?;
        let start = self.start(&call.reader, request.get_ref());
        let start = self
            .desk
            .told(&call, start.map(|start| (start, Vec::new())))?;
        let watched = Watched {
            views: Arc::clone(&self.views),
            desk: self.desk.clone(),
            asked: call.asked,
            cursors: self.cursors.clone(),
            complete: self.complete.clone(),
            heard: Arc::clone(&self.heard),
        };
        Ok(Response::new(Box::pin(watching::stream(watched, start))))
    }

    async fn meeting_summary(
        &self,
        request: Request<v1::MeetingSummaryRequest>,
    ) -> Result<Response<v1::MeetingSummaryResponse>, Status> {
        let reading = self.clone();
        let answer = move |request: &Request<v1::MeetingSummaryRequest>| {
            let Reading { desk, views, .. } = &reading;
            let call = desk.call(request, request.get_ref().asking("MeetingSummary"))?;
            let made = summary::make(views, &call.reader, request.get_ref());
            let made = desk.told(&call, made)?;
            Ok(v1::MeetingSummaryResponse {
                text: made.text,
                document: made.document,
                made_at: Some(write::timestamp(call.reader.now())),
                heard_to: reading.heard_to(&call.reader, made.originators.iter()),
            })
        };
        self.desk.in_turn(request, answer).await
    }
}
