//! The summary that a chair reads before a meeting, and the chronology that a practice review rests on: a document model and its
//! renderings. Owns what goes on the page, in which order; the words are those of `diogel-texts`. Pure: names no clock, randomness,
//! file or network. Refuses content that didn't come through a permit (P6), and refuses to invent or to score: each line cites the
//! events that it rests on.

#![warn(clippy::float_arithmetic)]

mod case;
mod chronicle;
mod course;
mod document;
mod handling;
mod person;
mod renderings;
mod room;
mod sections;
mod texts;
mod timeline;

use std::collections::BTreeMap;

use diogel_domain::{
    codes::{FamilyHandling, Language, Purpose},
    crisp::Policy,
    ids::{AgencyId, EventId},
    times::{Day, Moment},
};
use diogel_sharing::permit::Disclosed;

pub use chronicle::{Entry, EntryState, Known, Review, chronicle, to_csv};
pub use document::{
    Cited, Document, EveryPage, Fact, Kept, Labels, Line, LineKind, Mark, PointKind, Rendering,
    Section, Span, Table, Text, Tick, Timeline, TimelinePoint, Topic, language_tag,
};
pub use renderings::{to_html, to_html_fragment, to_json, to_text};
pub use room::{Room, summarise_for_chair};

use case::Case;
use document::written;
use texts::Phrase;

/// One event, as the reader may see it. Only events that stand: what was corrected or entered in error isn't passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id, by which lines cite it.
    pub event_id: EventId,
    /// Whose event.
    pub originator: AgencyId,
    /// When it was given its position.
    pub ordered_at: Moment,
    /// A later alert replaced it; it makes no line.
    pub superseded: bool,
    /// What its originator lets the family be told.
    pub family: FamilyHandling,
    /// What the reader may see of it: the only content there is.
    pub disclosed: Disclosed,
    /// Labels by which this event names the person of the meeting; empty if it is about somebody or somewhere near them.
    pub labels: Vec<String>,
    /// Of an alert: the incidents that it rests on. Tells a danger that was decided from one that nobody has decided.
    pub rests_on: Vec<EventId>,
    /// The key that signed it was withdrawn later, after the last event that the Board called good.
    pub doubtful: bool,
    /// Of an alert: since when nothing stands any more that it rests on, as far as everybody may know; none: something stands, or
    /// isn't known.
    pub groundless_since: Option<Moment>,
    /// The steps taken on it that everybody may see, in their order. How it stands is computed from them.
    pub steps: Vec<StepTaken>,
}

/// A step taken on an event, as the reader may see it; it is cited as any event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTaken {
    /// Its id.
    pub event_id: EventId,
    /// Who took it.
    pub originator: AgencyId,
    /// When it was given its position.
    pub ordered_at: Moment,
    /// What its originator lets the family be told.
    pub family: FamilyHandling,
    /// What the reader may see of it.
    pub disclosed: Disclosed,
}

/// For whom, why and when the summary is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Whose permits the sources came through.
    pub reader: AgencyId,
    /// Agencies expected at the meeting.
    pub attending: Vec<AgencyId>,
    /// Others in the room, who hold nothing of their own: interpreters, advocates, supporters.
    pub others_present: Vec<String>,
    /// Names of agencies, English and Welsh; an agency without one shows by its id.
    pub names: BTreeMap<AgencyId, (String, String)>,
    /// When it is made: everything overdue, stale or quiet is so as of then.
    pub made_at: Moment,
    /// The Board's policies, by when each came into force; none: the usual one.
    pub policies: BTreeMap<Moment, Policy>,
    /// The day of the meeting, if it is known.
    pub meeting_on: Option<Day>,
    /// When the last meeting ended, if it is known.
    pub last_meeting: Option<Moment>,
    /// Agencies of the board that work with people, whoever attends: which of them were never asked is shown.
    pub agencies: Vec<AgencyId>,
    /// Why.
    pub purpose: Purpose,
    /// For whose eyes.
    pub rendering: Rendering,
    /// The language of headings and fixed phrases. What people wrote stays in their language.
    pub language: Language,
}

/// Makes the summary. The same setting and sources, in whichever order, make the same document.
pub fn summarise(setting: &Setting, sources: &[Source]) -> Document {
    let case = Case::new(setting, sources);
    let sections = sections::all(&case);
    document_of(&case, sections)
}

