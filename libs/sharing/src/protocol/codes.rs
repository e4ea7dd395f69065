//! The code lists that a protocol's file is written in: those of its own (status, condition), and one way to read a code of any
//! list. Refuses nothing itself: a text either is a code or isn't.

use diogel_domain::{
    codes::{Language, LawfulBasis, Purpose, Sector},
    content::Matter,
};
use diogel_texts::sharing::Phrase;

use crate::groups::FieldGroup;

/// How far a protocol has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Still being written: nobody signs it.
    Draft,
    /// Agreed: for its parties to sign.
    ForSignature,
}

/// What must hold of the receiving agency besides being the flow's receiving side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Nothing more.
    Any,
    /// Its involvement with the person is confirmed.
    Involved,
    /// It attends the meeting about the person.
    Attending,
}

impl Status {
    /// Every status.
    pub const ALL: &'static [Self] = &[Self::Draft, Self::ForSignature];

    /// Stable name, used in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::ForSignature => "for-signature",
        }
    }

    /// What people read.
    pub const fn label(self, language: Language) -> &'static str {
        let phrase = match self {
            Self::Draft => Phrase::StatusDraft,
            Self::ForSignature => Phrase::StatusForSignature,
        };
        phrase.say(language)
    }
}

impl Condition {
    /// Every condition.
    pub const ALL: &'static [Self] = &[Self::Any, Self::Involved, Self::Attending];

    /// Stable name, used in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Involved => "involved",
            Self::Attending => "attending",
        }
    }

    /// What people read, of the receiving agency.
    pub const fn label(self, language: Language) -> &'static str {
        let phrase = match self {
            Self::Any => Phrase::ConditionAny,
            Self::Involved => Phrase::ConditionInvolved,
            Self::Attending => Phrase::ConditionAttending,
        };
        phrase.say(language)
    }
}

/// A code of a list, as files write it.
pub(super) trait Code: Copy + 'static {
    /// What one code of the list is, and what several are.
    const NAMES: (&'static str, &'static str);
    /// The list.
    fn all() -> &'static [Self];
    /// How a file writes it.
    fn code(self) -> &'static str;
    /// The code that a file writes so.
    fn from_code(text: &str) -> Option<Self> {
        Self::all().iter().copied().find(|c| c.code() == text)
    }
}

macro_rules! codes {
    ($($list:ident $one:literal $several:literal;)+) => {$(
        impl Code for $list {
            const NAMES: (&'static str, &'static str) = ($one, $several);
            fn all() -> &'static [Self] { &$list::ALL }
            fn code(self) -> &'static str { $list::code(self) }
        }
    )+};
}
codes! {
    Matter "kind" "kinds";
    FieldGroup "group" "groups";
    Purpose "purpose" "purposes";
    LawfulBasis "lawful basis" "bases";
    Sector "sector" "sectors";
    Status "status" "statuses";
    Condition "condition" "conditions";
}
