//! Serves `ReconcileService`: how an agency's chain stands, what became of its events, and, for a journal restored from a copy,
//! its events back. Nobody asks about another agency's chain.

use std::{
    cmp::Ordering,
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, reconcile_service_server::ReconcileService},
};
use diogel_domain::{effect::Effect, ids::AgencyId, times::Moment};
use diogel_event_log::{
    entry::{NO_DIGEST, Place},
    journal::KeyState,
};
use diogel_identity::{Peer, Refusals, Role, Why};
use diogel_views::{
    Folded,
    rows::{FoldOutcome, OutcomeRow},
    store::Store,
};
use tokio::sync::mpsc;
use tonic::{Request, Response, Status};

use crate::{
    admit::Admission, chain::Chain, heard::Head, order::OfAgency, order::Record, run::now,
    standing::Ended,
};

/// Outcomes an answer holds.
const OUTCOMES: usize = 500;
/// Recovered events an answer holds.
const RECOVERED: usize = 200;

/// Serves `ReconcileService`.
pub(crate) struct Reconciling<S> {
    pub(crate) admission: Arc<Admission>,
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) ended: Ended,
    pub(crate) refusals: Refusals,
    /// Where the last page of a recovery ended: the next one is looked for from there, not from the first record on.
    pub(crate) recovered: Mutex<BTreeMap<AgencyId, (Place, u64)>>,
    pub(crate) _held: mpsc::Sender<()>,
}

impl<S: Store> Reconciling<S> {
    /// The agency whose chain is asked about, if it is the caller's own.
    fn own_agency<T>(
        &self,
        request: &Request<T>,
        agency: &str,
        call: &str,
    ) -> Result<AgencyId, Refusal> {
        let refusal = || Refusal::new(Reason::NotPermitted);
        let peer = request
            .extensions()
            .get::<Arc<Peer>>()
            .ok_or_else(refusal)?;
        let name = &peer.principal;
        let why = match (name.role() == Role::Service, name.agency() == agency) {
            (true, true) => return AgencyId::new(agency).map_err(|_| refusal()),
            (true, false) => Why::AnotherAgencys,
            (false, _) => Why::WrongRole,
        };
        self.refusals.refused(name, call, why);
        Err(refusal())
    }

    /// None: the Board doesn't know the agency, or suspended it.
    fn chain(&self, agency: &AgencyId) -> Option<Chain> {
        if self.admission.is_suspended(agency) {
            return None;
        }
        self.admission.chain(agency)
    }

    /// `known`: the journal's head is an event that was admitted.
    fn state(&self, agency: &AgencyId, chain: &Chain, head: &Head, known: bool) -> v1::ChainState {
        let board = &self.admission.heard;
        let empty = head.place.seq == 0;
        if board.is_forked(agency) {
            return v1::ChainState::Forked;
        }
        let ends_early = head.place < board.known(agency, chain.place());
        match head.place.cmp(&chain.place()) {
            Ordering::Greater if ends_early => v1::ChainState::RolledBack,
            Ordering::Greater if board.misses(agency, chain.place(), now()) => v1::ChainState::Gap,
            Ordering::Greater => v1::ChainState::Behind,
            // Another event stands at its place: it isn't merely an older copy.
            _ if !known && !empty => v1::ChainState::Forked,
            _ if ends_early => v1::ChainState::RolledBack,
            _ => {
                board.complete(agency);
                v1::ChainState::Complete
            }
        }
    }
}

