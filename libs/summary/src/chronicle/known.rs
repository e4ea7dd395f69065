//! Who knew of an event when, in words: dates alone. What isn't told is said not to be known, never not to be so.

use diogel_domain::{codes::FamilyHandling, times::Moment};
use diogel_texts::{
    Filled,
    account::Phrase as Account,
    calendar::CountDays,
    summary::{
        ChronologyAcknowledged, ChronologyAvailable, ChronologyAvailableLate, ChronologySeen,
        ChronologySeenLate, ChronologyTakenBack,
    },
};

use super::{
    Known,
    late::{is_long_not_seen, is_not_seen, seen_late, shared_late},
    story::{Stand, Story},
};
use crate::{Line, Mark, texts::Phrase};

/// "Health Board, Police: available since 14 October 2026, first seen on 15 October 2026": one line for all who knew alike. Never
/// for the family, whatever may be told of the event.
pub(super) fn lines(story: &Story<'_>, stand: &Stand<'_>) -> Vec<Line> {
    let mut alike: Vec<(String, bool, Vec<&str>)> = Vec::new();
    for known in stand.known() {
        let times = times(story, stand.entry.ordered_at, known).join(", ");
        let long = is_long_not_seen(known, story.now());
        let name = story.case.agency(&known.agency);
        match alike.iter_mut().find(|(others, ..)| *others == times) {
            Some((.., names)) => names.push(name),
            None => alike.push((times, long, vec![name])),
        }
    }
    let lines = alike.into_iter().map(|(times, long, names)| {
        Line::point(format!("{}: {times}", names.join(", ")))
            .resting_on(stand.entry.event_id, FamilyHandling::No)
            .marked(Mark::NotSeen, long)
    });
    lines.collect()
}

fn times(story: &Story<'_>, published: Moment, known: &Known) -> Vec<String> {
    let (case, language) = (&story.case, story.review.language);
    let available = known.available_at.map_or_else(
        || Account::PrecautionsAlone.say(language).to_owned(),
        |at| available(story, published, known, at),
    );
    let seen = known.first_seen.map(|at| seen(story, known, at));
    let not_seen = is_not_seen(known).then(|| case.say(Phrase::ChronologyNotSeen).to_owned());
    let acknowledged = known.acknowledged.map(|at| {
        let on = &case.on(at);
        case.fill(&ChronologyAcknowledged { on })
    });
    let taken_back = known.taken_back.map(|at| {
        let on = &case.on(at);
        case.fill(&ChronologyTakenBack { on })
    });
    std::iter::once(available)
        .chain(seen)
        .chain(not_seen)
        .chain(acknowledged)
        .chain(taken_back)
        .collect()
}

fn available(story: &Story<'_>, published: Moment, known: &Known, at: Moment) -> String {
    let on = &story.case.on(at);
    match shared_late(known, published) {
        Some(count) => {
            let days = &days(story, count);
            story.case.fill(&ChronologyAvailableLate { on, days })
        }
        None => story.case.fill(&ChronologyAvailable { on }),
    }
}

fn seen(story: &Story<'_>, known: &Known, at: Moment) -> String {
    let on = &story.case.on(at);
    match seen_late(known) {
        Some(count) => {
            let days = &days(story, count);
            story.case.fill(&ChronologySeenLate { on, days })
        }
        None => story.case.fill(&ChronologySeen { on }),
    }
}

/// "19 days".
pub(super) fn days(story: &Story<'_>, count: usize) -> String {
    CountDays { count }.say(story.review.language)
}
