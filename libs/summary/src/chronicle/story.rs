//! The entries of one chronology in their order, each with what it discloses, and what every part of the page asks of them.

use std::{cmp::Reverse, collections::BTreeMap};

use diogel_domain::{
    codes::FamilyHandling,
    content::{Content, Matter},
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_sharing::permit::Disclosed;
use diogel_texts::dates;

use super::{
    Entry, EntryState, Known, Review,
    gaps::{Gap, gaps},
    span::Span,
};
use crate::{
    Source, StepTaken,
    case::{Case, Event},
    handling,
};

/// An entry where it stands.
pub(super) struct Stand<'a> {
    /// The entry.
    pub(super) entry: &'a Entry,
    /// What it discloses; none: nothing.
    pub(super) source: Option<&'a Source>,
    /// When what it reports can have occurred; when it was recorded, if that isn't told.
    pub(super) span: Span,
}

/// One chronology's entries.
pub(super) struct Story<'a> {
    /// For whom, why and when.
    pub(super) review: &'a Review,
    /// The words, as a summary finds them, at the moment that is told of.
    pub(super) case: Case<'a>,
    /// In the order in which they occurred; what is known less precisely comes first.
    pub(super) stands: Vec<Stand<'a>>,
    /// Where each event stands among them.
    places: BTreeMap<EventId, usize>,
}

impl Story<'_> {
    /// Puts the entries in order, each event once, and hands them on.
    pub(super) fn told<T>(
        review: &Review,
        entries: &[Entry],
        tell: impl FnOnce(&Story<'_>) -> T,
    ) -> T {
        let mut ordered: Vec<(Span, &Entry)> = entries.iter().map(|e| (span(e), e)).collect();
        ordered.sort_by_key(|(span, e)| {
            let precision = e.occurred.map(|occurred| occurred.precision);
            let vague_first = Reverse(precision);
            (span.first, vague_first, began(e), e.ordered_at, e.event_id)
        });
        ordered.dedup_by_key(|(_, entry)| entry.event_id);
        let sources: Vec<Source> = ordered
            .iter()
            .filter_map(|(_, e)| source(entries, e))
            .collect();
        let by_id: BTreeMap<EventId, &Source> = sources.iter().map(|s| (s.event_id, s)).collect();
        let stands = ordered.iter().map(|(span, entry)| Stand {
            entry,
            source: by_id.get(&entry.event_id).copied(),
            span: *span,
        });
        let stands: Vec<Stand<'_>> = stands.collect();
        let setting = review.setting();
        let case = Case::new(&setting, &sources);
        let events = stands
            .iter()
            .map(|stand| (stand.entry.event_id, event(stand)));
        let places = stands.iter().map(|stand| stand.entry.event_id);
        let places = places.zip(0..).collect();
        tell(&Story {
            case: case.with(events),
            review,
            places,
            stands,
        })
    }

    /// The moment that is told of.
    pub(super) fn now(&self) -> Moment {
        self.review.at()
    }

    /// The entry of an event.
    pub(super) fn stand(&self, event: EventId) -> Option<&Stand<'_>> {
        self.stands.get(*self.places.get(&event)?)
    }

    /// Stretches in which nothing is known to have happened.
    pub(super) fn gaps(&self) -> Vec<Gap> {
        let fill = self.stands.iter().filter(|s| s.entry.fills_a_gap());
        gaps(fill.map(|stand| stand.span), dates::day(self.now()))
    }

    /// When it occurred, as a long date; when it was recorded, if that isn't told.
    pub(super) fn when(&self, stand: &Stand<'_>) -> String {
        match &stand.entry.occurred {
            Some(occurred) => dates::occurred(occurred, self.review.language),
            None => self.case.on(stand.entry.recorded_at),
        }
    }
}

impl<'a> Stand<'a> {
    /// Who else knew of it, by agency.
    pub(super) fn known(&self) -> Vec<&'a Known> {
        let others = self.entry.known.iter();
        let mut known: BTreeMap<&AgencyId, &Known> = BTreeMap::new();
        for one in others.filter(|known| known.agency != self.entry.originator) {
            known.entry(&one.agency).or_insert(one);
        }
        known.into_values().collect()
    }
}

fn span(entry: &Entry) -> Span {
    let recorded = || Span::on(entry.recorded_at);
    entry.occurred.as_ref().map_or_else(recorded, Span::of)
}

fn began(entry: &Entry) -> Moment {
    entry
        .occurred
        .map_or(entry.recorded_at, |occurred| occurred.from)
}

/// As a summary's source. Nothing of what was entered in error comes so far.
fn source(entries: &[Entry], entry: &Entry) -> Option<Source> {
    let disclosed = entry.disclosed.clone()?;
    if matches!(entry.state, EntryState::EnteredInError | EntryState::Erased) {
        return None;
    }
    // How an alert stands decides whether it may still name its target. What others said of an incident later is an entry of its
    // own: said of it here, it would read as known from the first.
    let steps = match disclosed.content().hazard_alert() {
        Some(_) => steps(entries, entry.event_id),
        None => Vec::new(),
    };
    Some(Source {
        event_id: entry.event_id,
        originator: entry.originator.clone(),
        ordered_at: entry.ordered_at,
        superseded: entry.state != EntryState::Stands,
        family: entry.family,
        disclosed,
        labels: entry.labels.clone(),
        rests_on: Vec::new(),
        doubtful: entry.doubtful,
        groundless_since: None,
        steps,
    })
}

/// The steps on an event that stand, in their order.
fn steps(entries: &[Entry], on: EventId) -> Vec<StepTaken> {
    let mut steps: Vec<StepTaken> = entries
        .iter()
        .filter(|entry| entry.concerns == Some(on) && entry.state == EntryState::Stands)
        .filter_map(|entry| {
            let disclosed = entry.disclosed.clone()?;
            let is_step = matches!(disclosed.content(), Content::Step(_));
            is_step.then(|| step(entry, disclosed))
        })
        .collect();
    steps.sort_by_key(|step| (step.ordered_at, step.event_id));
    steps.dedup_by_key(|step| step.event_id);
    steps
}

fn step(entry: &Entry, disclosed: Disclosed) -> StepTaken {
    StepTaken {
        event_id: entry.event_id,
        originator: entry.originator.clone(),
        ordered_at: entry.ordered_at,
        family: entry.family,
        disclosed,
    }
}

fn event<'a>(stand: &Stand<'a>) -> Event<'a> {
    Event {
        originator: &stand.entry.originator,
        ordered_at: stand.entry.ordered_at,
        family: family(stand),
    }
}

/// What the family may be told. Of what doesn't stand nothing; nor of anything whose originator's word isn't enough, where what
/// would decide it isn't disclosed (PRACTICE, section 10, "Family").
fn family(stand: &Stand<'_>) -> FamilyHandling {
    if stand.entry.state != EntryState::Stands {
        return FamilyHandling::No;
    }
    match (stand.entry.matter, stand.source) {
        (Matter::Step, Some(source)) => {
            handling::family_of_step(&step(stand.entry, source.disclosed.clone()))
        }
        (_, Some(source)) => handling::family_of(source),
        (Matter::HazardAlert | Matter::Escalation | Matter::Step, None) => FamilyHandling::No,
        (_, None) => stand.entry.family,
    }
}
