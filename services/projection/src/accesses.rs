//! The access log: who looked at what, when, for what stated purpose, refusals too. Written before the answer leaves; where it can't be
//! written, nothing is answered, and whoever wasn't let in stays out. It names staff, so its files are readable by the service alone; no
//! telemetry repeats it.

use std::{path::Path, sync::Arc, time::Duration};

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1, write,
};
use diogel_domain::ids::{AgencyId, EventId};
use diogel_event_log::segments::{SegmentError, SegmentLog, SegmentOptions};
use diogel_identity::{Refused, sha256};
use prost::Message;
use tokio::sync::mpsc;

use crate::run::now;

/// A power cut takes no access from the log that was answered longer ago than this.
const SYNCED_WITHIN: Duration = Duration::from_millis(50);
/// A record is found by so many events at the most.
const EVENTS_A_RECORD: usize = 200;
/// Accesses that one page looks through, at the most: a list that nothing matches comes to an end (P12).
const LOOKED_THROUGH: usize = 4096;

/// The log. Clones share it.
#[derive(Clone)]
pub(crate) struct Accesses(Arc<SegmentLog>);

/// Who asks what, and why.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) agency: AgencyId,
    /// The caller's name, from its certificate.
    pub(crate) system: String,
    pub(crate) on_behalf_of: String,
    pub(crate) purpose: i32,
    /// The method.
    pub(crate) call: &'static str,
}

impl Accesses {
    /// Opens the log.
    pub(crate) fn open(folder: &Path) -> Result<Self, SegmentError> {
        let options = SegmentOptions {
            sync_within: SYNCED_WITHIN,
            ..SegmentOptions::default()
        };
        SegmentLog::open(folder, options).map(|log| Self(Arc::new(log)))
    }

    /// Writes down what was answered, and about which events.
    pub(crate) fn answered(
        &self,
        asked: &Asked,
        events: impl IntoIterator<Item = EventId>,
    ) -> Result<(), Refusal> {
        self.write(asked, tonic::Code::Ok, events)
    }

    /// Writes down a refusal, and passes it on.
    pub(crate) fn refused(
        &self,
        asked: &Asked,
        event: Option<EventId>,
        refusal: Refusal,
    ) -> Refusal {
        match self.write(asked, refusal.code(), event) {
            Ok(()) => refusal,
            Err(unwritten) => unwritten,
        }
    }

    fn write(
        &self,
        asked: &Asked,
        code: tonic::Code,
        events: impl IntoIterator<Item = EventId>,
    ) -> Result<(), Refusal> {
        let mut events: Vec<EventId> = events.into_iter().collect();
        events.sort_unstable();
        events.dedup();
        if events.is_empty() {
            return self.append(asked, code, &[]);
        }
        let mut parts = events.chunks(EVENTS_A_RECORD);
        parts.try_for_each(|part| self.append(asked, code, part))
    }

    fn append(&self, asked: &Asked, code: tonic::Code, events: &[EventId]) -> Result<(), Refusal> {
        let record = v1::AccessRecord {
            at: Some(write::timestamp(now())),
            agency: asked.agency.to_string(),
            system: asked.system.clone(),
            on_behalf_of: asked.on_behalf_of.clone(),
            purpose: asked.purpose,
            call: asked.call.into(),
            code: code as i32,
            event_ids: events.iter().map(|id| id.0.to_vec().into()).collect(),
            ..v1::AccessRecord::default()
        };
        let keys: Vec<[u8; 16]> = events.iter().map(|id| id.0).collect();
        let keys: Vec<[u8; 16]> = keys
            .into_iter()
            .chain([of_agency(asked.agency.as_str())])
            .collect();
        self.keep(&record, &keys)
    }

    fn keep(&self, record: &v1::AccessRecord, keys: &[[u8; 16]]) -> Result<(), Refusal> {
        let written = self.0.append(&record.encode_to_vec(), keys);
        written.map(|_| ()).map_err(|error| {
            tracing::error!(%error, "access log");
            Refusal::new(Reason::Incomplete)
        })
    }

    /// Accesses to an event, or those of an agency, newest first: those that are `wanted`, after the first `skip` of them. The
    /// flag says that there are more.
    pub(crate) async fn find(
        &self,
        of: Of<'_>,
        skip: usize,
        most: usize,
        wanted: impl Fn(&v1::AccessRecord) -> bool,
    ) -> Result<(Vec<v1::AccessRecord>, bool), SegmentError> {
        let key = match of {
            Of::Event(event) => event.0,
            Of::Agency(agency) => of_agency(agency.as_str()),
            Of::NotLetIn => not_let_in(),
        };
        let (mut found, mut skipped, mut before) = (Vec::new(), 0, None);
        for _ in 0..LOOKED_THROUGH / 64 {
            let page = self.0.by_key(key, before, 64).await?;
            let Some(last) = page.last() else {
                return Ok((found, false));
            };
            before = Some(last.number);
            for record in &page {
                let record = v1::AccessRecord::decode(record.bytes.as_ref()).unwrap_or_default();
                if !wanted(&record) {
                    continue;
                }
                if skipped < skip {
                    skipped += 1;
                } else if found.len() == most {
                    return Ok((found, true));
                } else {
                    found.push(record);
                }
            }
        }
        Ok((found, false))
    }
}

/// Whose accesses are looked for.
#[derive(Clone, Copy)]
pub(crate) enum Of<'a> {
    /// To an event.
    Event(EventId),
    /// By an agency.
    Agency(&'a AgencyId),
    /// By whoever wasn't let in.
    NotLetIn,
}

/// Keeps who wasn't let in. [`diogel_identity::Refusals`] bounds how much that is.
pub(crate) struct NotLetIn {
    accesses: Accesses,
    board: String,
    /// Let go of after the log.
    _held: mpsc::Sender<()>,
}

impl NotLetIn {
    pub(crate) fn new(accesses: Accesses, board: &str, held: mpsc::Sender<()>) -> Self {
        Self {
            accesses,
            board: board.to_owned(),
            _held: held,
        }
    }

    /// Writes a refusal down. Where that fails, it is refused all the same, and the telemetry says both.
    pub(crate) fn keep(&self, refused: &Refused) {
        let Refused {
            principal,
            call,
            why,
            times,
        } = refused;
        // Another board's agency isn't ours, whatever it is called.
        let own = (principal.board() == self.board).then(|| principal.agency());
        let record = v1::AccessRecord {
            at: Some(write::timestamp(now())),
            agency: own.unwrap_or_default().to_owned(),
            system: principal.to_string(),
            call: call.clone(),
            code: why.grpc() as i32,
            not_let_in: why.code().into(),
            times: *times,
            ..v1::AccessRecord::default()
        };
        let keys = own.map(of_agency).into_iter().chain([not_let_in()]);
        let _said = self.accesses.keep(&record, &keys.collect::<Vec<_>>());
    }
}

/// What an agency's own accesses are found by.
fn of_agency(agency: &str) -> [u8; 16] {
    let hash = sha256("diogel/v1/access-of", agency.as_bytes());
    hash.first_chunk().copied().unwrap_or_default()
}

/// What all are found by who weren't let in.
fn not_let_in() -> [u8; 16] {
    let hash = sha256("diogel/v1/not-let-in", b"");
    hash.first_chunk().copied().unwrap_or_default()
}
