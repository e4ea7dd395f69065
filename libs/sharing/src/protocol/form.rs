//! The keys of a protocol's file, and the words for a key or a code that isn't one. Owns what may stand at the top for each flow.

use super::{
    codes::Code,
    spelling::{did_you_mean, quoted},
};

/// The keys that a table may have.
pub(super) struct Form {
    /// What the table is called.
    pub(super) name: &'static str,
    /// Its keys.
    pub(super) keys: &'static [&'static str],
    /// Keys that stand in the other table, and where that is.
    pub(super) elsewhere: (&'static [&'static str], &'static str),
}

/// Names that keys had before, or might have had.
const ONCE: &[(&str, &str)] = &[
    ("matters", "kinds"),
    ("valid_until", "review_by"),
    ("tell_originator", "tell_originator_of_reads"),
    ("flows", "[[flow]]"),
];

/// Keys that may stand at the top for each flow that doesn't say its own.
pub(super) const DEFAULTS: &[&str] = &[
    "purposes",
    "bases",
    "valid_from",
    "review_by",
    "tell_originator_of_reads",
];

/// The top.
#[rustfmt::skip]
pub(super) const HEAD: Form = Form {
    name: "a protocol",
    keys: &[
        "id", "version", "title", "title_cy", "status", "host", "processor", "parties", "lead", "flow",
        "purposes", "bases", "valid_from", "review_by", "tell_originator_of_reads",
    ],
    elsewhere: (
        &["number", "from", "to", "kinds", "groups", "condition", "powers", "reaches_back_to"],
        "it belongs below a [[flow]]",
    ),
};

/// A flow.
#[rustfmt::skip]
pub(super) const FLOW: Form = Form {
    name: "a flow",
    keys: &[
        "number", "from", "to", "kinds", "groups", "condition", "powers", "reaches_back_to",
        "purposes", "bases", "valid_from", "review_by", "tell_originator_of_reads",
    ],
    elsewhere: (
        &["id", "version", "title", "title_cy", "status", "host", "processor", "parties", "lead"],
        "it belongs at the top, before the first [[flow]]",
    ),
};

/// What is said of a code that a list doesn't have.
pub(super) fn unknown_code<C: Code>(text: &str) -> String {
    let codes: Vec<&str> = C::all().iter().map(|c| c.code()).collect();
    let (one, several) = C::NAMES;
    let guess = did_you_mean(text, codes.iter().copied());
    let guess = guess.map_or_else(String::new, |guess| format!("; {guess}"));
    let text = quoted(text);
    format!(
        "{text} is no {one}{guess} ({several}: {})",
        codes.join(", ")
    )
}

/// What is said of a key that a table doesn't have.
pub(super) fn unknown_key(key: &str, form: &Form) -> String {
    let (others, elsewhere) = form.elsewhere;
    let once = ONCE.iter().find(|(old, _)| *old == key);
    let once = once.map(|(_, new)| format!("did you mean `{new}`?"));
    let moved = others.contains(&key).then(|| elsewhere.to_owned());
    let guess = moved
        .or(once)
        .or_else(|| did_you_mean(key, form.keys.iter().copied()))
        .unwrap_or_else(|| format!("it has {}", form.keys.join(", ")));
    format!("{} is no key of {}; {guess}", quoted(key), form.name)
}
