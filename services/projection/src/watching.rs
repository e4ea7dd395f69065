//! Watching a view: its changes in order, content decided at the moment it is sent, a retraction without content when the reader
//! no longer sees an item. Fails closed: while the view isn't complete, nothing is sent (P5, P8).

use std::{sync::Arc, time::Duration};

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, watch_response},
    write,
};
use diogel_domain::ids::AgencyId;
use diogel_views::{
    Folded,
    rows::{Change, ChangeKind},
    store::Store,
};
use futures_util::Stream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use crate::{answers, cursor::Cursor, folding::Complete, reading::broken, run::now};

/// Changes read at once.
const BATCH: usize = 100;
/// Messages that may wait for a slow reader; then the stream waits, and nothing piles up (P12).
const AHEAD: usize = 32;
/// Between two signs of life.
const ALIVE: Duration = Duration::from_secs(10);

/// Where a stream starts, and whether to say first that it starts again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    after: u64,
    restarted: bool,
}

/// Reads a request's cursor.
pub(crate) fn start(
    request: &v1::WatchRequest,
    generation: u64,
    last: u64,
) -> Result<Start, Refusal> {
    if request.from_now {
        return Ok(Start {
            after: last,
            restarted: false,
        });
    }
    if request.cursor.is_empty() {
        return Ok(Start {
            after: 0,
            restarted: false,
        });
    }
    let cursor = Cursor::from_text(&request.cursor).ok_or_else(|| {
        Refusal::field(
            "cursor",
            "is no cursor of a watch; leave it empty to start anew",
        )
    })?;
    // Of another view, or beyond this one's end: what the reader holds may not be what this view says.
    if cursor.generation != generation || cursor.number > last {
        return Ok(Start {
            after: 0,
            restarted: true,
        });
    }
    Ok(Start {
        after: cursor.number,
        restarted: false,
    })
}

/// One reader's stream.
pub(crate) struct Watching<S> {
    views: Arc<Folded<S>>,
    agency: AgencyId,
    generation: u64,
    complete: Complete,
}

impl<S: Store> Watching<S> {
    pub(crate) const fn new(
        views: Arc<Folded<S>>,
        agency: AgencyId,
        generation: u64,
        complete: Complete,
    ) -> Self {
        Self {
            views,
            agency,
            generation,
            complete,
        }
    }

    pub(crate) fn stream(
        self,
        start: Start,
    ) -> impl Stream<Item = Result<v1::WatchResponse, Status>> + Send + 'static {
        let (sender, receiver) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            if let Err(refusal) = self.run(start, &sender).await {
                // The reader may be gone already.
                let _ = sender.send(Err(refusal.into())).await;
            }
        });
        ReceiverStream::new(receiver)
    }

    async fn run(
        &self,
        start: Start,
        sender: &mpsc::Sender<Result<v1::WatchResponse, Status>>,
    ) -> Result<(), Refusal> {
        let mut after = start.after;
        let mut folded = self.views.changed();
        if start.restarted {
            let restarted = self.response(0, Some(watch_response::Change::Restarted(true)));
            if sender.send(Ok(restarted)).await.is_err() {
                return Ok(());
            }
        }
        loop {
            folded.borrow_and_update();
            for (number, response) in self.next(after)? {
                after = number;
                if let Some(response) = response
                    && sender.send(Ok(response)).await.is_err()
                {
                    return Ok(());
                }
            }
            if self.has_more(after)? {
                continue;
            }
            tokio::select! {
                changed = folded.changed() => if changed.is_err() { return Ok(()) },
                () = tokio::time::sleep(ALIVE) => {
                    if sender.send(Ok(self.alive(after))).await.is_err() { return Ok(()) }
                }
                () = sender.closed() => return Ok(()),
            }
        }
    }

    fn reader(&self) -> Result<diogel_views::Reader, Refusal> {
        if !self.complete.holds() {
            return Err(Refusal::new(Reason::Incomplete));
        }
        self.views
            .reader(&self.agency, now())
            .ok_or_else(|| Refusal::new(Reason::NotPermitted))
    }

    fn has_more(&self, after: u64) -> Result<bool, Refusal> {
        let reader = self.reader()?;
        Ok(self.views.last_change(&reader).map_err(broken)? > after)
    }

    fn next(&self, after: u64) -> Result<Vec<(u64, Option<v1::WatchResponse>)>, Refusal> {
        let reader = self.reader()?;
        let changes = self.views.changes(&reader, after, BATCH).map_err(broken)?;
        let responses = changes.into_iter().map(|(number, change)| {
            let told = self.told(&reader, change)?;
            Ok((
                number,
                told.map(|change| self.response(number, Some(change))),
            ))
        });
        responses.collect()
    }

    /// What to say of a change now. An item that the reader doesn't see any more is retracted, whatever the change was.
    fn told(
        &self,
        reader: &diogel_views::Reader,
        change: Change,
    ) -> Result<Option<watch_response::Change>, Refusal> {
        let seen = self.views.see(reader, change.position).map_err(broken)?;
        match (change.kind, seen) {
            (ChangeKind::Shown | ChangeKind::Changed, Some(seen)) => {
                Ok(Some(watch_response::Change::Item(answers::item(&seen))))
            }
            (ChangeKind::Shown | ChangeKind::Changed, None) | (ChangeKind::Retracted, _) => {
                let event_id = self.views.event_at(change.position).map_err(broken)?;
                let event_id = event_id.map_or_else(String::new, |id| id.to_string());
                Ok(Some(watch_response::Change::Retraction(v1::Retraction {
                    event_id,
                })))
            }
        }
    }

    fn alive(&self, number: u64) -> v1::WatchResponse {
        let alive = v1::HeardTo {
            agency: self.agency.to_string(),
            at: Some(write::timestamp(now())),
            silent: false,
        };
        self.response(number, Some(watch_response::Change::Alive(alive)))
    }

    fn response(&self, number: u64, change: Option<watch_response::Change>) -> v1::WatchResponse {
        let cursor = Cursor {
            generation: self.generation,
            number,
        };
        v1::WatchResponse {
            cursor: cursor.to_text(),
            change,
        }
    }
}
