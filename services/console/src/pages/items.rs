//! What the agency holds: items, newest first; one item whole, with who gets what of it and why; items about somebody.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    response::Response,
};
use diogel_contract::v1;
use diogel_domain::codes::{Deed, Language};
use diogel_texts::console::Phrase as P;
use serde::Deserialize;
use tonic::Code;

use super::{
    ITEMS,
    facts::{self, Fact},
    listing,
    report::fields,
    words,
};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    problem::Problem,
};

/// Items on a page.
const ITEMS_A_PAGE: u32 = 25;

/// One line of a list.
pub(super) struct Row {
    pub(super) event: String,
    pub(super) kind: &'static str,
    pub(super) from: String,
    pub(super) at: String,
    pub(super) marks: Vec<&'static str>,
    pub(super) gist: String,
}

/// A line for an item, without people's words.
pub(super) fn row(item: &v1::Item, visit: &Visit) -> Row {
    let language = visit.language();
    let mut marks: Vec<&'static str> = words::state(item.state())
        .map(|state| state.say(language))
        .into_iter()
        .collect();
    if let Some(v1::item::Standing::AlertNow(now)) = &item.standing {
        marks.push(words::alert_standing(now.standing()).say(language));
        if now.disputed_since.is_some() {
            marks.push(visit.t(P::ConsoleMarkDisputed));
        }
    }
    if item.key_withdrawn {
        marks.push(visit.t(P::ConsoleMarkKeyWithdrawn));
    }
    if item.acknowledgement_asked {
        marks.push(visit.t(P::ConsoleMarkAcknowledge));
    }
    Row {
        event: item.event_id.clone(),
        kind: words::kind(&item.kind).say(language),
        from: visit.agency_name(&item.originator),
        at: words::moment(item.recorded_at.as_ref(), language),
        marks,
        gist: gist(item, language),
    }
}

/// What it is about, in codes.
fn gist(item: &v1::Item, language: Language) -> String {
    use v1::item::Content as C;
    let threats = |numbers: &[i32]| {
        let labels = numbers
            .iter()
            .map(|n| words::label!(ThreatForm, *n, language));
        labels.collect::<Vec<_>>().join("; ")
    };
    match &item.content {
        Some(C::Incident(one)) => one
            .safety
            .as_ref()
            .map_or_else(String::new, |s| threats(&s.threats)),
        Some(C::HazardAlert(one)) => one
            .safety
            .as_ref()
            .map_or_else(String::new, |s| threats(&s.threats)),
        Some(C::Escalation(one)) => one.dispute.as_ref().map_or_else(String::new, |dispute| {
            words::label!(EscalationTopic, dispute.topic, language).to_owned()
        }),
        Some(C::Meeting(one)) => words::moment(one.held_at.as_ref(), language),
        Some(C::Step(step)) => words::label!(Deed, step.deed, language).to_owned(),
        _ => String::new(),
    }
}

#[derive(Template)]
#[template(path = "items.html")]
struct List {
    page: Page,
    kinds: Vec<words::Choice>,
    rows: Vec<Row>,
    newest: String,
    next: Option<String>,
    began: bool,
}

/// Which of them.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
}

/// Kinds that can be asked for.
const KINDS: [&str; 15] = [
    "incident",
    "hazard_alert",
    "escalation",
    "correction",
    "involvement",
    "meeting",
    "access_request",
    "emergency_disclosure",
    "safety_plan",
    "contact",
    "engagement_needs",
    "advocacy",
    "change_claimed",
    "strength",
    "step",
];

fn kinds(chosen: &str, visit: &Visit) -> Vec<words::Choice> {
    let all = words::Choice {
        value: String::new(),
        words: visit.t(P::ConsoleAllKinds).to_owned(),
        chosen: chosen.is_empty(),
    };
    let each = KINDS.iter().map(|kind| words::Choice {
        value: (*kind).to_owned(),
        words: words::kind(kind).say(visit.language()).to_owned(),
        chosen: *kind == chosen,
    });
    [all].into_iter().chain(each).collect()
}

pub(super) async fn list(visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    visit.only(ITEMS)?;
    let kind = if KINDS.contains(&which.kind.as_str()) {
        which.kind
    } else {
        String::new()
    };
    let request = v1::ListItemsRequest {
        page_size: ITEMS_A_PAGE,
        page_token: which.from.clone(),
        kind: kind.clone(),
        ..v1::ListItemsRequest::default()
    };
    let (items, from) = listing::page(&visit, request).await?;
    let older = format!("/items?kind={kind}&from={from}");
    Ok(html(&List {
        kinds: kinds(&kind, &visit),
        rows: items.iter().map(|item| row(item, &visit)).collect(),
        newest: visit.to(&format!("/items?kind={kind}")),
        next: (!from.is_empty()).then(|| visit.to(&older)),
        began: which.from.is_empty(),
        page: visit.page(P::ConsoleItems),
    }))
}

