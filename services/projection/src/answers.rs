//! What was seen through a permit, to the wire. Nothing here has another way to content.

mod standing;

use std::collections::BTreeSet;

use diogel_contract::{hexadecimal, v1, write};
use diogel_domain::{
    alert::HazardAlert,
    codes::Language,
    content::{Content, ReferenceRole},
    correction::Replacement,
    disclosure::{Decided, EmergencyDisclosure, SharingDecision},
    escalation::Escalation,
    ids::AgencyId,
    lifecycle::alert::AlertStanding,
    meeting::Meeting,
    times::Moment,
    visit::VisitPrompt,
};
use diogel_sharing::groups::FieldGroup;
use diogel_texts::{
    Filled,
    check::{CheckAsOf, CheckFound, CheckNothingKnown, Phrase},
    dates,
};
use diogel_views::{Seen, Told, check::Finding, rows::ItemState};

/// Recorded further away than this from when it was ordered is flagged, in microseconds.
const SKEW: i64 = 120 * Moment::SECOND;

pub(crate) fn item(seen: &Seen) -> v1::Item {
    let item = &seen.item;
    let audience = item.audience();
    let disclosed = seen.disclosed.as_ref();
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
        content: disclosed.map(|d| content(seen, d.content())),
        key_withdrawn: seen.doubtful,
        handling_conditions: disclosed.map_or_else(String::new, |d| d.handling_conditions().into()),
        family_reason: disclosed.map_or_else(String::new, |d| d.family_reason().into()),
        onward: audience.map_or(0, |a| a.onward.number()),
        acknowledgement_asked: seen.acknowledgement_asked,
        standing: seen.standing.as_ref().map(standing::standing),
        steps: seen.steps.iter().map(ToString::to_string).collect(),
    }
}

/// Of an item that the reader held and doesn't see any more.
pub(crate) fn retraction(told: &Told) -> v1::Retraction {
    v1::Retraction {
        event_id: told.event_id.to_string(),
        state: state(told.state) as i32,
        hash: hexadecimal::write(&told.hash),
    }
}

