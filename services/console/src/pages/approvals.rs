//! Proposals of this agency's that wait for somebody to decide, and alerts whose review is due: the most pressing first.

use askama::Template;
use axum::response::Response;
use diogel_contract::v1;
use diogel_identity::PersonRole::Approver;
use diogel_texts::console::Phrase as P;

use super::items::{Row, row};
use crate::{
    page::{Page, Visit, html},
    problem::Problem,
};

/// Pages of a list that are looked through at most: fifty thousand alerts.
const PAGES: usize = 250;

#[derive(Template)]
#[template(path = "approvals.html")]
struct List {
    page: Page,
    waiting: Vec<Row>,
    stale: Vec<Row>,
    disputed: Vec<Row>,
    more: bool,
}

/// Every item of a kind, and whether there are more than are looked through.
pub(super) async fn all(visit: &Visit, kind: &str) -> Result<(Vec<v1::Item>, bool), Problem> {
    let mut items = Vec::new();
    let mut page_token = String::new();
    for _ in 0..PAGES {
        let request = v1::ListItemsRequest {
            page_size: 200,
            page_token,
            kind: kind.to_owned(),
            purpose: visit.purpose(),
            ..v1::ListItemsRequest::default()
        };
        let answered = visit.calling().reading().list_items(request).await;
        let answered = answered
            .map_err(|status| visit.refused(status))?
            .into_inner();
        items.extend(answered.items);
        page_token = answered.next_page_token;
        if page_token.is_empty() {
            return Ok((items, false));
        }
    }
    Ok((items, true))
}

pub(super) async fn list(visit: Visit) -> Result<Response, Problem> {
    use v1::AlertStanding as S;
    visit.only(&[Approver])?;
    let (items, more) = all(&visit, "hazard_alert").await?;
    let own = items
        .iter()
        .filter(|item| item.originator == visit.who.agency);
    let (mut waiting, mut stale, mut disputed) = (Vec::new(), Vec::new(), Vec::new());
    for item in own {
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
