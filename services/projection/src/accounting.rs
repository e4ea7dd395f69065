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
use std::sync::Arc;
use tokio::sync::mpsc;
use tonic::{Request, Response, Status};

use crate::{
    accesses::Of,
    answers,
    chronicling::Chronicle,
    cursor::{Cursors, List},
    desk::{Asks, Desk},
    listing::{next_page, page_before, page_size},
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
    pub(crate) _held: mpsc::Sender<()>,
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
        let last = self.views.last_change(reader).map_err(broken)?;
        let places = self.cursors.of(List::Outstanding, reader.agency());
        let before = page_before(&places, &request.page_token, last)?;
        let size = page_size(request.page_size);
        let (found, number) = self
            .views
            .outstanding(reader, before, size)
            .map_err(broken)?;
        let event = |outstanding: Outstanding| v1::OutstandingEvent {
            event_id: outstanding.told.event_id.to_string(),
            hash: hexadecimal::write(&outstanding.told.hash),
            state: answers::state(outstanding.told.state) as i32,
            agencies: outstanding
                .agencies
                .iter()
                .map(ToString::to_string)
                .collect(),
        };
        let traces = found.iter().map(|of| Trace::named(of.told.event_id));
        let traces = traces.collect();
        let answer = v1::OutstandingResponse {
            events: found.into_iter().map(event).collect(),
            next_page_token: next_page(&places, number)?,
            and_any_others_entitled: true,
        };
        Ok((answer, traces))
    }

    async fn notices(
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
        let (found, next_page_token) = found.await?;
        let notices: Result<Vec<_>, _> = found.into_iter().collect();
        Ok(v1::ReadNoticesResponse {
            notices: notices.map_err(broken)?,
            next_page_token,
            and_any_others_entitled: true,
        })
    }

    async fn accesses(
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
        let (accesses, next_page_token) = found.await?;
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

/// The Board's governance: its operators, if the allowlist lets them in. Any other operator asks for nothing here.
fn oversees<T>(request: &Request<T>, board: &AgencyId) -> bool {
    let peer = request.extensions().get::<Arc<Peer>>();
    peer.is_some_and(|peer| {
        let name = &peer.principal;
        name.role() == Role::Operator && name.agency() == board.as_str()
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

#[tonic::async_trait]
impl<S: Store> AccountabilityService for Accounting<S> {
    async fn explain(
        &self,
        request: Request<v1::ExplainRequest>,
    ) -> Result<Response<v1::ExplainResponse>, Status> {
        let asking = request.get_ref().asking("Explain");
        let call = self.desk.call(&request, asking)?;
        let event = EventId::parse(&request.get_ref().event_id);
        let explained = self.explained(&call.reader, event);
        let explained = explained.map(|told| {
            let traces = vec![Trace::named(told.event_id)];
            (told, traces)
        });
        let explained = self.desk.told_of(&call, event, explained)?;
        Ok(Response::new(v1::ExplainResponse {
            recipients: explained.lines.into_iter().map(line).collect(),
            and_any_others_entitled: true,
        }))
    }

    async fn preview(
        &self,
        request: Request<v1::PreviewRequest>,
    ) -> Result<Response<v1::PreviewResponse>, Status> {
        let asking = request.get_ref().asking("Preview");
        let call = self.desk.call(&request, asking)?;
        let request = request.get_ref();
        let previewed = previewing::preview(&self.views, &call.reader, request, &self.defaults);
        let changed = previewing::changed(request);
        let traces = changed.into_iter().map(Trace::named).collect();
        let previewed = previewed.map(|previewed| (previewed, traces));
        Ok(Response::new(self.desk.told_of(&call, changed, previewed)?))
    }

    async fn outstanding(
        &self,
        request: Request<v1::OutstandingRequest>,
    ) -> Result<Response<v1::OutstandingResponse>, Status> {
        let asking = request.get_ref().asking("Outstanding");
        let call = self.desk.call(&request, asking)?;
        let answer = self.outstanding_page(&call.reader, request.get_ref());
        Ok(Response::new(self.desk.told(&call, answer)?))
    }

    async fn access_log(
        &self,
        request: Request<v1::AccessLogRequest>,
    ) -> Result<Response<v1::AccessLogResponse>, Status> {
        let asking = request.get_ref().asking("AccessLog");
        let oversees = oversees(&request, &self.board);
        let role = if oversees {
            Role::Operator
        } else {
            Role::System
        };
        let call = self.desk.call_as(role, &request, asking)?;
        let answer = self.accesses(&call.reader, oversees, request.get_ref());
        let answer = answer.await.map(|answer| (answer, Vec::new()));
        Ok(Response::new(self.desk.told(&call, answer)?))
    }

    async fn read_notices(
        &self,
        request: Request<v1::ReadNoticesRequest>,
    ) -> Result<Response<v1::ReadNoticesResponse>, Status> {
        let asking = request.get_ref().asking("ReadNotices");
        let call = self.desk.call(&request, asking)?;
        let answer = self.notices(&call.reader, request.get_ref()).await;
        let answer = answer.map(|answer| (answer, Vec::new()));
        Ok(Response::new(self.desk.told(&call, answer)?))
    }

    async fn chronology(
        &self,
        request: Request<v1::ChronologyRequest>,
    ) -> Result<Response<v1::ChronologyResponse>, Status> {
        let asking = request.get_ref().asking("Chronology");
        let call = self.desk.call(&request, asking)?;
        let chronicle = Chronicle {
            views: &self.views,
            accesses: &self.desk.accesses,
            reader: &call.reader,
            cursors: &self.cursors,
        };
        let answer = chronicle.page(request.get_ref()).await;
        Ok(Response::new(self.desk.told(&call, answer)?))
    }
}
