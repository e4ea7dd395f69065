//! The access log: who looked at what, when, for what stated purpose, refusals too. Written before the answer leaves; where it can't be
//! written, nothing is answered, and whoever wasn't let in stays out. It names staff, so its files are readable by the service alone; no
//! telemetry repeats it.

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use diogel_contract::{
    hexadecimal, read,
    refusal::{Reason, Refusal},
    v1, write,
};
use diogel_domain::{
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_event_log::segments::{Key, SegmentError, SegmentLog, SegmentOptions};
use diogel_identity::{Opaque, Refused, sha256};
use diogel_indicators::Quarter;
use diogel_views::Trace;
use prost::{Message, bytes::Bytes};
use tokio::sync::{broadcast, mpsc};

use crate::{listing::no_token, run::now};

/// A power cut takes no access from the log that was answered longer ago than this.
const SYNCED_WITHIN: Duration = Duration::from_millis(50);
/// A record is found by so many events at the most: each may need three keys of a record's 256.
const EVENTS_A_RECORD: usize = 80;
/// So many first reads are remembered; whoever is forgotten is noted again, which costs a key and changes nothing.
const REMEMBERED: usize = 1 << 16;
/// So many records wait for a stream that tells of reads; a slower one misses the oldest.
const WAITING: usize = 1_024;
/// Accesses that one page looks through, at the most; the next page goes on from there (P12).
const LOOKED_THROUGH: usize = 1 << 16;
/// The call that a pre-visit check is.
pub(crate) const CHECK: &str = "Check";
/// Looked through at once.
const STEP: usize = 256;
/// How far a clock may have been set back while records were written, in seconds.
const CLOCK_SET_BACK: i64 = 7 * 24 * 3_600;

/// The log. Clones share it.
#[derive(Clone)]
pub(crate) struct Accesses(Arc<Kept>);

struct Kept {
    log: SegmentLog,
    /// Which agency is noted to have read which event.
    noted: Mutex<HashSet<Key>>,
    /// Records of reads of which somebody is told.
    told: broadcast::Sender<Arc<v1::AccessRecord>>,
    /// Hides the numbers of records in page tokens.
    opaque: Arc<Opaque>,
}

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
    pub(crate) fn open(folder: &Path, opaque: Arc<Opaque>) -> Result<Self, SegmentError> {
        let options = SegmentOptions {
            sync_within: SYNCED_WITHIN,
            ..SegmentOptions::default()
        };
        let log = SegmentLog::open(folder, options)?;
        Ok(Self(Arc::new(Kept {
            log,
            noted: Mutex::default(),
            told: broadcast::Sender::new(WAITING),
            opaque,
        })))
    }

    /// Records of reads of which some originator is told, from now on.
    pub(crate) fn told(&self) -> broadcast::Receiver<Arc<v1::AccessRecord>> {
        self.0.told.subscribe()
    }

    /// Writes down what was answered, and about which events.
    pub(crate) fn answered(
        &self,
        asked: &Asked,
        traces: impl IntoIterator<Item = Trace>,
    ) -> Result<(), Refusal> {
        let mut traces: Vec<Trace> = traces.into_iter().collect();
        traces.sort_unstable();
        // What was seen as well as met at the door was seen.
        traces.dedup_by_key(|trace| trace.event);
        if traces.is_empty() {
            return self.append_answer(asked, &[]);
        }
        let mut parts = traces.chunks(EVENTS_A_RECORD);
        parts.try_for_each(|part| self.append_answer(asked, part))
    }

    /// Writes down a refusal, and passes it on.
    pub(crate) fn refused(
        &self,
        asked: &Asked,
        event: Option<EventId>,
        refusal: Refusal,
    ) -> Refusal {
        let record = v1::AccessRecord {
            code: refusal.code() as i32,
            event_ids: event.iter().map(bytes).collect(),
            ..asked.record()
        };
        let keys = event.iter().map(|event| event.0);
        let keys: Vec<Key> = keys.chain([of_agency(asked.agency.as_str())]).collect();
        match self.keep(&record, &keys) {
            Ok(()) => refusal,
            Err(unwritten) => unwritten,
        }
    }

    fn append_answer(&self, asked: &Asked, traces: &[Trace]) -> Result<(), Refusal> {
        let ids = |wanted: &dyn Fn(&Trace) -> bool| {
            let wanted = traces.iter().filter(|trace| wanted(trace));
            wanted.map(|trace| bytes(&trace.event)).collect()
        };
        let record = v1::AccessRecord {
            event_ids: ids(&|trace| !trace.at_the_door),
            at_the_door: ids(&|trace| trace.at_the_door),
            told_of: ids(&|trace| trace.tells.is_some()),
            ..asked.record()
        };
        let agency = asked.agency.as_str();
        let events = traces.iter().map(|trace| trace.event);
        let first = self.first_reads(agency, events.clone());
        let told: BTreeSet<&AgencyId> = traces.iter().filter_map(|t| t.tells.as_ref()).collect();
        let told = told.into_iter().map(notices_for);
        let keys = events.map(|event| event.0).chain([of_agency(agency)]);
        let keys: Vec<Key> = keys.chain(first.iter().copied()).chain(told).collect();
        self.keep(&record, &keys)?;
        self.noted().extend(first);
        if !record.told_of.is_empty() {
            // Nobody may be watching.
            let _told = self.0.told.send(Arc::new(record));
        }
        Ok(())
    }

    /// What the first reads among these are found by. More than the first may be: that of the earliest record counts.
    fn first_reads(&self, agency: &str, events: impl Iterator<Item = EventId>) -> Vec<Key> {
        let noted = self.noted();
        let reads = events.map(|event| read_by(agency, event));
        reads.filter(|read| !noted.contains(read)).collect()
    }

    fn noted(&self) -> std::sync::MutexGuard<'_, HashSet<Key>> {
        let mut noted = self.0.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() > REMEMBERED {
            noted.clear();
        }
        noted
    }

    fn keep(&self, record: &v1::AccessRecord, keys: &[Key]) -> Result<(), Refusal> {
        let written = self.0.log.append(&record.encode_to_vec(), keys);
        written.map(|_| ()).map_err(unreadable)
    }

    /// When an agency's systems were first answered with something of an event, from a moment on: what it read before may be nobody's to
    /// know.
    pub(crate) fn first_read(
        &self,
        agency: &AgencyId,
        event: EventId,
        since: Moment,
    ) -> Result<Option<Moment>, SegmentError> {
        match self.first_of_all(agency, event)? {
            Some(first) if first < since => self.first_since(agency, event, since),
            first => Ok(first),
        }
    }

    /// Looked for among all reads of the event.
    fn first_since(
        &self,
        agency: &AgencyId,
        event: EventId,
        since: Moment,
    ) -> Result<Option<Moment>, SegmentError> {
        let (mut first, mut before) = (None, None);
        for _ in 0..LOOKED_THROUGH / STEP {
            let page = self.0.log.by_key(event.0, before, STEP)?;
            for record in &page {
                let access = v1::AccessRecord::decode(record.bytes.as_ref()).unwrap_or_default();
                let at = access.at.as_ref().and_then(read::moment);
                let Some(at) = at.filter(|at| *at >= since) else {
                    return Ok(first);
                };
                if access.code == 0 && access.agency == agency.as_str() {
                    first = Some(at);
                }
            }
            before = page.last().map(|last| last.number);
            if before.is_none() {
                break;
            }
        }
        Ok(first)
    }

    fn first_of_all(
        &self,
        agency: &AgencyId,
        event: EventId,
    ) -> Result<Option<Moment>, SegmentError> {
        let key = read_by(agency.as_str(), event);
        let (mut first, mut before) = (None, None);
        loop {
            let page = self.0.log.by_key(key, before, 64)?;
            let Some(last) = page.last() else {
                break;
            };
            before = Some(last.number);
            first = Some(last.clone());
        }
        let record = first.and_then(|first| v1::AccessRecord::decode(first.bytes.as_ref()).ok());
        Ok(record.and_then(|record| read::moment(record.at.as_ref()?)))
    }

    /// A page of accesses, newest first: what is `told` of them. The token leads to the next, which begins with one that is told, but
    /// where none was found in what one page looks through; empty: this was the last. A token says nothing of how many accesses
    /// there are, and is good for its asker and list.
    pub(crate) fn find<T>(
        &self,
        asker: &AgencyId,
        of: Of<'_>,
        page_token: &str,
        most: usize,
        mut told: impl FnMut(v1::AccessRecord) -> Option<T>,
    ) -> Result<(Vec<T>, String), Refusal> {
        let key = match of {
            Of::Event(event) => event.0,
            Of::Agency(agency) => of_agency(agency.as_str()),
            Of::NoticesFor(originator) => notices_for(originator),
            Of::NotLetIn => not_let_in(),
        };
        let context = [b"a", &key[..], asker.as_str().as_bytes()].concat();
        let mut before = self.before(&context, page_token)?;
        let mut found = Vec::new();
        for _ in 0..LOOKED_THROUGH / STEP {
            let page = self.0.log.by_key(key, before, STEP);
            let page = page.map_err(unreadable)?;
            if page.is_empty() {
                return Ok((found, String::new()));
            }
            for record in &page {
                let access = v1::AccessRecord::decode(record.bytes.as_ref()).unwrap_or_default();
                let access = told(access);
                if access.is_some() && found.len() == most {
                    return Ok((found, self.token(&context, before)?));
                }
                before = Some(record.number);
                found.extend(access);
            }
        }
        Ok((found, self.token(&context, before)?))
    }

    /// Pre-visit checks that an agency was answered in a quarter, by month. One that found very much stands in several records, and
    /// counts as often. The records stand in the order in which they were written: a clock that was set back by less than a week while
    /// they were changes nothing.
    pub(crate) fn checks(
        &self,
        agency: &AgencyId,
        quarter: Quarter,
    ) -> Result<[u64; 3], SegmentError> {
        let (mut months, mut before) = ([0; 3], None);
        let long_before = quarter.starts().plus_seconds(-CLOCK_SET_BACK);
        loop {
            let page = self
                .0
                .log
                .by_key(of_agency(agency.as_str()), before, STEP)?;
            for record in &page {
                let access = v1::AccessRecord::decode(record.bytes.as_ref()).unwrap_or_default();
                let at = access.at.as_ref().and_then(read::moment);
                let Some(at) = at else {
                    continue;
                };
                if at < long_before {
                    return Ok(months);
                }
                let (of, month) = Quarter::of(at);
                let checked = access.call == CHECK && access.code == 0;
                if let Some(month) = months.get_mut(usize::from(month))
                    && of == quarter
                    && checked
                {
                    *month += 1;
                }
            }
            before = page.last().map(|last| last.number);
            if before.is_none() {
                return Ok(months);
            }
        }
    }

    fn before(&self, context: &[u8], page_token: &str) -> Result<Option<u64>, Refusal> {
        if page_token.is_empty() {
            return Ok(None);
        }
        let hidden = hexadecimal::read(page_token);
        let number = hidden.and_then(|hidden| self.0.opaque.find(context, &hidden));
        number.map(Some).ok_or_else(no_token)
    }

    fn token(&self, context: &[u8], before: Option<u64>) -> Result<String, Refusal> {
        let hidden = before.map(|before| self.0.opaque.hide(context, before));
        match hidden {
            Some(Some(hidden)) => Ok(hexadecimal::write(&hidden)),
            Some(None) => Err(Refusal::new(Reason::Internal)),
            None => Ok(String::new()),
        }
    }
}

