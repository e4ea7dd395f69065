//! Alerts that say something else in given groups.

use diogel_domain::{
    alert::{AlertSafety, HazardAlert},
    codes::{AlertStatus, Severity, ThreatForm},
    incident::LocalCode,
    times::Day,
};
use diogel_sharing::groups::{FieldGroup, Groups};

use super::contents::{people, places, words};
use crate::given::random::Dice;

pub fn alert(said: &mut HazardAlert, groups: Groups, dice: &mut Dice) {
    people(&mut said.people, groups, dice);
    places(&mut said.places, groups, dice);
    if let Some(safety) = &mut said.safety {
        self::safety(safety, groups, dice);
    }
    if groups.has(FieldGroup::Narrative)
        && let Some(narrative) = &mut said.narrative
    {
        narrative.grounds = words(dice);
        narrative.what_has_worked = words(dice);
    }
    if groups.has(FieldGroup::Reporter) {
        said.reporter = Some(words(dice));
    }
    if groups.has(FieldGroup::Existence) && groups.has(FieldGroup::Precautions) {
        said.status = match said.status {
            AlertStatus::Actual => AlertStatus::Exercise,
            AlertStatus::Exercise | AlertStatus::Test => AlertStatus::Actual,
        };
    }
}

/// What a visitor needs is the precautions' as well.
fn safety(said: &mut AlertSafety, groups: Groups, dice: &mut Dice) {
    if groups.has(FieldGroup::Criminal) {
        said.local_codes = vec![LocalCode {
            list: "police".to_owned(),
            code: "7".to_owned(),
        }];
    }
    if groups.has(FieldGroup::Worker)
        && let Some(decision) = &mut said.decision
    {
        decision.decided_by = words(dice);
        decision.proposed_by = words(dice);
    }
    if groups.has(FieldGroup::Safety) {
        said.threats = vec![ThreatForm::Swearing];
        said.severity = Severity::Extreme;
    }
    if groups.has(FieldGroup::Safety) && groups.has(FieldGroup::Precautions) {
        said.precautions.clear();
        said.review_on = Day::parse("2026-07-01").unwrap();
        said.decision = said.decision.take().filter(|_| dice.roll(2) == 0);
    }
}
