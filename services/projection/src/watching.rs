//! Watching a view: its changes in order, each decided at the moment it is sent, a retraction without content when the reader no
//! longer sees an item. Owns the cursor's meaning. Fails closed: while the view isn't complete, nothing is sent (P5), and once the
//! rules change, what this stream has sent is decided again (P8).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, watch_response},
    write,
};
use diogel_domain::{
    calendar::Timing, ids::AgencyId, lifecycle::alert::AlertStanding, times::Moment,
};
use diogel_sharing::groups::Groups;
use diogel_views::{
    Folded, Reader, Seen,
    registry::Registry,
    rows::{Change, ChangeKind, Checkpoint, ItemState},
    standing::Standing,
    store::Store,
};
use futures_util::Stream;
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        watch,
    },
    time::Instant,
};
use tonic::Status;

use crate::{
    accesses::Asked,
    answers,
    cursor::{Cursors, List, Place},
    desk::Desk,
    heard::HeardBoard,
    notices::Notices,
    reading::broken,
    run::now,
    standing::Complete,
};

/// Between two signs of life.
const ALIVE: Duration = Duration::from_secs(10);
/// Between two looks at the clock of the wall.
const CLOCK: Duration = Duration::from_millis(500);
/// Steps of one stream without giving way to what else there is to do.
const STEPS: usize = 64;
/// Items of which a stream remembers what it sent: beyond these, the oldest aren't decided again while the stream is open.
const REMEMBERED: usize = 4_096;

/// Where a stream starts, and whether to say first that it starts again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    after: u64,
    restarted: bool,
}

/// Reads a request's cursor.
pub(crate) fn start(
    request: &v1::WatchRequest,
    cursors: &Cursors,
    agency: &AgencyId,
    last: u64,
) -> Result<Start, Refusal> {
    let from = |after, restarted| Ok(Start { after, restarted });
    if request.from_now {
        return from(last, false);
    }
    if request.cursor.is_empty() {
        return from(0, false);
    }
    match cursors.of(List::Changes, agency).place(&request.cursor) {
        Place::At(number) if number <= last => from(number, false),
        // Beyond this view's end, or of another: what the reader holds may not be what this view says.
        Place::At(_) | Place::OfAnotherView => from(0, true),
        Place::None => Err(Refusal::field(
            "cursor",
            "is no cursor of this agency's watch; leave it empty to start anew",
        )),
    }
}

/// What a watch rests on.
pub(crate) struct Watched<S> {
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) desk: Desk<S>,
    pub(crate) asked: Asked,
    pub(crate) cursors: Cursors,
    pub(crate) complete: Complete,
    pub(crate) heard: Arc<HeardBoard>,
}

/// One reader's stream. It makes an answer when the transport has room for one: nothing piles up, and nothing decided gets old.
pub(crate) fn stream<S: Store>(
    watched: Watched<S>,
    start: Start,
) -> impl Stream<Item = Result<v1::WatchResponse, Status>> + Send + 'static {
    let folded = watched.views.changed();
    let watching = Watching {
        rules: watched.views.registry(),
        alive: Instant::now() + ALIVE,
        completeness: watched.complete.changed(),
        reads: watched.desk.accesses.told(),
        watched,
        folded,
        after: start.after,
        restarted: start.restarted,
        fresh: start.after > 0,
        sent: BTreeMap::new(),
        retracted: BTreeMap::new(),
        doubted: Vec::new(),
        ends: BTreeSet::new(),
    };
    futures_util::stream::unfold(Some(watching), async |watching| {
        let mut watching = watching?;
        let next = watching.next().await;
        watching.alive = Instant::now() + ALIVE;
        match next {
            Ok(Some(response)) => Some((Ok(response), Some(watching))),
            Ok(None) => None,
            Err(refusal) => {
                let Watched { desk, asked, .. } = &watching.watched;
                desk.put_out(asked, &refusal);
                Some((Err(refusal.into()), None))
            }
        }
    })
}

/// What a stream remembers of an item that it sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sent {
    groups: Groups,
    stood: Option<Stood>,
}

/// How an item stood, as far as that changes by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stood {
    Alert(AlertStanding, Option<Timing>),
    Escalation(Option<Timing>),
}

impl Sent {
    fn of(seen: &Seen) -> Self {
        let stood = seen.standing.as_ref().map(|standing| match standing {
            Standing::Alert(state) => Stood::Alert(state.standing, state.answer_timing),
            Standing::Escalation(state) => Stood::Escalation(state.timing),
        });
        Self {
            groups: seen.permit.groups(),
            stood,
        }
    }

    /// The clock has made something else of it.
    fn is_outrun_by(self, now: Self) -> bool {
        now.stood.is_some() && self.stood != now.stood
    }

