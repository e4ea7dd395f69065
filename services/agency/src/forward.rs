//! Forwarding: from the journal to the log, in order, for as long as the service runs. The journal is the truth; the log may
//! lose, repeat or be away, and what it lacks is sent again (P1, P2).

use std::{sync::Arc, time::Duration};

use diogel_event_log::{
    entry::{Entry, Place},
    journal::{Journal, JournalError},
    log::{LogError, Outlet},
};
use diogel_ops::Shutdown;
use tokio::sync::watch;

/// Entries offered at once.
const BATCH: usize = 256;
/// The wait after a failure, at first and at most.
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// Forwards until shut down.
pub(crate) async fn run(
    journal: Journal,
    outlet: Arc<dyn Outlet>,
    mut resend: watch::Receiver<Option<Place>>,
    shutdown: Shutdown,
) {
    let mut head = journal.changed();
    let mut wait = FIRST_WAIT;
    let mut asked = None;
    let mut may_be_asked = true;
    loop {
        if resend.has_changed().unwrap_or(false) {
            asked = *resend.borrow_and_update();
        }
        let step = async {
            if let Some(from) = asked {
                send_again(&journal, outlet.as_ref(), from, &shutdown).await?;
            }
            forward(&journal, outlet.as_ref(), &shutdown).await
        };
        match step.await {
            Ok(()) => {
                wait = FIRST_WAIT;
                asked = None;
            }
            Err(ForwardError::Ending) => return,
            Err(error) => {
                tracing::warn!(%error, "log not reachable; events stay safe in the journal");
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = shutdown.requested() => return,
                }
                wait = (wait * 2).min(LONGEST_WAIT);
                continue;
            }
        }
        tokio::select! {
            changed = head.changed() => if changed.is_err() { return },
            // `changed` marks it as seen: the look at the top of the loop would find nothing new.
            changed = resend.changed(), if may_be_asked => match changed {
                Ok(()) => asked = *resend.borrow_and_update(),
                // No projection is known: nobody will ask, and events go forward all the same.
                Err(_) => may_be_asked = false,
            },
            () = shutdown.requested() => return,
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum ForwardError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("the log took nothing")]
    NothingTaken,
    #[error("the service ends")]
    Ending,
}

/// Only the log may keep the service from ending. A read of the journal that is let go would still hold its folder.
async fn offer(
    outlet: &dyn Outlet,
    entries: Vec<Entry>,
    resend: bool,
    shutdown: &Shutdown,
) -> Result<usize, ForwardError> {
    tokio::select! {
        taken = outlet.offer(entries, resend) => Ok(taken?),
        () = shutdown.requested() => Err(ForwardError::Ending),
    }
}

async fn forward(
    journal: &Journal,
    outlet: &dyn Outlet,
    shutdown: &Shutdown,
) -> Result<(), ForwardError> {
    loop {
        let entries = journal.read(journal.streamed(), BATCH).await?;
        if entries.is_empty() {
            return Ok(());
        }
        let places: Vec<Place> = entries.iter().map(|entry| entry.place).collect();
        let taken = offer(outlet, entries, false, shutdown).await?;
        let last = taken.checked_sub(1).and_then(|i| places.get(i));
        journal
            .record_streamed(*last.ok_or(ForwardError::NothingTaken)?)
            .await?;
    }
}

/// Everything from a place on, whether the log had it or not: the projection says that it misses it.
async fn send_again(
    journal: &Journal,
    outlet: &dyn Outlet,
    from: Place,
    shutdown: &Shutdown,
) -> Result<(), ForwardError> {
    let mut after = Place {
        epoch: from.epoch,
        seq: from.seq.saturating_sub(1),
    };
    let until = journal.head().place;
    tracing::warn!(
        epoch = from.epoch,
        seq = from.seq,
        "sending again what the projection misses"
    );
    while after < until {
        let entries = journal.read(after, BATCH).await?;
        let Some(last) = entries.last().map(|entry| entry.place) else {
            break;
        };
        let count = entries.len();
        if offer(outlet, entries, true, shutdown).await? < count {
            return Err(ForwardError::NothingTaken);
        }
        journal.record_streamed(last).await?;
        after = last;
    }
    Ok(())
}
