//! Whether events are taken in, and whether the journal was restored from a copy. A restored one takes in nothing before the
//! projection has said what was admitted beyond it: what it would take in could claim a place that was used before.

use std::sync::Arc;

use diogel_contract::refusal::{Reason, Refusal};
use tokio::sync::watch;

/// How the journal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The projection has not been heard yet.
    Unheard,
    Open,
    Restored,
}

/// Shared by all clones; at first it lets nothing through.
#[derive(Debug, Clone)]
pub(crate) struct Gate(Arc<watch::Sender<Standing>>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Standing::Unheard)))
    }
}

impl Gate {
    pub(crate) fn pass(&self) -> Result<(), Refusal> {
        if self.is_open() {
            Ok(())
        } else {
            Err(Refusal::new(Reason::JournalUnavailable))
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        *self.0.borrow() == Standing::Open
    }

    /// Waits until it is open, or isn't.
    pub(crate) async fn turned(&self, open: bool) {
        let mut turned = self.0.subscribe();
        // The sender is held here: it can't go.
        let _ = turned
            .wait_for(|now| (*now == Standing::Open) == open)
            .await;
    }

    /// The journal was restored from a copy: it stays closed until [`Self::recovered`].
    pub(crate) fn restored(&self) {
        self.0.send_replace(Standing::Restored);
    }

    pub(crate) fn is_restored(&self) -> bool {
        *self.0.borrow() == Standing::Restored
    }

    /// A restored journal has imported what it lacked, and goes on in a new epoch.
    pub(crate) fn recovered(&self) {
        self.0.send_replace(Standing::Open);
    }

    /// For a journal that nobody has said anything against, heard or not: a projection that is away keeps nobody from reporting.
    pub(crate) fn open(&self) {
        self.0.send_if_modified(|standing| {
            let unheard = *standing == Standing::Unheard;
            if unheard {
                *standing = Standing::Open;
            }
            unheard
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restored_journal_stays_closed_until_it_is_recovered() {
        let gate = Gate::default();
        assert!(gate.pass().is_err());
        gate.restored();
        gate.open();
        assert!(gate.pass().is_err() && gate.is_restored());
        gate.recovered();
        assert!(gate.pass().is_ok() && !gate.is_restored());
    }

    #[test]
    fn a_projection_that_is_away_keeps_nobody_from_reporting() {
        let gate = Gate::default();
        gate.open();
        assert!(gate.pass().is_ok());
    }
}
