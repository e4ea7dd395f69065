//! The sections, one file each, in the order of the page (PRACTICE, section 5). A section with nothing to say is left out, unless
//! its emptiness is itself something to ask about; then it says what is known to the reader and no more.

mod agencies;
mod asks;
mod changes;
mod closing;
mod danger;
mod disagreements;
mod exclusion;
mod hostility;
mod needs;
mod not_recorded;
mod plan;
mod progress;
mod signs;
mod since;
mod statements;
mod statutory;
mod trend;
mod unconfirmed;
mod voice;

use diogel_domain::codes::FamilyHandling;

pub(crate) use danger::alert_said;
pub(crate) use hostility::incident_said;
pub(crate) use plan::said as measure_said;
pub(crate) use voice::may_be_said;

use crate::{
    Line, LineKind, Mark, Rendering, Section, Topic,
    case::Case,
    texts::{self, Phrase},
};

/// The section of a topic; none if there is nothing to say.
pub(crate) fn section(case: &Case<'_>, topic: Topic) -> Option<Section> {
    let mut lines = if is_on_this_page(case, topic) {
        lines(case, topic)
    } else {
        Vec::new()
    };
    if case.is_for_family() {
        lines.retain(may_be_told);
    }
    (!lines.is_empty()).then(|| Section {
        topic,
        heading: case.say(texts::heading(topic)).to_owned(),
        lines,
        table: None,
    })
}

fn lines(case: &Case<'_>, topic: Topic) -> Vec<Line> {
    match topic {
        Topic::Needs => needs::lines(case),
        Topic::Voice => voice::lines(case),
        Topic::Progress => progress::lines(case),
        Topic::Danger => danger::lines(case),
        Topic::Hostility => hostility::lines(case),
        Topic::Exclusion => exclusion::lines(case),
        Topic::Unconfirmed => unconfirmed::lines(case),
        Topic::Plan => plan::lines(case),
        Topic::Disagreements => disagreements::lines(case),
        Topic::Asks => asks::lines(case),
        Topic::Agencies => agencies::lines(case),
        Topic::Signs => signs::lines(case),
        Topic::Since => since::lines(case),
        Topic::NotRecorded => not_recorded::lines(case),
        Topic::Statutory => statutory::lines(case),
        Topic::Closing => closing::lines(case),
        // A document of its own.
        Topic::Chronology => Vec::new(),
    }
}

/// Exclusion is for the chair alone. For the family: no escalation, no sign, no silent agency, whoever allowed it (PRACTICE,
/// section 10, "Family").
const fn is_on_this_page(case: &Case<'_>, topic: Topic) -> bool {
    match &case.setting.rendering {
        Rendering::Chair => true,
        Rendering::Professionals => !matches!(topic, Topic::Exclusion),
        Rendering::Family { .. } => !matches!(
            topic,
            Topic::Exclusion
                | Topic::Unconfirmed
                | Topic::Disagreements
                | Topic::Asks
                | Topic::Agencies
                | Topic::Signs
                | Topic::NotRecorded
        ),
    }
}

/// The default is no, and what is left out leaves no gap to see: neither headings nor notes.
fn may_be_told(line: &Line) -> bool {
    line.kind == LineKind::Point
        && line.family == FamilyHandling::Yes
        && !line.marks.contains(&Mark::DontReadOut)
}

/// Points under the note that qualifies them; without points, nothing.
fn noted(case: &Case<'_>, note: Phrase, points: Vec<Line>) -> Vec<Line> {
    if points.is_empty() {
        return points;
    }
    let note = Line::note(case.say(note));
    std::iter::once(note).chain(points).collect()
}
