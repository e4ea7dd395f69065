//! The order journal onto the order stream, for replicas. What the stream hasn't taken isn't folded: a second admitting
//! projection is found out here, before anybody has seen anything of its order (fencing).

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use diogel_event_log::{
    entry::Place,
    journal::Journal,
    log::{LogError, OrderLog},
};
use diogel_ops::Shutdown;
use tokio::sync::watch;

/// Records written at once.
const BATCH: usize = 256;
const RETRY: Duration = Duration::from_millis(250);

/// Writes until shut down; ends with an error when fenced.
pub(crate) async fn run(
    journal: Journal,
    stream: Arc<dyn OrderLog>,
    released: watch::Sender<u64>,
    shutdown: Shutdown,
) -> Result<(), LogError> {
    let mut head = journal.changed();
    loop {
        let written = tokio::select! {
            written = write(&journal, stream.as_ref(), &released) => written,
            () = shutdown.requested() => return Ok(()),
        };
        match written {
            Ok(()) => {}
            Err(LogError::Unavailable(error)) => {
                tracing::warn!(%error, "order stream not reachable");
                tokio::time::sleep(RETRY).await;
                continue;
            }
            Err(error) => {
                tracing::error!(%error, "order stream: this projection stops admitting");
                return Err(error);
            }
        }
        tokio::select! {
            changed = head.changed() => if changed.is_err() { return Ok(()) },
            () = shutdown.requested() => return Ok(()),
        }
    }
}

async fn write(
    journal: &Journal,
    stream: &dyn OrderLog,
    released: &watch::Sender<u64>,
) -> Result<(), LogError> {
    // The stream says where it stands: after a rollback it is filled up again from the journal (P2).
    let mut after = stream.head().await?;
    released.send_if_modified(|r| {
        let more = after > *r;
        *r = after.max(*r);
        more
    });
    loop {
        let place = Place {
            epoch: Place::START.epoch,
            seq: after,
        };
        let entries = journal
            .read(place, BATCH)
            .await
            .map_err(|e| LogError::Unavailable(e.into()))?;
        if entries.is_empty() {
            return Ok(());
        }
        let records: Vec<Bytes> = entries.iter().map(|entry| entry.event.clone()).collect();
        let count = records.len() as u64;
        stream.append(after + 1, records).await?;
        after += count;
        released.send_replace(after);
    }
}
