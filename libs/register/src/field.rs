//! The fields that a register's columns can be. Owns their names in a mapping file and in a report; refuses any other: what isn't
//! a field stays with the council.

/// What a column of a register holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The row's own reference in the register. Request keys are made from it.
    Reference,
    /// The person's name.
    Name,
    /// The person's date of birth.
    DateOfBirth,
    /// The person's NHS number.
    NhsNumber,
    /// The person's reference in an agency's own system.
    LocalId,
    /// Unique property reference number.
    Uprn,
    /// The address.
    Address,
    /// When the incident happened.
    IncidentDate,
    /// What happened, in the register's words.
    WhatHappened,
    /// Words for the behaviour.
    Behaviour,
    /// Words for what to do.
    Precautions,
    /// Words for whom it was directed at.
    DirectedAt,
    /// Words for the harm done.
    Harm,
    /// Words for how bad it would be.
    Severity,
    /// Words for how soon a reader has to act.
    Urgency,
    /// Words for how sure the register is.
    Certainty,
    /// When the entry is to be reviewed.
    ReviewDate,
    /// Words for what the entry is about: person, premises, household, animal.
    Target,
    /// The members of a household, by their numbers.
    Members,
    /// What animal it is.
    Animal,
    /// When the person was told.
    ToldOn,
    /// Why the person was not told.
    WhyNotTold,
    /// Who made the entry, by name or role.
    EnteredBy,
    /// When or why the entry was taken off the register: such a row is not imported.
    Ended,
}

impl Field {
    /// Every field.
    pub const ALL: &'static [Self] = &[
        Self::Reference,
        Self::Name,
        Self::DateOfBirth,
        Self::NhsNumber,
        Self::LocalId,
        Self::Uprn,
        Self::Address,
        Self::IncidentDate,
        Self::WhatHappened,
        Self::Behaviour,
        Self::Precautions,
        Self::DirectedAt,
        Self::Harm,
        Self::Severity,
        Self::Urgency,
        Self::Certainty,
        Self::ReviewDate,
        Self::Target,
        Self::Members,
        Self::Animal,
        Self::ToldOn,
        Self::WhyNotTold,
        Self::EnteredBy,
        Self::Ended,
    ];

    /// Its key in a mapping's `[columns]`, and its name in a report.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Name => "name",
            Self::DateOfBirth => "date_of_birth",
            Self::NhsNumber => "nhs_number",
            Self::LocalId => "local_id",
            Self::Uprn => "uprn",
            Self::Address => "address",
            Self::IncidentDate => "incident_date",
            Self::WhatHappened => "what_happened",
            Self::Behaviour => "behaviour",
            Self::Precautions => "precautions",
            Self::DirectedAt => "directed_at",
            Self::Harm => "harm",
            Self::Severity => "severity",
            Self::Urgency => "urgency",
            Self::Certainty => "certainty",
            Self::ReviewDate => "review_date",
            Self::Target => "target",
            Self::Members => "members",
            Self::Animal => "animal",
            Self::ToldOn => "told_on",
            Self::WhyNotTold => "why_not_told",
            Self::EnteredBy => "entered_by",
            Self::Ended => "ended",
        }
    }

    /// The field of this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }
}
