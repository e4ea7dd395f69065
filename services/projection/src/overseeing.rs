//! The gRPC side of oversight: how the hub stands, which protocols bind whom, what a changed one would do. To an agency of its own; to the
//! Board of all. Owns that nothing of what events say is in it, and that counts over others' events hide what is small.

use std::{collections::BTreeMap, sync::Arc};

use diogel_contract::{
    hexadecimal,
    refusal::Refusal,
    v1::{self, oversight_service_server::OversightService},
    write,
};
use diogel_domain::{content::Matter, effect, ids::AgencyId, times::Moment};
use diogel_event_log::entry::Place;
use diogel_identity::{Reloading, Role, TlsFiles};
use diogel_indicators::Rules;
use diogel_sharing::protocol::{
    Protocol,
    check::{Finding, Severity, check},
};
use diogel_views::{
    Folded,
    read::{Moved, Over, Trial, Unresolved},
    registry::Adopted,
    store::Store,
};
use tokio::sync::mpsc;
use tonic::{Request, Response, Status};

use crate::{
    admit::Admission,
    chain::Chain,
    desk::{Asks, Call, Desk},
    heard::HeardBoard,
    order::OrderJournal,
    reading::broken,
    run::now,
};

/// Longest protocol that is tried, in bytes: as the Board could publish it.
const FILE: usize = 16 * 1024;
/// Events that are looked at, the latest.
const MOST: u64 = 500_000;
/// Events that are named of each kind.
const NAMED: usize = 20;

/// Serves `OversightService`.
pub(crate) struct Overseeing<S> {
    pub(crate) desk: Desk<S>,
    pub(crate) views: Arc<Folded<S>>,
    /// None: a replica.
    pub(crate) admission: Option<Arc<Admission>>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) order: OrderJournal,
    pub(crate) tls: Arc<Reloading<TlsFiles>>,
    /// The Board's agency.
    pub(crate) board: AgencyId,
    /// Let go of after the views.
    pub(crate) held: mpsc::Sender<()>,
}

impl<S> Clone for Overseeing<S> {
    fn clone(&self) -> Self {
        Self {
            desk: self.desk.clone(),
            views: Arc::clone(&self.views),
            admission: self.admission.clone(),
            heard: Arc::clone(&self.heard),
            order: self.order.clone(),
            tls: Arc::clone(&self.tls),
            board: self.board.clone(),
            held: self.held.clone(),
        }
    }
}

impl<S: Store> Overseeing<S> {
    /// A person by their roles, or the agency's supervision: an operator's certificate.
    fn call<T: Asks>(&self, request: &Request<T>, name: &'static str) -> Result<Call, Refusal> {
        let asking = request.get_ref().asking(name);
        self.desk.call_as(Role::Operator, request, asking)
    }

    fn is_board(&self, call: &Call) -> bool {
        *call.reader.agency() == self.board
    }

