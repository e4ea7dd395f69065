//! Codes that a mapping file names. Owns that each is one of a closed list, by the list's own stable names.

use diogel_domain::codes::{
    AlertStatus, Certainty, DirectedAt, Harm, IdentifierScheme, LawfulBasis, PrecautionCode,
    Purpose, ResistantBehaviour, Severity, Standing, ThreatForm, Urgency,
};

use super::DateForm;

/// A closed list of codes.
pub(crate) trait Code: Copy + PartialEq + 'static {
    /// What they are called in an error.
    const WHAT: &'static str;
    /// All of them.
    const EVERY: &'static [Self];
    /// The stable name.
    fn name(self) -> &'static str;

    /// The code with this stable name.
    fn named(name: &str) -> Option<Self> {
        Self::EVERY.iter().copied().find(|code| code.name() == name)
    }

    /// Every name, for an error.
    fn names() -> String {
        let names: Vec<&str> = Self::EVERY.iter().map(|code| code.name()).collect();
        names.join(", ")
    }
}

macro_rules! codes {
    ($($list:ty, $what:literal;)+) => {$(
        impl Code for $list {
            const WHAT: &'static str = $what;
            const EVERY: &'static [Self] = <$list>::ALL;
            fn name(self) -> &'static str { self.code() }
        }
    )+};
}
codes! {
    AlertStatus, "statuses of an alert";
    Certainty, "certainties";
    DirectedAt, "codes of whom it was directed at";
    Harm, "kinds of harm";
    LawfulBasis, "lawful bases";
    PrecautionCode, "precautions";
    Purpose, "purposes";
    Severity, "severities";
    Standing, "standings";
    ThreatForm, "forms of threat";
    Urgency, "urgencies";
    DateForm, "forms of dates";
    NoGround, "grounds that no alert rests on";
    TargetKind, "kinds of target";
    Encoding, "encodings";
    MembersBy, "kinds of members' numbers";
}

/// What no alert rests on (PRACTICE, section 10, "Behaviour").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoGround {
    /// A kind of resistant behaviour that is no threat: it goes with the incident.
    Resistance(ResistantBehaviour),
    /// An illness, a disability, a dependency: it goes nowhere.
    Diagnosis,
}

impl NoGround {
    const ALL: &'static [Self] = &[
        Self::Resistance(ResistantBehaviour::Ambivalence),
        Self::Resistance(ResistantBehaviour::Avoidance),
        Self::Resistance(ResistantBehaviour::DisguisedCompliance),
        Self::Resistance(ResistantBehaviour::Confrontation),
        Self::Diagnosis,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Resistance(behaviour) => behaviour.code(),
            Self::Diagnosis => "diagnosis",
        }
    }
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TargetKind {
    /// A person.
    Person,
    /// Premises.
    Premises,
    /// A household.
    Household,
    /// An animal.
    Animal,
}

impl TargetKind {
    const ALL: &'static [Self] = &[Self::Person, Self::Premises, Self::Household, Self::Animal];

    const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Premises => "premises",
            Self::Household => "household",
            Self::Animal => "animal",
        }
    }
}

/// In which encoding a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Encoding {
    /// UTF-8, with or without a mark at its beginning.
    #[default]
    Utf8,
    /// What older spreadsheets wrote in Britain.
    Windows1252,
}

impl Encoding {
    const ALL: &'static [Self] = &[Self::Utf8, Self::Windows1252];

    const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// By which numbers a household's members are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MembersBy {
    /// NHS numbers.
    NhsNumber,
    /// The agency's own references.
    Local,
}

impl MembersBy {
    const ALL: &'static [Self] = &[Self::NhsNumber, Self::Local];

    const fn code(self) -> &'static str {
        self.scheme().code()
    }

    /// The scheme of the numbers.
    pub(crate) const fn scheme(self) -> IdentifierScheme {
        match self {
            Self::NhsNumber => IdentifierScheme::NhsNumber,
            Self::Local => IdentifierScheme::Local,
        }
    }
}
