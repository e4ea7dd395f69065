//! The chair's meetings, and the summary before each: for everybody at the table, for the chair alone, and for members of the family,
//! side by side, each with a plain mark of who may hear it. Names of the family are sent in the body, and stand in no address.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use diogel_contract::{Timestamp, v1, write};
use diogel_domain::{calendar::moment_of, codes::Language, times::Day};
use diogel_identity::PersonRole::Chair;
use diogel_texts::console::Phrase as P;
use serde::Deserialize;
use time::OffsetDateTime;

use super::{
    document::{self, Block, Shown},
    items, listing, words,
};
use crate::{
    answers::{Answers, Faults},
    looked::Looked,
    page::{Page, Visit, html},
    problem::Problem,
};

/// Meetings on a page: a busy agency's next weeks.
const A_PAGE: u32 = 100;
/// Members of the family that a page is made for at most.
const FAMILY: usize = 4;

#[derive(Template)]
#[template(path = "meetings.html")]
struct List {
    page: Page,
    chaired: Vec<Row>,
    attended: Vec<Row>,
    next: Option<String>,
}

struct Row {
    event: String,
    at: String,
    seconds: i64,
    chair: String,
    about: String,
    cancelled: bool,
}

/// Where the page begins.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    from: String,
}

pub(super) async fn list(visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    visit.only(&[Chair])?;
    let request = v1::ListItemsRequest {
        page_size: A_PAGE,
        page_token: which.from,
        kind: "meeting".into(),
        ..v1::ListItemsRequest::default()
    };
    let (items, next) = listing::page(&visit, request).await?;
    let (mut chaired, mut attended) = (Vec::new(), Vec::new());
    for item in items
        .iter()
        .filter(|item| item.state() == v1::ItemState::Current)
    {
        let Some(v1::item::Content::Meeting(meeting)) = &item.content else {
            continue;
        };
        let row = row(item, meeting, &visit);
        if meeting.chair == visit.who.agency {
            chaired.push(row);
        } else {
            attended.push(row);
        }
    }
    for rows in [&mut chaired, &mut attended] {
        rows.sort_by_key(|row| std::cmp::Reverse(row.seconds));
    }
    Ok(html(&List {
        chaired,
        attended,
        next: (!next.is_empty()).then(|| visit.to(&format!("/meetings?from={next}"))),
        page: visit.page(P::ConsoleMeetings),
    }))
}

fn row(item: &v1::Item, meeting: &v1::Meeting, visit: &Visit) -> Row {
    let about = meeting
        .people
        .iter()
        .map(|person| match person.name.as_str() {
            "" => person.label.clone(),
            name => name.to_owned(),
        });
    Row {
        event: item.event_id.clone(),
        at: words::moment(meeting.held_at.as_ref(), visit.language()),
        seconds: meeting.held_at.map_or(0, |at| at.seconds),
        chair: visit.agency_name(&meeting.chair),
        about: about.collect::<Vec<_>>().join(", "),
        cancelled: meeting.cancelled,
    }
}

#[derive(Template)]
#[template(path = "meeting.html")]
struct One {
    page: Page,
    event: String,
    at: String,
    columns: Vec<Column>,
    since: String,
    /// When this person looked last, in words.
    looked: String,
    answers: Answers,
    none: Faults,
    chaired: bool,
    family: Vec<usize>,
}

struct Column {
    id: &'static str,
    heading: P,
    /// Who may hear it.
    aloud: P,
    may: bool,
    document: Shown,
    pdf: Option<String>,
}

/// What has changed since when.
#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    since: String,
}

pub(super) async fn one(
    visit: Visit,
    Path((_, event)): Path<(String, String)>,
    Query(Since { since }): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    show(&visit, &event, &since, Answers::default(), &headers).await
}

