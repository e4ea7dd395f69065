//! Incident reports that say something else in given groups. What was never filled in may be filled in now: where it isn't
//! permitted, that looks the same.

use diogel_domain::{
    codes::{Cause, Harm, ThreatForm},
    incident::{
        Account, CriminalMatters, HealthContext, IncidentReport, IncidentSafety, LocalCode, Measure,
    },
};
use diogel_sharing::groups::{FieldGroup, Groups};

use super::contents::{people, places, words};
use crate::given::random::Dice;

pub fn incident(report: &mut IncidentReport, groups: Groups, dice: &mut Dice) {
    people(&mut report.people, groups, dice);
    places(&mut report.places, groups, dice);
    safety(report, groups);
    told(report, groups, dice);
    for group in groups.iter() {
        match group {
            FieldGroup::Worker => report.worker = Some(words(dice)),
            FieldGroup::Reporter => report.reporter = Some(words(dice)),
            FieldGroup::Voice => report.voice.push(Account {
                person: "p1".to_owned(),
                words: words(dice),
                safe_to_say: true,
            }),
            FieldGroup::Health => report.health = Some(health(dice)),
            FieldGroup::Criminal => report.criminal = Some(criminal(dice)),
            FieldGroup::Plan => report.plan.push(Measure {
                what: words(dice),
                owner: None,
                due_on: None,
            }),
            FieldGroup::Existence
            | FieldGroup::Safety
            | FieldGroup::Identity
            | FieldGroup::Narrative
            | FieldGroup::Place
            | FieldGroup::Dispute
            | FieldGroup::Precautions
            | FieldGroup::Topic => {}
        }
    }
}

/// What a visitor needs is the precautions' as well.
fn safety(report: &mut IncidentReport, groups: Groups) {
    let Some(safety) = &mut report.safety else {
        return;
    };
    if groups.has(FieldGroup::Criminal) {
        safety.local_codes = vec![LocalCode {
            list: "police".to_owned(),
            code: "7".to_owned(),
        }];
    }
    if groups.has(FieldGroup::Safety) {
        *safety = IncidentSafety {
            threats: vec![ThreatForm::Assault],
            harm: Harm::None,
            prevents_task: true,
            ..safety.clone()
        };
    }
    if groups.has(FieldGroup::Safety) && groups.has(FieldGroup::Precautions) {
        safety.danger_at_once = !safety.danger_at_once;
        safety.provisional_precautions.clear();
    }
}

fn told(report: &mut IncidentReport, groups: Groups, dice: &mut Dice) {
    if !groups.has(FieldGroup::Narrative) {
        return;
    }
    if dice.roll(4) == 0 {
        report.narrative = None;
    } else if let Some(narrative) = &mut report.narrative {
        narrative.what_happened = words(dice);
        narrative.worries = words(dice);
    }
}

fn health(dice: &mut Dice) -> HealthContext {
    HealthContext {
        causes: vec![Cause::Fear],
        note: words(dice),
    }
}

fn criminal(dice: &mut Dice) -> CriminalMatters {
    CriminalMatters {
        grade: Some((1, 'B')),
        reported_to_police: None,
        reason: words(dice),
        police_reference: words(dice),
        reported_at: None,
    }
}
