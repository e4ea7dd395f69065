//! Taking a step on an item: approving an alert, answering a disagreement or a request, closing a meeting. Owns the form; whether a step
//! counts, the fold says.

mod asks;
mod said;

use askama::Template;
use axum::{Form, extract::Path, http::StatusCode, response::Response};
use diogel_contract::v1;
use diogel_domain::codes::Deed;
use diogel_texts::console::Phrase as P;
use tonic::Code;

pub(super) use asks::open_to;

use asks::{Ask, asks};

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
    closing: Closing,
}

/// What the end of a meeting asks.
struct Closing {
    attended: Vec<Choice>,
    reported: Vec<Choice>,
    enough: Vec<Choice>,
    effective: Vec<Choice>,
    next: Vec<Choice>,
}

impl StepForm {
    fn wants(&self, ask: Ask) -> bool {
        self.asks.contains(&ask)
    }
}

fn deed_of(visit: &Visit, deed: &str) -> Result<(Deed, &'static [Ask]), Problem> {
    let deed = Deed::from_code(deed).ok_or_else(|| visit.problem(StatusCode::NOT_FOUND))?;
    Ok((deed, asks(deed)))
}

pub(super) async fn ask(
    visit: Visit,
    Path((_, event, deed)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    visit.only(ITEMS)?;
    let (deed, asks) = deed_of(&visit, &deed)?;
    let item = items::get(&visit, &event).await?;
    let answers = Answers::default().with("key", &visit.fresh_key()?);
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
        capital(deed.label(language)),
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
        closing: closing(visit, item, &answers),
        page: match answers.0.len() {
            0 | 1 => visit.page(P::ConsoleItems).titled(title),
            _ => visit.page(P::ConsoleItems).titled(title).of(&answers),
        },
        answers,
        faults,
    };
    html(&template)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn closing(visit: &Visit, item: &v1::Item, answers: &Answers) -> Closing {
    let language = visit.language();
    // Whoever was to attend has attended, unless the chair says otherwise.
    let fresh = answers.0.len() <= 1;
    let attending: &[String] = match &item.content {
        Some(v1::item::Content::Meeting(meeting)) if fresh => &meeting.attending,
        _ => &[],
    };
    let mut attended = super::report::agencies(visit, answers, "attended");
    for choice in &mut attended {
        choice.chosen |= attending.contains(&choice.value);
    }
    let yes_or_no = |field: &str| {
        let all = [
            (v1::Answer::Yes, P::ConsoleYes),
            (v1::Answer::No, P::ConsoleNo),
        ];
        let choice = |(answer, phrase): (v1::Answer, P)| {
            let value = (answer as i32).to_string();
            Choice {
                chosen: answers.has(field, &value),
                words: phrase.say(language).to_owned(),
                value,
            }
        };
        all.map(choice).into()
    };
    Closing {
        attended,
        reported: super::report::agencies(visit, answers, "reported"),
        enough: yes_or_no("enough"),
        effective: yes_or_no("effective"),
        next: choices!(CloseAction, language, |value: &str| answers
            .has("next", value)),
    }
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
    let request = request(&visit, &item, deed, &answers, &mut faults);
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
    answers: &Answers,
    faults: &mut Faults,
) -> v1::PublishRequest {
    let own = item.originator == visit.who.agency;
    let step = v1::Step {
        of: Some(v1::Reference {
            hash: item.hash.clone(),
            event: Some(v1::reference::Event::EventId(item.event_id.clone())),
        }),
        deed: deed.number(),
        said: Some(said::said(visit, item, deed, answers, faults)),
    };
    v1::PublishRequest {
        request_key: answers.get("key").to_owned(),
        audience: said::audience(item, deed, own),
        content: Some(v1::publish_request::Content::Step(step)),
        ..v1::PublishRequest::default()
    }
}

/// The field that a service's path means: the last part of it names it, or else the first thing that was asked for.
fn field(path: &str, asks: &[Ask]) -> &'static str {
    let ends = [
        ("step.plan.told", "family-who"),
        ("closing.told", "family-who"),
        ("closing.enough", "enough"),
        ("closing.plan_effective", "effective"),
        ("closing.next.owner", "owner"),
        ("closing.next.by", "next-by"),
        ("closing.next", "next"),
        ("closing.attended", "attended"),
        ("closing.reported", "reported"),
        ("closing", "decided"),
        ("change.on", "since"),
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
            Some(Ask::Closing) => "enough",
            Some(Ask::Family) => "family-who",
            _ => "words",
        },
        |(_, field)| field,
    )
}