    fn status(&self, call: &Call) -> Result<v1::GetStatusResponse, Refusal> {
        let at = now();
        let board = self.is_board(call);
        let registry = self.views.registry();
        let unresolved = self.views.unresolved(4096).map_err(broken)?;
        let checkpoint = self.views.checkpoint();
        let agencies = registry.agencies().iter();
        let agencies = agencies.filter(|one| board || one.facts.agency == *call.reader.agency());
        let chains = agencies.map(|one| {
            let named = |as_what: Unresolved| {
                let of = unresolved
                    .iter()
                    .filter(|(what, agency, _)| *what == as_what && *agency == one.facts.agency);
                of.take(NAMED)
                    .map(|(.., event)| event.to_string())
                    .collect()
            };
            v1::ChainStatus {
                suspended: one.is_suspended(),
                parked: named(Unresolved::Parked),
                quarantined: named(Unresolved::Quarantined),
                ..self.chain(&one.facts.agency, at)
            }
        });
        let chains = chains.collect();
        let tls = self.tls.current();
        let until = |end: time::OffsetDateTime| {
            write::timestamp(Moment(end.unix_timestamp().saturating_mul(Moment::SECOND)))
        };
        Ok(v1::GetStatusResponse {
            at: Some(write::timestamp(at)),
            folded_up_to: Some(write::timestamp(checkpoint.ordered_at)),
            behind: board.then(|| self.order.head().saturating_sub(checkpoint.position)),
            chains,
            certificate: Some(v1::CertificateStatus {
                name: tls.own.principal.to_string(),
                not_after: Some(until(tls.own.not_after)),
            }),
            revocation_list_until: Some(until(tls.revocations.holds_until())),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    fn chain(&self, agency: &AgencyId, at: Moment) -> v1::ChainStatus {
        let chain = self.admission.as_ref().and_then(|a| a.chain(agency));
        let heard = self.heard.outline(agency, at);
        let admitted = chain.as_ref().map_or(Place::START, Chain::place);
        let journal = heard.journal.unwrap_or(Place { epoch: 0, seq: 0 });
        let state = match (&self.admission, &chain) {
            (None, _) => v1::ChainState::Unspecified,
            (_, None) => v1::ChainState::NotRegistered,
            _ if heard.forked => v1::ChainState::Forked,
            _ if heard.journal.is_none() => v1::ChainState::Unspecified,
            _ if journal < admitted => v1::ChainState::RolledBack,
            _ if heard.resending => v1::ChainState::Gap,
            _ if journal > admitted => v1::ChainState::Behind,
            _ => v1::ChainState::Complete,
        };
        v1::ChainStatus {
            agency: agency.to_string(),
            state: state as i32,
            admitted_epoch: admitted.epoch,
            admitted_seq: admitted.seq,
            journal_epoch: journal.epoch,
            journal_seq: journal.seq,
            heard_at: heard.last.map(write::timestamp),
            heard_to: heard.to.map(write::timestamp),
            silent: heard.silent,
            resending: heard.resending,
            key_withdrawn: chain.is_some_and(|chain| chain.waits_for_the_next_key()),
            ..v1::ChainStatus::default()
        }
    }

    fn protocols(&self, call: &Call) -> v1::ListProtocolsResponse {
        let all = self.views.registry().adopted();
        let board = self.is_board(call);
        let agency = call.reader.agency();
        let own = all
            .iter()
            .filter(|one| board || one.protocol.parties.contains(agency));
        v1::ListProtocolsResponse {
            protocols: own.map(protocol).collect(),
        }
    }

    fn tried(
        &self,
        call: &Call,
        request: &v1::TryProtocolRequest,
    ) -> Result<v1::TryProtocolResponse, Refusal> {
        let file = &request.file;
        if file.trim().is_empty() || file.len() > FILE {
            let rule = "is required: the protocol's file, at most 16 KiB";
            return Err(Refusal::field("file", rule));
        }
        let registry = self.views.registry();
        let known = registry.agencies().iter();
        let known = known.map(|one| (one.facts.agency.clone(), one.facts.sector));
        let findings = check(file, Some(&known.collect()), now().day());
        let findings = findings.into_iter().map(finding).collect();
        if Protocol::from_toml(file).is_err() {
            return Ok(v1::TryProtocolResponse {
                findings,
                ..v1::TryProtocolResponse::default()
            });
        }
        let over = if self.is_board(call) {
            Over::All
        } else {
            Over::Own
        };
        let trial = self.views.try_protocol(&call.reader, file, over, MOST);
        match trial.map_err(broken)? {
            Ok(trial) => Ok(v1::TryProtocolResponse {
                findings,
                changes: match over {
                    Over::Own => own_changes(&trial),
                    Over::All => all_changes(&trial),
                },
                looked_at: match over {
                    Over::Own => trial.looked_at,
                    Over::All => Rules::default().rounded(trial.looked_at),
                },
                looked_at_all: trial.all,
                at: Some(write::timestamp(trial.at)),
            }),
            Err(effect::Reason::NotANewVersion) => {
                let rule = "is no new version: its `version` has to be above the one that was adopted last";
                Err(Refusal::field("file", rule))
            }
            Err(_) => Err(Refusal::field("file", "can't be read")),
        }
    }
}

/// To an agency, of its own events, by recipient.
fn own_changes(trial: &Trial) -> Vec<v1::TriedChange> {
    let moved = trial.moved.iter();
    let changes = moved.map(|((matter, agency), moved)| v1::TriedChange {
        kind: matter.code().to_owned(),
        recipient: agency.to_string(),
        widened: moved.widened,
        narrowed: moved.narrowed,
        ..v1::TriedChange::default()
    });
    changes.collect()
}

/// To the Board, over everybody's: by kind alone, and by the rules of its indicators.
fn all_changes(trial: &Trial) -> Vec<v1::TriedChange> {
    let mut by: BTreeMap<Matter, Vec<Moved>> = BTreeMap::new();
    for ((matter, _), moved) in &trial.of {
        by.entry(*matter).or_default().push(*moved);
    }
    let rules = Rules::default();
    let told = |by_agency: Vec<u64>| {
        let count = by_agency.iter().sum();
        let hidden = rules.is_small(count) || rules.is_one_agencys(&by_agency);
        match (count, hidden) {
            (0, _) => (0, false),
            (_, true) => (0, true),
            (count, false) => (rules.rounded(count), false),
        }
    };
    let changes = by.into_iter().map(|(matter, moved)| {
        let (widened, widened_hidden) = told(moved.iter().map(|one| one.widened).collect());
        let (narrowed, narrowed_hidden) = told(moved.iter().map(|one| one.narrowed).collect());
        v1::TriedChange {
            kind: matter.code().to_owned(),
            recipient: String::new(),
            widened,
            widened_hidden,
            narrowed,
            narrowed_hidden,
        }
    });
    changes.collect()
}

fn finding(finding: Finding) -> v1::ProtocolFinding {
    v1::ProtocolFinding {
        line: u32::try_from(finding.line).unwrap_or(u32::MAX),
        mistake: finding.severity == Severity::Mistake,
        words: finding.words,
    }
}

fn protocol(adopted: &Adopted) -> v1::ProtocolStatus {
    let protocol = &adopted.protocol;
    let flows = || protocol.flows.iter();
    let day =
        |day: Option<diogel_domain::times::Day>| day.map_or_else(String::new, |d| d.to_string());
    let parties = protocol.parties.iter().map(|agency| v1::PartyStatus {
        agency: agency.to_string(),
        signed_at: adopted.signed.get(agency).copied().map(write::timestamp),
    });
    v1::ProtocolStatus {
        protocol: protocol.id.clone(),
        version: protocol.version,
        title: protocol.title.clone(),
        title_cy: protocol.title_cy.clone(),
        valid_from: day(flows().map(|flow| flow.valid_from).min()),
        review_by: day(flows().map(|flow| flow.review_by).max()),
        ended: adopted.ended,
        adopted_at: Some(write::timestamp(adopted.adopted_at)),
        flows: u32::try_from(protocol.flows.len()).unwrap_or(u32::MAX),
        parties: parties.collect(),
        digest: hexadecimal::write(&adopted.digest),
    }
}

#[tonic::async_trait]
impl<S: Store + 'static> OversightService for Overseeing<S> {
    async fn get_status(
        &self,
        request: Request<v1::GetStatusRequest>,
    ) -> Result<Response<v1::GetStatusResponse>, Status> {
        let this = self.clone();
        let answer = move |request: &Request<v1::GetStatusRequest>| {
            let call = this.call(request, "GetStatus")?;
            let status = this.status(&call);
            this.desk
                .told(&call, status.map(|status| (status, Vec::new())))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn list_protocols(
        &self,
        request: Request<v1::ListProtocolsRequest>,
    ) -> Result<Response<v1::ListProtocolsResponse>, Status> {
        let this = self.clone();
        let answer = move |request: &Request<v1::ListProtocolsRequest>| {
            let call = this.call(request, "ListProtocols")?;
            let listed = this.protocols(&call);
            this.desk.told(&call, Ok((listed, Vec::new())))
        };
        self.desk.in_turn(request, answer).await
    }

    async fn try_protocol(
        &self,
        request: Request<v1::TryProtocolRequest>,
    ) -> Result<Response<v1::TryProtocolResponse>, Status> {
        let this = self.clone();
        let answer = move |request: &Request<v1::TryProtocolRequest>| {
            let call = this.call(request, "TryProtocol")?;
            let tried = this.tried(&call, request.get_ref());
            this.desk
                .told(&call, tried.map(|tried| (tried, Vec::new())))
        };
        self.desk.in_turn(request, answer).await
    }
}
