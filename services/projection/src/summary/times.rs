//! The times that a summary goes by: which policy of the Board held when, when the meeting is, when the last one ended. Taken from
//! what everybody in the room may see.

use std::collections::BTreeMap;

use diogel_domain::{
    calendar::london,
    codes::Deed,
    content::Content,
    crisp::Policy,
    step::Step,
    times::{Day, Moment},
};
use diogel_summary::Source;
use diogel_views::Reader;

/// The policy at each moment that a clock of these sources runs from, and now.
pub(super) fn policies(reader: &Reader, sources: &[Source]) -> BTreeMap<Moment, Policy> {
    let disputes = sources
        .iter()
        .filter(|source| source.disclosed.content().escalation().is_some());
    let moments = disputes.flat_map(|source| {
        let steps = source.steps.iter().map(|step| step.ordered_at);
        steps.chain([source.ordered_at])
    });
    moments
        .chain([reader.at()])
        .map(|at| (at, reader.registry().policy(at).clone()))
        .collect()
}

/// The day of the next meeting about the person that everybody knows of.
pub(super) fn meeting_on(reader: &Reader, sources: &[Source]) -> Option<Day> {
    let today = london(reader.at()).day;
    let held = sources.iter().filter(|s| !s.superseded).filter_map(|s| {
        let Content::Meeting(meeting, _) = s.disclosed.content() else {
            return None;
        };
        meeting.held_at.map(|at| london(at).day)
    });
    held.filter(|day| *day >= today).min()
}

/// When the last meeting was closed that everybody knows of.
pub(super) fn last_meeting(sources: &[Source]) -> Option<Moment> {
    let closed = |content: &Content| {
        let step = match content {
            Content::Step(Step { deed, .. }) => *deed,
            _ => None,
        };
        step == Some(Deed::MeetingClosed)
    };
    let steps = sources.iter().flat_map(|s| &s.steps);
    let steps = steps.filter(|step| closed(step.disclosed.content()));
    steps.map(|step| step.ordered_at).max()
}