/// The item's references of one role, as far as the reader sees what they name.
fn references(seen: &Seen, role: ReferenceRole) -> impl Iterator<Item = v1::Reference> {
    let references = seen.item.references().iter();
    let of_role = references.filter(move |r| r.role == role);
    of_role.map(|r| v1::Reference {
        event: Some(v1::reference::Event::EventId(r.event_id.to_string())),
        hash: String::new(),
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
        Content::Involvement(claim) => v1::item::Content::Involvement(v1::InvolvementClaim {
            sensitive: seen.item.header.sensitive,
            ..write::involvement(claim)
        }),
        Content::Meeting(meeting, _) => v1::item::Content::Meeting(self::meeting(seen, meeting)),
        Content::AccessRequest(request) => v1::item::Content::AccessRequest(v1::AccessRequest {
            event: references(seen, ReferenceRole::Requests).next(),
            groups: write::numbers(seen.item.header.asked),
            ..write::access_request(request)
        }),
        Content::SharingDecision(decision) => self::decision(seen, decision),
        Content::EmergencyDisclosure(disclosed) => {
            v1::item::Content::EmergencyDisclosure(emergency(seen, disclosed))
        }
        Content::SafetyPlan(plan) => v1::item::Content::SafetyPlan(write::safety_plan(plan)),
        Content::Contact(note) => v1::item::Content::Contact(write::contact(note)),
        Content::EngagementNeeds(needs) => {
            v1::item::Content::EngagementNeeds(write::engagement_needs(needs))
        }
        Content::Advocacy(advocacy) => v1::item::Content::Advocacy(write::advocacy(advocacy)),
        Content::ChangeClaimed(claimed) => {
            v1::item::Content::ChangeClaimed(write::change_claimed(claimed))
        }
        Content::Strength(noted) => v1::item::Content::Strength(write::strength(noted)),
        Content::InformationRequest(request) => {
            v1::item::Content::InformationRequest(write::information_request(request))
        }
        Content::Step(step) => v1::item::Content::Step(v1::Step {
            of: references(seen, ReferenceRole::StepOf).next(),
            ..write::step(step)
        }),
    }
}

/// Who attends is told to whoever is shown the meeting.
fn meeting(seen: &Seen, meeting: &Meeting) -> v1::Meeting {
    let attendance = seen.item.header.attendance.as_ref();
    let attending = attendance.map_or(&[][..], |a| a.attending.as_slice());
    v1::Meeting {
        changes: references(seen, ReferenceRole::Changes).next(),
        chair: attendance.map_or_else(String::new, |a| a.chair.to_string()),
        attending: attending.iter().map(ToString::to_string).collect(),
        cancelled: attending.is_empty(),
        ..write::meeting(meeting, false)
    }
}

fn decision(seen: &Seen, decision: &SharingDecision) -> v1::item::Content {
    let event = references(seen, ReferenceRole::Shares).next();
    let answers = references(seen, ReferenceRole::Answers).next();
    let reason = decision.reason.clone();
    match decision.decided {
        Decided::Changed => v1::item::Content::AudienceChanged(v1::AudienceChanged {
            event,
            change: seen.item.header.change.as_ref().map(write::change),
            answers,
            reason,
        }),
        Decided::NotShared => v1::item::Content::SharingDeclined(v1::SharingDeclined {
            event,
            answers,
            reason,
        }),
    }
}

/// The Board is told to whom, and what: it reviews each one.
fn emergency(seen: &Seen, disclosed: &EmergencyDisclosure) -> v1::EmergencyDisclosure {
    let change = seen.item.header.change.as_ref().map(write::change);
    let disclosure = match change.and_then(|change| change.change) {
        Some(v1::audience_change::Change::Disclose(disclosure)) => Some(disclosure),
        _ => None,
    };
    v1::EmergencyDisclosure {
        event: references(seen, ReferenceRole::Shares).next(),
        disclosure,
        ..write::emergency(disclosed)
    }
}

pub(crate) const fn state(state: ItemState) -> v1::ItemState {
    match state {
        ItemState::Current => v1::ItemState::Current,
        ItemState::Corrected(_) => v1::ItemState::Corrected,
        ItemState::EnteredInError(_) => v1::ItemState::EnteredInError,
        ItemState::Superseded(_) => v1::ItemState::Superseded,
        ItemState::Erased(_) => v1::ItemState::Erased,
        ItemState::Granted(_) => v1::ItemState::Granted,
        ItemState::Declined(_) => v1::ItemState::Declined,
        ItemState::Confirmed(_) => v1::ItemState::Confirmed,
        ItemState::Closed(_) => v1::ItemState::Closed,
    }
}

pub(crate) fn finding(finding: &Finding) -> v1::CheckFinding {
    let standing = match finding.standing {
        AlertStanding::InForce => v1::FindingStanding::InForce,
        AlertStanding::ReportedNotAssessed => v1::FindingStanding::ReportedNotAssessed,
        AlertStanding::Stale => v1::FindingStanding::Stale,
        AlertStanding::Undecided => v1::FindingStanding::Undecided,
        // Never found.
        AlertStanding::Suspended
        | AlertStanding::Lapsed
        | AlertStanding::Refused
        | AlertStanding::Ended => v1::FindingStanding::Unspecified,
    };
    let (source, handling) = (finding.source.as_ref(), finding.handling.as_ref());
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
        originator: source.map_or_else(String::new, |(originator, _)| originator.to_string()),
        event_id: source.map_or_else(String::new, |(_, event)| event.to_string()),
        target: finding.target.into(),
        target_note: finding.target_note.clone(),
        person: finding.person.clone().unwrap_or_default(),
        key_withdrawn: finding.doubtful,
        handling: handling.map_or(0, |h| h.code.number()),
        handling_conditions: handling.map_or_else(String::new, |h| h.conditions.clone()),
        family: handling.map_or(0, |h| h.family.number()),
        onward: handling.map_or(0, |h| h.onward.number()),
        disputed: finding.disputed,
        reported_by: ids(&finding.provenance.reported_by),
        borne_out_by: ids(&finding.provenance.borne_out_by),
        corroborated_by: finding
            .provenance
            .corroborated_by
            .iter()
            .map(write::corroboration)
            .collect(),
    }
}

fn ids(agencies: &BTreeSet<AgencyId>) -> Vec<String> {
    agencies.iter().map(ToString::to_string).collect()
}

/// What a planned visit is reminded of.
pub(crate) fn reminder(prompt: VisitPrompt) -> v1::Reminder {
    v1::Reminder {
        code: prompt.code().into(),
        text: prompt.label(Language::English).into(),
        text_cy: prompt.label(Language::Welsh).into(),
        due_on: String::new(),
    }
}

/// What a check found.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) findings: usize,
    /// And more, for which there was no room.
    pub(crate) more: bool,
}

/// "No alert known to you …": English, then Welsh. Never "safe". As of another time it is no evidence of what was known then: what was
/// taken back or corrected since is in no answer.
pub(crate) fn statement(found: Found, now: Moment, as_of: Option<Moment>) -> (String, String) {
    let said = |language| said(found, now, as_of, language);
    (said(Language::English), said(Language::Welsh))
}

fn said(found: Found, now: Moment, as_of: Option<Moment>, language: Language) -> String {
    let (count, at) = (found.findings, &dates::moment(now, language));
    let mut said = match (as_of, count) {
        (Some(then), _) => {
            let then = &dates::moment(then, language);
            CheckAsOf { then, count, at }.say(language)
        }
        (None, 0) => CheckNothingKnown { at }.say(language),
        (None, _) => CheckFound { count, at }.say(language),
    };
    if found.more {
        said.push(' ');
        said.push_str(Phrase::CheckMore.say(language));
    }
    said
}