    /// Somebody has to act: a deadline is near or over, or the reader's own alert has to be looked at again.
    fn presses(self, own: bool) -> bool {
        let late = |timing: Option<Timing>| matches!(timing, Some(Timing::Near | Timing::Passed));
        match self.stood {
            Some(Stood::Escalation(timing)) => late(timing),
            Some(Stood::Alert(standing, answer)) => {
                own && (late(answer)
                    || matches!(
                        standing,
                        AlertStanding::Stale
                            | AlertStanding::Undecided
                            | AlertStanding::Suspended
                            | AlertStanding::Lapsed
                    ))
            }
            None => false,
        }
    }
}

struct Watching<S> {
    watched: Watched<S>,
    folded: watch::Receiver<Checkpoint>,
    completeness: watch::Receiver<bool>,
    /// Reads of which originators are told.
    reads: broadcast::Receiver<Arc<v1::AccessRecord>>,
    after: u64,
    restarted: bool,
    /// What runs by the clock hasn't been looked at yet.
    fresh: bool,
    /// By position: which groups the reader was last sent, and how the item stood.
    sent: BTreeMap<u64, Sent>,
    /// By position: what this stream has retracted, and how it stood. Deciding again comes before the fold's own word of it.
    retracted: BTreeMap<u64, ItemState>,
    /// What was sent and has to be decided again, because of the rules or the time.
    doubted: Vec<u64>,
    /// What was sent and ends by the clock, the next first.
    ends: BTreeSet<(Moment, u64)>,
    rules: Arc<Registry>,
    /// When to give a sign of life: counted from the last answer, whatever is folded meanwhile for others (P6).
    alive: Instant,
}

impl<S: Store> Watching<S> {
    /// The next answer; none when the hub ends.
    async fn next(&mut self) -> Result<Option<v1::WatchResponse>, Refusal> {
        if std::mem::take(&mut self.restarted) {
            let restarted = watch_response::Change::Restarted(true);
            return self.response(restarted).map(Some);
        }
        loop {
            self.folded.borrow_and_update();
            if let Some(change) = self.ready().await? {
                return self.response(change).map(Some);
            }
            let next_end = self.until_next_end();
            tokio::select! {
                changed = self.folded.changed() => if changed.is_err() { return Ok(None) },
                changed = self.completeness.changed() => if changed.is_err() { return Ok(None) },
                read = self.reads.recv() => if let Some(change) = self.read_by(read)? {
                    return self.response(change).map(Some);
                },
                () = tokio::time::sleep_until(self.alive) => return self.alive().map(Some),
                () = tokio::time::sleep(next_end) => self.doubt_what_ended(),
            }
        }
    }

    /// What can be said without waiting. Each step is decided at its own moment, and others get their turn in between: there may
    /// be very many of which there is nothing to say.
    async fn ready(&mut self) -> Result<Option<watch_response::Change>, Refusal> {
        let mut steps = 0_usize;
        loop {
            steps += 1;
            if steps.is_multiple_of(STEPS) {
                tokio::task::yield_now().await;
            }
            let reader = self.reader()?;
            if std::mem::take(&mut self.fresh) {
                self.take_up_clocks(&reader).await?;
            }
            if !std::ptr::eq(reader.registry(), Arc::as_ptr(&self.rules)) {
                self.rules = self.watched.views.registry();
                self.doubt();
                continue;
            }
            self.doubt_what_ended();
            let told = if let Some(position) = self.doubted.pop() {
                self.decide_again(&reader, position)?
            } else {
                let views = &self.watched.views;
                let changes = views.changes(&reader, self.after, 1).map_err(broken)?;
                let Some((number, change)) = changes.into_iter().next() else {
                    return Ok(None);
                };
                self.after = number;
                self.told(&reader, change)?
            };
            if told.is_some() {
                return Ok(told);
            }
        }
    }

    /// The reader of this very moment.
    fn reader(&self) -> Result<Reader, Refusal> {
        if !self.watched.complete.holds() {
            return Err(Refusal::new(Reason::Incomplete));
        }
        self.watched.desk.reader_now(&self.watched.asked)
    }

    /// Everything sent is to be decided again, the newest first.
    fn doubt(&mut self) {
        self.doubted = self.sent.keys().copied().collect();
    }

    /// Looked at again at least so often: the clock of the wall may be set.
    fn until_next_end(&self) -> Duration {
        let next = self.ends.first().map(|(end, _)| end.0 - now().0);
        let next = next.map(|micros| Duration::from_micros(micros.try_into().unwrap_or(0)));
        next.map_or(CLOCK, |next| next.min(CLOCK))
    }

    /// Whoever was away hears again what presses now, and then whatever the clock makes of the rest.
    async fn take_up_clocks(&mut self, reader: &Reader) -> Result<(), Refusal> {
        let views = Arc::clone(&self.watched.views);
        let (mut after, mut looked_at) = (0, 0_usize);
        // As many as there are: a bound on all would depend on what others have that the reader doesn't see (P6).
        loop {
            let running = views.running(after, STEPS).map_err(broken)?;
            let Some(last) = running.last().copied() else {
                break;
            };
            after = last;
            tokio::task::yield_now().await;
            for position in running {
                if looked_at < REMEMBERED {
                    looked_at += usize::from(self.take_up_clock(reader, position)?);
                }
            }
        }
        while self.ends.len() > REMEMBERED {
            self.ends.pop_last();
        }
        Ok(())
    }

