//! One person's events in their order: as a chronology to read and print, and as a working list for a subject access request. Whom it is
//! about is sent in the body, and stands in no address. Nothing of it is kept here.

use askama::Template;
use axum::{
    Form,
    http::header,
    response::{IntoResponse, Response},
};
use diogel_contract::v1;
use diogel_domain::codes::Language;
use diogel_identity::PersonRole::{self, Chair, Governance};
use diogel_texts::console::Phrase as P;
use tonic::Code;

use super::{
    check,
    document::{self, Block},
    facts,
    report::fields,
    words,
};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    problem::Problem,
};

/// Whoever may have a chronology as a document.
const CHRONOLOGY: &[PersonRole] = &[Chair, Governance];
/// Pages of the chronology that one working list is made of at most: two thousand events.
const PAGES: usize = 10;

#[derive(Template)]
#[template(path = "person.html")]
struct Ask {
    page: Page,
    to: &'static str,
    what: P,
    answers: Answers,
    faults: Faults,
}

/// One of the two forms.
#[derive(Clone, Copy)]
enum Wanted {
    Chronology,
    SubjectAccess,
}

impl Wanted {
    const fn title(self) -> P {
        match self {
            Self::Chronology => P::ConsoleChronology,
            Self::SubjectAccess => P::ConsoleSubjectAccess,
        }
    }

    fn ask(self, visit: &Visit, answers: Answers, faults: Faults) -> Response {
        let page = visit.page(self.title());
        html(&Ask {
            to: match self {
                Self::Chronology => "/chronology",
                Self::SubjectAccess => "/governance/subject-access",
            },
            what: match self {
                Self::Chronology => P::ConsoleChronologyWhat,
                Self::SubjectAccess => P::ConsoleSubjectAccessWhat,
            },
            page: if answers.0.is_empty() {
                page
            } else {
                page.of(&answers)
            },
            answers,
            faults,
        })
    }
}

pub(super) async fn ask_chronology(visit: Visit) -> Result<Response, Problem> {
    visit.only(CHRONOLOGY)?;
    Ok(Wanted::Chronology.ask(&visit, Answers::default(), Faults::default()))
}

pub(super) async fn ask_access(visit: Visit) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    Ok(Wanted::SubjectAccess.ask(&visit, Answers::default(), Faults::default()))
}

/// Whom it is about, as it is filled in.
type Filled = Vec<(usize, v1::Identifier)>;

fn filled(visit: &Visit, answers: &Answers) -> Result<Filled, Faults> {
    let filled = check::identifiers(visit, answers);
    if filled.is_empty() {
        let mut faults = Faults::default();
        faults.add("nhs", visit.t(P::ConsoleIdentifierNeeded));
        return Err(faults);
    }
    Ok(filled)
}

fn refused(
    form: Wanted,
    visit: &Visit,
    answers: Answers,
    filled: &Filled,
    status: tonic::Status,
) -> Result<Response, Problem> {
    if status.code() != Code::InvalidArgument {
        return Err(visit.refused(status));
    }
    let mut faults = Faults::default();
    fields::from_service(&mut faults, &status, |path| {
        check::field_of(path, filled).unwrap_or_else(|| "nhs".into())
    });
    Ok(form.ask(visit, answers, faults))
}

#[derive(Template)]
#[template(path = "chronology.html")]
struct Chronology {
    page: Page,
    document: document::Shown,
}

pub(super) async fn chronology(
    visit: Visit,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    visit.only(CHRONOLOGY)?;
    let form = Wanted::Chronology;
    let filled = match filled(&visit, &answers) {
        Ok(filled) => filled,
        Err(faults) => return Ok(form.ask(&visit, answers, faults)),
    };
    let request = v1::ChronologyDocumentRequest {
        identifiers: filled.iter().map(|(_, one)| one.clone()).collect(),
        form: v1::DocumentForm::Document as i32,
        language: match visit.language() {
            Language::English => "en",
            Language::Welsh => "cy",
        }
        .into(),
        purpose: visit.purpose(),
        ..v1::ChronologyDocumentRequest::default()
    };
    let mut accounting = visit.calling().accounting();
    let answered = match accounting.chronology_document(request).await {
        Ok(answered) => answered.into_inner(),
        Err(status) => return refused(form, &visit, answers, &filled, status),
    };
    let document = answered.document.unwrap_or_default();
    Ok(html(&Chronology {
        document: document::shown(&document, None),
        page: visit.page(P::ConsoleChronology).of(&answers),
    }))
}

#[derive(Template)]
#[template(path = "subject-access.html")]
struct WorkingList {
    page: Page,
    rows: Vec<Row>,
    hidden: Vec<(String, String)>,
    more: bool,
}

