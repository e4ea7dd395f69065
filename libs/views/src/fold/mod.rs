//! The fold: ordered events into rows, each exactly once (P3). A batch is written whole, with its checkpoint, or not at all.
//! Refuses a position that doesn't follow the last one.

mod apply;
mod doubt;
mod effects;
pub(crate) mod hold;
pub(crate) mod inherited;
mod involvement;
mod marks;
mod meetings;
mod owed;
pub(crate) mod steps;
mod sweep;

pub(crate) use marks::Awaits;
pub(crate) use owed::Owed;

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use arc_swap::ArcSwap;
use tokio::sync::watch;

use crate::{
    copy_key::CopyKeys,
    index::IndexKey,
    input::FoldInput,
    keys,
    pending::Pending,
    registry::{Registry, RegistryRow},
    rows::{Checkpoint, FORM},
    store::{Store, StoreError},
    tally::Tally,
};

/// Why a batch could not be folded.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// The store failed: quarantine and rebuild.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A position is missing or comes twice: the caller's order is broken.
    #[error("position {given} can't follow position {last}")]
    OutOfOrder {
        /// The last position folded.
        last: u64,
        /// The one given.
        given: u64,
    },
    /// The rows are of another form: quarantine and rebuild.
    #[error("the view was built by another version")]
    OtherForm,
}

/// The folded views of one board.
pub struct Folded<S> {
    pub(crate) store: S,
    pub(crate) index: IndexKey,
    pub(crate) keys: Box<dyn CopyKeys>,
    pub(crate) registry: ArcSwap<Registry>,
    checkpoint: watch::Sender<Checkpoint>,
    /// Everything is decided, and told, by the rules of this position.
    swept: AtomicU64,
    /// Something may be owed. Set before the rows of a change of the rules can be read, and their registry after them.
    behind: AtomicBool,
    /// One batch at a time: two that begin at the same checkpoint would fold an event twice (P3).
    folding: Mutex<()>,
}

impl<S: Store> Folded<S> {
    /// Takes up a store where its checkpoint says.
    pub fn open(store: S, index: IndexKey, keys: Box<dyn CopyKeys>) -> Result<Self, FoldError> {
        let pending = Pending::new(&store);
        let checkpoint: Option<Checkpoint> = pending.read(keys::CHECKPOINT)?;
        let registry: Option<RegistryRow> = pending.read(keys::REGISTRY)?;
        let swept = sweep::done(&pending)?;
        let checkpoint = checkpoint.unwrap_or(Checkpoint {
            form: FORM,
            ..Checkpoint::default()
        });
        if checkpoint.form != FORM {
            return Err(FoldError::OtherForm);
        }
        let registry = Registry::from_row(registry.unwrap_or_default());
        let registry = registry.ok_or(StoreError::Unreadable)?;
        let behind = !registry.turns_after(swept).is_empty();
        Ok(Self {
            registry: ArcSwap::from_pointee(registry),
            checkpoint: watch::Sender::new(checkpoint),
            swept: AtomicU64::new(swept),
            behind: AtomicBool::new(behind),
            folding: Mutex::new(()),
            store,
            index,
            keys,
        })
    }

    /// How far the view has come.
    pub fn checkpoint(&self) -> Checkpoint {
        self.checkpoint.borrow().clone()
    }

    pub(crate) fn swept(&self) -> u64 {
        self.swept.load(Ordering::Acquire)
    }

    /// Tells each new checkpoint.
    pub fn changed(&self) -> watch::Receiver<Checkpoint> {
        self.checkpoint.subscribe()
    }

    /// Wakes whoever waits for changes: a sweep has some for them.
    fn tell_swept(&self) {
        self.checkpoint.send_modify(|_| ());
    }

    /// The registry as of the checkpoint.
    pub fn registry(&self) -> Arc<Registry> {
        self.registry.load_full()
    }

    /// Folds a batch: all of it, or nothing.
    pub fn fold(&self, batch: &[FoldInput]) -> Result<(), FoldError> {
        let _folding = self.folding.lock().unwrap_or_else(PoisonError::into_inner);
        let mut checkpoint = self.checkpoint();
        let before = self.registry();
        let mut registry = before.clone();
        let mut pending = Pending::new(&self.store);
        let mut tally = Tally::default();
        for input in batch {
            if input.position != checkpoint.position + 1 {
                let last = checkpoint.position;
                return Err(FoldError::OutOfOrder {
                    last,
                    given: input.position,
                });
            }
            let mut step = apply::Step {
                pending: &mut pending,
                registry: &mut registry,
                index: &self.index,
                keys: &*self.keys,
                now: input.ordered_at,
                swept: self.swept(),
                tally: &mut tally,
            };
            step.fold(input)?;
            checkpoint.position = input.position;
            checkpoint.ordered_at = input.ordered_at;
            checkpoint.hash = input.hash;
        }
        if !Arc::ptr_eq(&before, &registry) {
            pending.write(keys::REGISTRY.to_vec(), registry.row())?;
        }
        tally.settle(&mut pending)?;
        pending.write(keys::CHECKPOINT.to_vec(), &checkpoint)?;
        let behind = !registry.turns_after(self.swept()).is_empty();
        self.behind.fetch_or(behind, Ordering::AcqRel);
        self.store.write(pending.into_writes())?;
        // Rules before the checkpoint: whoever is woken by the checkpoint decides by the new rules.
        self.registry.store(registry);
        self.checkpoint.send_replace(checkpoint);
        Ok(())
    }
}
