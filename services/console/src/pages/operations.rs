//! How the hub stands, for whoever runs it: each agency's chain, what waits, which certificates end soon. No personal data.

use askama::Template;
use axum::response::Response;
use diogel_contract::{Timestamp, v1};
use diogel_identity::PersonRole::Operator;
use diogel_texts::console::Phrase as P;

use super::words;
use crate::{
    page::{Page, Visit, html},
    problem::Problem,
};

/// A certificate that ends within so many seconds is pointed at: two weeks.
const CERTIFICATE_SOON: i64 = 14 * 24 * 3_600;
/// A revocation list: lists are signed anew every few days.
const LIST_SOON: i64 = 2 * 24 * 3_600;

#[derive(Template)]
#[template(path = "operations.html")]
struct Operations {
    page: Page,
    at: String,
    folded: String,
    behind: Option<u64>,
    /// Nothing waits, and everything is understood.
    resolved: bool,
    chains: Vec<Chain>,
    ends: Vec<End>,
    version: String,
}

struct Chain {
    agency: String,
    state: P,
    alarm: bool,
    admitted: String,
    journal: String,
    heard: String,
    heard_to: String,
    marks: Vec<P>,
    parked: Vec<String>,
    quarantined: Vec<String>,
}

struct End {
    what: P,
    name: String,
    until: String,
    soon: bool,
}

pub(super) async fn show(visit: Visit) -> Result<Response, Problem> {
    visit.only(&[Operator])?;
    let request = v1::GetStatusRequest {
        purpose: v1::Purpose::BoardGovernance as i32,
        ..v1::GetStatusRequest::default()
    };
    let answered = visit.calling().overseeing().get_status(request).await;
    let status = answered
        .map_err(|status| visit.refused(status))?
        .into_inner();
    let language = visit.language();
    let now = status.at.map_or(0, |at| at.seconds);
    let end = |what, name: String, until: Option<&Timestamp>, soon: i64| End {
        what,
        name,
        soon: until.is_none_or(|until| until.seconds - now < soon),
        until: words::moment(until, language),
    };
    let certificate = status.certificate.clone().unwrap_or_default();
    Ok(html(&Operations {
        at: words::moment(status.at.as_ref(), language),
        folded: words::moment(status.folded_up_to.as_ref(), language),
        resolved: status
            .chains
            .iter()
            .all(|one| one.parked.is_empty() && one.quarantined.is_empty()),
        behind: status.behind,
        ends: vec![
            end(
                P::ConsoleCertificate,
                certificate.name,
                certificate.not_after.as_ref(),
                CERTIFICATE_SOON,
            ),
            end(
                P::ConsoleRevocationList,
                String::new(),
                status.revocation_list_until.as_ref(),
                LIST_SOON,
            ),
        ],
        chains: status.chains.iter().map(|one| chain(one, &visit)).collect(),
        version: status.version,
        page: visit.page(P::ConsoleOperations),
    }))
}

fn chain(chain: &v1::ChainStatus, visit: &Visit) -> Chain {
    use v1::ChainState as S;
    let language = visit.language();
    let place = |epoch: u32, seq: u64| match epoch {
        0 => String::new(),
        epoch => format!("{epoch}/{seq}"),
    };
    let (state, alarm) = match chain.state() {
        S::Unspecified => (P::ConsoleChainUnknown, true),
        S::Complete => (P::ConsoleChainComplete, false),
        S::Behind => (P::ConsoleChainBehind, false),
        S::Gap => (P::ConsoleChainGap, true),
        S::Forked => (P::ConsoleChainForked, true),
        S::RolledBack => (P::ConsoleChainRolledBack, true),
        S::NotRegistered => (P::ConsoleChainNotRegistered, true),
    };
    let marks = [
        (chain.silent, P::ConsoleChainSilent),
        (chain.resending, P::ConsoleChainResending),
        (chain.suspended, P::ConsoleChainSuspended),
        (chain.key_withdrawn, P::ConsoleChainKeyWithdrawn),
    ];
    let marks = marks.into_iter().filter(|(is, _)| *is);
    Chain {
        agency: visit.agency_name(&chain.agency),
        state,
        alarm: alarm || chain.silent,
        admitted: place(chain.admitted_epoch, chain.admitted_seq),
        journal: place(chain.journal_epoch, chain.journal_seq),
        heard: words::moment(chain.heard_at.as_ref(), language),
        heard_to: words::moment(chain.heard_to.as_ref(), language),
        marks: marks.map(|(_, mark)| mark).collect(),
        parked: chain.parked.clone(),
        quarantined: chain.quarantined.clone(),
    }
}
