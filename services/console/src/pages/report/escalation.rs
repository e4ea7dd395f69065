//! A professional disagreement to escalate (CRISP). Its parties and the Board see it, and nobody else.

use askama::Template;
use axum::response::Response;
use diogel_contract::v1;
use diogel_texts::console::Phrase as P;

use super::{Filling, Kind, audience, fields};
use crate::{
    answers::{Answers, Faults},
    page::{Page, Visit, html},
    pages::words::{Choice, choices},
};

#[derive(Template)]
#[template(path = "report-escalation.html")]
struct Form {
    page: Page,
    answers: Answers,
    faults: Faults,
    about: Option<String>,
    topics: Vec<Choice>,
    stages: Vec<Choice>,
    parties: Vec<Choice>,
}

pub(super) fn form(visit: &Visit, form: Filling) -> Response {
    let language = visit.language();
    let Filling {
        answers,
        faults,
        on,
    } = form;
    let chosen = |value: &str| answers.has("topic", value);
    let stages = (1..=4).map(|stage: u32| Choice {
        value: stage.to_string(),
        words: stage.to_string(),
        chosen: match answers.get("stage") {
            "" => stage == 1,
            given => given == stage.to_string(),
        },
    });
    let template = Form {
        about: on.map(|on| on.event_id),
        topics: choices!(EscalationTopic, language, chosen),
        stages: stages.collect(),
        parties: audience::agencies(visit, &answers, "parties"),
        page: visit.page(Kind::Escalation.title()),
        answers,
        faults,
    };
    html(&template)
}

pub(super) fn draft(visit: &Visit, form: &mut Filling) -> v1::PublishRequest {
    let concerns = form.on.as_ref().map(|on| v1::Reference {
        hash: on.hash.clone(),
        event: Some(v1::reference::Event::EventId(on.event_id.clone())),
    });
    let Filling {
        answers, faults, ..
    } = form;
    let protect_by = fields::moment(answers, "protect", faults, visit.language());
    let person = fields::person(answers, "", "p1", v1::PersonRole::ChildAtRisk, visit);
    let others: Vec<String> = answers.all("parties").map(str::to_owned).collect();
    for (field, missing, words) in [
        ("topic", answers.number("topic") == 0, P::ConsoleTopicNeeded),
        ("parties", others.is_empty(), P::ConsolePartiesNeeded),
        (
            "disagreement",
            answers.get("disagreement").is_empty(),
            P::ConsoleDisagreementNeeded,
        ),
    ] {
        if missing {
            faults.add(field, visit.t(words));
        }
    }
    let parties: Vec<String> = [visit.who.agency.clone()]
        .into_iter()
        .chain(others)
        .collect();
    let grants = parties.iter().filter(|party| **party != visit.who.agency);
    let grants = grants.map(|party| v1::Grant {
        to: Some(v1::grant::To::Agency(party.clone())),
        groups: Vec::new(),
    });
    let audience = v1::Audience {
        grants: grants.collect(),
        purpose: v1::Purpose::DisputeResolution as i32,
        lawful_basis: v1::LawfulBasis::PublicTask as i32,
        ..v1::Audience::default()
    };
    let dispute = v1::Dispute {
        topic: answers.number("topic"),
        stage: answers.get("stage").parse().unwrap_or(1),
        urgent_reason: answers.get("urgent").to_owned(),
        parties,
        disagreement: answers.get("disagreement").to_owned(),
        sought: answers.get("sought").to_owned(),
        protect_by,
        interim_position: None,
    };
    let escalation = v1::Escalation {
        people: person.into_iter().collect(),
        dispute: Some(dispute),
        concerns: concerns.into_iter().collect(),
        ..v1::Escalation::default()
    };
    v1::PublishRequest {
        request_key: answers.get("key").to_owned(),
        audience: Some(audience),
        content: Some(v1::publish_request::Content::Escalation(escalation)),
        ..v1::PublishRequest::default()
    }
}

pub(super) fn field(path: &str) -> &'static str {
    let begins = [
        ("escalation.people", "nhs"),
        ("escalation.dispute.topic", "topic"),
        ("escalation.dispute.stage", "stage"),
        ("escalation.dispute.urgent", "urgent"),
        ("escalation.dispute.parties", "parties"),
        ("escalation.dispute.protect", "protect-day"),
        ("escalation.dispute", "disagreement"),
        ("audience", "parties"),
    ];
    let found = begins.iter().find(|(start, _)| path.contains(start));
    found.map_or("disagreement", |(_, field)| field)
}
