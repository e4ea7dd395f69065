//! Asking for items in pages. Owns how many stand on one, and how far somebody looks who needs all that are open.

use diogel_contract::v1;

use crate::{page::Visit, problem::Problem};

/// The most that a call answers.
const MOST: u32 = 200;
/// Pages that are looked through at most for everything that is open.
const PAGES: usize = 10;

/// One page, and the token of the next; empty: this was the last.
pub(super) async fn page(
    visit: &Visit,
    request: v1::ListItemsRequest,
) -> Result<(Vec<v1::Item>, String), Problem> {
    let request = v1::ListItemsRequest {
        purpose: visit.purpose(),
        ..request
    };
    let answered = visit.calling().reading().list_items(request).await;
    let answered = answered
        .map_err(|status| visit.refused(status))?
        .into_inner();
    Ok((answered.items, answered.next_page_token))
}

/// Everything of a kind that is open, and whether there is more than was looked through.
pub(super) async fn open(visit: &Visit, kind: &str) -> Result<(Vec<v1::Item>, bool), Problem> {
    let mut items = Vec::new();
    let mut page_token = String::new();
    for _ in 0..PAGES {
        let request = v1::ListItemsRequest {
            page_size: MOST,
            page_token,
            kind: kind.to_owned(),
            open: true,
            ..v1::ListItemsRequest::default()
        };
        let (page, next) = self::page(visit, request).await?;
        items.extend(page);
        page_token = next;
        if page_token.is_empty() {
            return Ok((items, false));
        }
    }
    Ok((items, true))
}
