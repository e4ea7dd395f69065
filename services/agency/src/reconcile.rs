//! Reconciling: every five seconds the projection is told the journal's head, and tells what it has admitted, what became of
//! events, and from where it wants them again. A broker that loses what it acknowledged is found out here (P2), a journal that was
//! restored from a copy recovers here (P1), and one whose key the Board withdrew takes nothing in until it has the key in force.

use std::{sync::Arc, time::Duration};

use diogel_contract::{
    envelope::Envelope,
    v1::{self, reconcile_service_client::ReconcileServiceClient},
    write,
};
use diogel_domain::effect;
use diogel_event_log::{
    entry::Place,
    journal::{Journal, Outcome},
};
use diogel_ops::Shutdown;
use metrics::gauge;
use tokio::sync::watch;
use tonic::{Status, transport::Channel};

use crate::{
    gate::Gate,
    intake::{Intake, now, unavailable},
    key_in_force::KeyInForce,
    recover::{self, RestoredMark},
};

/// Between two reconciliations.
const EVERY: Duration = Duration::from_secs(5);
/// After the journal grew, outcomes are asked for sooner.
const SOON: Duration = Duration::from_millis(250);
/// After a projection could not be reached it is asked again soon: readers are told that the agency is silent until then. So it is
/// while the journal takes nothing in.
const AGAIN: Duration = Duration::from_secs(1);
/// How long one answer may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(5);
/// How long a start waits for a first word from the projection before it takes events in without.
const FIRST_WORD: Duration = Duration::from_secs(2);
/// Until then a projection that can't be reached, because it starts too, is asked again after this.
const AT_ONCE: Duration = Duration::from_millis(100);

/// What reconciling needs and tells.
pub(crate) struct Reconciling {
    pub(crate) intake: Arc<Intake>,
    pub(crate) client: ReconcileServiceClient<Channel>,
    pub(crate) admitted: watch::Sender<Place>,
    pub(crate) resend: watch::Sender<Option<Place>>,
    pub(crate) gate: Gate,
    pub(crate) mark: RestoredMark,
    pub(crate) key: KeyInForce,
}

