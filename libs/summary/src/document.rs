//! The document: sections of lines with the events that they rest on. Owns the model that every rendering shares (text now; the
//! family's and the professionals' page, PDF and HTML later). Refuses layout: no width, no numbering, no markup.

use std::collections::BTreeSet;

use diogel_domain::{
    codes::{FamilyHandling, Language},
    ids::EventId,
};

use crate::{Source, handling};

/// A summary about one person: a document never holds two (PRACTICE, section 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The language of its fixed phrases.
    pub language: Language,
    /// What it is, and about whom.
    pub title: String,
    /// The protective marking, for every page.
    pub marking: String,
    /// For whom, why, when, how to handle it.
    pub head: Vec<Fact>,
    /// In the order of [`Topic::ALL`]; a section with nothing to say is left out.
    pub sections: Vec<Section>,
    /// The events cited, in order of appearance: the first is e1.
    pub key: Vec<Cited>,
    /// What closes the document; the last entry is for the foot of every page.
    pub footer: Vec<String>,
}

/// A labelled fact of the document's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// What a section is about. The order is the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// The person's own voice and account: before every other (guidance, section 5.1).
    Voice,
    /// Progress and strengths.
    Progress,
    /// Alerts, and dangers reported and not assessed.
    Danger,
    /// Incidents and their trend.
    Hostility,
    /// What is said by or about parents or carers, and borne out by nobody known to the reader.
    Unconfirmed,
    /// Measures with owner and date.
    Plan,
    /// Escalations.
    Disagreements,
    /// Questions to agencies.
    Asks,
    /// Practice tips that no event answers.
    NotRecorded,
    /// The guidance's closing questions.
    Closing,
}

impl Topic {
    /// Every topic, in the order of the page.
    pub const ALL: &'static [Self] = &[
        Self::Voice,
        Self::Progress,
        Self::Danger,
        Self::Hostility,
        Self::Unconfirmed,
        Self::Plan,
        Self::Disagreements,
        Self::Asks,
        Self::NotRecorded,
        Self::Closing,
    ];
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is about: the same in both languages.
    pub topic: Topic,
    /// Its heading.
    pub heading: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// What a line is in its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A point: what an event says, or a question.
    Point,
    /// The heading of the points that follow.
    Heading,
    /// A fixed caveat about the section.
    Note,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is in its section.
    pub kind: LineKind,
    /// What it says.
    pub text: String,
    /// The events that it rests on; none for fixed phrases and prompts.
    pub cites: Vec<EventId>,
    /// What a reader must know before reading on. Several can hold: an alert can be stale and not to be read out.
    pub marks: BTreeSet<Mark>,
    /// What the family may be told of it: the meet of all that it rests on; `No` where it rests on nothing.
    pub family: FamilyHandling,
}

/// A mark on a line. Shown as words, never as colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Not to be read out in the meeting, whatever its originator lets the family be told.
    DontReadOut,
    /// For the chair: a professional sees it only as a party.
    ChairOnly,
    /// Reported or proposed, and nobody has decided.
    ReportedNotAssessed,
    /// Past its review date: verify again.
    Stale,
    /// Past its due date; no event says whether it was done.
    Overdue,
    /// Borne out by nobody known to the reader. Never on the account of a child, adult at risk or suspected victim.
    Uncorroborated,
}

/// An event of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Which.
    pub event_id: EventId,
    /// So much of the id as tells it from the others of this document.
    pub short: String,
    /// Its originator's name.
    pub agency: String,
    /// The day of its publication, as a long date.
    pub published: String,
    /// What the family may be told of it.
    pub family: FamilyHandling,
}

impl Line {
    /// A point.
    pub(crate) fn point(text: impl Into<String>) -> Self {
        Self::of(LineKind::Point, text)
    }

    /// A heading of points.
    pub(crate) fn heading(text: impl Into<String>) -> Self {
        Self::of(LineKind::Heading, text)
    }

    /// A fixed caveat.
    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::of(LineKind::Note, text)
    }

    fn of(kind: LineKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            cites: Vec::new(),
            marks: BTreeSet::new(),
            family: FamilyHandling::No,
        }
    }

    /// Resting on one event more: the family is told no more than each of them allows.
    pub(crate) fn citing(mut self, source: &Source) -> Self {
        let allowed = handling::family_of(source);
        let first = self.cites.is_empty() && !self.marks.contains(&Mark::DontReadOut);
        self.family = if first {
            allowed
        } else {
            self.family.max(allowed)
        };
        if !self.cites.contains(&source.event_id) {
            self.cites.push(source.event_id);
        }
        self
    }

    /// Resting on all of these.
    pub(crate) fn citing_all<'s>(self, sources: impl IntoIterator<Item = &'s Source>) -> Self {
        sources.into_iter().fold(self, Self::citing)
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
