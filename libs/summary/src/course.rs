//! How alerts, reports of danger and escalations stand for everybody whom the summary is for: computed from the steps that were
//! passed, never taken from what the reader knows alone (P6). Owns which steps count for what; refuses to decide a lifecycle,
//! which is the domain's.

use diogel_domain::{
    alert::{HazardAlert, PersonTold},
    calendar::Holidays,
    codes::{Deed, Lifecycle},
    content::Content,
    incident::Corroboration,
    lifecycle::{
        alert::{self, AlertState, Raised, of_alert},
        escalation::{self, EscalationState, of_escalation},
    },
    step::{AlertStep, Closing, Step, StepSaid},
};

use crate::{
    Source, StepTaken,
    case::{Case, content},
};

/// What a step says; none: the reader may not know what it did.
pub(crate) fn step(taken: &StepTaken) -> Option<(Deed, &StepSaid)> {
    match taken.disclosed.content() {
        Content::Step(Step { deed, said }) => deed.map(|deed| (deed, said)),
        _ => None,
    }
}

/// The steps of a source that did this, in their order.
pub(crate) fn steps_that<'s, 'd>(
    source: &'s Source,
    deeds: &'d [Deed],
) -> impl DoubleEndedIterator<Item = (&'s StepTaken, &'s StepSaid)> + use<'s, 'd> {
    source.steps.iter().filter_map(|taken| {
        let (deed, said) = step(taken)?;
        deeds.contains(&deed).then_some((taken, said))
    })
}

/// Whether the person was told of an alert, as its last word on that says.
pub(crate) fn told(source: &Source) -> Option<&PersonTold> {
    let own = content(source).hazard_alert();
    let own = own.and_then(|alert| alert.safety.as_ref()?.told.as_ref());
    let since = source.steps.iter().rev();
    let since = since
        .filter_map(alert_words)
        .find_map(|said| said.told.as_ref());
    since.or(own)
}

/// What an alert's step says.
fn alert_words(taken: &StepTaken) -> Option<&AlertStep> {
    match step(taken)?.1 {
        StepSaid::Alert(said) => Some(said),
        _ => None,
    }
}

/// How an alert, or a report of danger at once, stands; none: it is neither, or its safety isn't disclosed.
pub(crate) fn alert_state(case: &Case<'_>, source: &Source) -> Option<AlertState> {
    let raised = match content(source).hazard_alert() {
        Some(alert) => raised_alert(source, alert)?,
        None => raised_report(source)?,
    };
    let steps = source.steps.iter().filter_map(alert_step);
    let now = case.setting.made_at;
    let clocks = case.policy(now).alerts;
    Some(of_alert(
        raised,
        steps,
        clocks,
        now,
        Holidays::england_and_wales(),
    ))
}

fn raised_alert<'s>(source: &'s Source, alert: &'s HazardAlert) -> Option<Raised<'s>> {
    let safety = alert.safety.as_ref()?;
    Some(Raised {
        at: source.ordered_at,
        decided_at: safety.decision.as_ref().map(|d| d.decided_at),
        review_on: Some(safety.review_on),
        told: safety.told.as_ref(),
        groundless_since: source.groundless_since,
    })
}

fn raised_report(source: &Source) -> Option<Raised<'_>> {
    let safety = content(source).incident()?.safety.as_ref()?;
    safety.danger_at_once.then_some(Raised {
        at: source.ordered_at,
        decided_at: None,
        review_on: None,
        told: None,
        groundless_since: None,
    })
}

fn alert_step(taken: &StepTaken) -> Option<alert::Step<'_>> {
    let (deed, _) = step(taken)?;
    let counts = matches!(
        deed.lifecycle(),
        Lifecycle::Alert | Lifecycle::Incident | Lifecycle::Statement
    );
    let said = alert_words(taken);
    counts.then_some(alert::Step {
        at: taken.ordered_at,
        deed,
        review_on: said.and_then(|said| said.review_on),
        told: said.and_then(|said| said.told.as_ref()),
    })
}

/// Who bears a report out since: another agency, with its source if it names one. An agency doesn't bear itself out.
pub(crate) fn corroborations(
    source: &Source,
) -> impl Iterator<Item = (&StepTaken, Option<&Corroboration>)> {
    let steps = source.steps.iter().filter_map(|taken| {
        let (deed, said) = step(taken)?;
        let elsewhere = taken.originator != source.originator;
        (deed == Deed::Corroborated && elsewhere).then_some((taken, said))
    });
    steps.map(|(taken, said)| match said {
        StepSaid::Incident(said) => (taken, said.source.as_ref()),
        _ => (taken, None),
    })
}

/// What the last meeting recorded at its close, with the meeting and the step.
pub(crate) fn last_close<'a>(
    case: &Case<'a>,
) -> Option<(&'a Source, &'a StepTaken, Option<&'a Closing>)> {
    let closes = case.all().flat_map(|source| {
        let closes = steps_that(source, &[Deed::MeetingClosed]).collect::<Vec<_>>();
        closes
            .into_iter()
            .map(move |(taken, said)| (source, taken, said))
    });
    let last = closes.max_by_key(|(_, taken, _)| (taken.ordered_at, taken.event_id));
    last.map(|(source, taken, said)| match said {
        StepSaid::Meeting(record) => (source, taken, record.closing.as_ref()),
        _ => (source, taken, None),
    })
}

/// How an escalation stands; none: its dispute isn't disclosed.
pub(crate) fn escalation_state(case: &Case<'_>, source: &Source) -> Option<EscalationState> {
    let dispute = content(source).escalation()?.dispute.as_ref()?;
    let steps = source.steps.iter().filter_map(|taken| {
        let (deed, StepSaid::Escalation(Some(said))) = step(taken)? else {
            return None;
        };
        Some(escalation::Step {
            at: taken.ordered_at,
            deed,
            stage: said.stage,
            said: Some(said),
        })
    });
    Some(of_escalation(
        (source.ordered_at, dispute),
        steps,
        |at| case.policy(at),
        case.setting.made_at,
        Holidays::england_and_wales(),
    ))
}