pub(crate) fn document_of(case: &Case<'_>, sections: Vec<Section>) -> Document {
    let setting = case.setting;
    let title = if case.is_for_family() {
        Phrase::FamilyTitle
    } else {
        Phrase::Title
    };
    let timeline = timeline::timeline(case);
    let drawn = timeline.iter().flat_map(|t| &t.points);
    let drawn = drawn.map(|point| &point.what);
    Document {
        language: setting.language,
        rendering: setting.rendering.clone(),
        title: format!("{}: {}", case.say(title), person::named(case)).into(),
        made_at: setting.made_at,
        every_page: every_page(case),
        head: head(case),
        key: handling::key(
            case,
            sections.iter().flat_map(Section::every_line).chain(drawn),
        ),
        timeline,
        sections,
        labels: labels(case),
        footer: footer(case),
    }
}

/// For whom, why, when, and how to handle it.
fn head(case: &Case<'_>) -> Vec<Fact> {
    let setting = case.setting;
    // Not who else attends, of whom one may be a refuge, nor that there are lines which they don't see.
    if let Rendering::Family { whom } = &setting.rendering {
        return vec![
            case.fact(Phrase::For, &written(whom)),
            case.fact(Phrase::MadeAt, &case.moment(setting.made_at)),
            case.fact(Phrase::Handling, case.say(Phrase::FamilyHandling)),
        ];
    }
    let attending = setting.attending.iter().map(|agency| {
        let name = case.agency(agency);
        match room::letter(setting, agency) {
            Some(letter) if setting.rendering == Rendering::Chair => format!("{letter} {name}"),
            _ => name.to_owned(),
        }
    });
    let attending: Vec<String> = attending.collect();
    let mut facts = vec![
        case.fact(Phrase::For, case.agency(&setting.reader)),
        case.fact(Phrase::Attending, &attending.join(", ")),
        case.fact(Phrase::Purpose, setting.purpose.label(setting.language)),
        case.fact(Phrase::MadeAt, &case.moment(setting.made_at)),
        case.fact(Phrase::Handling, case.say(Phrase::HandlingRule)),
    ];
    facts.retain(|fact| !fact.value.is_empty());
    if person::birth_dates_differ(case) {
        let check = case.say(Phrase::BirthDatesDiffer);
        facts.insert(0, case.fact(Phrase::Check, check));
    }
    facts
}

/// What stands on every page (PRACTICE, section 5).
fn every_page(case: &Case<'_>) -> EveryPage {
    let setting = case.setting;
    let recipient = match &setting.rendering {
        Rendering::Family { whom } => written(whom).into(),
        Rendering::Chair | Rendering::Professionals => case.agency(&setting.reader).into(),
    };
    EveryPage {
        marking: case.say(Phrase::Marking).to_owned(),
        rendering: for_whose_eyes(case).into(),
        recipient,
        purpose: setting.purpose.label(setting.language).to_owned(),
        made_at: case.moment(setting.made_at),
        handling: case.say(Phrase::HandlingShort).to_owned(),
    }
}

fn for_whose_eyes(case: &Case<'_>) -> String {
    match &case.setting.rendering {
        Rendering::Chair => case.say(Phrase::ForChair).to_owned(),
        Rendering::Professionals => case.say(Phrase::ForProfessionals).to_owned(),
        Rendering::Family { whom } => {
            format!("{}: {}", case.say(Phrase::ForFamily), written(whom))
        }
    }
}

fn labels(case: &Case<'_>) -> Labels {
    let say = |phrase| case.say(phrase).to_owned();
    Labels {
        page: say(Phrase::Page),
        of: say(Phrase::Of),
        key: say(Phrase::Key),
        key_note: say(if case.is_for_family() {
            Phrase::FamilyKeyNote
        } else {
            Phrase::KeyNote
        }),
        not_shown: say(Phrase::NotShown),
    }
}

/// The guidance's version is shown, and that its review is overdue (PRACTICE, section 10).
fn footer(case: &Case<'_>) -> Vec<Text> {
    let known = (!case.is_for_family()).then_some(Phrase::OnlyWhatIsKnown);
    let said = known.into_iter().chain([Phrase::Guidance]);
    said.map(|phrase| case.say(phrase).into()).collect()
}

#[cfg(test)]
mod tests;