impl Reconciling {
    pub(crate) async fn run(mut self, shutdown: Shutdown) {
        let mut head = self.intake.journal.changed();
        loop {
            let wait = match self.once().await {
                Ok(true) => Duration::ZERO,
                Ok(false) if !self.gate.is_open() => AGAIN,
                Ok(false) => EVERY,
                Err(error) => {
                    tracing::debug!(code = ?error.code(), "projection not reachable; reconciling later");
                    AGAIN
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                changed = head.changed() => {
                    if changed.is_err() { return }
                    tokio::time::sleep(SOON).await;
                }
                () = shutdown.requested() => return,
            }
        }
    }

    /// Before anything is taken in: asks until the projection has answered once, or has had its time. What it says may keep the
    /// gate closed; a restored journal is closed anyway, and waits for nothing here.
    pub(crate) async fn first_word(&mut self) {
        let heard = async {
            while self.gate.is_unheard() && self.ask().await.is_err() {
                tokio::time::sleep(AT_ONCE).await;
            }
        };
        // Cut off it has done nothing by halves: to recover is not its part.
        let _ = tokio::time::timeout(FIRST_WORD, heard).await;
    }

    /// One question and what follows from its answer. True: there are more outcomes to fetch.
    async fn once(&mut self) -> Result<bool, Status> {
        let answer = self.ask().await?;
        let may_recover = self.gate.is_restored() && answer.drained;
        if may_recover && self.key.is_held_to_recover(&self.intake, &answer) {
            recover::recover(&self.intake, &mut self.client).await?;
            self.mark.remove();
            self.gate.recovered();
        }
        Ok(!answer.outcomes.is_empty())
    }

    /// One question; its answer is heeded, but for a recovery.
    async fn ask(&mut self) -> Result<v1::ReconcileResponse, Status> {
        let journal = self.intake.journal.clone();
        // Before the head is read: the claim is that everything accepted up to this moment stands at or before it.
        let at = now();
        let head = journal.head();
        let mut request = tonic::Request::new(v1::ReconcileRequest {
            agency: self.intake.profile.id.to_string(),
            epoch: head.place.epoch,
            head_seq: head.place.seq,
            head_hash: head.digest.to_vec().into(),
            at: Some(write::timestamp(at)),
            outcomes_after: journal.last_outcome(),
            restored: self.gate.is_restored(),
        });
        request.set_timeout(DEADLINE);
        let answer = self.client.reconcile(request).await?.into_inner();
        keep_outcomes(&journal, &answer.outcomes).await?;
        self.heed(&journal, &answer).await?;
        self.key.heed(&self.intake, &self.gate, &answer).await?;
        self.gate.open();
        Ok(answer)
    }

    async fn heed(&self, journal: &Journal, answer: &v1::ReconcileResponse) -> Result<(), Status> {
        let admitted = Place {
            epoch: answer.admitted_epoch,
            seq: answer.admitted_seq,
        };
        self.admitted.send_replace(admitted);
        measure(journal.head().place, admitted, answer.state());
        match answer.state() {
            v1::ChainState::Gap => {
                let from = Place {
                    epoch: answer.resend_epoch,
                    seq: answer.resend_from,
                };
                self.resend.send_replace(Some(from));
            }
            v1::ChainState::RolledBack => {
                let known = Place {
                    epoch: answer.known_epoch,
                    seq: answer.known_seq,
                };
                // An answer that lingered may speak of what came since it was asked: that is no rollback.
                if journal.head().place < known {
                    self.restored(journal).await?;
                }
            }
            v1::ChainState::Forked => {
                tracing::error!(
                    "the chain is forked: the projection takes nothing more until the Board decides"
                );
            }
            v1::ChainState::NotRegistered => {
                tracing::warn!("the Board has not registered this agency, or suspended it");
            }
            v1::ChainState::Complete | v1::ChainState::Behind | v1::ChainState::Unspecified => {}
        }
        Ok(())
    }

    /// Nobody said so, but it was: marked, so that a restart knows it too.
    async fn restored(&self, journal: &Journal) -> Result<(), Status> {
        if self.gate.is_restored() {
            return Ok(());
        }
        tracing::error!(
            "this journal lacks events of its own: it was restored from a copy, and takes nothing in until it has recovered"
        );
        self.mark.put();
        self.gate.restored().await;
        // What callers asked for who have gone since: it stands in the journal before the head is read again.
        Ok(journal.settled().await.map_err(unavailable)?)
    }
}

/// What whoever runs the service watches, in numbers.
#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge is a float; no sequence comes near 2^53"
)]
fn measure(head: Place, admitted: Place, state: v1::ChainState) {
    gauge!("diogel_journal_head").set(head.seq as f64);
    if head.epoch == admitted.epoch {
        let behind = head.seq.saturating_sub(admitted.seq);
        gauge!("diogel_journal_not_admitted").set(behind as f64);
    }
    let good = matches!(state, v1::ChainState::Complete | v1::ChainState::Behind);
    gauge!("diogel_chain_good").set(f64::from(u8::from(good)));
}

async fn keep_outcomes(journal: &Journal, outcomes: &[v1::Outcome]) -> Result<(), Status> {
    let mut kept = Vec::with_capacity(outcomes.len());
    for given in outcomes {
        kept.extend(outcome(journal, given).await?);
    }
    if kept.is_empty() {
        return Ok(());
    }
    let recorded = journal.record_outcomes(kept).await;
    recorded.map_err(|_| Status::unavailable("journal stopped"))
}

async fn outcome(journal: &Journal, given: &v1::Outcome) -> Result<Option<Outcome>, Status> {
    let (Ok(event_id), Ok(state)) = (
        given.event_id.as_ref().try_into(),
        u8::try_from(given.state),
    ) else {
        return Ok(None);
    };
    // Nobody will ever read it: the same request sent again has to be a new event, not a receipt for this one.
    let lost = given.state() == v1::EventState::WithoutEffect
        && given.reason == effect::Reason::ContentLost.code();
    let entry = if lost {
        journal.find(event_id).await.map_err(unavailable)?
    } else {
        None
    };
    let envelope = entry.and_then(|entry| Envelope::read(entry.event).ok());
    Ok(Some(Outcome {
        event_id,
        number: given.number,
        state,
        reason: given.reason.clone(),
        forgets: envelope.and_then(|e| e.request_key_hash().try_into().ok()),
    }))
}
