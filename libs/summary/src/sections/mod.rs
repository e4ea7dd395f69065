//! The sections, one file each, in the order of the page (PRACTICE, section 5). A section with nothing to say is left out, unless
//! its emptiness is itself something to ask about; then it says what is known to the reader and no more.

mod agencies;
mod asks;
mod before_the_family;
mod changes;
mod closing;
mod danger;
mod disagreements;
mod exclusion;
mod family;
mod hostility;
mod needs;
mod not_recorded;
mod plan;
mod progress;
mod room;
mod signs;
mod since;
mod statements;
mod statutory;
mod trend;
mod unconfirmed;
mod voice;

pub(crate) use danger::alert_said;
pub(crate) use hostility::{incident_said, is_hostile};
pub(crate) use plan::said as measure_said;
pub(crate) use voice::may_be_said;

use crate::{
    Line, Rendering, Section, Topic,
    case::Case,
    texts::{self, Phrase},
};

/// The sections, in the order of the page; of a topic with nothing to say none.
pub(crate) fn all(case: &Case<'_>) -> Vec<Section> {
    let topics = Topic::ALL.iter();
    topics.filter_map(|topic| section(case, *topic)).collect()
}

/// The sections of the chair's page, where each line knows whom the room's page keeps it from: what rests on the others comes last.
pub(crate) fn for_chair(case: &Case<'_>, mut sections: Vec<Section>) -> Vec<Section> {
    let room = room::lines(case, &sections);
    let before = before_the_family::lines(case, &sections);
    for (topic, lines) in [(Topic::Room, room), (Topic::BeforeTheFamily, before)] {
        sections.extend(of_lines(case, topic, lines));
    }
    sections.sort_by_key(|section| section.topic);
    sections
}

fn section(case: &Case<'_>, topic: Topic) -> Option<Section> {
    if !is_on_this_page(case, topic) {
        return None;
    }
    let lines = lines(case, topic);
    let lines = if case.is_for_family() {
        family::told(case, topic, lines)
    } else {
        lines
    };
    of_lines(case, topic, lines)
}

fn of_lines(case: &Case<'_>, topic: Topic, lines: Vec<Line>) -> Option<Section> {
    let heading = if case.is_for_family() {
        texts::family_heading(topic)
    } else {
        texts::heading(topic)
    };
    (!lines.is_empty()).then(|| Section {
        topic,
        heading: case.say(heading).to_owned(),
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
        Topic::Rights => family::rights(case),
        // They rest on the other sections; or are a document of their own.
        Topic::Room | Topic::BeforeTheFamily | Topic::Chronology => Vec::new(),
    }
}

/// Exclusion is for the chair alone. For the family: no escalation, no sign, no silent agency, whoever allowed it (PRACTICE,
/// section 10, "Family").
const fn is_on_this_page(case: &Case<'_>, topic: Topic) -> bool {
    match &case.setting.rendering {
        Rendering::Chair => !matches!(topic, Topic::Rights),
        Rendering::Professionals => !matches!(topic, Topic::Exclusion | Topic::Rights),
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

/// Points under the note that qualifies them; without points, nothing.
fn noted(case: &Case<'_>, note: Phrase, points: Vec<Line>) -> Vec<Line> {
    if points.is_empty() {
        return points;
    }
    let note = Line::note(case.say(note));
    std::iter::once(note).chain(points).collect()
}