impl Asked {
    /// The record of an answer that holds nothing.
    fn record(&self) -> v1::AccessRecord {
        v1::AccessRecord {
            at: Some(write::timestamp(now())),
            agency: self.agency.to_string(),
            system: self.system.clone(),
            on_behalf_of: self.on_behalf_of.clone(),
            purpose: self.purpose,
            call: self.call.into(),
            ..v1::AccessRecord::default()
        }
    }
}

/// What can't be written or read of the log makes an answer incomplete.
pub(crate) fn unreadable(error: SegmentError) -> Refusal {
    tracing::error!(%error, "access log");
    Refusal::new(Reason::Incomplete)
}

fn bytes(event: &EventId) -> Bytes {
    event.0.to_vec().into()
}

/// Whose accesses are looked for.
#[derive(Clone, Copy)]
pub(crate) enum Of<'a> {
    /// To an event.
    Event(EventId),
    /// By an agency.
    Agency(&'a AgencyId),
    /// To events of an agency's that a flow has it told of.
    NoticesFor(&'a AgencyId),
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
fn of_agency(agency: &str) -> Key {
    key("diogel/v1/access-of", agency.as_bytes())
}

/// What the reads are found by of which an originator is told.
fn notices_for(originator: &AgencyId) -> Key {
    key("diogel/v1/notices-for", originator.as_str().as_bytes())
}

/// What an agency's first read of an event is found by.
fn read_by(agency: &str, event: EventId) -> Key {
    key("diogel/v1/read-by", &[&event.0, agency.as_bytes()].concat())
}

/// What all are found by who weren't let in.
fn not_let_in() -> Key {
    key("diogel/v1/not-let-in", b"")
}

fn key(domain: &str, of: &[u8]) -> Key {
    let hash = sha256(domain, of);
    hash.first_chunk().copied().unwrap_or_default()
}
