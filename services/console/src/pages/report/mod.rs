//! Publishing by hand: an incident in under a minute, an alert to propose, a disagreement to escalate, a request for information. Owns the way that each goes: fill
//! in, look at who will see what, send, receipt. Nothing is kept between: what was filled in travels with the form, and the request key
//! that the form came with makes a second sending harmless.

mod alert;
mod audience;
mod escalation;
pub(super) mod fields;
mod incident;
mod request;
mod seen;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use diogel_contract::v1;
use diogel_domain::codes::Language;
use diogel_identity::PersonRole;
use diogel_texts::console::Phrase as P;
use serde::Deserialize;
use tonic::Code;

pub(super) use audience::agencies;

use super::{CASES, ITEMS, words};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    problem::Problem,
};

/// What can be published here.
#[derive(Clone, Copy)]
enum Kind {
    Incident,
    Alert,
    Escalation,
    Request,
}

impl Kind {
    fn of(code: &str) -> Option<Self> {
        match code {
            "incident" => Some(Self::Incident),
            "alert" => Some(Self::Alert),
            "escalation" => Some(Self::Escalation),
            "request" => Some(Self::Request),
            _ => None,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Alert => "alert",
            Self::Escalation => "escalation",
            Self::Request => "request",
        }
    }

    /// Who may: governance asks originators for a subject access request.
    const fn roles(self) -> &'static [PersonRole] {
        match self {
            Self::Incident | Self::Alert | Self::Escalation => CASES,
            Self::Request => ITEMS,
        }
    }

    const fn title(self) -> P {
        match self {
            Self::Incident => P::ConsoleReportIncident,
            Self::Alert => P::ConsoleReportAlert,
            Self::Escalation => P::ConsoleReportEscalation,
            Self::Request => P::ConsoleReportRequest,
        }
    }

    /// The page where it is filled in.
    fn form(self, visit: &Visit, form: Filling) -> Response {
        match self {
            Self::Incident => incident::form(visit, form),
            Self::Alert => alert::form(visit, form),
            Self::Escalation => escalation::form(visit, form),
            Self::Request => request::form(visit, form),
        }
    }

    /// What is filled in, as it would be published.
    fn draft(self, visit: &Visit, form: &mut Filling) -> Option<v1::PublishRequest> {
        match self {
            Self::Incident => Some(incident::draft(visit, form)),
            Self::Alert => alert::draft(visit, form),
            Self::Escalation => Some(escalation::draft(visit, form)),
            Self::Request => Some(request::draft(visit, form)),
        }
    }

    /// The field that a service's path means.
    fn field(self, path: &str) -> &'static str {
        match self {
            Self::Incident => incident::field(path),
            Self::Alert => alert::field(path),
            Self::Escalation => escalation::field(path),
            Self::Request => request::field(path),
        }
    }
}

