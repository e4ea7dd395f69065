//! The summary's fixed texts, from the files of `diogel-texts`: which heading is whose, which words a mark is shown by.

use diogel_domain::codes::Language;
pub(crate) use diogel_texts::summary::Phrase;

use crate::{Mark, PointKind, Topic};

/// The phrase in a language.
pub(crate) const fn say(phrase: Phrase, language: Language) -> &'static str {
    phrase.say(language)
}

/// A section's heading.
pub(crate) const fn heading(topic: Topic) -> Phrase {
    match topic {
        Topic::Needs => Phrase::NeedsHeading,
        Topic::Voice => Phrase::VoiceHeading,
        Topic::Progress => Phrase::ProgressHeading,
        Topic::Danger => Phrase::DangerHeading,
        Topic::Hostility => Phrase::HostilityHeading,
        Topic::Exclusion => Phrase::ExclusionHeading,
        Topic::Room => Phrase::RoomHeading,
        Topic::BeforeTheFamily => Phrase::BeforeTheFamilyHeading,
        Topic::Unconfirmed => Phrase::UnconfirmedHeading,
        Topic::Plan => Phrase::PlanHeading,
        Topic::Disagreements => Phrase::DisagreementsHeading,
        Topic::Asks => Phrase::AsksHeading,
        Topic::Agencies => Phrase::AgenciesHeading,
        Topic::Signs => Phrase::SignsHeading,
        Topic::Since => Phrase::SinceHeading,
        Topic::NotRecorded => Phrase::NotRecordedHeading,
        Topic::Statutory => Phrase::StatutoryHeading,
        Topic::Closing => Phrase::ClosingHeading,
        Topic::Rights => Phrase::YourRights,
        Topic::Chronology => Phrase::Chronology,
    }
}

/// A section's heading on the family's page, in plain words.
pub(crate) const fn family_heading(topic: Topic) -> Phrase {
    match topic {
        Topic::Progress => Phrase::GoingWell,
        Topic::Hostility => Phrase::Worries,
        Topic::Plan => Phrase::Agreed,
        _ => heading(topic),
    }
}

impl Mark {
    /// What people read.
    pub const fn label(self, language: Language) -> &'static str {
        let phrase = match self {
            Self::DontReadOut => Phrase::DontReadOut,
            Self::ChairOnly => Phrase::ChairOnly,
            Self::ReportedNotAssessed => Phrase::ReportedNotAssessed,
            Self::Stale => Phrase::Stale,
            Self::Undecided => Phrase::Undecided,
            Self::Disputed => Phrase::Disputed,
            Self::Suspended => Phrase::Suspended,
            Self::Lapsed => Phrase::Lapsed,
            Self::Overdue => Phrase::Overdue,
            Self::Uncorroborated => Phrase::Uncorroborated,
            Self::Corrected => Phrase::MarkCorrected,
            Self::EnteredInError => Phrase::MarkEnteredInError,
            Self::Superseded => Phrase::MarkSuperseded,
            Self::Erased => Phrase::MarkErased,
            Self::PublishedLate => Phrase::MarkPublishedLate,
            Self::NotSeen => Phrase::MarkNotSeen,
        };
        say(phrase, language)
    }
}

impl PointKind {
    /// What people read.
    pub const fn label(self, language: Language) -> &'static str {
        let phrase = match self {
            Self::Incident => Phrase::PointIncident,
            Self::Alert => Phrase::PointAlert,
            Self::Contact => Phrase::PointContact,
            Self::Meeting => Phrase::PointMeeting,
            Self::Plan => Phrase::PointPlan,
            Self::Other => Phrase::PointOther,
        };
        say(phrase, language)
    }
}
