//! Turns at the threads that may block, where questions are answered: a few of each agency's at a time, so that one agency's costly
//! questions delay its own alone (P7, P12). Refuses nobody: whoever waits, waits for its own agency.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use diogel_contract::refusal::{Reason, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Questions of one agency that are answered at once. A registry holds 128 agencies, a runtime 512 such threads: some are always
/// left for the fold and the journals.
const AT_ONCE: usize = 3;

/// Whose turn it is. Clones share it. As many agencies as the Board has let in.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<BTreeMap<String, Arc<Semaphore>>>>);

impl Turns {
    /// Waits for an agency's turn, which lasts until it is dropped.
    pub(crate) async fn of(&self, agency: &str) -> Result<OwnedSemaphorePermit, Refusal> {
        let turn = self.semaphore(agency).acquire_owned().await;
        turn.map_err(|_closed| Refusal::new(Reason::Internal))
    }

    fn semaphore(&self, agency: &str) -> Arc<Semaphore> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(semaphore) = turns.get(agency) {
            return Arc::clone(semaphore);
        }
        let semaphore = Arc::new(Semaphore::new(AT_ONCE));
        turns.insert(agency.to_owned(), Arc::clone(&semaphore));
        semaphore
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn p12_an_agency_waits_for_its_own_questions_and_for_nobody_elses() {
        let turns = Turns::default();
        let mut held = Vec::new();
        for _ in 0..AT_ONCE {
            held.push(turns.of("police").await.unwrap());
        }
        assert!(turns.of("police").now_or_never().is_none());
        assert!(turns.of("health").now_or_never().is_some());
        held.pop();
        assert!(turns.of("police").now_or_never().is_some());
    }
}
