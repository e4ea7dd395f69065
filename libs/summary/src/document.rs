//! The document: sections of lines with the events that they rest on. Owns the model that every rendering shares, the words
//! around its lines included. Refuses layout: no width, no numbering, no markup.

mod codes;
mod line;
mod table;
mod timeline;
mod wording;

use diogel_domain::{
    codes::{FamilyHandling, Language},
    ids::EventId,
    times::Moment,
};
use serde::Serialize;

pub use line::{Kept, Line, LineKind, Mark};
pub use table::Table;
pub(crate) use timeline::alt_of;
pub use timeline::{PointKind, Tick, Timeline, TimelinePoint};
pub(crate) use wording::written;
pub use wording::{Span, Text};

/// A summary or a chronology about one person: a document never holds two (PRACTICE, section 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The language of its fixed phrases.
    #[serde(serialize_with = "codes::language")]
    pub language: Language,
    /// For whose eyes it was made.
    pub rendering: Rendering,
    /// What it is, and about whom.
    pub title: Text,
    /// When it was made.
    #[serde(serialize_with = "codes::moment")]
    pub made_at: Moment,
    /// What stands on every page.
    pub every_page: EveryPage,
    /// For whom, why, when, how to handle it.
    pub head: Vec<Fact>,
    /// What happened when, drawn.
    pub timeline: Option<Timeline>,
    /// A summary's in the order of [`Topic::ALL`], a chronology's in the order of time; a section with nothing to say is left out.
    pub sections: Vec<Section>,
    /// The events cited, in order of appearance: the first is e1.
    pub key: Vec<Cited>,
    /// The words that a rendering puts around all this.
    pub labels: Labels,
    /// What closes the document.
    pub footer: Vec<Text>,
}

/// For whose eyes a document is (PRACTICE, section 5). The three hold different lines; who may see which is decided before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rendering {
    /// The chair alone.
    Chair,
    /// The professionals who attend.
    Professionals,
    /// Members of the family who attend.
    Family {
        /// Their names, as they are called at the meeting.
        whom: Text,
    },
}

/// What stands on every page, so that a page that lies apart from the others can be told (PRACTICE, section 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EveryPage {
    /// The protective marking.
    pub marking: String,
    /// For whose eyes, in words.
    pub rendering: Text,
    /// The recipient.
    pub recipient: Text,
    /// Why it was made.
    pub purpose: String,
    /// When it was made.
    pub made_at: String,
    /// How to handle it, in one sentence.
    pub handling: String,
}

/// Words that a rendering puts around what the document says, in its language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// "page", before a page's number.
    pub page: String,
    /// "of", before the number of pages.
    pub of: String,
    /// The heading of the key.
    pub key: String,
    /// How to read the key.
    pub key_note: String,
    /// What a rendering says that has no shape for some characters: it shows □ for each.
    pub not_shown: String,
}

/// A labelled fact of the document's head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: Text,
}

/// What a section is about. The order is the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What the person and those around them need to take part.
    Needs,
    /// The person's own voice and account: before every other account (guidance, section 5.1).
    Voice,
    /// Progress and strengths.
    Progress,
    /// Alerts, and dangers reported and not assessed.
    Danger,
    /// Incidents and their trend.
    Hostility,
    /// Whether to exclude a person from the meeting.
    Exclusion,
    /// Who is in the room: what its page lacks because of whom.
    Room,
    /// What each agency may say before the family.
    BeforeTheFamily,
    /// What is said by or about parents or carers, and borne out by nobody known to the reader.
    Unconfirmed,
    /// Measures with owner and date.
    Plan,
    /// Escalations.
    Disagreements,
    /// Questions to agencies.
    Asks,
    /// Agencies that are silent, or were never asked.
    Agencies,
    /// Signs in the network.
    Signs,
    /// What changed since the last meeting.
    Since,
    /// Practice tips that no event answers.
    NotRecorded,
    /// Dates that the procedures set.
    Statutory,
    /// The guidance's closing questions.
    Closing,
    /// What members of the family may do about their page.
    Rights,
    /// What occurred when, and who knew of it: of a chronology, in no summary.
    Chronology,
}

impl Topic {
    /// Every topic of a summary, in the order of the page.
    pub const ALL: &'static [Self] = &[
        Self::Needs,
        Self::Voice,
        Self::Progress,
        Self::Danger,
        Self::Hostility,
        Self::Exclusion,
        Self::Room,
        Self::BeforeTheFamily,
        Self::Unconfirmed,
        Self::Plan,
        Self::Disagreements,
        Self::Asks,
        Self::Agencies,
        Self::Signs,
        Self::Since,
        Self::NotRecorded,
        Self::Statutory,
        Self::Closing,
        Self::Rights,
    ];
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What it is about: the same in both languages.
    pub topic: Topic,
    /// Its heading.
    pub heading: String,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What is better read side by side, after the lines.
    pub table: Option<Table>,
}

/// An event of the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// Which.
    #[serde(serialize_with = "codes::event")]
    pub event_id: EventId,
    /// So much of the id as tells it from the others of this document.
    pub short: String,
    /// Its originator's name.
    pub agency: Text,
    /// The day of its publication, as a long date.
    pub published: String,
    /// What the family may be told of it.
    #[serde(serialize_with = "codes::family")]
    pub family: FamilyHandling,
}

impl Document {
    /// Everything that rests on events, in the order of the page: the timeline's points, lines, and cells of tables.
    pub fn every_line(&self) -> impl Iterator<Item = &Line> {
        every_line(self.timeline.as_ref(), &self.sections)
    }

    /// An event's number: its place in the key. None for an event that the key lacks.
    pub fn number(&self, id: EventId) -> Option<usize> {
        let place = self.key.iter().position(|cited| cited.event_id == id);
        place.map(|place| place + 1)
    }

    /// What the family may be told of an event of the key, in words; none on the family's own page.
    pub fn family_said(&self, cited: &Cited) -> Option<&'static str> {
        match self.rendering {
            Rendering::Family { .. } => None,
            Rendering::Chair | Rendering::Professionals => Some(cited.family.label(self.language)),
        }
    }

    /// The numbers that a line cites, in order.
    pub fn cited(&self, line: &Line) -> Vec<usize> {
        let mut numbers: Vec<usize> = line
            .cites
            .iter()
            .filter_map(|id| self.number(*id))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// As [`Document::every_line`], while the document is made.
pub(crate) fn every_line<'d>(
    timeline: Option<&'d Timeline>,
    sections: &'d [Section],
) -> impl Iterator<Item = &'d Line> {
    let points = timeline.into_iter().flat_map(|t| &t.points);
    let points = points.map(|point| &point.what);
    points.chain(sections.iter().flat_map(Section::every_line))
}

impl Section {
    /// Its lines, then its table's cells.
    pub fn every_line(&self) -> impl Iterator<Item = &Line> {
        let cells = self.table.iter().flat_map(|table| &table.rows).flatten();
        self.lines.iter().chain(cells)
    }
}

/// A language's tag (BCP 47).
pub const fn language_tag(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Welsh => "cy",
    }
}
