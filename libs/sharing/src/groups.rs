//! Field groups and sets of them. Sets meet and join; a decision for a recipient is such a set.

use diogel_domain::codes::Language;
use diogel_texts::sharing::Phrase;
use serde::{Deserialize, Serialize};

/// A part that content is divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FieldGroup {
    /// That the event exists: kind, originator, times.
    Existence,
    /// What a visiting worker needs to be safe.
    Safety,
    /// Who the people are.
    Identity,
    /// The account.
    Narrative,
    /// Addresses and premises.
    Place,
    /// The worker concerned.
    Worker,
    /// Who reported.
    Reporter,
    /// The voice of the child or adult at risk.
    Voice,
    /// Causes and context that concern health.
    Health,
    /// Police grading and criminal matters.
    Criminal,
    /// Measures, owners, dates.
    Plan,
    /// Professional disagreement.
    Dispute,
    /// What to do at the door. Safety brings it along; alone, without existence, only the pre-visit check shows it.
    Precautions,
    /// That professionals disagree: about what, at which stage, by when. Dispute brings it along; alone, it is for who chairs a meeting.
    Topic,
}

impl FieldGroup {
    /// How many there are.
    pub const COUNT: usize = 14;

    /// Every group, in the order of their numbers on the wire.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Existence,
        Self::Safety,
        Self::Identity,
        Self::Narrative,
        Self::Place,
        Self::Worker,
        Self::Reporter,
        Self::Voice,
        Self::Health,
        Self::Criminal,
        Self::Plan,
        Self::Dispute,
        Self::Precautions,
        Self::Topic,
    ];

    /// The number on the wire.
    pub const fn number(self) -> i32 {
        self as i32 + 1
    }

    /// The group with this number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.number() == number)
    }

    /// Stable name, used in protocol files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Existence => "existence",
            Self::Safety => "safety",
            Self::Identity => "identity",
            Self::Narrative => "narrative",
            Self::Place => "place",
            Self::Worker => "worker",
            Self::Reporter => "reporter",
            Self::Voice => "voice",
            Self::Health => "health",
            Self::Criminal => "criminal",
            Self::Plan => "plan",
            Self::Dispute => "dispute",
            Self::Precautions => "precautions",
            Self::Topic => "topic",
        }
    }

    /// The group of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.code() == code)
    }

    /// What people read.
    pub const fn label(self, language: Language) -> &'static str {
        let phrase = match self {
            Self::Existence => Phrase::GroupExistence,
            Self::Safety => Phrase::GroupSafety,
            Self::Identity => Phrase::GroupIdentity,
            Self::Narrative => Phrase::GroupNarrative,
            Self::Place => Phrase::GroupPlace,
            Self::Worker => Phrase::GroupWorker,
            Self::Reporter => Phrase::GroupReporter,
            Self::Voice => Phrase::GroupVoice,
            Self::Health => Phrase::GroupHealth,
            Self::Criminal => Phrase::GroupCriminal,
            Self::Plan => Phrase::GroupPlan,
            Self::Dispute => Phrase::GroupDispute,
            Self::Precautions => Phrase::GroupPrecautions,
            Self::Topic => Phrase::GroupTopic,
        };
        phrase.say(language)
    }
}

/// A set of field groups.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Groups(u16);

impl Groups {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything.
    pub const ALL: Self = Self(0x3fff);
    /// All that a claimed involvement opens.
    pub const PRECAUTIONS: Self = Self::NONE.with(FieldGroup::Precautions);
    /// Never for a member of the family, whatever was said (PRACTICE, section 10).
    pub const NEVER_FAMILY: Self = Self::NONE
        .with(FieldGroup::Place)
        .with(FieldGroup::Worker)
        .with(FieldGroup::Reporter)
        .with(FieldGroup::Criminal)
        .with(FieldGroup::Dispute)
        .with(FieldGroup::Precautions)
        .with(FieldGroup::Topic);
    /// The most that anybody but its parties and the Board may know of an escalation: who chairs a meeting (PRACTICE, section 10).
    pub const GLIMPSE: Self = Self::NONE
        .with(FieldGroup::Existence)
        .with(FieldGroup::Identity)
        .with(FieldGroup::Topic);
    /// Why an alert was raised: gone once it has lapsed (PRACTICE, section 10).
    pub const STORY: Self = Self::NONE
        .with(FieldGroup::Narrative)
        .with(FieldGroup::Reporter);
    /// Protected by default (PRACTICE, section 4): never granted unless named.
    pub const PROTECTED: Self = Self::NONE
        .with(FieldGroup::Place)
        .with(FieldGroup::Worker)
        .with(FieldGroup::Reporter)
        .with(FieldGroup::Voice);

    /// With one group more.
    #[must_use]
    pub const fn with(self, group: FieldGroup) -> Self {
        Self(self.0 | (1 << group as u16))
    }

    /// Holds the group.
    pub const fn has(self, group: FieldGroup) -> bool {
        self.0 & (1 << group as u16) != 0
    }

    /// What both hold.
    #[must_use]
    pub const fn meet(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either holds.
    #[must_use]
    pub const fn join(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What this holds and the other doesn't.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// With what these bring along: safety its precautions, a dispute its topic.
    #[must_use]
    pub const fn closed(self) -> Self {
        let safe = if self.has(FieldGroup::Safety) {
            self.with(FieldGroup::Precautions)
        } else {
            self
        };
        if safe.has(FieldGroup::Dispute) {
            safe.with(FieldGroup::Topic)
        } else {
            safe
        }
    }

    /// Holds nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Holds everything that the other holds.
    pub const fn covers(self, other: Self) -> bool {
        other.without(self).is_empty()
    }

    /// The groups, in order.
    pub fn iter(self) -> impl Iterator<Item = FieldGroup> {
        FieldGroup::ALL.into_iter().filter(move |g| self.has(*g))
    }
}

impl FromIterator<FieldGroup> for Groups {
    fn from_iter<I: IntoIterator<Item = FieldGroup>>(groups: I) -> Self {
        groups.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_and_join() {
        let a = Groups::NONE
            .with(FieldGroup::Safety)
            .with(FieldGroup::Place);
        let b = Groups::NONE
            .with(FieldGroup::Safety)
            .with(FieldGroup::Voice);
        assert_eq!(a.meet(b), Groups::NONE.with(FieldGroup::Safety));
        assert!(a.join(b).covers(a) && Groups::ALL.covers(a.join(b)));
        assert_eq!(Groups::ALL.iter().count(), FieldGroup::COUNT);
    }
}
