//! Whether events are taken in. Not before the projection was heard or had its time to speak; not while the journal lacks what a
//! newer state of it had (it was restored from a copy): what it would take in could claim a place that was used before; not under
//! a key that the Board withdrew: what it would take in would be refused for good. Owns that closing is final: who passed before
//! has done with the journal when it returns.

use std::sync::Arc;

use diogel_contract::refusal::{Reason, Refusal};
use tokio::sync::{OwnedRwLockReadGuard, RwLock, watch};

/// How the journal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The projection has not been heard yet.
    Unheard,
    Open,
    /// It was restored from a copy, and has not recovered yet.
    Restored,
    /// The Board withdrew the key that it is signed with, and another one is in force.
    Withdrawn,
}

/// Shared by all clones.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    standing: Arc<watch::Sender<Standing>>,
    /// Read while somebody appends, written to wait until nobody does.
    passing: Arc<RwLock<()>>,
}

/// What an append by a caller demands: while it is held, nobody takes the gate for closed.
#[derive(Debug)]
#[must_use = "the gate may close as soon as it is dropped"]
pub(crate) struct Pass(#[expect(dead_code, reason = "held, not read")] OwnedRwLockReadGuard<()>);

impl Gate {
    /// It lets nothing through at first.
    pub(crate) fn new(restored: bool) -> Self {
        let standing = if restored {
            Standing::Restored
        } else {
            Standing::Unheard
        };
        Self {
            standing: Arc::new(watch::Sender::new(standing)),
            passing: Arc::default(),
        }
    }

    /// For one append, over which it is held.
    pub(crate) fn pass(&self) -> Result<Pass, Refusal> {
        // First the place, then the look: whoever closes it tells first, then waits for the places. It fails only then.
        let place = Arc::clone(&self.passing).try_read_owned();
        match place {
            Ok(place) if self.is_open() => Ok(Pass(place)),
            _ => Err(Refusal::new(Reason::JournalUnavailable)),
        }
    }

    fn is(&self, standing: Standing) -> bool {
        *self.standing.borrow() == standing
    }

    pub(crate) fn is_open(&self) -> bool {
        self.is(Standing::Open)
    }

    pub(crate) fn is_unheard(&self) -> bool {
        self.is(Standing::Unheard)
    }

    /// Waits until it is open, or isn't.
    pub(crate) async fn turned(&self, open: bool) {
        let mut turned = self.standing.subscribe();
        // The sender is held here: it can't go.
        let _ = turned
            .wait_for(|now| (*now == Standing::Open) == open)
            .await;
    }

    /// The journal was restored from a copy: it stays closed until [`Self::recovered`], whatever else is said.
    pub(crate) async fn restored(&self) {
        self.close(Standing::Restored).await;
    }

    pub(crate) fn is_restored(&self) -> bool {
        self.is(Standing::Restored)
    }

    /// A restored journal has imported what it lacked, and goes on in a new epoch.
    pub(crate) fn recovered(&self) {
        self.standing.send_replace(Standing::Open);
    }

    /// The key was withdrawn: it stays closed until [`Self::in_force`]. A restored journal has to recover before that matters.
    pub(crate) async fn withdrawn(&self) {
        if !self.is_restored() {
            self.close(Standing::Withdrawn).await;
        }
    }

    /// The key is in force after all, or again.
    pub(crate) fn in_force(&self) {
        self.open_from(Standing::Withdrawn);
    }

    /// For a journal that nobody has said anything against, heard or not: a projection that is away keeps nobody from reporting.
    pub(crate) fn open(&self) {
        self.open_from(Standing::Unheard);
    }

    fn open_from(&self, from: Standing) {
        self.standing.send_if_modified(|standing| {
            let meant = *standing == from;
            if meant {
                *standing = Standing::Open;
            }
            meant
        });
    }

    async fn close(&self, standing: Standing) {
        self.standing.send_replace(standing);
        let _nobody_passes = self.passing.write().await;
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, task::Poll};

    use super::*;

    #[tokio::test]
    async fn a_restored_journal_stays_closed_until_it_is_recovered() {
        let gate = Gate::new(false);
        assert!(gate.pass().is_err());
        gate.restored().await;
        gate.open();
        gate.withdrawn().await;
        gate.in_force();
        assert!(gate.pass().is_err() && gate.is_restored());
        gate.recovered();
        assert!(gate.pass().is_ok() && !gate.is_restored());
    }

    #[tokio::test]
    async fn a_journal_under_a_withdrawn_key_stays_closed_until_the_key_is_in_force() {
        let gate = Gate::new(false);
        gate.withdrawn().await;
        gate.open();
        assert!(gate.pass().is_err());
        gate.in_force();
        assert!(gate.pass().is_ok());
    }

    #[test]
    fn a_projection_that_is_away_keeps_nobody_from_reporting() {
        let gate = Gate::new(false);
        gate.open();
        assert!(gate.pass().is_ok());
    }

    #[tokio::test]
    async fn closing_waits_for_who_has_passed_and_lets_nobody_else_through() {
        let gate = Gate::new(false);
        gate.open();
        let (one, two) = (gate.pass().unwrap(), gate.pass().unwrap());
        let mut closing = pin!(gate.restored());
        for passed in [one, two] {
            let now = std::future::poll_fn(|cx| Poll::Ready(closing.as_mut().poll(cx))).await;
            assert!(now.is_pending());
            assert!(gate.pass().is_err());
            drop(passed);
        }
        closing.await;
        assert!(gate.pass().is_err());
    }
}
