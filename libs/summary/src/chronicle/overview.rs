//! What comes first: how to read the chronology, and what to look at. Counts with their events, in no order of weight: nothing is
//! scored, and a gap or a delay is a question to an agency, never about a worker.

use diogel_domain::codes::FamilyHandling;
use diogel_texts::{
    dates,
    summary::{
        ChronologyChanged, ChronologyEvents, ChronologyGaps, ChronologyLate, ChronologyLateSeen,
        ChronologySharedLate, ChronologyUnseen,
    },
};

use super::{
    EntryState, Known,
    gaps::GAP_DAYS,
    known::days,
    late::{LATE_DAYS, is_long_not_seen, published_late, seen_late, shared_late},
    story::{Stand, Story},
};
use crate::{Line, Section, Topic, texts::Phrase};

pub(super) fn section(story: &Story<'_>) -> Section {
    Section {
        topic: Topic::Chronology,
        heading: story.case.say(Phrase::ChronologyOverview).to_owned(),
        lines: lines(story),
        table: None,
    }
}

fn lines(story: &Story<'_>) -> Vec<Line> {
    let Some(events) = events(story) else {
        let none = Line::point(story.case.say(Phrase::ChronologyNone));
        return notes(story, &[]).chain([none]).collect();
    };
    let about = [Phrase::ChronologyOrder, Phrase::ChronologySeenNote];
    notes(story, &about)
        .chain([events])
        .chain(delays(story))
        .chain(changed(story))
        .chain(gaps(story))
        .collect()
}

/// What was published late, could be known late, was seen late, or perhaps never.
fn delays(story: &Story<'_>) -> impl Iterator<Item = Line> {
    let (case, days) = (&story.case, &days(story, LATE_DAYS));
    let somebody =
        |stand: &Stand<'_>, is_so: &dyn Fn(&Known) -> bool| stand.known().into_iter().any(is_so);
    let late = |stand: &Stand<'_>| published_late(stand).is_some();
    let shared = |stand: &Stand<'_>| {
        let published = stand.entry.ordered_at;
        somebody(stand, &|known| shared_late(known, published).is_some())
    };
    let seen = |stand: &Stand<'_>| somebody(stand, &|known| seen_late(known).is_some());
    let unseen = |stand: &Stand<'_>| somebody(stand, &|known| is_long_not_seen(known, story.now()));
    let counted = [
        counted(story, late, |count| {
            case.fill(&ChronologyLate { count, days })
        }),
        counted(story, shared, |count| {
            case.fill(&ChronologySharedLate { count, days })
        }),
        counted(story, seen, |count| {
            case.fill(&ChronologyLateSeen { count, days })
        }),
        counted(story, unseen, |count| {
            case.fill(&ChronologyUnseen { count, days })
        }),
    ];
    counted.into_iter().flatten()
}

fn changed(story: &Story<'_>) -> Option<Line> {
    let changed = |stand: &Stand<'_>| stand.entry.state != EntryState::Stands;
    counted(story, changed, |count| {
        story.case.fill(&ChronologyChanged { count })
    })
}

/// How many gaps there are, and from when to when.
fn gaps(story: &Story<'_>) -> Option<Line> {
    let gaps = story.gaps();
    let spans = gaps.iter();
    let spans = spans.map(|gap| dates::interval(gap.from, gap.to, story.review.language));
    let text = story.case.fill(&ChronologyGaps {
        count: gaps.len(),
        days: &days(story, GAP_DAYS),
        spans: &spans.collect::<Vec<_>>().join("; "),
    });
    (!gaps.is_empty()).then(|| Line::point(text))
}

/// How to read it; as of an earlier time, what that means.
fn notes(story: &Story<'_>, about: &[Phrase]) -> impl Iterator<Item = Line> {
    let then = story.review.as_of.map(|_| Phrase::ChronologyThenNote);
    let about = about.iter().copied().chain(then);
    let about: Vec<Phrase> = about.chain([Phrase::ChronologyFamilyNote]).collect();
    let say = |phrase| Line::note(story.case.say(phrase));
    about.into_iter().map(say).collect::<Vec<_>>().into_iter()
}

/// How many events, from when to when.
fn events(story: &Story<'_>) -> Option<Line> {
    let days = || story.stands.iter();
    let first = days().map(|stand| stand.span.first).min()?;
    let last = days().map(|stand| stand.span.last).max()?;
    let text = story.case.fill(&ChronologyEvents {
        count: story.stands.len(),
        span: &dates::interval(first, last, story.review.language),
    });
    Some(Line::point(text))
}

/// How many of the events are so, citing them.
fn counted(
    story: &Story<'_>,
    is_so: impl Fn(&Stand<'_>) -> bool,
    text: impl Fn(usize) -> String,
) -> Option<Line> {
    let found: Vec<&Stand<'_>> = story.stands.iter().filter(|stand| is_so(stand)).collect();
    let line = (!found.is_empty()).then(|| Line::point(text(found.len())));
    line.map(|line| {
        found.iter().fold(line, |line, stand| {
            line.resting_on(stand.entry.event_id, FamilyHandling::No)
        })
    })
}
