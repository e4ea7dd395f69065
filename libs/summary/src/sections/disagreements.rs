//! Escalations: existence, topic, stage, whose turn it is and by when, what keeps somebody safe meanwhile, that somebody dissents,
//! how it ended; never what is argued (PRACTICE, section 10, "Room"). Lateness proposes the next stage and moves nothing. Never
//! read out; for the chair alone unless everybody attending is a party.

use diogel_domain::{
    calendar::Timing,
    codes::{Deed, EscalationTopic, Lifecycle},
    escalation::Dispute,
    lifecycle::escalation::{EscalationState, Over},
};
use diogel_texts::{
    dates,
    summary::{
        DivertedTo, InterimPosition, NextStage, ProtectBy, Stage, StageDue, StageNear, StagePassed,
    },
};

use crate::{
    Line, Mark, Rendering, Source,
    case::{Case, content},
    course,
    document::written,
    texts::Phrase,
};

/// What ended longer ago than this is the past.
const PAST_MONTHS: u32 = 6;

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let disputes = case.current().filter_map(|source| {
        let dispute = content(source).escalation()?.dispute.as_ref()?;
        line(
            case,
            source,
            dispute,
            &course::escalation_state(case, source)?,
        )
    });
    disputes.collect()
}

fn line(
    case: &Case<'_>,
    source: &Source,
    dispute: &Dispute,
    state: &EscalationState,
) -> Option<Line> {
    let past = |over: Over| dates::day(over.at).plus_months(PAST_MONTHS) < case.today();
    let outsiders = has_outsiders(case, dispute);
    let professionals = case.setting.rendering == Rendering::Professionals;
    if state.over.is_some_and(past) || (professionals && outsiders) {
        return None;
    }
    let mut parts = vec![
        dispute.topic.label(case.setting.language).to_owned(),
        stage(case, state),
    ];
    match state.over {
        Some(over) => parts.extend(ended(case, dispute.topic, over)),
        None => parts.extend(open(case, state)),
    }
    if state.dissent {
        parts.push(case.say(Phrase::DissentRecorded).to_owned());
    }
    let steps = source.steps.iter().filter(|taken| {
        let step = course::step(taken);
        step.is_some_and(|(deed, _)| deed.lifecycle() == Lifecycle::Escalation)
    });
    let line = Line::point(parts.join("; "))
        .citing(source)
        .citing_steps(steps)
        .marked(Mark::DontReadOut, true)
        .marked(Mark::ChairOnly, outsiders);
    Some(line)
}

/// Somebody attends who is no party; or nobody is known to.
fn has_outsiders(case: &Case<'_>, dispute: &Dispute) -> bool {
    let attending = &case.setting.attending;
    attending.is_empty() || attending.iter().any(|a| !dispute.parties.contains(a))
}

/// "stage 2: Line managers".
fn stage(case: &Case<'_>, state: &EscalationState) -> String {
    let number = usize::from(state.stage);
    let reached = case.fill(&Stage { number });
    match &state.acts {
        Some((english, welsh)) => format!("{reached}: {}", case.either(english, welsh)),
        None => reached,
    }
}

fn open(case: &Case<'_>, now: &EscalationState) -> Vec<String> {
    let due = now.due.map(|due| {
        let by = &case.date(due.day);
        match now.timing {
            Some(Timing::Passed) => case.fill(&StagePassed { by }),
            Some(Timing::Near) => case.fill(&StageNear { by }),
            Some(Timing::Ahead) | None => case.fill(&StageDue { by }),
        }
    });
    let next = now.proposes.map(|number| {
        let name = case.policy(now.entered).stage(number);
        let name = name.map_or("", |stage| stage.name(case.setting.language));
        let number = usize::from(number);
        let stage = &format!("{}: {name}", case.fill(&Stage { number }));
        case.fill(&NextStage { stage })
    });
    let interim = now.interim_position.as_ref().map(|measure| {
        let owner = measure.owner.as_ref();
        case.fill(&InterimPosition {
            what: &written(&measure.what),
            owner: owner.map_or(case.say(Phrase::NoOwner), |o| case.agency(o)),
        })
    });
    due.into_iter()
        .chain(next)
        .chain(protect_by(case, now))
        .chain(interim)
        .collect()
}

/// That its time has passed is a fact; that nobody was protected would be a guess.
fn protect_by(case: &Case<'_>, state: &EscalationState) -> Vec<String> {
    let Some(by) = state.protect_by else {
        return Vec::new();
    };
    let passed = by < case.setting.made_at;
    let by = case.fill(&ProtectBy {
        at: &case.moment(by),
    });
    let passed = passed.then(|| case.say(Phrase::TimeHasPassed).to_owned());
    std::iter::once(by).chain(passed).collect()
}

/// How and when it ended; of what belonged elsewhere, where.
fn ended(case: &Case<'_>, topic: EscalationTopic, over: Over) -> Vec<String> {
    let language = case.setting.language;
    let what = format!("{}: {}", over.deed.label(language), case.on(over.at));
    let elsewhere = case.policy(over.at).diverts(topic, language);
    let elsewhere = elsewhere.filter(|_| over.deed == Deed::Diverted);
    let elsewhere = elsewhere.map(|to| case.fill(&DivertedTo { to }));
    let outcome = over.outcome.filter(|_| over.deed != Deed::Withdrawn);
    let outcome = outcome.map(|outcome| outcome.label(language).to_owned());
    std::iter::once(what)
        .chain(outcome)
        .chain(elsewhere)
        .collect()
}
