//! A draft of the annual report: the released figures under the headings that the regulations give it. What the hub holds nothing for is
//! named, for the Board to write.

use askama::Template;
use axum::{extract::Query, response::Response};
use diogel_contract::v1;
use diogel_identity::PersonRole::{Analyst, Governance};
use diogel_texts::console::Phrase as P;
use serde::Deserialize;

use super::{Shown, Which, released, shown};
use crate::{
    page::{Page, Visit, html},
    pages::words::Choice,
    problem::Problem,
};

/// A heading of the report (Safeguarding Boards (General) (Wales) Regulations 2015), and the tables that say something under it.
const HEADINGS: [(P, &[&str]); 13] = [
    (P::ConsoleAnnualMembers, &[]),
    (P::ConsoleAnnualActions, &[]),
    (P::ConsoleAnnualPlan, &[]),
    (
        P::ConsoleAnnualCollaborated,
        &[
            "contacts",
            "contacts-home",
            "checks",
            "requests",
            "plans",
            "measures",
        ],
    ),
    (P::ConsoleAnnualRequests, &["board-requests"]),
    (
        P::ConsoleAnnualAchieved,
        &["escalations-outcome", "escalations-time", "alerts-steps"],
    ),
    (
        P::ConsoleAnnualContributed,
        &["incidents-sector", "incidents-corroborated", "lens"],
    ),
    (P::ConsoleAnnualResources, &[]),
    (
        P::ConsoleAnnualThemes,
        &[
            "incidents-month",
            "incidents-threat",
            "incidents-behaviour",
            "incidents-harm",
            "incidents-setting",
            "alerts-standing",
            "alerts-standing-target",
            "escalations-topic",
        ],
    ),
    (
        P::ConsoleAnnualTookPart,
        &["alerts-standing-told", "alerts-told"],
    ),
    (P::ConsoleAnnualOrders, &[]),
    (P::ConsoleAnnualLearning, &[]),
    (P::ConsoleAnnualAdvice, &[]),
];

#[derive(Template)]
#[template(path = "annual.html")]
struct Annual {
    page: Page,
    periods: Vec<Choice>,
    members: Vec<String>,
    headings: Vec<Heading>,
}

struct Heading {
    letter: char,
    name: P,
    is_members: bool,
    tables: Vec<Shown>,
}

/// Of which period.
#[derive(Deserialize)]
pub(crate) struct Of {
    #[serde(default)]
    period: String,
}

pub(crate) async fn show(visit: Visit, Query(of): Query<Of>) -> Result<Response, Problem> {
    visit.only(&[Analyst, Governance])?;
    let request = v1::ListTablesRequest {
        purpose: v1::Purpose::BoardGovernance as i32,
        ..v1::ListTablesRequest::default()
    };
    let listed = visit.calling().indicators().list_tables(request).await;
    let periods = listed
        .map_err(|status| visit.refused(status))?
        .into_inner()
        .periods;
    let period = match of.period.as_str() {
        "" => periods.first().cloned().unwrap_or_default(),
        given => given.to_owned(),
    };
    let mut headings = Vec::new();
    for (letter, (name, tables)) in ('a'..).zip(HEADINGS) {
        let mut found = Vec::new();
        // Before the first period is over there is nothing to ask for.
        for table in tables.iter().filter(|_| !periods.is_empty()) {
            let which = Which {
                table: (*table).to_owned(),
                period: period.clone(),
                form: String::new(),
            };
            let answer = released(&visit, &which).await?;
            found.extend(answer.map(|answer| shown(&visit, &which, answer)));
        }
        headings.push(Heading {
            letter,
            is_members: letter == 'a',
            name,
            tables: found,
        });
    }
    let mut members: Vec<String> = visit
        .console
        .config
        .agencies
        .keys()
        .filter(|id| **id != visit.console.config.board_agency)
        .map(|id| visit.agency_name(id))
        .collect();
    members.sort();
    let title = format!("{}, {period}", visit.t(P::ConsoleAnnual));
    Ok(html(&Annual {
        periods: periods
            .into_iter()
            .map(|one| Choice {
                chosen: one == period,
                words: one.clone(),
                value: one,
            })
            .collect(),
        members,
        headings,
        page: visit.page(P::ConsoleIndicators).titled(title),
    }))
}
