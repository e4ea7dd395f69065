//! The drawing: what occurred when, of the kinds that are told apart by shape. Steps, claims and decisions about sharing have their
//! lines alone: on a drawing they would hide what happened. What doesn't stand isn't drawn.

use super::story::{Stand, Story};
use crate::{
    Line, PointKind, Source, Timeline,
    case::{Case, content},
    document::alt_of,
    texts::Phrase,
};
use diogel_domain::{
    codes::FamilyHandling,
    content::{Content, Matter},
    times::Day,
};

/// The dates beside the points are no more precise than what is known; on the axis a month or a year stands at its first day.
pub(super) fn timeline(story: &Story<'_>) -> Option<Timeline> {
    let drawn = story.stands.iter().filter(|s| s.entry.state.counts());
    let points: Vec<(Day, PointKind, Line)> = drawn
        .filter_map(|stand| {
            let kind = kind(stand.entry.matter)?;
            let line = Line::point(shortly(story, stand));
            let line = line.resting_on(stand.entry.event_id, FamilyHandling::No);
            Some((stand.span.first, kind, line))
        })
        .collect();
    let language = story.review.language;
    let caption = story.case.say(Phrase::ChronologyTimeline);
    let alt = alt_of(&story.case, &points)?;
    let mut timeline = Timeline::new(language, caption, alt, points)?;
    for point in &mut timeline.points {
        let cited = point.what.cites.first();
        if let Some(stand) = cited.and_then(|id| story.stand(*id)) {
            point.date = story.when(stand);
        }
    }
    Some(timeline)
}

const fn kind(matter: Matter) -> Option<PointKind> {
    match matter {
        Matter::Incident => Some(PointKind::Incident),
        Matter::HazardAlert => Some(PointKind::Alert),
        Matter::Contact => Some(PointKind::Contact),
        Matter::Meeting => Some(PointKind::Meeting),
        Matter::SafetyPlan => Some(PointKind::Plan),
        Matter::Escalation | Matter::ChangeClaimed | Matter::Strength => Some(PointKind::Other),
        Matter::Correction
        | Matter::Involvement
        | Matter::AccessRequest
        | Matter::SharingDecision
        | Matter::EmergencyDisclosure
        | Matter::EngagementNeeds
        | Matter::Advocacy
        | Matter::InformationRequest
        | Matter::Step => None,
    }
}

/// The agency, and in a few words of codes what it tells of.
fn shortly(story: &Story<'_>, stand: &Stand<'_>) -> String {
    let agency = story.case.agency(&stand.entry.originator);
    let what = stand.source.and_then(|source| codes(&story.case, source));
    let other = matches!(kind(stand.entry.matter), Some(PointKind::Other));
    let matter = other.then(|| stand.entry.matter.label(story.review.language).to_owned());
    match what.or(matter) {
        Some(what) => format!("{agency}: {what}"),
        None => agency.to_owned(),
    }
}

fn codes(case: &Case<'_>, source: &Source) -> Option<String> {
    let language = case.setting.language;
    let content = content(source);
    let incident = content.incident().and_then(|report| {
        let safety = report.safety.as_ref()?;
        let threats = safety.threats.iter().map(|t| t.label(language));
        let behaviours = safety.behaviours.iter().map(|b| b.label(language));
        let first = threats.chain(behaviours).next();
        first.map(str::to_owned)
    });
    let contact = match content {
        Content::Contact(note) => note.contact.as_ref(),
        _ => None,
    };
    let contact = contact.map(|contact| contact.outcome.label(language).to_owned());
    incident.or(contact)
}
