//! Taking a step on an item: approving an alert, answering a disagreement, noting that an exclusion was considered. Owns which fields
//! each deed asks for; whether it counts, the fold says.

use askama::Template;
use axum::{Form, extract::Path, http::StatusCode, response::Response};
use diogel_contract::v1;
use diogel_domain::codes::Deed;
use diogel_texts::console::Phrase as P;
use tonic::Code;
use uuid::Uuid;

use super::{
    ITEMS, items,
    report::fields,
    words::{self, Choice, choices},
};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    problem::Problem,
};

/// What a deed asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    Words,
    ReviewOn,
    Told,
    Senior,
    Outcome,
    Stage,
    Role,
    ProtectBy,
    Interim,
    Panel,
    Exclusion,
    Source,
    Measure,
    Police,
    Audience,
}

/// What each deed that can be taken here asks for. None: it can't be.
fn asks(deed: Deed) -> Option<&'static [Ask]> {
    use Ask::{
        Audience, Exclusion, Interim, Measure, Outcome, Panel, Police, ProtectBy, ReviewOn, Role,
        Senior, Source, Stage, Told, Words,
    };
    Some(match deed {
        Deed::Approved => &[ReviewOn, Told, Senior],
        Deed::Refused
        | Deed::Ended
        | Deed::OccupantsChanged
        | Deed::Suspended
        | Deed::AssessedNoAlert
        | Deed::PlanEnded
        | Deed::ObjectionUpheld
        | Deed::ObjectionNotUpheld => &[Words],
        Deed::Renewed => &[Words, ReviewOn],
        Deed::PersonTold => &[Told],
        Deed::Corroborated => &[Source, Words, Audience],
        Deed::ReportedToPolice => &[Police],
        Deed::Responded | Deed::Dissented | Deed::Withdrawn | Deed::Diverted => &[Words, Role],
        Deed::MovedOn => &[Stage, Words, Role],
        Deed::InterimSet => &[Interim, Words, Role],
        Deed::ProtectBySet => &[ProtectBy, Words, Role],
        Deed::Resolved | Deed::Determined => &[Outcome, Words, Role],
        Deed::PanelConvened => &[Panel, Words],
        Deed::ExclusionDecided => &[Exclusion],
        Deed::MeasureDone | Deed::MeasureNotDone => &[Measure, Words],
        Deed::PlanReviewed => &[ReviewOn, Words],
        Deed::MeetingClosed
        | Deed::FamilyTold
        | Deed::ChangeConfirmed
        | Deed::NotSustained
        | Deed::Objected
        | Deed::RestrictionAsked
        | Deed::Stated => return None,
    })
}

/// Deeds that may be tried on an item, by its kind, whose it is, and how it stands.
pub(super) fn open_to(item: &v1::Item, own: bool, agency: &str, is_board: bool) -> Vec<Deed> {
    use v1::item::{Content as C, Standing as S};
    if item.state() != v1::ItemState::Current {
        return Vec::new();
    }
    match (&item.content, &item.standing) {
        (Some(C::HazardAlert(_)), Some(S::AlertNow(now))) if own => alert(now),
        (Some(C::Incident(_)), Some(S::AlertNow(_))) if own => {
            vec![Deed::AssessedNoAlert, Deed::ReportedToPolice]
        }
        (Some(C::Incident(_)), _) if own => vec![Deed::ReportedToPolice],
        (Some(C::Incident(_)), _) => vec![Deed::Corroborated],
        (Some(C::Escalation(escalation)), Some(S::EscalationNow(now))) => {
            let parties = escalation.dispute.as_ref().map(|dispute| &dispute.parties);
            let party = parties.is_some_and(|all| all.iter().any(|one| one == agency));
            escalation_deeds(now, own, party, is_board)
        }
        (Some(C::Meeting(meeting)), _) if meeting.chair == agency => vec![Deed::ExclusionDecided],
        (Some(C::SafetyPlan(_)), _) if own => vec![
            Deed::MeasureDone,
            Deed::MeasureNotDone,
            Deed::PlanReviewed,
            Deed::PlanEnded,
        ],
        _ => Vec::new(),
    }
}

