//! The follower of the order journal: opens each record and folds it. The one way in for live events, restarts, rebuilds and
//! replicas alike.

use std::{path::PathBuf, sync::Arc, time::Duration};

use diogel_event_log::{
    entry::{NO_DIGEST, Place},
    journal::JournalError,
};
use diogel_ops::Shutdown;
use diogel_views::{
    FoldInput, Folded,
    fold::FoldError,
    store::{Store, StoreError},
};
use tokio::sync::watch;

use crate::{
    chain::Chains,
    heard::{Head, HeardBoard},
    mending::Mending,
    open_event::{self, KeyMissing},
    order::{OrderJournal, Record},
    publish_order::Release,
    snapshot::Snapshot,
    standing::{Complete, Ended},
    view_folder::Doubt,
};

/// Records folded at once.
const BATCH: usize = 1_000;
/// Items that a change of the rules is carried through at once, between two batches of events.
const SWEEP: u64 = 500;
/// Positions between two snapshots of the chains.
const SNAPSHOT_EVERY: u64 = 5_000;
const RETRY: Duration = Duration::from_millis(500);
/// Between two batches of lost keys, so that none that stays lost keeps a core busy.
const BREATH: Duration = Duration::from_millis(20);

/// Why folding stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FoldingError {
    /// Tried again: the key is fetched from the agency.
    #[error(transparent)]
    Key(#[from] KeyMissing),
    /// The next start reads the journal anew, and names what is wrong with it.
    #[error("order journal: {0}")]
    Journal(#[from] JournalError),
    /// The view is set aside at the next start, and built anew.
    #[error("view: {0}")]
    Fold(#[from] FoldError),
    /// As before: sled panics on damage.
    #[error("view: the fold panicked")]
    Panicked,
}

/// What following needs.
pub(crate) struct Following<S> {
    pub(crate) order: OrderJournal,
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) complete: Complete,
    pub(crate) ended: Ended,
    /// Chains as of the view's follower, for the next start's snapshot.
    pub(crate) chains: Chains,
    pub(crate) snapshot: PathBuf,
    pub(crate) mending: Arc<Mending>,
    /// Says, for the next start, that the view isn't to be trusted.
    pub(crate) doubt: Doubt,
    /// Positions that may be folded: the order stream has them.
    pub(crate) released: watch::Receiver<Option<Release>>,
}

impl<S: Store> Following<S> {
    pub(crate) async fn run(mut self, shutdown: Shutdown) {
        let mut digest = NO_DIGEST;
        loop {
            match self.catch_up(&mut digest, &shutdown).await {
                Ok(proven) => {
                    if proven {
                        self.complete.set(true);
                    }
                    match self.sweep().await {
                        // New events first.
                        Ok(true) if !shutdown.is_requested() => continue,
                        Ok(_) => {}
                        Err(error) => {
                            if !self.goes_on_after(&error).await {
                                return;
                            }
                            continue;
                        }
                    }
                    tokio::select! {
                        changed = self.released.changed() => if changed.is_err() { break },
                        () = shutdown.requested() => break,
                    }
                }
                Err(error) => {
                    if !self.goes_on_after(&error).await {
                        return;
                    }
                }
            }
        }
        // Nobody releases any more: what comes after isn't seen here.
        self.complete.set(false);
        self.keep_snapshot(digest);
    }

    /// False: only a restart mends it. A key that is missing is fetched from its agency, and what needs it waits.
    async fn goes_on_after(&self, error: &FoldingError) -> bool {
        self.complete.set(false);
        match error {
            FoldingError::Key(missing) => {
                tracing::error!(error = %missing, "folding waits; views answer UNAVAILABLE");
                if let Err(error) = self.mending.mend(missing.0).await {
                    tracing::error!(%error, "lost keys can't be kept");
                    tokio::time::sleep(RETRY).await;
                }
                tokio::time::sleep(BREATH).await;
                true
            }
            // Whoever asked for the key has said so already: it is being fetched.
            FoldingError::Fold(FoldError::Store(StoreError::KeyMissing)) => {
                tracing::error!(%error, "folding waits; views answer UNAVAILABLE");
                tokio::time::sleep(RETRY).await;
                true
            }
            error => {
                if matches!(error, FoldingError::Fold(_) | FoldingError::Panicked) {
                    self.doubt.tell();
                }
                self.ended.tell(&error.to_string());
                false
            }
        }
    }

    /// Carries changes of the rules through a few items. True: there are more.
    async fn sweep(&self) -> Result<bool, FoldingError> {
        let views = Arc::clone(&self.views);
        let swept = tokio::task::spawn_blocking(move || views.sweep(SWEEP)).await;
        match swept.map_err(|_| FoldingError::Panicked)? {
            // Whoever asked for the key has said so already: it is being fetched.
            Err(FoldError::Store(StoreError::KeyMissing)) => {
                tokio::time::sleep(RETRY).await;
                Ok(true)
            }
            swept => Ok(swept?),
        }
    }

    /// Folds what was released. True: the view holds everything that it needs to be called complete.
    /// Ends between two batches when shut down: a fold under way would hold the view for longer than anybody waits.
    async fn catch_up(
        &mut self,
        digest: &mut [u8; 32],
        shutdown: &Shutdown,
    ) -> Result<bool, FoldingError> {
        while !shutdown.is_requested() {
            let released = *self.released.borrow_and_update();
            let position = self.views.checkpoint().position;
            let Some(Release { to, needed }) = released else {
                return Ok(false);
            };
            if position >= to {
                return Ok(position >= needed);
            }
            let most = usize::try_from(to - position).unwrap_or(BATCH).min(BATCH);
            let records = self.order.read(position, most).await?;
            if records.is_empty() {
                return Ok(false);
            }
            let inputs = open_known(&self.order, &records).await?;
            let records = records.get(..inputs.len()).unwrap_or_default();
            let views = Arc::clone(&self.views);
            let folded = tokio::task::spawn_blocking(move || views.fold(&inputs)).await;
            folded.map_err(|_| FoldingError::Panicked)??;
            *digest = records.last().map_or(*digest, |record| record.digest);
            self.told(records);
        }
        Ok(false)
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
            let hash = record.event.hash;
            let folded = Head { place, hash };
            self.heard.folded(&record.event.agency, folded);
        }
        if self.chains.position % SNAPSHOT_EVERY < records.len() as u64
            && let Some(last) = records.last()
        {
            self.keep_snapshot(last.digest);
        }
    }

    fn keep_snapshot(&self, digest: [u8; 32]) {
        // Nothing was folded: the snapshot of before still holds.
        if digest != NO_DIGEST {
            Snapshot::new(&self.chains, digest).keep(&self.snapshot);
        }
    }
}

/// Opens records with their keys, up to the first whose key is missing: what comes before it is folded, so that its agency is
/// known when the key is asked for.
async fn open_known(
    order: &OrderJournal,
    records: &[Record],
) -> Result<Vec<FoldInput>, FoldingError> {
    let ids: Vec<[u8; 16]> = records.iter().map(|r| r.event.event_id.0).collect();
    let keys = order.journal().content_keys(&ids).await?;
    let mut inputs = Vec::new();
    for (record, key) in records.iter().zip(&keys) {
        match open_event::open(record, key) {
            Ok(input) => inputs.push(input),
            Err(missing) if inputs.is_empty() => return Err(missing.into()),
            Err(_) => break,
        }
    }
    Ok(inputs)
}