#[tonic::async_trait]
impl<S: Store> ReconcileService for Reconciling<S> {
    async fn reconcile(
        &self,
        request: Request<v1::ReconcileRequest>,
    ) -> Result<Response<v1::ReconcileResponse>, Status> {
        let agency = self.own_agency(&request, &request.get_ref().agency, "Reconcile")?;
        if self.ended.holds() {
            return Err(Refusal::new(Reason::Incomplete).into());
        }
        let request = request.into_inner();
        let head = Head {
            place: Place {
                epoch: request.epoch,
                seq: request.head_seq,
            },
            hash: request.head_hash.as_ref().try_into().unwrap_or(NO_DIGEST),
        };
        // Before the chain is looked at: what was drained by now is in it.
        let drained = if request.restored {
            self.is_drained(&agency).await
        } else {
            false
        };
        let Some(chain) = self.chain(&agency) else {
            return Ok(Response::new(v1::ReconcileResponse {
                state: v1::ChainState::NotRegistered as i32,
                ..v1::ReconcileResponse::default()
            }));
        };
        // After the chain was looked at: what it has passed is in the order journal.
        let position = self.admission.order.position_of(head.hash).await;
        let position = position.map_err(|_| Refusal::new(Reason::Incomplete))?;
        let state = self.state(&agency, &chain, &head, position.is_some());
        let furthest = self.admission.heard.known(&agency, chain.place());
        let proven = furthest == chain.place()
            && matches!(state, v1::ChainState::Complete | v1::ChainState::RolledBack);
        let at = request.at.as_ref().and_then(diogel_contract::read::moment);
        // A journal that was restored from a copy doesn't know what it had accepted.
        let whole = !request.restored && state != v1::ChainState::RolledBack;
        self.note_claim(&agency, head, at.filter(|_| whole), position);
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
            drained: drained && proven,
            known_epoch: furthest.epoch,
            known_seq: furthest.seq,
            key_in_force: chain.key_in_force().to_vec().into(),
            key_withdrawn: chain.waits_for_the_next_key(),
        }))
    }

    async fn recover(
        &self,
        request: Request<v1::RecoverRequest>,
    ) -> Result<Response<v1::RecoverResponse>, Status> {
        let agency = self.own_agency(&request, &request.get_ref().agency, "Recover")?;
        // Suspended, it reads nothing: not its own events either.
        self.chain(&agency)
            .ok_or_else(|| Refusal::new(Reason::Incomplete))?;
        let request = request.into_inner();
        let after = Place {
            epoch: request.after_epoch,
            seq: request.after_seq,
        };
        let broken = |_| Refusal::new(Reason::Incomplete);
        let order = &self.admission.order;
        let from = self.recovered_to(&agency, after);
        let found = order.of_agency(&agency, after, from, RECOVERED).await;
        let OfAgency {
            records,
            looked_to,
            more,
        } = found.map_err(broken)?;
        self.keep_recovered(&agency, after, records.last(), looked_to);
        let ids: Vec<[u8; 16]> = records.iter().map(|r| r.event.event_id.0).collect();
        let keys = order.journal().content_keys(&ids).await.map_err(broken)?;
        let events = records
            .iter()
            .zip(&keys)
            .map(|(record, key)| v1::RecoveredEvent {
                event: record.event.bytes.clone(),
                key: Some(recovered_key(record, key)),
            });
        Ok(Response::new(v1::RecoverResponse {
            events: events.collect(),
            more,
        }))
    }
}

impl<S: Store> Reconciling<S> {
    /// Everything that the log held of the agency is in the order, or was refused for good.
    async fn is_drained(&self, agency: &AgencyId) -> bool {
        let (admission, heard) = (&self.admission, &self.admission.heard);
        let admitted = || admission.chain(agency).map_or(Place::START, |c| c.place());
        let seen = heard.known(agency, admitted());
        match admission.inlets.is_drained(agency.as_str()).await {
            Ok(false) => return false,
            Ok(true) => {}
            Err(error) => {
                tracing::warn!(%agency, %error, "a restored journal waits: the log can't be asked");
                return false;
            }
        }
        if admitted() < seen {
            let Place { epoch, seq } = seen;
            tracing::error!(%agency, epoch, seq, "the log has lost events that were seen in it, and so has the journal");
            heard.unseen(agency);
        }
        if let Some(Place { epoch, seq }) = heard.beyond_gap(agency, admitted()) {
            tracing::error!(%agency, epoch, seq, "the log holds events up to here whose predecessors are nowhere: they can't be admitted, and their publishers have to send them again");
        }
        true
    }

    /// The position to look for what comes after a place from.
    fn recovered_to(&self, agency: &AgencyId, after: Place) -> u64 {
        let recovered = self.recovered.lock();
        let recovered = recovered.unwrap_or_else(PoisonError::into_inner);
        let page = recovered.get(agency).filter(|(end, _)| *end == after);
        page.map_or(0, |(_, position)| *position)
    }

    fn keep_recovered(&self, agency: &AgencyId, after: Place, last: Option<&Record>, to: u64) {
        let recovered = self.recovered.lock();
        let mut recovered = recovered.unwrap_or_else(PoisonError::into_inner);
        let end = last.map_or(after, |record| Place {
            epoch: record.event.epoch,
            seq: record.event.seq,
        });
        recovered.insert(agency.clone(), (end, to));
    }

    /// A claim is fulfilled once the very event that it names is folded: perhaps it is already, or there is none.
    fn note_claim(&self, agency: &AgencyId, head: Head, at: Option<Moment>, position: Option<u64>) {
        let board = &self.admission.heard;
        if let Some(at) = at {
            board.claimed(agency, head, at, now());
        }
        let folded = position.is_some_and(|at| at <= self.views.checkpoint().position);
        if folded || head.place == Place::START {
            board.folded(agency, head);
        }
    }
}

fn recovered_key(record: &Record, key: &KeyState) -> v1::ContentKey {
    use v1::ContentKeyState as Told;
    let (told, key) = match key {
        _ if !record.event.is_sealed() => (Told::None, Vec::new()),
        _ if record.content_lost => (Told::Lost, Vec::new()),
        KeyState::Key(key) => (Told::Held, key.as_bytes().to_vec()),
        KeyState::Destroyed | KeyState::None => (Told::Destroyed, Vec::new()),
        KeyState::Unknown => (Told::Unknown, Vec::new()),
    };
    v1::ContentKey {
        key: key.into(),
        state: told as i32,
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