fn alert(now: &v1::AlertNow) -> Vec<Deed> {
    use v1::AlertStanding as S;
    let mut deeds = match now.standing() {
        S::ReportedNotAssessed | S::Undecided => vec![Deed::Approved, Deed::Refused],
        S::InForce | S::Stale | S::Suspended => vec![
            Deed::Renewed,
            Deed::Ended,
            Deed::OccupantsChanged,
            Deed::Suspended,
            Deed::PersonTold,
        ],
        S::Lapsed => vec![Deed::Renewed, Deed::Ended],
        S::Refused | S::Ended | S::Unspecified => Vec::new(),
    };
    if now.disputed_since.is_some() {
        deeds.extend([Deed::ObjectionUpheld, Deed::ObjectionNotUpheld]);
    }
    deeds
}

fn escalation_deeds(now: &v1::EscalationNow, own: bool, party: bool, is_board: bool) -> Vec<Deed> {
    let mut deeds = Vec::new();
    if !(party || is_board) {
        return deeds;
    }
    if now.ended_at.is_some() {
        return vec![Deed::Dissented];
    }
    deeds.extend([
        Deed::Responded,
        Deed::MovedOn,
        Deed::Dissented,
        Deed::InterimSet,
        Deed::ProtectBySet,
    ]);
    if own || is_board {
        deeds.push(Deed::Resolved);
    }
    if own {
        deeds.push(Deed::Withdrawn);
    }
    if is_board {
        deeds.extend([Deed::PanelConvened, Deed::Determined, Deed::Diverted]);
    }
    deeds
}

#[derive(Template)]
#[template(path = "step.html")]
struct StepForm {
    page: Page,
    event: String,
    deed: &'static str,
    asks: &'static [Ask],
    answers: Answers,
    faults: Faults,
    outcomes: Vec<Choice>,
    agencies: Vec<Choice>,
    owners: Vec<Choice>,
    grounds: Vec<Choice>,
    extents: Vec<Choice>,
    sources: Vec<Choice>,
    measures: Vec<Choice>,
    stages: Vec<Choice>,
}

impl StepForm {
    fn wants(&self, ask: Ask) -> bool {
        self.asks.contains(&ask)
    }
}

fn deed_of(visit: &Visit, deed: &str) -> Result<(Deed, &'static [Ask]), Problem> {
    let deed = Deed::from_code(deed);
    let asked = deed.and_then(|deed| Some((deed, asks(deed)?)));
    asked.ok_or_else(|| visit.problem(StatusCode::NOT_FOUND))
}

pub(super) async fn ask(
    visit: Visit,
    Path((_, event, deed)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    visit.only(ITEMS)?;
    let (deed, asks) = deed_of(&visit, &deed)?;
    let item = items::get(&visit, &event).await?;
    let mut bytes = [0; 16];
    diogel_identity::content_key::fill_random(&mut bytes).map_err(|e| visit.broken(&e))?;
    let key = Uuid::from_bytes(bytes).to_string();
    let answers = Answers::default().with("key", &key);
    Ok(form(&visit, &item, deed, asks, answers, Faults::default()))
}

fn form(
    visit: &Visit,
    item: &v1::Item,
    deed: Deed,
    asks: &'static [Ask],
    answers: Answers,
    faults: Faults,
) -> Response {
    let language = visit.language();
    let has = |field: &'static str| {
        let answers = &answers;
        move |value: &str| answers.has(field, value)
    };
    let all = visit.console.config.agencies.keys();
    let owners = all.map(|id| Choice {
        value: id.clone(),
        words: visit.agency_name(id),
        chosen: answers.has("owner", id),
    });
    let title = format!(
        "{}: {}",
        deed.label(language),
        words::kind(&item.kind).say(language)
    );
    let template = StepForm {
        event: item.event_id.clone(),
        deed: deed.code(),
        asks,
        outcomes: choices!(EscalationOutcome, language, has("outcome")),
        agencies: super::report::agencies(visit, &answers, "panel"),
        owners: owners.collect(),
        grounds: choices!(ExclusionGround, language, has("ground")),
        extents: choices!(ExclusionExtent, language, has("extent")),
        sources: choices!(CorroborationSource, language, has("source")),
        measures: measures(item, &answers),
        stages: stages(item, &answers),
        page: match answers.0.len() {
            0 | 1 => visit.page(P::ConsoleItems).titled(title),
            _ => visit.page(P::ConsoleItems).titled(title).of(&answers),
        },
        answers,
        faults,
    };
    html(&template)
}

