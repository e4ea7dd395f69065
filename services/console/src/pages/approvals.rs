//! What waits for this agency: proposals to be decided, alerts to be reviewed, objections to be answered; each list a page at a time, the
//! oldest first.

use askama::Template;
use axum::{extract::Query, response::Response};
use diogel_contract::v1;
use diogel_domain::lifecycle::alert::Awaited;
use diogel_identity::PersonRole::Approver;
use diogel_texts::console::Phrase as P;
use serde::Deserialize;

use super::{
    items::{Row, row},
    listing,
};
use crate::{
    page::{Page, Visit, html},
    problem::Problem,
};

/// Alerts of each list on a page.
const A_PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "approvals.html")]
struct Approvals {
    page: Page,
    lists: Vec<List>,
}

struct List {
    heading: P,
    what: P,
    rows: Vec<Row>,
    next: Option<String>,
}

/// A later page of one of the lists; without it, the first of all.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    awaited: String,
    #[serde(default)]
    from: String,
}

pub(super) async fn list(visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    visit.only(&[Approver])?;
    let later = Awaited::from_code(&which.awaited);
    let mut lists = Vec::new();
    for awaited in Awaited::ALL {
        if later.is_some_and(|later| later != *awaited) {
            continue;
        }
        let request = v1::ListItemsRequest {
            page_size: A_PAGE,
            page_token: later.map_or_else(String::new, |_| which.from.clone()),
            kind: "hazard_alert".into(),
            awaited: awaited.number(),
            ..v1::ListItemsRequest::default()
        };
        let (items, next) = listing::page(&visit, request).await?;
        let (heading, what) = words(*awaited);
        let further = format!("/approvals?awaited={}&from={next}", awaited.code());
        lists.push(List {
            heading,
            what,
            rows: items.iter().map(|item| row(item, &visit)).collect(),
            next: (!next.is_empty()).then(|| visit.to(&further)),
        });
    }
    Ok(html(&Approvals {
        lists,
        page: visit.page(P::ConsoleApprovals),
    }))
}

const fn words(awaited: Awaited) -> (P, P) {
    match awaited {
        Awaited::Decision => (P::ConsoleWaiting, P::ConsoleWaitingWhat),
        Awaited::Review => (P::ConsoleReviewsDue, P::ConsoleReviewsWhat),
        Awaited::Answer => (P::ConsoleObjections, P::ConsoleObjectionsWhat),
    }
}
