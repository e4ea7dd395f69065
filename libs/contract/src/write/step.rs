//! Steps of lifecycles to the wire. What a step is taken on stands in the header: whoever answers a reader adds it.

use diogel_domain::step::{
    AlertStep, ChangeStep, Closing, EscalationStep, Exclusion, IncidentStep, MeetingRecord,
    PlanStep, Step, StepSaid,
};

use super::{
    content::{corroboration, day, measure, names, person_told},
    records::family_told,
    timestamp,
};
use crate::v1::{self, step::Said as Wire};

/// A step.
pub fn step(step: &Step) -> v1::Step {
    v1::Step {
        of: None,
        deed: step.deed.map_or(0, diogel_domain::codes::Deed::number),
        said: said(&step.said),
    }
}

/// A part that isn't there looks the same whether it was taken away or never said.
fn said(said: &StepSaid) -> Option<Wire> {
    match said {
        StepSaid::Alert(said) => Some(Wire::Alert(alert(said))),
        StepSaid::Incident(said) => Some(Wire::Incident(incident(said))),
        StepSaid::Escalation(said) => said.as_ref().map(|s| Wire::Escalation(escalation(s))),
        StepSaid::Plan(said) => said.as_ref().map(|s| Wire::Plan(plan(s))),
        StepSaid::Change(said) => said.as_ref().map(|s| Wire::Change(change(s))),
        StepSaid::Meeting(said) => Some(Wire::Meeting(meeting(said))),
        StepSaid::Information(said) => said.as_ref().map(|s| {
            Wire::Information(v1::InformationStep {
                words: s.words.clone(),
                role: s.role.clone(),
            })
        }),
        StepSaid::Statement(said) => said.as_ref().map(|s| {
            Wire::Statement(v1::Statement {
                person: s.person.clone(),
                words: s.words.clone(),
            })
        }),
    }
}

fn alert(said: &AlertStep) -> v1::AlertStep {
    v1::AlertStep {
        review_on: day(said.review_on),
        told: said.told.as_ref().map(person_told),
        senior: said.senior,
        decided_by: said.decided_by.clone(),
        words: said.words.clone(),
    }
}

fn incident(said: &IncidentStep) -> v1::IncidentStep {
    v1::IncidentStep {
        words: said.words.clone(),
        source: said.source.as_ref().map(corroboration),
        decided_by: said.decided_by.clone(),
        police: said.police.as_ref().map(|police| v1::PoliceReport {
            reference: police.reference.clone(),
            reported_at: Some(timestamp(police.reported_at)),
        }),
    }
}

fn escalation(said: &EscalationStep) -> v1::EscalationStep {
    v1::EscalationStep {
        words: said.words.clone(),
        role: said.role.clone(),
        stage: u32::from(said.stage),
        urgent_reason: said.urgent_reason.clone(),
        outcome: said
            .outcome
            .map_or(0, diogel_domain::codes::EscalationOutcome::number),
        protect_by: said.protect_by.map(timestamp),
        interim_position: said.interim_position.as_ref().map(measure),
        panel: names(&said.panel),
    }
}

fn plan(said: &PlanStep) -> v1::PlanStep {
    v1::PlanStep {
        measure: u32::from(said.measure),
        review_on: day(said.review_on),
        words: said.words.clone(),
        told: said.told.as_ref().map(family_told),
    }
}

fn change(said: &ChangeStep) -> v1::ChangeStep {
    v1::ChangeStep {
        words: said.words.clone(),
        source: said.source.as_ref().map(corroboration),
        on: day(said.on),
    }
}

fn meeting(said: &MeetingRecord) -> v1::MeetingRecord {
    v1::MeetingRecord {
        closing: said.closing.as_ref().map(closing),
        exclusion: said.exclusion.as_ref().map(exclusion),
    }
}

fn closing(closing: &Closing) -> v1::Closing {
    v1::Closing {
        invited: names(&closing.invited),
        attended: names(&closing.attended),
        reported: names(&closing.reported),
        enough_information: answer(closing.enough_information),
        plan_effective: answer(closing.plan_effective),
        next: closing.next.as_ref().map(|next| v1::NextAction {
            what: next.what.number(),
            owner: next.owner.to_string(),
            by: next.by.to_string(),
        }),
        told: closing.told.iter().map(family_told).collect(),
        decided: closing.decided.clone(),
    }
}

const fn answer(answer: Option<bool>) -> i32 {
    match answer {
        None => v1::Answer::Unspecified as i32,
        Some(true) => v1::Answer::Yes as i32,
        Some(false) => v1::Answer::No as i32,
    }
}

fn exclusion(exclusion: &Exclusion) -> v1::Exclusion {
    v1::Exclusion {
        who: exclusion.who.clone(),
        ground: exclusion.ground.number(),
        extent: exclusion.extent.number(),
        views_heard: exclusion.views_heard.clone(),
        reason: exclusion.reason.clone(),
    }
}