fn measures(item: &v1::Item, answers: &Answers) -> Vec<Choice> {
    let Some(v1::item::Content::SafetyPlan(plan)) = &item.content else {
        return Vec::new();
    };
    let all = plan.measures.iter().enumerate();
    all.map(|(at, measure)| {
        let value = (at + 1).to_string();
        Choice {
            chosen: answers.has("measure", &value),
            words: format!("{value}. {}", measure.what),
            value,
        }
    })
    .collect()
}

/// The stages after the present one.
fn stages(item: &v1::Item, answers: &Answers) -> Vec<Choice> {
    let Some(v1::item::Standing::EscalationNow(now)) = &item.standing else {
        return Vec::new();
    };
    let all = (1..=4_u32).filter(|stage| *stage != now.stage);
    all.map(|stage| Choice {
        value: stage.to_string(),
        words: stage.to_string(),
        chosen: match answers.get("stage") {
            "" => stage == now.stage + 1,
            given => given == stage.to_string(),
        },
    })
    .collect()
}

#[derive(Template)]
#[template(path = "step-taken.html")]
struct Taken {
    page: Page,
    event: String,
    at: String,
}

pub(super) async fn answer(
    visit: Visit,
    Path((_, event, deed)): Path<(String, String, String)>,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    visit.only(ITEMS)?;
    let (deed, asks) = deed_of(&visit, &deed)?;
    let item = items::get(&visit, &event).await?;
    let mut faults = Faults::default();
    let request = request(&visit, &item, deed, asks, &answers, &mut faults);
    if !faults.is_empty() {
        return Ok(form(&visit, &item, deed, asks, answers, faults));
    }
    let publishing = visit.calling().publishing();
    let mut publishing = publishing.ok_or_else(|| visit.problem(StatusCode::FORBIDDEN))?;
    match publishing.publish(request).await {
        Ok(published) => {
            let receipt = published.into_inner().receipt.unwrap_or_default();
            Ok(html(&Taken {
                event,
                at: words::moment(receipt.recorded_at.as_ref(), visit.language()),
                page: visit.page(P::ConsoleStepTaken).of(&answers),
            }))
        }
        Err(status) if status.code() == Code::InvalidArgument => {
            fields::from_service(&mut faults, &status, |path| field(path, asks).to_owned());
            Ok(form(&visit, &item, deed, asks, answers, faults))
        }
        Err(status) => Err(visit.refused(status)),
    }
}

fn request(
    visit: &Visit,
    item: &v1::Item,
    deed: Deed,
    asks: &[Ask],
    answers: &Answers,
    faults: &mut Faults,
) -> v1::PublishRequest {
    let by_protocol = asks.contains(&Ask::Audience);
    let audience = by_protocol.then(|| v1::Audience {
        by_default: true,
        purpose: item.purpose,
        ..v1::Audience::default()
    });
    let step = v1::Step {
        of: Some(v1::Reference {
            hash: item.hash.clone(),
            event: Some(v1::reference::Event::EventId(item.event_id.clone())),
        }),
        deed: deed.number(),
        said: Some(said(visit, item, deed, answers, faults)),
    };
    v1::PublishRequest {
        request_key: answers.get("key").to_owned(),
        audience,
        content: Some(v1::publish_request::Content::Step(step)),
        ..v1::PublishRequest::default()
    }
}

