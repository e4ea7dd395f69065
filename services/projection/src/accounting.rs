//! The gRPC side of accountability: who gets what and why not more, and who looked. What the asker may not know of is left out, and
//! nothing counts it.

use diogel_contract::{
    hexadecimal, read,
    refusal::{Reason, Refusal},
    v1::{self, accountability_service_server::AccountabilityService},
};
use diogel_domain::{
    codes::Language,
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_identity::{Peer, Role};
use diogel_sharing::defaults::Defaults;
use diogel_views::{
    Folded, Reader, Trace,
    read::{Explained, KnownReaders, Line, Outstanding},
    store::{Store, StoreError},
};
use std::{ops::ControlFlow, sync::Arc};
use tokio::sync::mpsc;
use tonic::{Request, Response, Status};

use crate::{
    accesses::Of,
    answers,
    chronicling::Chronicle,
    cursor::{Cursors, List},
    desk::{Asks, Desk},
    listing::{Room, next_page, page_before, page_size},
    notices::Notices,
    previewing,
    reading::broken,
};

/// Serves `AccountabilityService`.
pub(crate) struct Accounting<S> {
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) desk: Desk<S>,
    pub(crate) defaults: Arc<Defaults>,
    pub(crate) cursors: Cursors,
    /// The Board's agency.
    pub(crate) board: AgencyId,
    /// Let go of after the views.
    pub(crate) held: mpsc::Sender<()>,
}

impl<S: Store> Accounting<S> {
    fn explained(&self, reader: &Reader, event: Option<EventId>) -> Result<Explained, Refusal> {
        let explained = event.map_or(Ok(None), |event| self.views.explain(reader, event));
        let explained = explained.map_err(broken)?;
        explained.ok_or_else(|| Refusal::new(Reason::NotFound))
    }

    fn outstanding_page(
        &self,
        reader: &Reader,
        request: &v1::OutstandingRequest,
    ) -> Result<(v1::OutstandingResponse, Vec<Trace>), Refusal> {
        let last = self.views.checkpoint().position;
        let places = self.cursors.of(List::Outstanding, reader.agency());
        let before = page_before(&places, &request.page_token, last)?;
        let mut room = Room::of(request.page_size);
        let (mut events, mut traces) = (Vec::new(), Vec::new());
        let take = |outstanding: Outstanding| {
            let trace = Trace::named(outstanding.told.event_id);
            let event = outstanding_event(&outstanding);
            if !room.takes(&event) {
                return ControlFlow::Break(());
            }
            traces.push(trace);
            events.push(event);
            ControlFlow::Continue(())
        };
        let number = self.views.outstanding(reader, before, take);
        let answer = v1::OutstandingResponse {
            events,
            next_page_token: next_page(&places, number.map_err(broken)?)?,
            and_any_others_entitled: true,
        };
        Ok((answer, traces))
    }

    fn notices(
        &self,
        reader: &Reader,
        request: &v1::ReadNoticesRequest,
    ) -> Result<v1::ReadNoticesResponse, Refusal> {
        let most = page_size(request.page_size);
        let mut notices = Notices::new(&self.views, reader);
        let told = |record: v1::AccessRecord| notices.of(&record).transpose();
        let (own, token) = (reader.agency(), &request.page_token);
        let found = self
            .desk
            .accesses
            .find(own, Of::NoticesFor(own), token, most, told);
        let (found, next_page_token) = found?;
        let notices: Result<Vec<_>, _> = found.into_iter().collect();
        Ok(v1::ReadNoticesResponse {
            notices: notices.map_err(broken)?,
            next_page_token,
            and_any_others_entitled: true,
        })
    }

    fn accesses(
        &self,
        reader: &Reader,
        oversees: bool,
        request: &v1::AccessLogRequest,
    ) -> Result<v1::AccessLogResponse, Refusal> {
        let most = page_size(request.page_size);
        let (of, known) = if request.event_id.is_empty() {
            let of = Of::Agency(reader.agency());
            (if oversees { Of::NotLetIn } else { of }, None)
        } else if oversees {
            // It is no event's originator.
            return Err(Refusal::new(Reason::NotFound));
        } else {
            let (event, readers) = self.readers(reader, &request.event_id)?;
            (Of::Event(event), Some(readers))
        };
        let own = reader.agency().as_str();
        let told = |record: v1::AccessRecord| {
            let may = known
                .as_ref()
                .is_none_or(|known| may_be_told(&record, known));
            let wanted = record.agency == own || may;
            wanted.then(|| self.access(reader, record, oversees).transpose())?
        };
        let (asker, token) = (reader.agency(), &request.page_token);
        let found = self.desk.accesses.find(asker, of, token, most, told);
        let (accesses, next_page_token) = found?;
        let accesses: Result<Vec<_>, _> = accesses.into_iter().collect();
        Ok(v1::AccessLogResponse {
            accesses: accesses.map_err(broken)?,
            next_page_token,
            and_any_others_entitled: known.is_some(),
        })
    }

