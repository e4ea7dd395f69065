//! The lines of one event: when, whose and what it is; what it says; when it was published; who knew of it when. Each mark stands on
//! the line that it is true of.

use diogel_domain::{codes::FamilyHandling, content::Matter};
use diogel_texts::{
    dates,
    summary::{
        ChronologyPublished, ChronologyPublishedLate, ChronologyPublishedLateAtLeast,
        ChronologyRecorded,
    },
};

use super::{
    Entry, EntryState, known,
    late::published_late,
    said,
    story::{Stand, Story},
};
use crate::{Line, Mark, document::written, texts::Phrase};

/// A heading with its points.
pub(super) fn lines(story: &Story<'_>, stand: &Stand<'_>) -> Vec<Line> {
    let head = format!("{}, {}", story.when(stand), what(story, stand));
    let head = marked(Line::heading(head), state(stand));
    let said = said(story, stand).join("; ");
    let said = (!said.is_empty()).then(|| {
        let line = cited(Line::point(said), stand);
        let beside = concerned(story, stand)
            .into_iter()
            .chain(instead(story, stand));
        marked(beside.fold(line, cited), hushed(stand))
    });
    let published = cited(Line::point(published(story, stand)), stand);
    let published = marked(published, late(stand));
    std::iter::once(head)
        .chain(said)
        .chain(conditions(story, stand))
        .chain([published])
        .chain(known::lines(story, stand))
        .collect()
}

/// Who knew of what is never for the family, so no line of a chronology is, whatever may be told of its event.
fn cited(line: Line, stand: &Stand<'_>) -> Line {
    line.resting_on(stand.entry.event_id, FamilyHandling::No)
}

/// The originator's conditions, whole: they bind whoever has anything of the event. Never to be read out: they often say what must
/// not be said, and to whom.
fn conditions(story: &Story<'_>, stand: &Stand<'_>) -> Option<Line> {
    let conditions = stand.source?.disclosed.handling_conditions().trim();
    let label = story.case.say(Phrase::ChronologyConditions);
    let line = || Line::point(format!("{label}: “{}”", written(conditions)));
    (!conditions.is_empty()).then(|| marked(cited(line(), stand), Some(Mark::DontReadOut)))
}

fn marked(line: Line, mark: Option<Mark>) -> Line {
    mark.into_iter()
        .fold(line, |line, mark| line.marked(mark, true))
}

/// "Derwen Homes, incident".
pub(super) fn what(story: &Story<'_>, stand: &Stand<'_>) -> String {
    let matter = stand.entry.matter.label(story.review.language);
    format!("{}, {matter}", story.case.agency(&stand.entry.originator))
}

/// What it says, what it is about, and what a reader must know before relying on it.
pub(super) fn said(story: &Story<'_>, stand: &Stand<'_>) -> Vec<String> {
    let say = |phrase| vec![story.case.say(phrase).to_owned()];
    let mut parts = match (stand.entry.state, stand.source) {
        (EntryState::EnteredInError, _) => say(Phrase::ChronologyNotRepeated),
        (EntryState::Erased, _) => say(Phrase::ChronologyErased),
        (_, None) => say(Phrase::ChronologyNothingMore),
        (_, Some(source)) => said::said(&story.case, source),
    };
    let named = |phrase, other: &Stand<'_>| {
        let label = story.case.say(phrase);
        format!("{label}: {}, {}", what(story, other), story.when(other))
    };
    let about = concerned(story, stand).map(|other| named(Phrase::ChronologyConcerns, other));
    let see = instead(story, stand).map(|other| named(Phrase::ChronologySee, other));
    parts.extend(about.into_iter().chain(see));
    if stand.entry.doubtful {
        parts.push(story.case.say(Phrase::KeyWithdrawn).to_owned());
    }
    parts
}

/// The event that it is about, if that has lines too.
fn concerned<'s>(story: &'s Story<'_>, stand: &Stand<'_>) -> Option<&'s Stand<'s>> {
    story.stand(stand.entry.concerns?)
}

/// What took its place, or says that it was entered in error, if that has lines too.
fn instead<'s>(story: &'s Story<'_>, stand: &Stand<'_>) -> Option<&'s Stand<'s>> {
    let entry = stand.entry;
    let mut stands = story.stands.iter();
    let takes = |other: &Entry| {
        let same = other.matter == entry.matter || other.matter == Matter::Correction;
        same && other.concerns == Some(entry.event_id)
    };
    let gone = entry.state != EntryState::Stands;
    stands.find(|other| gone && takes(other.entry))
}

/// "recorded on 20 October 2026, published on 2 November 2026, 19 days later". Recorded is said where it differs.
fn published(story: &Story<'_>, stand: &Stand<'_>) -> String {
    let entry = stand.entry;
    let on = &story.case.on(entry.ordered_at);
    let exact = stand.span.first == stand.span.last;
    let late = published_late(stand).map(|count| known::days(story, count));
    let published = match late.as_ref() {
        Some(days) if exact => story.case.fill(&ChronologyPublishedLate { on, days }),
        Some(days) => story
            .case
            .fill(&ChronologyPublishedLateAtLeast { on, days }),
        None => story.case.fill(&ChronologyPublished { on }),
    };
    let recorded = dates::day(entry.recorded_at);
    let apart = recorded != dates::day(entry.ordered_at) && entry.occurred.is_some();
    if apart {
        let on = &story.case.date(recorded);
        let recorded = story.case.fill(&ChronologyRecorded { on });
        format!("{recorded}, {published}")
    } else {
        published
    }
}

/// What became of it.
const fn state(stand: &Stand<'_>) -> Option<Mark> {
    match stand.entry.state {
        EntryState::Stands => None,
        EntryState::Corrected => Some(Mark::Corrected),
        EntryState::EnteredInError => Some(Mark::EnteredInError),
        EntryState::Superseded => Some(Mark::Superseded),
        EntryState::Erased => Some(Mark::Erased),
    }
}

fn hushed(stand: &Stand<'_>) -> Option<Mark> {
    let hushed = stand.source.is_some_and(said::is_hushed);
    hushed.then_some(Mark::DontReadOut)
}

fn late(stand: &Stand<'_>) -> Option<Mark> {
    published_late(stand).map(|_| Mark::PublishedLate)
}

/// What a reader must know of the whole event before reading on.
pub(super) fn marks(stand: &Stand<'_>) -> impl Iterator<Item = Mark> {
    [hushed(stand), state(stand), late(stand)]
        .into_iter()
        .flatten()
}