/// What goes with a deed, by what it is taken on.
fn said(
    visit: &Visit,
    item: &v1::Item,
    deed: Deed,
    answers: &Answers,
    faults: &mut Faults,
) -> v1::step::Said {
    use v1::{item::Content as C, step::Said as S};
    let words = answers.get("words").to_owned();
    if matches!(deed, Deed::ObjectionUpheld | Deed::ObjectionNotUpheld) {
        return S::Statement(v1::Statement {
            words,
            ..v1::Statement::default()
        });
    }
    match &item.content {
        Some(C::Incident(_)) => S::Incident(v1::IncidentStep {
            decided_by: match deed {
                Deed::AssessedNoAlert => visit.who.name.clone(),
                _ => String::new(),
            },
            source: (deed == Deed::Corroborated).then(|| v1::Corroboration {
                source: answers.number("source"),
                who: answers.get("source-who").to_owned(),
                agency: visit.who.agency.clone(),
            }),
            police: (deed == Deed::ReportedToPolice).then(|| v1::PoliceReport {
                reference: answers.get("police-reference").to_owned(),
                reported_at: fields::moment(answers, "police", faults, visit.language()),
            }),
            words,
        }),
        Some(C::Escalation(_)) => S::Escalation(escalation_step(visit, answers, faults, words)),
        Some(C::SafetyPlan(_)) => S::Plan(v1::PlanStep {
            measure: answers.get("measure").parse().unwrap_or(0),
            review_on: answers.get("review").to_owned(),
            words,
            told: None,
        }),
        Some(C::Meeting(_)) => S::Meeting(v1::MeetingRecord {
            closing: None,
            exclusion: Some(v1::Exclusion {
                who: answers.get("who").to_owned(),
                ground: answers.number("ground"),
                extent: answers.number("extent"),
                views_heard: answers.get("views").to_owned(),
                reason: answers.get("reason").to_owned(),
            }),
        }),
        _ => S::Alert(v1::AlertStep {
            review_on: answers.get("review").to_owned(),
            told: told(answers),
            senior: !answers.get("senior").is_empty(),
            decided_by: match deed {
                Deed::PersonTold => String::new(),
                _ => visit.who.name.clone(),
            },
            words,
        }),
    }
}

fn told(answers: &Answers) -> Option<v1::PersonTold> {
    let told = v1::PersonTold {
        told_on: answers.get("told-on").to_owned(),
        reason: answers.get("not-told").to_owned(),
    };
    (told != v1::PersonTold::default()).then_some(told)
}

fn escalation_step(
    visit: &Visit,
    answers: &Answers,
    faults: &mut Faults,
    words: String,
) -> v1::EscalationStep {
    let what = answers.get("interim").to_owned();
    v1::EscalationStep {
        words,
        role: answers.get("role").to_owned(),
        stage: answers.get("stage").parse().unwrap_or(0),
        urgent_reason: answers.get("urgent").to_owned(),
        outcome: answers.number("outcome"),
        protect_by: fields::moment(answers, "protect", faults, visit.language()),
        interim_position: (!what.is_empty()).then(|| v1::Measure {
            what,
            owner: answers.get("owner").to_owned(),
            due_on: answers.get("interim-due").to_owned(),
        }),
        panel: answers.all("panel").map(str::to_owned).collect(),
    }
}

/// The field that a service's path means: the last part of it names it, or else the first thing that was asked for.
fn field(path: &str, asks: &[Ask]) -> &'static str {
    let ends = [
        ("told", "told-on"),
        ("review_on", "review"),
        ("outcome", "outcome"),
        ("urgent_reason", "urgent"),
        ("stage", "stage"),
        ("protect_by", "protect-day"),
        ("interim_position", "interim"),
        ("panel", "panel"),
        ("views_heard", "views"),
        ("exclusion.who", "who"),
        ("exclusion.reason", "reason"),
        ("ground", "ground"),
        ("extent", "extent"),
        ("source", "source"),
        ("reported_at", "police-day"),
        ("measure", "measure"),
        ("words", "words"),
    ];
    let found = ends.iter().find(|(part, _)| path.contains(part));
    found.map_or(
        match asks.first() {
            Some(Ask::ReviewOn) => "review",
            Some(Ask::Told) => "told-on",
            Some(Ask::Outcome) => "outcome",
            Some(Ask::Stage) => "stage",
            Some(Ask::Exclusion) => "who",
            Some(Ask::Police) => "police-reference",
            Some(Ask::Source) => "source",
            Some(Ask::Measure) => "measure",
            Some(Ask::Panel) => "panel",
            _ => "words",
        },
        |(_, field)| field,
    )
}
