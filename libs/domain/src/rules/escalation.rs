//! Rules for escalations (CRISP): in scope, between at least two agencies, with a stage that is explained.

use std::collections::BTreeSet;

use super::{Findings, LONG_TEXT, MEDIUM_TEXT, NAME, people};
use crate::{
    codes::Language,
    escalation::{Dispute, Escalation},
};

pub(super) fn check(found: &mut Findings<'_>, at: &str, escalation: &Escalation) {
    people::check(found, at, &escalation.people, &[]);
    match &escalation.dispute {
        Some(dispute) => check_dispute(found, &format!("{at}.dispute"), dispute),
        None => found.add(
            format!("{at}.dispute"),
            "is required: topic, stage, parties, disagreement",
        ),
    }
    if let Some(reporter) = &escalation.reporter {
        found.text(&format!("{at}.reporter.who"), reporter, NAME);
    }
}

fn check_dispute(found: &mut Findings<'_>, at: &str, dispute: &Dispute) {
    let policy = found.setting.policy;
    if let Some(door) = policy.diverts(dispute.topic, Language::English) {
        found.add(format!("{at}.topic"), format!("is outside CRISP; take it to {door}. Publish concern for a child's or adult's safety as an incident"));
    }
    found.unless(
        policy.stage(dispute.stage).is_some(),
        format!("{at}.stage"),
        "must be a stage of the Board's policy, counted from 1",
    );
    found.text(
        &format!("{at}.urgent_reason"),
        &dispute.urgent_reason,
        MEDIUM_TEXT,
    );
    if dispute.stage > 1 {
        let way_out = "entering above stage 1 needs the imminent risk, in words";
        found.required(
            &format!("{at}.urgent_reason"),
            &dispute.urgent_reason,
            way_out,
        );
    }
    check_parties(found, &format!("{at}.parties"), dispute);
    for (name, text) in [
        ("disagreement", &dispute.disagreement),
        ("sought", &dispute.sought),
    ] {
        found.text(&format!("{at}.{name}"), text, LONG_TEXT);
    }
    found.required(
        &format!("{at}.disagreement"),
        &dispute.disagreement,
        "write the disagreement",
    );
    if let Some(measure) = &dispute.interim_position {
        let field = format!("{at}.interim_position");
        found.measure(&field, measure);
        found.unless(
            measure.owner.is_some(),
            format!("{field}.owner"),
            "is required: the agency that keeps somebody safe meanwhile",
        );
    }
}

fn check_parties(found: &mut Findings<'_>, at: &str, dispute: &Dispute) {
    let each: BTreeSet<_> = dispute.parties.iter().collect();
    found.unless(each.len() >= 2, at, "needs at least two agencies");
    found.unless(
        each.len() == dispute.parties.len(),
        at,
        "names an agency twice; name each once",
    );
    found.count(at, dispute.parties.len(), 12);
    let raiser = dispute.parties.contains(found.setting.originator);
    found.unless(raiser, at, "must include your own agency");
    for (i, party) in dispute.parties.iter().enumerate() {
        found.known_agency(&format!("{at}[{i}]"), party);
    }
}
