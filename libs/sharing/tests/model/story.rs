//! The words in which a history is told, to the model and to the library alike: names are texts, times are hours. Owns no rule.

use std::collections::BTreeSet;

/// Who, or what, goes by this name.
pub type Name = &'static str;
/// Several of them.
pub type Set = BTreeSet<Name>;

/// Every group that there is.
#[rustfmt::skip]
pub const GROUPS: [Name; 14] = [
    "existence", "safety", "identity", "narrative", "place", "worker", "reporter", "voice", "health", "criminal", "plan",
    "dispute", "precautions", "topic",
];

/// Agencies with their sectors.
#[rustfmt::skip]
pub const AGENCIES: [(Name, Name); 6] = [
    ("council", "social-care"), ("police", "police"), ("clinic", "health"), ("hospital", "health"), ("refuge", "charity"),
    ("board", "board"),
];

/// A row of a protocol's table: who gives, who gets ("any", "sector:…", a name), on which condition ("any", "involved",
/// "attending"), valid on which days, and from which day on it reaches back.
#[derive(Debug, Clone)]
pub struct Flow {
    pub from: Name,
    pub to: Name,
    pub condition: Name,
    pub kinds: Set,
    pub purposes: Set,
    pub bases: Set,
    pub groups: Set,
    pub valid: (i64, i64),
    pub back: Option<i64>,
}

/// To "sector:…", "involved", "involved-then", "meeting:…", or a name; no groups: everything but what is protected.
#[derive(Debug, Clone)]
pub struct Grant {
    pub to: Name,
    pub groups: Option<Set>,
}

/// What an originator publishes, and for whom.
#[derive(Debug, Clone)]
pub struct Item {
    pub by: Name,
    pub kind: Name,
    pub purpose: Name,
    pub basis: Name,
    pub grants: Vec<Grant>,
    pub withheld: Set,
    pub until: Option<i64>,
    /// Nobody but the originator.
    pub only: bool,
    /// Whose event a request asks for.
    pub asks: Name,
}

/// What happens. An involvement is "", "claimed" or "confirmed".
#[derive(Debug, Clone)]
pub enum Said {
    Adopted(Name, Set, Vec<Flow>),
    Ended(Name),
    Signed(Name, Name, usize),
    Left(Name, Name),
    Suspended(Name, bool),
    Involved(Name, Name),
    Attends(Name, Name, bool),
    Published(Item),
    Widened(Vec<Grant>),
    Narrowed(Set, Set),
    Withdrawn,
    Disclosed(Set, Set, Option<i64>),
}

/// Everything in its order, each at an hour of its own.
pub type Story = Vec<(i64, Said)>;
