//! The order journal onto the order stream, for replicas. What the stream hasn't taken isn't folded: a second admitting
//! projection is found out here, before anybody has seen anything of its order (fencing). So is a journal that another one went
//! on from: whatever the stream holds has to stand in the journal, byte for byte.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use diogel_event_log::{
    entry::Place,
    journal::{Journal, JournalError},
    log::{LogError, OrderLog},
};
use diogel_ops::Shutdown;
use tokio::sync::watch;

/// Records written at once.
const BATCH: usize = 256;
const RETRY: Duration = Duration::from_millis(250);
/// How often an idle stream is asked where it stands: after a rollback it is filled up again (P2).
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// How far the order may be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Release {
    /// Positions up to here.
    pub(crate) to: u64,
    /// A view that hasn't come so far isn't complete (P5).
    pub(crate) needed: u64,
}

/// Writes until shut down; ends with an error when fenced.
pub(crate) async fn run(
    journal: Journal,
    stream: Arc<dyn OrderLog>,
    released: watch::Sender<Option<Release>>,
    shutdown: Shutdown,
) -> Result<(), LogError> {
    let mut head = journal.changed();
    let mut publishing = Publishing {
        needed: journal.head().place.seq,
        journal,
        stream,
        released,
        after: None,
    };
    loop {
        let written = tokio::select! {
            written = publishing.write() => written,
            () = shutdown.requested() => return Ok(()),
        };
        match written {
            Ok(()) => {}
            Err(LogError::Unavailable(error)) => {
                tracing::warn!(%error, "order stream not reachable");
                publishing.after = None;
                tokio::time::sleep(RETRY).await;
                continue;
            }
            Err(error) => return Err(error),
        }
        tokio::select! {
            changed = head.changed() => if changed.is_err() { return Ok(()) },
            () = tokio::time::sleep(LOOK_AGAIN) => publishing.after = None,
            () = shutdown.requested() => return Ok(()),
        }
    }
}

struct Publishing {
    journal: Journal,
    stream: Arc<dyn OrderLog>,
    released: watch::Sender<Option<Release>>,
    needed: u64,
    /// The last position that the stream is known to hold.
    after: Option<u64>,
}

impl Publishing {
    async fn write(&mut self) -> Result<(), LogError> {
        let mut after = match self.after {
            Some(after) => after,
            None => self.confirmed().await?,
        };
        loop {
            self.release(after);
            let entries = self.journal.read(place(after), BATCH).await;
            let entries = entries.map_err(unreadable)?;
            if entries.is_empty() {
                self.after = Some(after);
                return Ok(());
            }
            let records: Vec<Bytes> = entries.into_iter().map(|entry| entry.event).collect();
            let count = records.len() as u64;
            self.stream.append(after + 1, records).await?;
            after += count;
        }
    }

    /// Where the stream stands, if all that it holds is this journal's.
    async fn confirmed(&self) -> Result<u64, LogError> {
        let after = self.stream.head().await?;
        if after > self.journal.head().place.seq {
            return Err(LogError::Fenced(self.journal.head().place.seq + 1));
        }
        if after == 0 {
            return Ok(0);
        }
        let held = match self.stream.read(after, 1).await {
            Ok(held) => held,
            // A log without replicas keeps nothing, and nobody else can have written it.
            Err(LogError::Refused(_)) => return Ok(after),
            Err(error) => return Err(error),
        };
        // Records are chained by their hashes: if the last one is the same, so are all before it.
        let own = self.journal.at(place(after)).await.map_err(unreadable)?;
        if own.map(|entry| entry.event) == held.into_iter().next() {
            Ok(after)
        } else {
            Err(LogError::Fenced(after))
        }
    }

    /// Never takes back: what was released may have been folded.
    fn release(&self, after: u64) {
        self.released.send_if_modified(|released| {
            let to = released.map_or(after, |before| before.to.max(after));
            let release = Release {
                to,
                needed: self.needed,
            };
            released.replace(release) != Some(release)
        });
    }
}

const fn place(position: u64) -> Place {
    Place {
        epoch: Place::START.epoch,
        seq: position,
    }
}

fn unreadable(error: JournalError) -> LogError {
    LogError::Unavailable(error.into())
}