    /// Staff and systems are told to their own agency alone, and so is what else an answer held, but for events that are withheld from
    /// whoever asks: none, if it held nothing else. What was refused is as it was asked, whether there is such an event or not. Whoever
    /// oversees is told the names of those who weren't let in: of staff there is nothing in these.
    fn access(
        &self,
        reader: &Reader,
        record: v1::AccessRecord,
        oversees: bool,
    ) -> Result<Option<v1::Access>, StoreError> {
        let refused = record.code != 0;
        let own = record.agency == reader.agency().as_str();
        let kept = |text: String| if own || oversees { text } else { String::new() };
        let mut event_ids = Vec::new();
        for id in record.event_ids.iter().filter(|_| own) {
            let Ok(id) = <[u8; 16]>::try_from(id.as_ref()) else {
                continue;
            };
            if refused || !self.views.withholds_by_name(reader, EventId(id))? {
                event_ids.push(EventId(id).to_string());
            }
        }
        if own && event_ids.is_empty() && !record.event_ids.is_empty() {
            return Ok(None);
        }
        Ok(Some(v1::Access {
            event_ids,
            at: record.at,
            agency: record.agency,
            call: record.call,
            purpose: record.purpose,
            refused,
            system: kept(record.system),
            on_behalf_of: kept(record.on_behalf_of),
            not_let_in: record.not_let_in,
            times: record.times,
        }))
    }

    /// The event's readers, for its originator. Nobody else is told who looked.
    fn readers<'a>(
        &self,
        reader: &'a Reader,
        event: &str,
    ) -> Result<(EventId, KnownReaders<'a>), Refusal> {
        let event = EventId::parse(event);
        let readers = event.map(|event| self.views.known_readers(reader, event));
        let readers = readers.transpose().map_err(broken)?.flatten();
        let readers = event.zip(readers);
        readers.ok_or_else(|| Refusal::new(Reason::NotFound))
    }
}

/// The Board's governance asks who wasn't let in: its operators, if the allowlist lets them in, who ask for nothing else here; and who
/// is signed in for it and has been let in to this call.
fn oversees(request: &Request<v1::AccessLogRequest>, board: &AgencyId) -> bool {
    let peer = request.extensions().get::<Arc<Peer>>();
    let own = peer.filter(|peer| peer.principal.agency() == board.as_str());
    own.is_some_and(|peer| match peer.person {
        Some(_) => request.get_ref().only_not_let_in,
        None => peer.principal.role() == Role::Operator,
    })
}

/// An originator may be told of this access to its event.
fn may_be_told(record: &v1::AccessRecord, known: &KnownReaders<'_>) -> bool {
    let Ok(agency) = AgencyId::new(record.agency.as_str()) else {
        return false;
    };
    let at = record.at.as_ref().and_then(read::moment);
    match at {
        Some(at) if record.code == 0 => known.may_have_read(&agency, at),
        at => known.may_have_asked(&agency, at.unwrap_or(Moment(i64::MAX))),
    }
}