    /// False: the reader doesn't see it.
    fn take_up_clock(&mut self, reader: &Reader, position: u64) -> Result<bool, Refusal> {
        let views = &self.watched.views;
        let Some(seen) = views.see(reader, position).map_err(broken)? else {
            return Ok(false);
        };
        let sent = Sent::of(&seen);
        let own = seen.item.originator == *reader.agency();
        let told = Sent {
            stood: sent.stood.filter(|_| !sent.presses(own)),
            ..sent
        };
        remember(&mut self.sent, position, told);
        self.ends.extend(seen.ends.map(|end| (end, position)));
        if told != sent {
            self.doubted.push(position);
        }
        Ok(true)
    }

    /// What ended with time has no event that says so.
    fn doubt_what_ended(&mut self) {
        let now = now();
        while let Some(first) = self.ends.first().copied()
            && first.0 <= now
        {
            self.ends.pop_first();
            self.doubted.push(first.1);
        }
    }

    /// Says what has become less since it was sent.
    fn decide_again(
        &mut self,
        reader: &Reader,
        position: u64,
    ) -> Result<Option<watch_response::Change>, Refusal> {
        let seen = self.watched.views.see(reader, position).map_err(broken)?;
        let Some(before) = self.sent.get(&position).copied() else {
            return Ok(None);
        };
        let now = seen.as_ref().map_or_else(Sent::default, Sent::of);
        if before.groups.without(now.groups).is_empty() && !before.is_outrun_by(now) {
            // It has to be looked at again when its clock turns next.
            self.ends
                .extend(seen.and_then(|s| s.ends).map(|end| (end, position)));
            return Ok(None);
        }
        let change = Change {
            position,
            kind: ChangeKind::Changed,
        };
        self.told(reader, change)
    }

    /// What to say of a change now. An item that the reader doesn't see any more is retracted, whatever the change was; that it
    /// was wrong, or is gone, is told to everybody who held it.
    fn told(
        &mut self,
        reader: &Reader,
        change: Change,
    ) -> Result<Option<watch_response::Change>, Refusal> {
        let position = change.position;
        let seen = self.watched.views.see(reader, position).map_err(broken)?;
        let seen = seen.filter(|_| change.kind != ChangeKind::Retracted);
        if let Some(seen) = seen {
            self.retracted.remove(&position);
            remember(&mut self.sent, position, Sent::of(&seen));
            self.ends.extend(seen.ends.map(|end| (end, position)));
            if self.ends.len() > REMEMBERED {
                self.ends.pop_last();
            }
            let Watched { desk, asked, .. } = &self.watched;
            desk.accesses.answered(asked, Some(seen.trace()))?;
            return Ok(Some(watch_response::Change::Item(answers::item(&seen))));
        }
        self.sent.remove(&position);
        let told = self.watched.views.told(reader, position).map_err(broken)?;
        let told = told.filter(|told| self.retracted.get(&position) != Some(&told.state));
        if let Some(told) = &told {
            remember(&mut self.retracted, position, told.state);
        }
        Ok(told.map(|told| watch_response::Change::Retraction(answers::retraction(&told))))
    }

    /// What to say of a read of the reader's own events. Of those that were missed, nothing: how many others' reads there were isn't
    /// the reader's to know (P6).
    fn read_by(
        &self,
        read: Result<Arc<v1::AccessRecord>, RecvError>,
    ) -> Result<Option<watch_response::Change>, Refusal> {
        let Ok(record) = read else {
            return Ok(None);
        };
        let reader = self.reader()?;
        let mut notices = Notices::new(&self.watched.views, &reader);
        let notice = notices.of(&record).map_err(broken)?;
        Ok(notice.map(watch_response::Change::Read))
    }

    fn alive(&mut self) -> Result<v1::WatchResponse, Refusal> {
        let agency = self.reader()?.agency().clone();
        let heard = self.watched.heard.heard_to(&agency, now());
        self.response(watch_response::Change::Alive(v1::HeardTo {
            agency: agency.to_string(),
            at: heard.at.map(write::timestamp),
            silent: heard.silent,
        }))
    }

    fn response(&self, change: watch_response::Change) -> Result<v1::WatchResponse, Refusal> {
        let Watched { cursors, asked, .. } = &self.watched;
        let places = cursors.of(List::Changes, &asked.agency);
        Ok(v1::WatchResponse {
            cursor: places.text(self.after)?,
            change: Some(change),
        })
    }
}

fn remember<T>(of: &mut BTreeMap<u64, T>, position: u64, what: T) {
    of.insert(position, what);
    if of.len() > REMEMBERED {
        of.pop_first();
    }
}
