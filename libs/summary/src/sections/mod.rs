//! The sections, one file each, in the order of the page (PRACTICE, section 5). A section with nothing to say is left out, unless
//! its emptiness is itself something to ask about; then it says what is known to the reader and no more.

mod asks;
mod changes;
mod closing;
mod danger;
mod disagreements;
mod hostility;
mod needs;
mod not_recorded;
mod plan;
mod progress;
mod statements;
mod trend;
mod unconfirmed;
mod voice;

use crate::{
    Line, Section, Topic,
    case::Case,
    texts::{self, Phrase},
};

/// The section of a topic; none if there is nothing to say.
pub(crate) fn section(case: &Case<'_>, topic: Topic) -> Option<Section> {
    let lines = match topic {
        Topic::Needs => needs::lines(case),
        Topic::Voice => voice::lines(case),
        Topic::Progress => progress::lines(case),
        Topic::Danger => danger::lines(case),
        Topic::Hostility => hostility::lines(case),
        Topic::Unconfirmed => unconfirmed::lines(case),
        Topic::Plan => plan::lines(case),
        Topic::Disagreements => disagreements::lines(case),
        Topic::Asks => asks::lines(case),
        Topic::NotRecorded => not_recorded::lines(case),
        Topic::Closing => closing::lines(case),
    };
    (!lines.is_empty()).then(|| Section {
        topic,
        heading: case.say(texts::heading(topic)).to_owned(),
        lines,
        table: None,
    })
}

/// Points under the note that qualifies them; without points, nothing.
fn noted(case: &Case<'_>, note: Phrase, points: Vec<Line>) -> Vec<Line> {
    if points.is_empty() {
        return points;
    }
    let note = Line::note(case.say(note));
    std::iter::once(note).chain(points).collect()
}
