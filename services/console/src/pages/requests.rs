//! Requests for information that wait for this agency's answer, for the first page. One page of them is looked through: what is older has
//! its place among the items.

use diogel_contract::v1;
use diogel_domain::codes::{Deed, Lifecycle};

use super::{items, listing, words};
use crate::{page::Visit, problem::Problem};

/// Requests that are looked through.
const LOOKED_THROUGH: u32 = 20;

/// One that waits.
pub(super) struct Waiting {
    pub(super) event: String,
    pub(super) from: String,
    pub(super) what: String,
    pub(super) by: String,
}

pub(super) async fn waiting(visit: &Visit) -> Result<Vec<Waiting>, Problem> {
    let request = v1::ListItemsRequest {
        page_size: LOOKED_THROUGH,
        kind: "information_request".into(),
        ..v1::ListItemsRequest::default()
    };
    let (items, _) = listing::page(visit, request).await?;
    let mut waiting = Vec::new();
    for item in &items {
        let Some(v1::item::Content::InformationRequest(request)) = &item.content else {
            continue;
        };
        let asked = request.asked.contains(&visit.who.agency);
        let current = item.state() == v1::ItemState::Current;
        if asked && current && !is_answered(visit, item).await? {
            waiting.push(Waiting {
                event: item.event_id.clone(),
                from: visit.agency_name(&item.originator),
                what: request.what.clone(),
                by: words::day(&request.by, visit.language()),
            });
        }
    }
    Ok(waiting)
}

/// This agency has answered it.
async fn is_answered(visit: &Visit, request: &v1::Item) -> Result<bool, Problem> {
    for step in &request.steps {
        let item = items::get(visit, step).await?;
        let Some(v1::item::Content::Step(step)) = &item.content else {
            continue;
        };
        let deed = Deed::from_number(step.deed);
        let answers = deed.is_some_and(|deed| deed.lifecycle() == Lifecycle::Information);
        if answers && item.originator == visit.who.agency {
            return Ok(true);
        }
    }
    Ok(false)
}
