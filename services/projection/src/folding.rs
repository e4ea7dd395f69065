//! The follower of the order journal: opens each record and folds it. The one way in for live events, restarts, rebuilds and
//! replicas alike.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use diogel_event_log::entry::Place;
use diogel_ops::Shutdown;
use diogel_views::{FoldInput, Folded, fold::FoldError, store::Store};
use tokio::sync::watch;

use crate::{
    chain::Chains,
    heard::HeardBoard,
    open_event::{self, KeyMissing},
    order::{OrderJournal, Record},
};

/// Records folded at once.
const BATCH: usize = 1_000;
/// Positions between two snapshots of the chains.
const SNAPSHOT_EVERY: u64 = 5_000;
const RETRY: Duration = Duration::from_millis(500);

/// Why folding stopped for now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FoldingError {
    #[error(transparent)]
    Journal(#[from] diogel_event_log::journal::JournalError),
    #[error(transparent)]
    Key(#[from] KeyMissing),
    #[error(transparent)]
    Fold(#[from] FoldError),
}

/// Whether views may be read: only while they are proven complete (P5).
#[derive(Debug, Clone, Default)]
pub(crate) struct Complete(Arc<AtomicBool>);

impl Complete {
    pub(crate) fn holds(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn set(&self, complete: bool) {
        self.0.store(complete, Ordering::Release);
    }
}

/// What following needs.
pub(crate) struct Following<S> {
    pub(crate) order: OrderJournal,
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) complete: Complete,
    /// Chains as of the view's follower, for the next start's snapshot.
    pub(crate) chains: Chains,
    pub(crate) snapshot: PathBuf,
    /// Positions that may be folded: the order stream has them.
    pub(crate) released: watch::Receiver<u64>,
}

impl<S: Store> Following<S> {
    pub(crate) async fn run(mut self, shutdown: Shutdown) {
        loop {
            match self.catch_up().await {
                Ok(()) => self.complete.set(true),
                Err(error) => {
                    self.complete.set(false);
                    tracing::error!(%error, "folding stopped; views answer UNAVAILABLE");
                    tokio::time::sleep(RETRY).await;
                }
            }
            tokio::select! {
                changed = self.released.changed() => if changed.is_err() { break },
                () = shutdown.requested() => break,
            }
        }
        self.keep_snapshot();
    }

    async fn catch_up(&mut self) -> Result<(), FoldingError> {
        loop {
            let released = *self.released.borrow_and_update();
            let position = self.views.checkpoint().position;
            if position >= released {
                return Ok(());
            }
            let most = usize::try_from(released - position)
                .unwrap_or(BATCH)
                .min(BATCH);
            let records = self.order.read(position, most).await?;
            if records.is_empty() {
                return Ok(());
            }
            let inputs = open_all(&self.order, &records).await?;
            let views = Arc::clone(&self.views);
            let folded = tokio::task::spawn_blocking(move || views.fold(&inputs)).await;
            folded.map_err(|_| KeyMissing(position))??;
            self.told(&records);
        }
    }

    fn told(&mut self, records: &[Record]) {
        for record in records {
            if record.position == self.chains.position + 1 {
                self.chains.apply(&record.event);
            }
        }
        for record in records {
            let place = Place {
                epoch: record.event.epoch,
                seq: record.event.seq,
            };
            self.heard.folded(&record.event.agency, place);
        }
        if self.chains.position % SNAPSHOT_EVERY < records.len() as u64 {
            self.keep_snapshot();
        }
    }

    fn keep_snapshot(&self) {
        let written = postcard::to_allocvec(&self.chains)
            .map_err(std::io::Error::other)
            .and_then(|bytes| {
                diogel_identity::private_file::write_whole(
                    &self.snapshot,
                    &bytes,
                    diogel_identity::private_file::PRIVATE,
                )
            });
        if let Err(error) = written {
            tracing::warn!(%error, "the snapshot of the chains could not be written; the next start reads more");
        }
    }
}

/// Opens records with their keys.
pub(crate) async fn open_all(
    order: &OrderJournal,
    records: &[Record],
) -> Result<Vec<FoldInput>, FoldingError> {
    let ids: Vec<[u8; 16]> = records.iter().map(|r| r.event.event_id.0).collect();
    let keys = order.journal().content_keys(&ids).await?;
    let opened = records
        .iter()
        .zip(&keys)
        .map(|(record, key)| open_event::open(record, key));
    Ok(opened.collect::<Result<_, _>>()?)
}