fn outstanding_event(outstanding: &Outstanding) -> v1::OutstandingEvent {
    let Outstanding { told, agencies } = outstanding;
    v1::OutstandingEvent {
        event_id: told.event_id.to_string(),
        hash: hexadecimal::write(&told.hash),
        state: answers::state(told.state) as i32,
        agencies: agencies.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn line(line: Line) -> v1::ExplainedRecipient {
    let groups = line.reasons.into_iter().map(|(group, why, citation)| {
        let given = line.groups.has(group);
        v1::ExplainedGroup {
            group: group.number(),
            given,
            reason: why.code().into(),
            words: why.label(Language::English).into(),
            words_cy: why.label(Language::Welsh).into(),
            citation: citation.map_or_else(String::new, |c| c.to_string()),
        }
    });
    v1::ExplainedRecipient {
        agency: line.agency.to_string(),
        groups: groups.collect(),
        acknowledgement_outstanding: line.outstanding,
    }
}

impl<S> Clone for Accounting<S> {
    fn clone(&self) -> Self {
        Self {
            views: Arc::clone(&self.views),
            desk: self.desk.clone(),
            defaults: Arc::clone(&self.defaults),
            cursors: self.cursors.clone(),
            board: self.board.clone(),
            held: self.held.clone(),
        }
    }
}

#[tonic::async_trait]
impl<S: Store> AccountabilityService for Accounting<S> {
    async fn explain(
        &self,
        request: Request<v1::ExplainRequest>,
    ) -> Result<Response<v1::ExplainResponse>, Status> {
        let accounting = self.clone();
        let answer = move |request: &Request<v1::ExplainRequest>| {
            let Accounting { desk, .. } = &accounting;
            let call = desk.call(request, request.get_ref().asking("Explain"))?;
            let event = EventId::parse(&request.get_ref().event_id);
            let explained = accounting.explained(&call.reader, event);
            let explained = explained.map(|told| {
                let traces = vec![Trace::named(told.event_id)];
                (told, traces)
            });
            let explained = desk.told_of(&call, event, explained)?;
            Ok(v1::ExplainResponse {
                recipients: explained.lines.into_iter().map(line).collect(),
                and_any_others_entitled: true,
            })
        };
        self.desk.in_turn(request, answer).await
    }

    async fn preview(
        &self,
        request: Request<v1::PreviewRequest>,
    ) -> Result<Response<v1::PreviewResponse>, Status> {
        let accounting = self.clone();
        let answer = move |request: &Request<v1::PreviewRequest>| {
            let Accounting {
                desk,
                views,
                defaults,
                ..
            } = &accounting;
            let call = desk.call(request, request.get_ref().asking("Preview"))?;
            let request = request.get_ref();
            let previewed = previewing::preview(views, &call.reader, request, defaults);
            let changed = previewing::changed(request);
            let traces = changed.into_iter().map(Trace::named).collect();
            let previewed = previewed.map(|previewed| (previewed, traces));
            desk.told_of(&call, changed, previewed)
        };
        self.desk.in_turn(request, answer).await
    }

    async fn outstanding(
        &self,
        request: Request<v1::OutstandingRequest>,
    ) -> Result<Response<v1::OutstandingResponse>, Status> {
        let accounting = self.clone();
        let answer = move |request: &Request<v1::OutstandingRequest>| {
            let Accounting { desk, .. } = &accounting;
            let call = desk.call(request, request.get_ref().asking("Outstanding"))?;
            let page = accounting.outstanding_page(&call.reader, request.get_ref());
            desk.told(&call, page)
        };
        self.desk.in_turn(request, answer).await
    }

    async fn access_log(
        &self,
        request: Request<v1::AccessLogRequest>,
    ) -> Result<Response<v1::AccessLogResponse>, Status> {
        let accounting = self.clone();
        let answer = move |request: &Request<v1::AccessLogRequest>| {
            let Accounting { desk, board, .. } = &accounting;
            let oversees = oversees(request, board);
            let role = if oversees {
                Role::Operator
            } else {
                Role::System
            };
            let asking = request.get_ref().asking("AccessLog");
            let call = desk.call_as(role, request, asking)?;
            if request.get_ref().only_not_let_in && !oversees {
                let way_out =
                    "is for the Board's governance; leave it out for your own agency's accesses";
                let refusal = Refusal::field("only_not_let_in", way_out);
                return desk.told(&call, Err(refusal));
            }
            let accesses = accounting.accesses(&call.reader, oversees, request.get_ref());
            desk.told(&call, accesses.map(|accesses| (accesses, Vec::new())))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn read_notices(
        &self,
        request: Request<v1::ReadNoticesRequest>,
    ) -> Result<Response<v1::ReadNoticesResponse>, Status> {
        let accounting = self.clone();
        let answer = move |request: &Request<v1::ReadNoticesRequest>| {
            let Accounting { desk, .. } = &accounting;
            let call = desk.call(request, request.get_ref().asking("ReadNotices"))?;
            let notices = accounting.notices(&call.reader, request.get_ref());
            desk.told(&call, notices.map(|notices| (notices, Vec::new())))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn chronology_document(
        &self,
        request: Request<v1::ChronologyDocumentRequest>,
    ) -> Result<Response<v1::ChronologyDocumentResponse>, Status> {
        let accounting = self.clone();
        let answer = move |request: &Request<v1::ChronologyDocumentRequest>| {
            let Accounting { desk, .. } = &accounting;
            let call = desk.call(request, request.get_ref().asking("ChronologyDocument"))?;
            let chronicle = Chronicle {
                views: &accounting.views,
                accesses: &desk.accesses,
                reader: &call.reader,
                cursors: &accounting.cursors,
            };
            desk.told(&call, chronicle.document(request.get_ref()))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn chronology(
        &self,
        request: Request<v1::ChronologyRequest>,
    ) -> Result<Response<v1::ChronologyResponse>, Status> {
        let accounting = self.clone();
        let answer = move |request: &Request<v1::ChronologyRequest>| {
            let Accounting { desk, .. } = &accounting;
            let call = desk.call(request, request.get_ref().asking("Chronology"))?;
            let chronicle = Chronicle {
                views: &accounting.views,
                accesses: &desk.accesses,
                reader: &call.reader,
                cursors: &accounting.cursors,
            };
            let page = chronicle.page(request.get_ref());
            desk.told(&call, page)
        };
        self.desk.in_turn(request, answer).await
    }
}
