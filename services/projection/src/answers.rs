//! What was seen through a permit, to the wire. Nothing here has another way to content.

use diogel_contract::{hexadecimal, v1, write};
use diogel_domain::{
    alert::HazardAlert,
    content::{Content, ReferenceRole},
    correction::Replacement,
    escalation::Escalation,
    ids::EventId,
    times::Moment,
};
use diogel_sharing::groups::FieldGroup;
use diogel_views::{
    Seen,
    check::{Finding, Standing},
    rows::ItemState,
};

/// Recorded further away than this from when it was ordered is flagged, in microseconds.
const SKEW: i64 = 120 * Moment::SECOND;

pub(crate) fn item(seen: &Seen) -> v1::Item {
    let item = &seen.item;
    let audience = item.audience.as_ref();
    v1::Item {
        event_id: item.event_id.to_string(),
        originator: item.originator.to_string(),
        kind: seen.matter().map_or_else(String::new, |m| m.code().into()),
        groups: seen
            .permit
            .groups()
            .iter()
            .map(FieldGroup::number)
            .collect(),
        recorded_at: Some(write::timestamp(item.recorded_at)),
        ordered_at: Some(write::timestamp(item.ordered_at)),
        state: state(item.state) as i32,
        purpose: audience
            .and_then(|a| a.purpose)
            .map_or(0, diogel_domain::codes::Purpose::number),
        lawful_basis: audience
            .and_then(|a| a.lawful_basis)
            .map_or(0, diogel_domain::codes::LawfulBasis::number),
        family: audience.map_or(0, |a| a.family.number()),
        handling: audience.map_or(0, |a| a.handling.number()),
        citation: seen
            .permit
            .citation()
            .map_or_else(String::new, ToString::to_string),
        hash: hexadecimal::write(&item.hash),
        clock_skew: (item.recorded_at.0 - item.ordered_at.0).abs() > SKEW,
        content: seen.disclosed.as_ref().map(|d| content(seen, d.content())),
        key_withdrawn: seen.doubtful,
    }
}

/// Of an item that the reader held and doesn't see any more.
pub(crate) fn retraction(event_id: EventId, now: ItemState) -> v1::Retraction {
    v1::Retraction {
        event_id: event_id.to_string(),
        state: state(now) as i32,
    }
}

/// The item's references of one role, as far as the reader sees what they name.
fn references(seen: &Seen, role: ReferenceRole) -> impl Iterator<Item = v1::Reference> {
    let of_role = seen.item.references.iter().filter(move |r| r.role == role);
    of_role.map(|r| v1::Reference {
        event: Some(v1::reference::Event::EventId(r.event_id.to_string())),
    })
}

fn alert(seen: &Seen, alert: &HazardAlert) -> v1::HazardAlert {
    v1::HazardAlert {
        rests_on: references(seen, ReferenceRole::RestsOn).collect(),
        supersedes: references(seen, ReferenceRole::Supersedes).next(),
        ..write::alert(alert)
    }
}

fn escalation(seen: &Seen, escalation: &Escalation) -> v1::Escalation {
    v1::Escalation {
        concerns: references(seen, ReferenceRole::Concerns).collect(),
        ..write::escalation(escalation)
    }
}

/// A correction shows as what now stands: an incident, an alert, an escalation.
fn content(seen: &Seen, content: &Content) -> v1::item::Content {
    match content {
        Content::Incident(report) => v1::item::Content::Incident(write::incident(report)),
        Content::HazardAlert(alert) => v1::item::Content::HazardAlert(self::alert(seen, alert)),
        Content::Escalation(e) => v1::item::Content::Escalation(escalation(seen, e)),
        Content::Correction(correction) => match &correction.replacement {
            Some(Replacement::Incident(r)) => v1::item::Content::Incident(write::incident(r)),
            Some(Replacement::HazardAlert(a)) => v1::item::Content::HazardAlert(alert(seen, a)),
            Some(Replacement::Escalation(e)) => v1::item::Content::Escalation(escalation(seen, e)),
            None => v1::item::Content::Correction(v1::Correction {
                target: references(seen, ReferenceRole::Corrects).next(),
                ..write::correction(correction)
            }),
        },
    }
}

const fn state(state: ItemState) -> v1::ItemState {
    match state {
        ItemState::Current => v1::ItemState::Current,
        ItemState::Corrected(_) => v1::ItemState::Corrected,
        ItemState::EnteredInError(_) => v1::ItemState::EnteredInError,
        ItemState::Superseded(_) => v1::ItemState::Superseded,
        ItemState::Erased(_) => v1::ItemState::Erased,
    }
}

pub(crate) fn finding(finding: &Finding) -> v1::CheckFinding {
    let standing = match finding.standing {
        Standing::InForce => v1::FindingStanding::InForce,
        Standing::ReportedNotAssessed => v1::FindingStanding::ReportedNotAssessed,
        Standing::Stale => v1::FindingStanding::Stale,
    };
    let (severity, urgency, certainty) = finding
        .grades
        .map_or((0, 0, 0), |(severity, urgency, certainty)| {
            (severity.number(), urgency.number(), certainty.number())
        });
    v1::CheckFinding {
        standing: standing as i32,
        precautions: finding.precautions.iter().map(write::precaution).collect(),
        threats: finding.threats.iter().map(|t| t.number()).collect(),
        severity,
        urgency,
        certainty,
        as_of: Some(write::timestamp(finding.as_of)),
        review_on: finding
            .review_on
            .map_or_else(String::new, |day| day.to_string()),
        originator: finding.originator.to_string(),
        event_id: finding.event_id.to_string(),
        target: finding.target.into(),
        target_note: finding.target_note.clone(),
        person: finding.person.clone().unwrap_or_default(),
        key_withdrawn: finding.doubtful,
    }
}

/// "No alert known to you …": English, then Welsh. Never "safe".
pub(crate) fn statement(findings: usize, now: Moment) -> (String, String) {
    let at = now.to_rfc3339();
    match findings {
        0 => (
            format!(
                "No alert known to you, checked at {at}. This does not say that a visit is safe."
            ),
            format!(
                "Dim rhybudd sy'n hysbys i chi, gwiriwyd am {at}. Nid yw hyn yn dweud bod ymweliad yn ddiogel."
            ),
        ),
        1 => (
            format!("1 finding known to you, checked at {at}."),
            format!("1 canfyddiad sy'n hysbys i chi, gwiriwyd am {at}."),
        ),
        n => (
            format!("{n} findings known to you, checked at {at}."),
            format!("{n} o ganfyddiadau sy'n hysbys i chi, gwiriwyd am {at}."),
        ),
    }
}
