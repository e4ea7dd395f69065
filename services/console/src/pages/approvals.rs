//! Proposals of this agency's that wait for somebody to decide, and alerts whose review is due: the most pressing first.

use askama::Template;
use axum::response::Response;
use diogel_contract::v1;
use diogel_identity::PersonRole::Approver;
use diogel_texts::console::Phrase as P;

use super::{
    items::{Row, row},
    listing,
};
use crate::{
    page::{Page, Visit, html},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "approvals.html")]
struct List {
    page: Page,
    waiting: Vec<Row>,
    stale: Vec<Row>,
    disputed: Vec<Row>,
    more: bool,
}

pub(super) async fn list(visit: Visit) -> Result<Response, Problem> {
    use v1::AlertStanding as S;
    visit.only(&[Approver])?;
    let (items, more) = listing::open(&visit, "hazard_alert", true).await?;
    let (mut waiting, mut stale, mut disputed) = (Vec::new(), Vec::new(), Vec::new());
    for item in &items {
        let Some(v1::item::Standing::AlertNow(now)) = &item.standing else {
            continue;
        };
        match now.standing() {
            S::ReportedNotAssessed | S::Undecided => waiting.push(row(item, &visit)),
            S::Stale => stale.push(row(item, &visit)),
            _ => {}
        }
        if now.disputed_since.is_some() {
            disputed.push(row(item, &visit));
        }
    }
    // The longest wait first.
    waiting.reverse();
    Ok(html(&List {
        waiting,
        stale,
        disputed,
        more,
        page: visit.page(P::ConsoleApprovals),
    }))
}