/// With the members of the family who attend.
pub(super) async fn with_family(
    visit: Visit,
    Path((_, event)): Path<(String, String)>,
    headers: HeaderMap,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    let since = answers.get("since").to_owned();
    show(&visit, &event, &since, answers, &headers).await
}

/// A meeting of which a summary is asked for.
struct Asked<'a> {
    visit: &'a Visit,
    event: &'a str,
    meeting: &'a v1::Meeting,
}

impl Asked<'_> {
    /// Whoever attends beside the asker.
    fn others(&self) -> Vec<String> {
        let own = &self.visit.who.agency;
        let all = self.meeting.attending.iter();
        all.filter(|agency| *agency != own).cloned().collect()
    }

    async fn document(
        &self,
        rendering: v1::SummaryRendering,
        family: Vec<v1::FamilyMember>,
        as_of: Option<Timestamp>,
    ) -> Result<v1::Document, Problem> {
        let visit = self.visit;
        let person = self.meeting.people.first();
        let request = v1::MeetingSummaryRequest {
            identifiers: person.map_or_else(Vec::new, |person| person.identifiers.clone()),
            purpose: match visit.purpose() {
                0 => v1::Purpose::MultiAgencyMeeting as i32,
                purpose => purpose,
            },
            language: match visit.language() {
                Language::English => "en",
                Language::Welsh => "cy",
            }
            .into(),
            as_of,
            rendering: rendering as i32,
            // It may have been scheduled later: then, whoever attends it now would have attended.
            meeting: match as_of {
                None => self.event.to_owned(),
                Some(_) => String::new(),
            },
            attending: match as_of {
                None => Vec::new(),
                Some(_) => self.others(),
            },
            family,
            form: v1::DocumentForm::Document as i32,
            ..v1::MeetingSummaryRequest::default()
        };
        let answered = visit.calling().reading().meeting_summary(request).await;
        let answered = answered
            .map_err(|status| visit.refused(status))?
            .into_inner();
        let missing = || visit.problem(StatusCode::BAD_GATEWAY);
        answered.document.ok_or_else(missing)
    }
}

fn meeting_of(item: &v1::Item) -> Option<&v1::Meeting> {
    match item.content.as_ref()? {
        v1::item::Content::Meeting(meeting) => Some(meeting),
        _ => None,
    }
}

async fn show(
    visit: &Visit,
    event: &str,
    since: &str,
    answers: Answers,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    use v1::SummaryRendering as R;
    visit.only(&[Chair])?;
    let item = items::get(visit, event).await?;
    let missing = || visit.problem(StatusCode::NOT_FOUND);
    let meeting = meeting_of(&item).ok_or_else(missing)?;
    let asked = Asked {
        visit,
        event,
        meeting,
    };
    let since_day = Day::parse(since);
    let mut looked = Looked::of(headers);
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let before = looked.look(&visit.who.subject, event, now);
    let before = before.map(|seconds| Timestamp { seconds, nanos: 0 });
    let since_at = match since_day {
        Some(day) => Some(write::timestamp(moment_of(day, 0))),
        None => before,
    };
    let chaired = meeting.chair == visit.who.agency;
    let members = members(&answers, visit);
    let mut wanted = Vec::new();
    if chaired {
        wanted.push((R::Chair, Vec::new()));
    }
    wanted.push((R::Professionals, Vec::new()));
    if !members.is_empty() {
        wanted.push((R::Family, members));
    }
    let mut columns = Vec::new();
    for (rendering, family) in wanted {
        let document = asked.document(rendering, family.clone(), None).await?;
        let before: Option<BTreeSet<String>> = match since_at {
            Some(at) => {
                let then = asked.document(rendering, family, Some(at)).await?;
                Some(document::words(&then))
            }
            None => None,
        };
        columns.push(column(
            visit,
            event,
            rendering,
            document::shown(&document, before.as_ref()),
        ));
    }
    let page = visit.page(P::ConsoleMeeting);
    let mut response = html(&One {
        at: words::moment(meeting.held_at.as_ref(), visit.language()),
        event: event.to_owned(),
        columns,
        since: since_day.map_or_else(String::new, |day| day.to_string()),
        looked: match (since_day, since_at.as_ref()) {
            (Some(_), _) => String::new(),
            (None, Some(at)) => {
                let at = words::moment(Some(at), visit.language());
                format!("{}, {at}", visit.t(P::ConsoleSinceLooked))
            }
            (None, None) => visit.t(P::ConsoleFirstLook).to_owned(),
        },
        page: if answers.0.is_empty() {
            page
        } else {
            page.of(&answers)
        },
        answers,
        none: Faults::default(),
        chaired,
        family: (1..=FAMILY).collect(),
    });
    if let Some(kept) = looked.kept() {
        response.headers_mut().append(header::SET_COOKIE, kept);
    }
    Ok(response)
}

