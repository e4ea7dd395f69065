//! Reconciling: every five seconds the projection is told the journal's head, and tells what it has admitted, what became of
//! events, and from where it wants them again. A broker that loses what it acknowledged is found out here (P2), and a journal
//! that was restored from a copy recovers here (P1).

use std::{sync::Arc, time::Duration};

use diogel_contract::{
    v1::{self, reconcile_service_client::ReconcileServiceClient},
    write,
};
use diogel_event_log::{
    entry::Place,
    journal::{Journal, Outcome},
};
use diogel_ops::Shutdown;
use tokio::sync::watch;
use tonic::transport::Channel;

use crate::{
    gate::Gate,
    intake::{Intake, now},
    recover::{self, RestoredMark},
};

/// Between two reconciliations.
const EVERY: Duration = Duration::from_secs(5);
/// After the journal grew, outcomes are asked for sooner.
const SOON: Duration = Duration::from_millis(250);
/// After a projection could not be reached it is asked again soon: readers are told that the agency is silent until then. So it is
/// while a restored journal takes nothing in.
const AGAIN: Duration = Duration::from_secs(1);
const DEADLINE: Duration = Duration::from_secs(5);

/// What reconciling needs and tells.
pub(crate) struct Reconciling {
    pub(crate) intake: Arc<Intake>,
    pub(crate) client: ReconcileServiceClient<Channel>,
    pub(crate) admitted: watch::Sender<Place>,
    pub(crate) resend: watch::Sender<Option<Place>>,
    pub(crate) gate: Gate,
    pub(crate) mark: RestoredMark,
}

impl Reconciling {
    pub(crate) async fn run(mut self, shutdown: Shutdown) {
        let mut head = self.intake.journal.changed();
        loop {
            let wait = match self.once().await {
                Ok(true) => Duration::ZERO,
                Ok(false) if self.gate.is_restored() => AGAIN,
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

    /// One question and its answer. True: there are more outcomes to fetch.
    pub(crate) async fn once(&mut self) -> Result<bool, tonic::Status> {
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
        self.keep_outcomes(&journal, &answer.outcomes).await?;
        self.heed(&journal, &answer);
        if self.gate.is_restored() && answer.drained {
            recover::recover(&self.intake, &mut self.client).await?;
            self.mark.remove();
            self.gate.recovered();
        }
        self.gate.open();
        Ok(!answer.outcomes.is_empty())
    }

    fn heed(&self, journal: &Journal, answer: &v1::ReconcileResponse) {
        let admitted = Place {
            epoch: answer.admitted_epoch,
            seq: answer.admitted_seq,
        };
        self.admitted.send_replace(admitted);
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
                    self.restored();
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
    }

    /// Nobody said so, but it was: marked, so that a restart knows it too.
    fn restored(&self) {
        if !self.gate.is_restored() {
            tracing::error!(
                "this journal lacks events of its own: it was restored from a copy, and takes nothing in until it has recovered"
            );
            self.gate.restored();
            self.mark.put();
        }
    }

    async fn keep_outcomes(
        &self,
        journal: &Journal,
        outcomes: &[v1::Outcome],
    ) -> Result<(), tonic::Status> {
        let kept: Vec<Outcome> = outcomes.iter().filter_map(outcome).collect();
        if kept.is_empty() {
            return Ok(());
        }
        let recorded = journal.record_outcomes(kept).await;
        recorded.map_err(|_| tonic::Status::unavailable("journal stopped"))
    }
}

fn outcome(given: &v1::Outcome) -> Option<Outcome> {
    Some(Outcome {
        event_id: given.event_id.as_ref().try_into().ok()?,
        number: given.number,
        state: u8::try_from(given.state).ok()?,
        reason: given.reason.clone(),
    })
}
