//! Lines: what they say, the events that they rest on, their marks, and what the family may be told of them. A table's cell is a
//! line too.

use std::collections::BTreeSet;

use diogel_domain::{
    codes::{FamilyHandling, Language},
    ids::{AgencyId, EventId},
};
use serde::Serialize;

use super::Text;
use crate::{
    Source, StepTaken, handling,
    texts::{self, Phrase},
};

/// What a line is in its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A point: what an event says, or a question.
    Point,
    /// The heading of the points that follow.
    Heading,
    /// A fixed caveat about the section.
    Note,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is in its section.
    pub kind: LineKind,
    /// What it says.
    #[serde(flatten)]
    pub text: Text,
    /// The events that it rests on; none for fixed phrases and prompts.
    #[serde(serialize_with = "super::codes::events")]
    pub cites: Vec<EventId>,
    /// What a reader must know before reading on. Several can hold: an alert can be stale and not to be read out.
    pub marks: BTreeSet<Mark>,
    /// On the chair's page: agencies while which attend the page for the room lacks this line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept_from: Vec<Kept>,
    /// What the family may be told of it: the meet of all that it rests on; `No` where it rests on nothing.
    #[serde(serialize_with = "super::codes::family")]
    pub family: FamilyHandling,
}

/// An agency while which attends the page for the room lacks a line of the chair's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Which.
    #[serde(serialize_with = "super::codes::agency")]
    pub agency: AgencyId,
    /// By which letter the page calls it; its head says whose that is.
    pub letter: char,
}

/// A mark on a line. Shown as words, never as colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Not to be read out in the meeting, whatever its originator lets the family be told.
    DontReadOut,
    /// For the chair: a professional sees it only as a party.
    ChairOnly,
    /// Reported or proposed, and nobody has decided.
    ReportedNotAssessed,
    /// Past its review date: verify again.
    Stale,
    /// Nobody decided in time.
    Undecided,
    /// The person objects, and hasn't been answered.
    Disputed,
    /// It doesn't count until somebody has looked at it again.
    Suspended,
    /// Stale too long: a fresh assessment would be needed.
    Lapsed,
    /// Past its due date; no event says whether it was done.
    Overdue,
    /// Borne out by nobody known to the reader. Never on the account of a child, adult at risk or suspected victim.
    Uncorroborated,
    /// Of a chronology: its originator replaced it later.
    Corrected,
    /// Of a chronology: it was entered in error, and may be about somebody else.
    EnteredInError,
    /// Of a chronology: a later alert took its place.
    Superseded,
    /// Of a chronology: its content was destroyed.
    Erased,
    /// Of a chronology: published long after what it reports.
    PublishedLate,
    /// Of a chronology: an agency had it for long, and isn't known to have seen it.
    NotSeen,
}

impl Line {
    /// A point.
    pub(crate) fn point(text: impl Into<Text>) -> Self {
        Self::of(LineKind::Point, text)
    }

    /// A heading of points.
    pub(crate) fn heading(text: impl Into<Text>) -> Self {
        Self::of(LineKind::Heading, text)
    }

    /// A fixed caveat.
    pub(crate) fn note(text: impl Into<Text>) -> Self {
        Self::of(LineKind::Note, text)
    }

    fn of(kind: LineKind, text: impl Into<Text>) -> Self {
        Self {
            kind,
            text: text.into(),
            cites: Vec::new(),
            marks: BTreeSet::new(),
            kept_from: Vec::new(),
            family: FamilyHandling::No,
        }
    }

    /// Resting on one event more: the family is told no more than each of them allows.
    pub(crate) fn citing(self, source: &Source) -> Self {
        self.resting_on(source.event_id, handling::family_of(source))
    }

    /// Resting on a step more.
    pub(crate) fn citing_step(self, taken: &StepTaken) -> Self {
        self.resting_on(taken.event_id, handling::family_of_step(taken))
    }

    /// Resting on all of these steps.
    pub(crate) fn citing_steps<'s>(self, steps: impl IntoIterator<Item = &'s StepTaken>) -> Self {
        steps.into_iter().fold(self, Self::citing_step)
    }

    /// Resting on one event more, of which the family may be told so much.
    pub(crate) fn resting_on(mut self, event: EventId, allowed: FamilyHandling) -> Self {
        let first = self.cites.is_empty() && !self.marks.contains(&Mark::DontReadOut);
        self.family = if first {
            allowed
        } else {
            self.family.max(allowed)
        };
        if !self.cites.contains(&event) {
            self.cites.push(event);
        }
        self
    }

    /// Resting on all of these.
    pub(crate) fn citing_all<'s>(self, sources: impl IntoIterator<Item = &'s Source>) -> Self {
        sources.into_iter().fold(self, Self::citing)
    }

    /// What stands before it, in words: its marks, then whom the room's page keeps it from.
    pub fn marks_in_words(&self, language: Language) -> Vec<String> {
        let marks = self.marks.iter();
        let marks = marks.map(|mark| mark.label(language).to_owned());
        let letters = self.kept_from.iter().map(|kept| kept.letter.to_string());
        let letters = letters.collect::<Vec<_>>().join(", ");
        let kept = (!letters.is_empty()).then(|| {
            let not = texts::say(Phrase::NotForTheRoom, language);
            format!("{not}: {letters}")
        });
        marks.chain(kept).collect()
    }

    /// With a mark, if the condition holds.
    pub(crate) fn marked(mut self, mark: Mark, holds: bool) -> Self {
        if holds {
            self.marks.insert(mark);
            if mark == Mark::DontReadOut {
                self.family = FamilyHandling::No;
            }
        }
        self
    }
}