#[derive(Template)]
#[template(path = "found.html")]
struct Found {
    page: Page,
    rows: Vec<Row>,
    /// What to send for the page after this one; nothing: it is the last.
    next: Vec<(String, String)>,
    began: bool,
    /// What to send for the first page.
    first: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    page: Page,
    answers: Answers,
    faults: Faults,
}

pub(super) async fn about(visit: Visit) -> Result<Response, Problem> {
    visit.only(ITEMS)?;
    Ok(html(&About {
        page: visit.page(P::ConsoleAbout),
        answers: Answers::default(),
        faults: Faults::default(),
    }))
}

/// Items about a person or premises: by exact identifiers, in no address.
pub(super) async fn about_somebody(
    visit: Visit,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    let mut faults = Faults::default();
    let filled = super::check::identifiers(&visit, &answers);
    if filled.is_empty() {
        faults.add("nhs", visit.t(P::ConsoleIdentifierNeeded));
    }
    let ask = |answers, faults| About {
        page: visit.page(P::ConsoleAbout),
        answers,
        faults,
    };
    if !faults.is_empty() {
        return Ok(html(&ask(answers, faults)));
    }
    let request = v1::ListItemsRequest {
        page_size: ITEMS_A_PAGE,
        page_token: answers.get("from").to_owned(),
        identifiers: filled.iter().map(|(_, one)| one.clone()).collect(),
        purpose: visit.purpose(),
        ..v1::ListItemsRequest::default()
    };
    match visit.calling().reading().list_items(request).await {
        Ok(answered) => {
            let v1::ListItemsResponse {
                items,
                next_page_token: from,
            } = answered.into_inner();
            let first = answers.but(&["from"]);
            let next = [("from".to_owned(), from.clone())];
            let next = first.iter().cloned().chain(next);
            Ok(html(&Found {
                rows: items.iter().map(|item| row(item, &visit)).collect(),
                next: next.filter(|_| !from.is_empty()).collect(),
                began: answers.get("from").is_empty(),
                first,
                page: visit.page(P::ConsoleAbout).of(&answers),
            }))
        }
        Err(status) if status.code() == Code::InvalidArgument => {
            fields::from_service(&mut faults, &status, |path| {
                super::check::field_of(path, &filled).unwrap_or_else(|| "nhs".into())
            });
            Ok(html(&ask(answers, faults)))
        }
        Err(status) => Err(visit.refused(status)),
    }
}

#[derive(Template)]
#[template(path = "item.html")]
struct One {
    page: Page,
    event: String,
    hash: String,
    marks: Vec<&'static str>,
    standing: Vec<Fact>,
    facts: Vec<Fact>,
    head: Vec<Fact>,
    steps: Vec<Row>,
    deeds: Vec<Action>,
    further: Vec<Action>,
    recipients: Vec<Recipient>,
}

/// Something to do.
struct Action {
    to: String,
    words: &'static str,
}

/// Who gets what.
struct Recipient {
    agency: String,
    given: String,
    not: Vec<String>,
    outstanding: bool,
}

/// One item.
pub(super) async fn get(visit: &Visit, event: &str) -> Result<v1::Item, Problem> {
    let request = v1::GetItemRequest {
        event_id: event.to_owned(),
        purpose: visit.purpose(),
        ..v1::GetItemRequest::default()
    };
    let answered = visit.calling().reading().get_item(request).await;
    let answered = answered.map_err(|status| visit.refused(status))?;
    let item = answered.into_inner().item;
    item.ok_or_else(|| visit.problem(axum::http::StatusCode::NOT_FOUND))
}

pub(super) async fn one(
    visit: Visit,
    Path((_, event)): Path<(String, String)>,
) -> Result<Response, Problem> {
    visit.only(ITEMS)?;
    let item = get(&visit, &event).await?;
    let language = visit.language();
    let mut steps = Vec::new();
    for step in &item.steps {
        steps.push(row(&get(&visit, step).await?, &visit));
    }
    let request = v1::ExplainRequest {
        event_id: event.clone(),
        purpose: visit.purpose(),
        ..v1::ExplainRequest::default()
    };
    let explained = visit.calling().accounting().explain(request).await;
    let explained = explained
        .map_err(|status| visit.refused(status))?
        .into_inner();
    let of_it = row(&item, &visit);
    let title = format!("{}: {}", of_it.kind, of_it.from);
    Ok(html(&One {
        head: head(&item, &visit),
        marks: of_it.marks,
        standing: facts::standing(&item, language),
        facts: facts::of(&item, &visit.console, language),
        deeds: deeds(&item, &visit),
        further: further(&item, &visit),
        recipients: explained
            .recipients
            .iter()
            .map(|one| recipient(one, &visit))
            .collect(),
        hash: item.hash,
        steps,
        event,
        page: visit.page(P::ConsoleItems).titled(title),
    }))
}