/// An event about the person, and what has to be thought of before it is given out.
struct Row {
    event: String,
    at: String,
    kind: &'static str,
    from: String,
    own: bool,
    groups: String,
    prompts: Vec<P>,
    steps: Vec<String>,
}

pub(super) async fn access(
    visit: Visit,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    visit.only(&[Governance])?;
    let form = Wanted::SubjectAccess;
    let filled = match filled(&visit, &answers) {
        Ok(filled) => filled,
        Err(faults) => return Ok(form.ask(&visit, answers, faults)),
    };
    let mut entries = Vec::new();
    let mut token = String::new();
    for _ in 0..PAGES {
        let request = v1::ChronologyRequest {
            identifiers: filled.iter().map(|(_, one)| one.clone()).collect(),
            page_size: 200,
            page_token: token,
            purpose: v1::Purpose::BoardGovernance as i32,
            ..v1::ChronologyRequest::default()
        };
        let answered = match visit.calling().accounting().chronology(request).await {
            Ok(answered) => answered.into_inner(),
            Err(status) => return refused(form, &visit, answers, &filled, status),
        };
        entries.extend(answered.entries);
        token = answered.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    let rows: Vec<Row> = entries.iter().filter_map(|one| row(one, &visit)).collect();
    if answers.get("as") == "csv" {
        return csv(&visit, &rows).map_err(|e| visit.broken(&e));
    }
    Ok(html(&WorkingList {
        rows,
        hidden: answers.but(&["as"]),
        more: !token.is_empty(),
        page: visit.page(P::ConsoleSubjectAccess).of(&answers),
    }))
}

fn row(entry: &v1::ChronologyEntry, visit: &Visit) -> Option<Row> {
    let item = entry.item.as_ref()?;
    let language = visit.language();
    let groups = item.groups.iter();
    let groups: Vec<&str> = groups.map(|group| words::group(*group, language)).collect();
    let own = item.originator == visit.who.agency;
    Some(Row {
        event: item.event_id.clone(),
        at: words::moment(item.ordered_at.as_ref(), language),
        kind: words::kind(&item.kind).say(language),
        from: visit.agency_name(&item.originator),
        own,
        groups: groups.join(", "),
        prompts: prompts(item, own),
        steps: facts::standing(item, language)
            .into_iter()
            .flat_map(|fact| fact.lines)
            .collect(),
    })
}

/// Exemptions that may apply, by what the item holds (Data Protection Act 2018, Schedules 2 and 3): questions to its controller, never
/// answers.
fn prompts(item: &v1::Item, own: bool) -> Vec<P> {
    use v1::FieldGroup as G;
    let holds = |group: G| item.groups.contains(&(group as i32));
    let several = match &item.content {
        Some(v1::item::Content::Incident(one)) => one.people.len() > 1,
        Some(v1::item::Content::HazardAlert(one)) => one.people.len() > 1,
        Some(v1::item::Content::SafetyPlan(one)) => one.people.len() > 1,
        Some(v1::item::Content::Escalation(one)) => one.people.len() > 1,
        _ => false,
    };
    let prompts = [
        (!own, P::ConsoleAskController),
        (
            several || holds(G::Worker) || holds(G::Reporter),
            P::ConsoleExemptThirdParties,
        ),
        (holds(G::Criminal), P::ConsoleExemptCrime),
        (
            holds(G::Health) || holds(G::Narrative) || holds(G::Voice),
            P::ConsoleExemptSeriousHarm,
        ),
        (holds(G::Voice), P::ConsoleExemptVoice),
        (holds(G::Place), P::ConsoleExemptPlace),
        (
            item.family == v1::FamilyHandling::No as i32,
            P::ConsoleExemptFamily,
        ),
    ];
    let prompts = prompts.into_iter().filter(|(is, _)| *is);
    prompts.map(|(_, prompt)| prompt).collect()
}

/// For the officer's own working file: two columns are theirs to fill in.
fn csv(visit: &Visit, rows: &[Row]) -> Result<Response, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = [
        P::ConsoleEventId,
        P::ConsolePublishedAt,
        P::ConsoleKind,
        P::ConsoleAgency,
        P::ConsoleGroups,
        P::ConsoleExemptions,
        P::ConsoleOriginatorsAnswer,
        P::ConsoleGivenOut,
    ];
    writer.write_record(head.map(|phrase| visit.t(phrase)))?;
    for row in rows {
        let prompts: Vec<&str> = row.prompts.iter().map(|one| visit.t(*one)).collect();
        writer.write_record([
            row.event.as_str(),
            &row.at,
            row.kind,
            &row.from,
            &row.groups,
            &prompts.join("; "),
            "",
            "",
        ])?;
    }
    let bytes = writer.into_inner()?;
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8");
    let name = (
        header::CONTENT_DISPOSITION,
        "attachment; filename=\"subject-access.csv\"",
    );
    Ok(([kind, name], bytes).into_response())
}
