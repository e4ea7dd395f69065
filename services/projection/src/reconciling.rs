//! Serves `ReconcileService`: how an agency's chain stands, what became of its events, and, for a journal restored from a copy,
//! its events back. Nobody asks about another agency's chain.

use std::sync::{Arc, PoisonError};

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, reconcile_service_server::ReconcileService},
};
use diogel_domain::{effect::Effect, ids::AgencyId};
use diogel_event_log::{entry::Place, journal::KeyState};
use diogel_identity::{Peer, Role};
use diogel_views::{
    Folded,
    rows::{FoldOutcome, OutcomeRow},
    store::Store,
};
use tonic::{Request, Response, Status};

use crate::{admit::Admission, chain::Chain, run::now};

/// Outcomes an answer holds.
const OUTCOMES: usize = 500;
/// Recovered events an answer holds.
const RECOVERED: usize = 200;

/// Serves `ReconcileService`.
pub(crate) struct Reconciling<S> {
    pub(crate) admission: Arc<Admission>,
    pub(crate) views: Arc<Folded<S>>,
}

fn own_agency<T>(request: &Request<T>, agency: &str) -> Result<AgencyId, Refusal> {
    let peer = request.extensions().get::<Arc<Peer>>();
    let own =
        peer.filter(|p| p.principal.role() == Role::Service && p.principal.agency() == agency);
    own.and_then(|_| AgencyId::new(agency).ok())
        .ok_or_else(|| Refusal::new(Reason::NotPermitted))
}

impl<S: Store> Reconciling<S> {
    fn chain(&self, agency: &AgencyId) -> Option<Chain> {
        let registered = (self.admission.registered)(agency);
        if registered.is_some_and(|r| r.suspended) {
            return None;
        }
        let chains = self
            .admission
            .chains
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        chains.get(agency).cloned()
    }

    fn state(
        &self,
        agency: &AgencyId,
        chain: &Chain,
        request: &v1::ReconcileRequest,
    ) -> v1::ChainState {
        let head = Place {
            epoch: request.epoch,
            seq: request.head_seq,
        };
        let same = request.head_hash.as_ref() == chain.digest();
        if self.admission.heard.is_forked(agency) {
            v1::ChainState::Forked
        } else if head == chain.place() {
            if same || head.seq == 0 {
                v1::ChainState::Complete
            } else {
                v1::ChainState::Forked
            }
        } else if head < chain.place() {
            v1::ChainState::RolledBack
        } else if self.admission.heard.misses(agency, now()) {
            v1::ChainState::Gap
        } else {
            v1::ChainState::Behind
        }
    }
}

#[tonic::async_trait]
impl<S: Store> ReconcileService for Reconciling<S> {
    async fn reconcile(
        &self,
        request: Request<v1::ReconcileRequest>,
    ) -> Result<Response<v1::ReconcileResponse>, Status> {
        let agency = own_agency(&request, &request.get_ref().agency)?;
        let request = request.into_inner();
        let Some(chain) = self.chain(&agency) else {
            return Ok(Response::new(v1::ReconcileResponse {
                state: v1::ChainState::NotRegistered as i32,
                ..v1::ReconcileResponse::default()
            }));
        };
        let state = self.state(&agency, &chain, &request);
        self.note_claim(&agency, &chain, &request, state);
        let outcomes = self
            .views
            .outcomes(&agency, request.outcomes_after, OUTCOMES)
            .map_err(|_| Refusal::new(Reason::Incomplete))?;
        Ok(Response::new(v1::ReconcileResponse {
            state: state as i32,
            admitted_epoch: chain.place().epoch,
            admitted_seq: chain.place().seq,
            admitted_hash: chain.digest().to_vec().into(),
            resend_epoch: chain.place().epoch,
            resend_from: chain.place().seq + 1,
            outcomes: outcomes
                .into_iter()
                .map(|(number, row)| outcome(number, row))
                .collect(),
        }))
    }

    async fn recover(
        &self,
        request: Request<v1::RecoverRequest>,
    ) -> Result<Response<v1::RecoverResponse>, Status> {
        let agency = own_agency(&request, &request.get_ref().agency)?;
        let request = request.into_inner();
        let after = Place {
            epoch: request.after_epoch,
            seq: request.after_seq,
        };
        let broken = |_| Refusal::new(Reason::Incomplete);
        let order = &self.admission.order;
        let records = order
            .of_agency(&agency, after, RECOVERED)
            .await
            .map_err(broken)?;
        let ids: Vec<[u8; 16]> = records.iter().map(|r| r.event.event_id.0).collect();
        let keys = order.journal().content_keys(&ids).await.map_err(broken)?;
        let events = records
            .iter()
            .zip(&keys)
            .map(|(record, key)| v1::RecoveredEvent {
                event: record.event.bytes.clone(),
                key: Some(recovered_key(key)),
            });
        Ok(Response::new(v1::RecoverResponse {
            events: events.collect(),
        }))
    }
}

impl<S: Store> Reconciling<S> {
    fn note_claim(
        &self,
        agency: &AgencyId,
        chain: &Chain,
        request: &v1::ReconcileRequest,
        state: v1::ChainState,
    ) {
        let at = request.at.as_ref().and_then(diogel_contract::read::moment);
        let head = Place {
            epoch: request.epoch,
            seq: request.head_seq,
        };
        if let Some(at) = at {
            self.admission.heard.claimed(agency, head, at, now());
        }
        // Nothing new to fold: the claim is fulfilled already, if the fold has come as far as admission.
        let folded = self.views.checkpoint().position == self.admission.order.head();
        if state == v1::ChainState::Complete && folded {
            self.admission.heard.folded(agency, chain.place());
        }
    }
}

fn recovered_key(key: &KeyState) -> v1::ContentKey {
    match key {
        KeyState::Key(key) => v1::ContentKey {
            key: key.as_bytes().to_vec().into(),
            destroyed: false,
        },
        KeyState::Destroyed | KeyState::None => v1::ContentKey {
            destroyed: true,
            ..v1::ContentKey::default()
        },
        KeyState::Unknown => v1::ContentKey::default(),
    }
}

fn outcome(number: u64, row: OutcomeRow) -> v1::Outcome {
    let (state, reason) = match row.outcome {
        FoldOutcome::Judged(Effect::Effective) => (v1::EventState::Effective, ""),
        FoldOutcome::Judged(Effect::WithoutEffect(reason)) => {
            (v1::EventState::WithoutEffect, reason.code())
        }
        FoldOutcome::Judged(Effect::Parked) => (v1::EventState::Parked, "WAITS_FOR_A_REFERENCE"),
        FoldOutcome::Quarantined => (v1::EventState::Parked, "NOT_UNDERSTOOD"),
        FoldOutcome::Erased => (v1::EventState::Erased, ""),
    };
    v1::Outcome {
        number,
        event_id: row.event_id.0.to_vec().into(),
        state: state as i32,
        reason: reason.into(),
    }
}