/// Who of the family attends, as it is filled in.
fn members(answers: &Answers, visit: &Visit) -> Vec<v1::FamilyMember> {
    let member = |number: usize| {
        let name = answers.get(&format!("family-{number}-name")).to_owned();
        let prefix = format!("family-{number}-");
        let role = v1::PersonRole::ParentOrCarer;
        let person = super::report::fields::person(answers, &prefix, "p1", role, visit);
        (!name.is_empty()).then(|| v1::FamilyMember {
            name,
            identifiers: person.map_or_else(Vec::new, |person| person.identifiers),
        })
    };
    (1..=FAMILY).filter_map(member).collect()
}

fn column(visit: &Visit, event: &str, rendering: v1::SummaryRendering, document: Shown) -> Column {
    use v1::SummaryRendering as R;
    let (id, heading, aloud, may) = match rendering {
        R::Chair => ("chair", P::ConsoleForChair, P::ConsoleAloudNever, false),
        R::Family => ("family", P::ConsoleForFamily, P::ConsoleAloudFamily, true),
        R::Professionals | R::Unspecified => {
            ("table", P::ConsoleForTable, P::ConsoleAloudTable, false)
        }
    };
    let has_pdf = visit.console.config.render.is_some() && rendering != R::Family;
    Column {
        id,
        heading,
        aloud,
        may,
        document,
        pdf: has_pdf.then(|| visit.to(&format!("/meetings/{event}/pdf?for={id}"))),
    }
}

/// For whom.
#[derive(Deserialize)]
pub(super) struct For {
    #[serde(default, rename = "for")]
    whom: String,
}

/// The same as a PDF.
pub(super) async fn pdf(
    visit: Visit,
    Path((_, event)): Path<(String, String)>,
    Query(For { whom }): Query<For>,
) -> Result<Response, Problem> {
    use v1::SummaryRendering as R;
    visit.only(&[Chair])?;
    let item = items::get(&visit, &event).await?;
    let missing = || visit.problem(StatusCode::NOT_FOUND);
    let asked = Asked {
        visit: &visit,
        event: &event,
        meeting: meeting_of(&item).ok_or_else(missing)?,
    };
    let rendering = match whom.as_str() {
        "chair" => R::Chair,
        _ => R::Professionals,
    };
    let document = asked.document(rendering, Vec::new(), None).await?;
    let mut client = visit.calling().rendering().ok_or_else(missing)?;
    let request = v1::RenderPdfRequest {
        document: Some(document),
    };
    let rendered = client.render_pdf(request).await;
    let rendered = rendered
        .map_err(|status| visit.refused(status))?
        .into_inner();
    let name = format!(
        "attachment; filename=\"summary-{}.pdf\"",
        rendering_name(rendering)
    );
    let kind = (header::CONTENT_TYPE, "application/pdf".to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, name)], rendered.pdf).into_response())
}

fn rendering_name(rendering: v1::SummaryRendering) -> &'static str {
    match rendering {
        v1::SummaryRendering::Chair => "chair",
        _ => "table",
    }
}
