//! Carrying a change of the rules through everything that was published before it, in small batches between those of the fold, so
//! that neither new events nor reads wait for it. An event that touches an item has the item brought up first: what comes out
//! doesn't depend on how far the sweep has come (P4), and what others are to be told of it waits for the sweep (P6). Narrowing doesn't
//! wait for it: every read is decided anew.

use diogel_domain::times::Moment;
use serde::{Deserialize, Serialize};
use std::sync::{PoisonError, atomic::Ordering};

use super::{FoldError, Folded, apply::Step};
use crate::{
    index, keys,
    pending::Pending,
    store::{Store, StoreError},
    tally::Tally,
};

/// How far the sweeps have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Sweep {
    /// Everything is decided by the rules of this position.
    done: u64,
    /// The position whose rules are being carried through.
    towards: u64,
    /// The next item.
    next: u64,
}

/// Everything is decided by the rules of this position.
pub(super) fn done<S: Store>(pending: &Pending<'_, S>) -> Result<u64, StoreError> {
    let sweep: Option<Sweep> = pending.read(keys::SWEEP)?;
    Ok(sweep.unwrap_or_default().done)
}

impl<S: Store> Folded<S> {
    /// Brings up to `most` items up to the rules in force. False: all of them are.
    pub fn sweep(&self, most: u64) -> Result<bool, FoldError> {
        let _folding = self.folding.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pending = Pending::new(&self.store);
        let mut sweep: Sweep = pending.read(keys::SWEEP)?.unwrap_or_default();
        let mut registry = self.registry();
        if sweep.towards == sweep.done {
            let Some((turn, _)) = registry.turns_after(sweep.done).last() else {
                return Ok(false);
            };
            sweep.towards = *turn;
            sweep.next = 1;
        }
        let end = sweep.towards.min(sweep.next.saturating_add(most));
        let mut step = Step {
            pending: &mut pending,
            registry: &mut registry,
            index: &self.index,
            keys: &*self.keys,
            now: Moment::default(),
            swept: sweep.done,
            // Deciding anew counts nothing.
            tally: &mut Tally::default(),
        };
        let mut moved = Vec::new();
        for position in sweep.next..end {
            let (item, deciding) = step.brought_up(position)?;
            moved.extend(deciding.moved(position, &item, &[]));
            step.pay_all(position, &deciding)?;
        }
        index::replace(step.pending, moved)?;
        sweep.next = end;
        if end == sweep.towards {
            sweep.done = sweep.towards;
        }
        pending.write(keys::SWEEP.to_vec(), &sweep)?;
        self.store.write(pending.into_writes())?;
        self.swept.store(sweep.done, Ordering::Release);
        let behind = !self.registry().turns_after(sweep.done).is_empty();
        self.behind.store(behind, Ordering::Release);
        self.tell_swept();
        Ok(behind)
    }

    /// Everything is decided by the rules in force.
    pub fn is_swept(&self) -> Result<bool, StoreError> {
        let pending = Pending::new(&self.store);
        let sweep: Sweep = pending.read(keys::SWEEP)?.unwrap_or_default();
        Ok(self.registry().turns_after(sweep.done).is_empty())
    }
}