fn head(item: &v1::Item, visit: &Visit) -> Vec<Fact> {
    let language = visit.language();
    let at = |at| words::moment(at, language);
    let all = [
        (P::ConsoleFrom, visit.agency_name(&item.originator), false),
        (P::ConsoleRecordedAt, at(item.recorded_at.as_ref()), false),
        (P::ConsolePublishedAt, at(item.ordered_at.as_ref()), false),
        (
            P::ConsolePurpose,
            words::purpose(item.purpose, language).to_owned(),
            false,
        ),
        (
            P::ConsoleBasis,
            words::label!(LawfulBasis, item.lawful_basis, language).to_owned(),
            false,
        ),
        (P::ConsoleCitation, item.citation.clone(), false),
        (P::ConsoleFamily, words::family(item, language), false),
        (P::ConsoleFamilyReason, item.family_reason.clone(), true),
        (
            P::ConsoleHandling,
            words::label!(HandlingCode, item.handling, language).to_owned(),
            false,
        ),
        (P::ConsoleConditions, item.handling_conditions.clone(), true),
        (
            P::ConsoleOnward,
            words::label!(OnwardSharing, item.onward, language).to_owned(),
            false,
        ),
    ];
    let all = all.into_iter().filter(|(_, line, _)| !line.is_empty());
    all.map(|(phrase, line, written)| Fact {
        label: phrase.say(language),
        lines: vec![line],
        written,
    })
    .collect()
}

fn recipient(one: &v1::ExplainedRecipient, visit: &Visit) -> Recipient {
    let language = visit.language();
    let name = |group: &v1::ExplainedGroup| words::group(group.group, language);
    let given =
        one.groups
            .iter()
            .filter(|group| group.given)
            .map(|group| match group.citation.as_str() {
                "" => name(group).to_owned(),
                flow => format!("{} ({flow})", name(group)),
            });
    let not = one.groups.iter().filter(|group| !group.given).map(|group| {
        let why = match language {
            Language::English => &group.words,
            Language::Welsh => &group.words_cy,
        };
        format!("{}: {why}", name(group))
    });
    Recipient {
        agency: visit.agency_name(&one.agency),
        given: given.collect::<Vec<_>>().join(", "),
        not: not.collect(),
        outstanding: one.acknowledgement_outstanding,
    }
}

/// Steps that this person might take on it. Whether a step counts is for the fold to say.
fn deeds(item: &v1::Item, visit: &Visit) -> Vec<Action> {
    let own = item.originator == visit.who.agency;
    let deeds = super::steps::open_to(
        item,
        own,
        &visit.who.agency,
        visit.who.agency == visit.console.config.board_agency,
    );
    let action = |deed: &Deed| Action {
        to: visit.to(&format!("/items/{}/take/{}", item.event_id, deed.code())),
        words: deed.label(visit.language()),
    };
    deeds.iter().map(action).collect()
}

/// What may be published next because of it.
fn further(item: &v1::Item, visit: &Visit) -> Vec<Action> {
    let event = &item.event_id;
    let to = |kind: &str| visit.to(&format!("/report/{kind}?on={event}"));
    let mut all = Vec::new();
    if item.kind == "incident" && item.originator == visit.who.agency {
        all.push(Action {
            to: to("alert"),
            words: visit.t(P::ConsoleProposeAlert),
        });
    }
    if item.kind != "escalation" {
        all.push(Action {
            to: to("escalation"),
            words: visit.t(P::ConsoleEscalateThis),
        });
    }
    if item.kind == "meeting" || item.kind == "safety_plan" {
        all.push(Action {
            to: to("request"),
            words: visit.t(P::ConsoleReportRequest),
        });
    }
    if item.kind == "meeting" && visit.who.is(&[diogel_identity::PersonRole::Chair]) {
        all.push(Action {
            to: visit.to(&format!("/meetings/{event}")),
            words: visit.t(P::ConsoleOpenSummary),
        });
    }
    all
}
