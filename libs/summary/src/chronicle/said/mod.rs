//! What an event says, shortly, in the words of the summary: codes first, then what people wrote, in quotation marks. As it was
//! published; what became of it later is an entry of its own. Refuses accounts of anybody but the person of the chronology, how a
//! family can safely be reached, what is argued in an escalation, and what a meeting is for or decided: those are for who was there.

mod records;
mod step;

use diogel_domain::{
    content::Content, correction::Correction, disclosure::Decided, escalation::Dispute,
    incident::IncidentReport,
};
use diogel_sharing::groups::{FieldGroup, Groups};
use diogel_texts::summary::{ProtectBy, Stage};

use crate::{
    Source,
    case::{Case, content, quoted},
    handling,
    sections::{alert_said, incident_said, may_be_said},
    texts::Phrase,
};

/// What it says, part by part. Where that it exists is all that may be seen, that.
pub(super) fn said(case: &Case<'_>, source: &Source) -> Vec<String> {
    let existence: Groups = [FieldGroup::Existence].into_iter().collect();
    if source.disclosed.groups() == existence {
        return vec![case.say(Phrase::ChronologyNothingMore).to_owned()];
    }
    let content = content(source);
    // Why something was entered in error is told by telling whom it is about: somebody else.
    let reason = match content {
        Content::Correction(Correction {
            reason,
            replacement: Some(_),
        }) => reason_said(case, reason),
        _ => None,
    };
    let mut said = of_content(case, source, content);
    said.extend(reason);
    said.retain(|part| !part.is_empty());
    said
}

fn of_content(case: &Case<'_>, source: &Source, content: &Content) -> Vec<String> {
    if let Some(report) = content.incident() {
        return incident(case, source, report);
    }
    if let Some(alert) = content.hazard_alert() {
        return alert_said(case, source, alert);
    }
    if let Some(dispute) = content.escalation().and_then(|e| e.dispute.as_ref()) {
        return escalation(case, dispute);
    }
    let say = |phrase| vec![case.say(phrase).to_owned()];
    match content {
        Content::Involvement(claim) => {
            let grounds = claim.grounds.as_ref();
            let reason = grounds.and_then(|grounds| reason_said(case, &grounds.reason));
            reason.into_iter().collect()
        }
        Content::Meeting(_, true) => say(Phrase::ChronologyChangedMeeting),
        Content::AccessRequest(request) => reason_said(case, &request.reason).into_iter().collect(),
        Content::SharingDecision(decision) => {
            let decided = match decision.decided {
                Decided::Changed => say(Phrase::ChronologyAudienceChanged),
                Decided::NotShared => say(Phrase::ChronologyNotShared),
            };
            let reason = reason_said(case, &decision.reason);
            decided.into_iter().chain(reason).collect()
        }
        Content::EmergencyDisclosure(disclosure) => {
            reason_said(case, &disclosure.reason).into_iter().collect()
        }
        Content::SafetyPlan(plan) => records::plan(case, plan),
        Content::Contact(note) => records::contact(case, source, note),
        Content::Advocacy(given) => records::advocacy(case, given),
        Content::ChangeClaimed(claim) => records::change(case, claim),
        Content::Strength(noted) => records::strength(case, noted),
        Content::InformationRequest(request) => records::information_request(case, request),
        Content::Step(step) => step::said(case, step),
        Content::EngagementNeeds(_)
        | Content::Meeting(_, false)
        | Content::Incident(_)
        | Content::HazardAlert(_)
        | Content::Escalation(_)
        | Content::Correction(_) => Vec::new(),
    }
}

/// Danger first, then the codes, the person's own account, and what happened; where that isn't told, the worry.
fn incident(case: &Case<'_>, source: &Source, report: &IncidentReport) -> Vec<String> {
    let danger = report.safety.as_ref().is_some_and(|s| s.danger_at_once);
    let danger = danger.then(|| case.say(Phrase::DangerReported).to_owned());
    let own = report.voice.iter();
    let own = own.filter(|account| source.labels.contains(&account.person));
    let own = own.map(|account| {
        let label = case.say(Phrase::ChronologyOwnAccount);
        format!("{label}: {}", quoted(&account.words))
    });
    let narrative = report.narrative.iter();
    let narrative = narrative.flat_map(|n| [&n.what_happened, &n.worries]);
    let told = narrative
        .map(|text| text.trim())
        .find(|text| !text.is_empty());
    danger
        .into_iter()
        .chain([incident_said(case, (source, report))])
        .chain(own)
        .chain(told.map(quoted))
        .collect()
}

fn escalation(case: &Case<'_>, dispute: &Dispute) -> Vec<String> {
    let number = usize::from(dispute.stage);
    let protect_by = dispute.protect_by.map(|at| {
        let at = &case.moment(at);
        case.fill(&ProtectBy { at })
    });
    let topic = dispute.topic.label(case.setting.language).to_owned();
    [topic, case.fill(&Stage { number })]
        .into_iter()
        .chain(protect_by)
        .collect()
}

fn reason_said(case: &Case<'_>, reason: &str) -> Option<String> {
    let label = case.say(Phrase::ChronologyReason);
    let reason = reason.trim();
    (!reason.is_empty()).then(|| format!("{label}: {}", quoted(reason)))
}

/// Never to be read out: alerts that nobody was told of, escalations and their steps, who was asked for what, the person's own words unless they were asked
/// and it is safe (PRACTICE, section 10, "Family").
pub(super) fn is_hushed(source: &Source) -> bool {
    let own = content(source).incident().map(|report| report.voice.iter());
    let own = own.into_iter().flatten();
    let mut own = own.filter(|account| source.labels.contains(&account.person));
    let step = match content(source) {
        Content::Step(step) => step::is_hushed(step),
        Content::InformationRequest(_) => true,
        _ => false,
    };
    step || handling::is_alert_not_told(source)
        || content(source).escalation().is_some()
        || own.any(|account| !may_be_said(source, account))
}
