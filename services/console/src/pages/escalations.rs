//! The register of disagreements that this agency is a party to, or the Board oversees: of the open ones what is due first stands first.
//! Never what is argued.

use askama::Template;
use axum::{extract::Query, response::Response};
use diogel_contract::v1;
use diogel_texts::console::Phrase as P;
use serde::Deserialize;

use super::{ITEMS, facts, listing, words};
use crate::{
    page::{Page, Visit, html},
    problem::Problem,
};

const KIND: &str = "escalation";
/// Disagreements on a page, where those that are over stand too.
const A_PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "escalations.html")]
struct Register {
    page: Page,
    rows: Vec<Row>,
    all: bool,
    more: bool,
    next: Option<String>,
}

struct Row {
    event: String,
    topic: &'static str,
    from: String,
    stage: String,
    due: String,
    late: bool,
    ended: String,
}

/// Those that are over, too: newest first, a page at a time.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    all: String,
    #[serde(default)]
    from: String,
}

pub(super) async fn list(visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    visit.only(ITEMS)?;
    let all = !which.all.is_empty();
    let (items, more, next) = if all {
        let request = v1::ListItemsRequest {
            page_size: A_PAGE,
            page_token: which.from.clone(),
            kind: KIND.into(),
            ..v1::ListItemsRequest::default()
        };
        let (items, next) = listing::page(&visit, request).await?;
        (items, false, next)
    } else {
        let (items, more) = listing::open(&visit, KIND).await?;
        (items, more, String::new())
    };
    let mut listed: Vec<(&v1::Item, &v1::EscalationNow)> = items.iter().filter_map(now).collect();
    if !all {
        listed.sort_by_key(|(item, now)| {
            let due = now.due.as_ref().and_then(|due| due.at.map(|at| at.seconds));
            (due.is_none(), due, item.event_id.clone())
        });
    }
    let older = format!("/escalations?all=1&from={next}");
    Ok(html(&Register {
        rows: listed
            .into_iter()
            .map(|(item, now)| row(item, now, &visit))
            .collect(),
        all,
        more,
        next: (!next.is_empty()).then(|| visit.to(&older)),
        page: visit.page(P::ConsoleEscalations),
    }))
}

fn now(item: &v1::Item) -> Option<(&v1::Item, &v1::EscalationNow)> {
    match &item.standing {
        Some(v1::item::Standing::EscalationNow(now)) => Some((item, now)),
        _ => None,
    }
}

fn row(item: &v1::Item, now: &v1::EscalationNow, visit: &Visit) -> Row {
    let language = visit.language();
    let topic = match &item.content {
        Some(v1::item::Content::Escalation(escalation)) => escalation.dispute.as_ref(),
        _ => None,
    };
    let topic = topic.map_or(0, |dispute| dispute.topic);
    let ended = words::moment(now.ended_at.as_ref(), language);
    let outcome = words::label!(EscalationOutcome, now.outcome, language);
    Row {
        event: item.event_id.clone(),
        topic: words::label!(EscalationTopic, topic, language),
        from: visit.agency_name(&item.originator),
        stage: facts::stage(now, language),
        due: facts::due(now.due.as_ref(), language),
        late: now
            .due
            .as_ref()
            .is_some_and(|due| due.timing() == v1::Timing::Passed),
        ended: match outcome {
            "" => ended,
            outcome => format!("{ended} · {outcome}"),
        },
    }
}