/// A form on its way.
struct Filling {
    answers: Answers,
    faults: Faults,
    /// The item that it rests on, or is about.
    on: Option<v1::Item>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Choose {
    page: Page,
}

pub(super) async fn choose(visit: Visit) -> Result<Response, Problem> {
    visit.only(CASES)?;
    Ok(html(&Choose {
        page: visit.page(P::ConsoleReport),
    }))
}

/// Because of which item.
#[derive(Deserialize)]
pub(super) struct On {
    #[serde(default)]
    on: String,
}

async fn item(visit: &Visit, on: &str) -> Result<Option<v1::Item>, Problem> {
    if on.is_empty() {
        return Ok(None);
    }
    super::items::get(visit, on).await.map(Some)
}

pub(super) async fn ask(
    visit: Visit,
    Path((_, kind)): Path<(String, String)>,
    Query(On { on }): Query<On>,
) -> Result<Response, Problem> {
    let kind = Kind::of(&kind).ok_or_else(|| visit.problem(StatusCode::NOT_FOUND))?;
    visit.only(kind.roles())?;
    let answers = Answers::default()
        .with("key", &visit.fresh_key()?)
        .with("on", &on);
    let form = Filling {
        answers,
        faults: Faults::default(),
        on: item(&visit, &on).await?,
    };
    Ok(kind.form(&visit, form))
}

pub(super) async fn answer(
    visit: Visit,
    Path((_, kind)): Path<(String, String)>,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    let kind = Kind::of(&kind).ok_or_else(|| visit.problem(StatusCode::NOT_FOUND))?;
    visit.only(kind.roles())?;
    let mut form = Filling {
        on: item(&visit, answers.get("on")).await?,
        answers,
        faults: Faults::default(),
    };
    if form.answers.get("do") == "change" {
        form.answers = form.answers.with("do", "");
        return Ok(kind.form(&visit, form));
    }
    let Some(draft) = kind
        .draft(&visit, &mut form)
        .filter(|_| form.faults.is_empty())
    else {
        return Ok(kind.form(&visit, form));
    };
    if form.answers.get("do") == "send" {
        send(&visit, kind, form, draft).await
    } else {
        preview(&visit, kind, form, draft).await
    }
}

fn refused(
    visit: &Visit,
    kind: Kind,
    mut form: Filling,
    status: tonic::Status,
) -> Result<Response, Problem> {
    if status.code() != Code::InvalidArgument {
        return Err(visit.refused(status));
    }
    fields::from_service(&mut form.faults, &status, |path| {
        kind.field(path).to_owned()
    });
    form.answers = form.answers.with("do", "");
    Ok(kind.form(visit, form))
}

#[derive(Template)]
#[template(path = "preview.html")]
struct Preview {
    page: Page,
    action: String,
    hidden: Vec<(String, String)>,
    recipients: Vec<seen::Recipient>,
    nobody: bool,
    could: Vec<String>,
    family: Vec<seen::Family>,
}

async fn preview(
    visit: &Visit,
    kind: Kind,
    form: Filling,
    draft: v1::PublishRequest,
) -> Result<Response, Problem> {
    let request = v1::PreviewRequest {
        draft: Some(draft),
        purpose: visit.purpose(),
        ..v1::PreviewRequest::default()
    };
    let previewed = match visit.calling().accounting().preview(request).await {
        Ok(previewed) => previewed.into_inner(),
        Err(status) => return refused(visit, kind, form, status),
    };
    let recipients: Vec<seen::Recipient> = previewed
        .recipients
        .iter()
        .filter_map(|one| seen::recipient(one, visit))
        .collect();
    Ok(html(&Preview {
        action: visit.to(&format!("/report/{}", kind.code())),
        hidden: form.answers.but(&["do"]),
        nobody: recipients.is_empty(),
        recipients,
        could: previewed
            .could_be_told
            .iter()
            .map(|id| visit.agency_name(id))
            .collect(),
        family: previewed
            .family
            .iter()
            .map(|one| seen::family(one, visit))
            .collect(),
        page: visit.page(P::ConsolePreview).of(&form.answers),
    }))
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct Receipt {
    page: Page,
    event: String,
    at: String,
    replayed: bool,
    notice: String,
    reminders: Vec<Reminder>,
}

struct Reminder {
    words: String,
    due: String,
}

async fn send(
    visit: &Visit,
    kind: Kind,
    form: Filling,
    draft: v1::PublishRequest,
) -> Result<Response, Problem> {
    let publishing = visit.calling().publishing();
    let mut publishing = publishing.ok_or_else(|| visit.problem(StatusCode::FORBIDDEN))?;
    let published = match publishing.publish(draft).await {
        Ok(published) => published.into_inner(),
        Err(status) => return refused(visit, kind, form, status),
    };
    let receipt = published.receipt.unwrap_or_default();
    Ok(html(&receipt_page(visit, &form.answers, &receipt)))
}

fn receipt_page(visit: &Visit, answers: &Answers, receipt: &v1::Receipt) -> Receipt {
    let language = visit.language();
    let reminders = receipt.reminders.iter().map(|reminder| Reminder {
        words: match language {
            Language::English => reminder.text.clone(),
            Language::Welsh => reminder.text_cy.clone(),
        },
        due: words::day(&reminder.due_on, language),
    });
    Receipt {
        event: receipt.event_id.clone(),
        at: words::moment(receipt.recorded_at.as_ref(), language),
        replayed: receipt.replayed,
        notice: visit.t(P::ConsoleNoReport).to_owned(),
        reminders: reminders.collect(),
        page: visit.page(P::ConsoleReceipt).of(answers),
    }
}
