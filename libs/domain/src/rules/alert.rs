//! Rules for hazard alerts: they rest on threats, violence or animals, name precautions, have a decision-maker and a review date
//! (PRACTICE, sections 3 and 10).

use std::collections::BTreeSet;

use super::{Findings, LONG_TEXT, NAME, SHORT_TEXT, people};
use crate::{
    alert::{AlertDecision, AlertSafety, AlertTarget, HazardAlert, PersonTold},
    people::Place,
    times::Day,
};

/// A review lies at most so many months ahead.
const LONGEST_REVIEW_MONTHS: u32 = 12;
/// A proposal whose review is further back than this is a slip of the date, in days.
const LONGEST_UNDECIDED_DAYS: i32 = 366;
/// Members that a household's alert lists.
const MEMBERS: usize = 12;

pub(super) fn check(found: &mut Findings<'_>, at: &str, alert: &HazardAlert) {
    people::check(found, at, &alert.people, &alert.places);
    match &alert.safety {
        Some(safety) => check_safety(found, at, safety, alert),
        None => found.add(
            format!("{at}.safety"),
            "is required: threats, precautions, review date",
        ),
    }
    if let Some(narrative) = &alert.narrative {
        found.text(
            &format!("{at}.narrative.grounds"),
            &narrative.grounds,
            LONG_TEXT,
        );
        found.text(
            &format!("{at}.narrative.what_has_worked"),
            &narrative.what_has_worked,
            LONG_TEXT,
        );
    }
    if let Some(reporter) = &alert.reporter {
        found.text(&format!("{at}.reporter.who"), reporter, NAME);
    }
}

fn check_safety(found: &mut Findings<'_>, at: &str, safety: &AlertSafety, alert: &HazardAlert) {
    let field = format!("{at}.safety");
    found.unless(
        !safety.threats.is_empty(),
        format!("{field}.threats"),
        "needs at least one form of threat",
    );
    let none = safety.precautions.is_empty();
    found.unless(
        !none,
        format!("{field}.precautions"),
        "needs at least one precaution: what to do",
    );
    found.precautions(
        &format!("{field}.precautions"),
        &safety.precautions,
        &alert.people,
    );
    check_review(found, &format!("{field}.review_on"), safety);
    check_target(found, &format!("{at}.target"), &safety.target, alert);
    if let Some(decision) = &safety.decision {
        check_decision(found, &format!("{field}.decision"), decision);
        let fits = decision.senior || !targets_a_child(safety, alert, found.setting.now.day());
        found.unless(
            fits,
            format!("{field}.decision.senior"),
            "a person under 18 as target needs a senior approver",
        );
    }
    check_told(found, &format!("{field}.told"), safety);
}

/// Whoever an alert in force is about was told, or it is recorded why not. A proposal comes before anybody is told.
fn check_told(found: &mut Findings<'_>, at: &str, safety: &AlertSafety) {
    match &safety.told {
        Some(PersonTold::On(day)) => {
            let today = found.setting.now.day();
            found.unless(
                *day <= today,
                format!("{at}.told_on"),
                "lies in the future; leave it out and say why in `reason`",
            );
        }
        Some(PersonTold::Not(reason)) => {
            let field = format!("{at}.reason");
            found.text(&field, reason, SHORT_TEXT);
            found.required(&field, reason, "say why the person was not told");
        }
        None => {
            let needed =
                safety.decision.is_some() && matches!(safety.target, AlertTarget::Person(_));
            found.unless(
                !needed,
                at,
                "is required once an alert about a person is decided: when they were told, or why not",
            );
        }
    }
}

/// Counted from the decision: an agency that joins brings alerts along whose review is due, and they show as stale.
fn check_review(found: &mut Findings<'_>, field: &str, safety: &AlertSafety) {
    let today = found.setting.now.day();
    let decided = safety.decision.as_ref().map(|d| d.decided_at.day());
    let earliest = decided.unwrap_or_else(|| today.plus_days(-LONGEST_UNDECIDED_DAYS));
    let latest = decided.unwrap_or(today).plus_months(LONGEST_REVIEW_MONTHS);
    found.unless(
        safety.review_on > earliest,
        field,
        "lies before the decision; check both dates",
    );
    found.unless(
        safety.review_on <= latest,
        field,
        "lies more than 12 months after the decision; review it sooner",
    );
}

fn check_decision(found: &mut Findings<'_>, at: &str, decision: &AlertDecision) {
    for (name, text) in [
        ("decided_by", &decision.decided_by),
        ("proposed_by", &decision.proposed_by),
    ] {
        found.text(&format!("{at}.{name}"), text, NAME);
        found.required(&format!("{at}.{name}"), text, "name the person's role");
    }
    let same =
        decision.decided_by.trim().to_lowercase() == decision.proposed_by.trim().to_lowercase();
    found.unless(
        !same,
        format!("{at}.decided_by"),
        "must be somebody other than `proposed_by`",
    );
    found.not_future(&format!("{at}.decided_at"), decision.decided_at);
}

fn check_target(found: &mut Findings<'_>, at: &str, target: &AlertTarget, alert: &HazardAlert) {
    match target {
        AlertTarget::Person(label) => {
            found.person_label(&format!("{at}.person"), label, &alert.people);
        }
        AlertTarget::Premises(label) => {
            premises(found, &format!("{at}.premises"), label, &alert.places);
        }
        AlertTarget::Household { place, members } => {
            premises(
                found,
                &format!("{at}.household.place"),
                place,
                &alert.places,
            );
            check_members(found, &format!("{at}.household.members"), members, alert);
        }
        AlertTarget::Animal {
            description,
            place,
            keeper,
        } => {
            let field = format!("{at}.animal.description");
            found.text(&field, description, NAME);
            found.required(&field, description, "say what animal it is");
            found.unless(
                place.is_some() || keeper.is_some(),
                format!("{at}.animal"),
                "needs `place` or `keeper`, or nobody finds it",
            );
            if let Some(label) = place {
                found.place_label(&format!("{at}.animal.place"), label, &alert.places);
            }
            if let Some(label) = keeper {
                found.person_label(&format!("{at}.animal.keeper"), label, &alert.people);
            }
        }
    }
}

fn check_members(found: &mut Findings<'_>, at: &str, members: &[String], alert: &HazardAlert) {
    found.count(at, members.len(), MEMBERS);
    let mut seen = BTreeSet::new();
    for (i, member) in members.iter().enumerate() {
        let field = format!("{at}[{i}]");
        found.person_label(&field, member, &alert.people);
        found.unless(
            seen.insert(member),
            field,
            "is listed twice; list each member once",
        );
    }
}

fn premises(found: &mut Findings<'_>, field: &str, label: &str, places: &[Place]) {
    found.place_label(field, label, places);
    let place = places.iter().find(|p| p.label == label);
    let has_uprn = place.is_some_and(|p| p.details.as_ref().is_some_and(|d| d.uprn.is_some()));
    found.unless(
        has_uprn,
        field,
        "needs a place with a UPRN, or nobody who checks the address finds it",
    );
}

pub(super) fn targets_a_child(safety: &AlertSafety, alert: &HazardAlert, today: Day) -> bool {
    let AlertTarget::Person(label) = &safety.target else {
        return false;
    };
    let person = alert.people.iter().find(|p| p.label == *label);
    person.is_some_and(|p| p.is_under_18(today))
}
