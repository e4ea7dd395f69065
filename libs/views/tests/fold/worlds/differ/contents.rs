//! Content that says something else in given groups, and in no other: field by field, as `libs/contract/tests/groups.txt` has them.

use diogel_domain::{
    content::Content,
    correction::{Correction, Replacement},
    escalation::{Dispute, Escalation},
    meeting::Meeting,
    people::{Person, Place},
    step::StepSaid,
    times::{Day, Moment},
};
use diogel_sharing::groups::{FieldGroup, Groups};

use super::{alerts::alert, incidents::incident};
use crate::given::{
    content::place,
    random::{Dice, UPRNS, person},
};

/// Says something else in these groups.
pub fn said_otherwise(content: &mut Content, groups: Groups, dice: &mut Dice) {
    let told = groups.has(FieldGroup::Narrative);
    match content {
        Content::Incident(report) => incident(report, groups, dice),
        Content::HazardAlert(said) => alert(said, groups, dice),
        Content::Escalation(said) => escalation(said, groups, dice),
        Content::Correction(said) => correction(said, groups, dice),
        Content::Involvement(claim) => people(&mut claim.people, groups, dice),
        Content::Meeting(said, _) => meeting(said, groups, dice),
        Content::AccessRequest(said) if told => said.reason = words(dice),
        Content::SharingDecision(said) if told => said.reason = words(dice),
        Content::EmergencyDisclosure(said) if told => said.reason = words(dice),
        Content::SafetyPlan(plan) => {
            people(&mut plan.people, groups, dice);
            if told {
                plan.worries = words(dice);
            }
        }
        Content::Contact(note) => {
            people(&mut note.people, groups, dice);
            if told {
                note.note = words(dice);
            }
        }
        Content::EngagementNeeds(given) => people(&mut given.people, groups, dice),
        Content::Advocacy(given) => people(&mut given.people, groups, dice),
        Content::ChangeClaimed(claimed) => people(&mut claimed.people, groups, dice),
        Content::Strength(noted) => {
            people(&mut noted.people, groups, dice);
            if groups.has(FieldGroup::Plan)
                && let Some(strength) = &mut noted.strength
            {
                strength.what = words(dice);
            }
        }
        Content::InformationRequest(request) => {
            people(&mut request.people, groups, dice);
            if groups.has(FieldGroup::Plan)
                && let Some(sought) = &mut request.sought
            {
                sought.what = words(dice);
            }
        }
        Content::Step(step) => said_in_step(&mut step.said, groups, dice),
        Content::AccessRequest(_)
        | Content::SharingDecision(_)
        | Content::EmergencyDisclosure(_) => {}
    }
}

fn said_in_step(said: &mut StepSaid, groups: Groups, dice: &mut Dice) {
    let told = groups.has(FieldGroup::Narrative);
    match said {
        StepSaid::Alert(said) => {
            if told {
                said.words = words(dice);
            }
            if groups.has(FieldGroup::Worker) {
                said.decided_by = words(dice);
            }
            if groups.has(FieldGroup::Safety) {
                said.review_on = Day::parse("2026-08-01");
            }
        }
        StepSaid::Incident(said) if told => said.words = words(dice),
        StepSaid::Statement(Some(said)) if told => said.words = words(dice),
        StepSaid::Escalation(Some(said)) if groups.has(FieldGroup::Dispute) => {
            said.words = words(dice);
        }
        StepSaid::Plan(Some(said)) if groups.has(FieldGroup::Plan) => said.words = words(dice),
        StepSaid::Change(Some(said)) if groups.has(FieldGroup::Plan) => said.words = words(dice),
        StepSaid::Information(Some(said)) if groups.has(FieldGroup::Plan) => {
            said.words = words(dice);
        }
        _ => {}
    }
}

fn escalation(said: &mut Escalation, groups: Groups, dice: &mut Dice) {
    people(&mut said.people, groups, dice);
    if groups.has(FieldGroup::Dispute)
        && let Some(dispute) = &mut said.dispute
    {
        let topic = groups.has(FieldGroup::Topic);
        *dispute = Dispute {
            stage: if topic { 2 } else { dispute.stage },
            disagreement: words(dice),
            parties: Vec::new(),
            ..dispute.clone()
        };
    }
    if groups.has(FieldGroup::Reporter) {
        said.reporter = Some(words(dice));
    }
}

fn correction(said: &mut Correction, groups: Groups, dice: &mut Dice) {
    if groups.has(FieldGroup::Narrative) {
        said.reason = words(dice);
    }
    match &mut said.replacement {
        Some(Replacement::Incident(report)) => incident(report, groups, dice),
        Some(Replacement::HazardAlert(said)) => alert(said, groups, dice),
        Some(Replacement::Escalation(said)) => escalation(said, groups, dice),
        None => {}
    }
}

fn meeting(said: &mut Meeting, groups: Groups, dice: &mut Dice) {
    people(&mut said.people, groups, dice);
    places(&mut said.places, groups, dice);
    if groups.has(FieldGroup::Narrative) {
        said.occasion = words(dice);
    }
    if groups.has(FieldGroup::Safety) {
        said.held_at = Some(Moment(0));
    }
}

/// Other people behind the same labels, who may be those of other events; or nobody.
pub fn people(people: &mut [Person], groups: Groups, dice: &mut Dice) {
    let people = people
        .iter_mut()
        .filter(|_| groups.has(FieldGroup::Identity));
    for known in people {
        known.identity = person(dice, "p1").identity.filter(|_| dice.roll(5) > 0);
    }
}

/// Other places behind the same labels, or none.
pub fn places(places: &mut [Place], groups: Groups, dice: &mut Dice) {
    let places = places.iter_mut().filter(|_| groups.has(FieldGroup::Place));
    for known in places {
        let other = place("l1", UPRNS[dice.roll(UPRNS.len())]).details;
        known.details = other.filter(|_| dice.roll(4) > 0);
    }
}

/// Of any length: nothing may be measured by it either.
pub fn words(dice: &mut Dice) -> String {
    "something else ".repeat(1 + dice.roll(4))
}
