//! Whether events are taken in. Closed while a restored journal is being recovered: what it would take in then could claim a
//! place that was used before.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use diogel_contract::refusal::{Reason, Refusal};

/// The projection has not been heard yet.
const UNHEARD: u8 = 0;
const OPEN: u8 = 1;
const CLOSED: u8 = 2;

/// Shared by all clones; at first it lets nothing through.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate(Arc<AtomicU8>);

impl Gate {
    pub(crate) fn pass(&self) -> Result<(), Refusal> {
        if self.0.load(Ordering::Acquire) == OPEN {
            Ok(())
        } else {
            Err(Refusal::new(Reason::JournalUnavailable))
        }
    }

    /// The journal is proven.
    pub(crate) fn open(&self) {
        self.0.store(OPEN, Ordering::Release);
    }

    /// For a journal that nobody has said anything against; one that the projection is ahead of stays closed.
    pub(crate) fn open_unheard(&self) {
        let (success, failure) = (Ordering::AcqRel, Ordering::Acquire);
        let _ = self.0.compare_exchange(UNHEARD, OPEN, success, failure);
    }

    pub(crate) fn close(&self) {
        self.0.store(CLOSED, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_that_takes_longer_than_the_start_keeps_the_gate_closed() {
        let gate = Gate::default();
        assert!(gate.pass().is_err());
        gate.close();
        gate.open_unheard();
        assert!(gate.pass().is_err());
        gate.open();
        assert!(gate.pass().is_ok());
    }

    #[test]
    fn a_projection_that_is_away_keeps_nobody_from_reporting() {
        let gate = Gate::default();
        gate.open_unheard();
        assert!(gate.pass().is_ok());
    }
}
