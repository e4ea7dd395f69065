//! What the contract has no field for (`tests/NEVER.md`): nobody is scored, and what stays with an employer can't be sent. Unknown fields
//! are refused, so what isn't here isn't taken. A new field with such a name fails until somebody has thought about it.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::collections::BTreeSet;

use prost_reflect::{DescriptorPool, MessageDescriptor};

/// Words of a number, a level or a forecast about people.
const SCORES: &[&str] = &[
    "score",
    "scores",
    "rating",
    "rank",
    "ranking",
    "level",
    "points",
    "probability",
    "prediction",
    "predicted",
    "forecast",
    "weight",
    "index",
    "tier",
    "marker",
    "flag",
];

/// Words of what stays with agencies: of their staff, and of how they keep them safe.
const EMPLOYERS: &[&str] = &[
    "absence",
    "sickness",
    "incapacity",
    "riddor",
    "car",
    "vehicle",
    "registration",
    "home",
    "phone",
    "telephone",
    "kin",
    "lone",
    "rota",
    "supervision",
    "supervisor",
    "training",
    "personnel",
    "ethnicity",
    "religion",
    "sexuality",
    "disability",
];

/// Those have such a word and mean something else.
const KNOWN: &[&str] = &[
    // A drawing's points in time.
    "DocumentTimeline.points",
    // Where the family is seen, not where a worker lives.
    "ContactNote.at_home",
];

fn messages() -> Vec<MessageDescriptor> {
    let pool = DescriptorPool::decode(diogel_contract::DESCRIPTOR_SET).unwrap();
    let ours = pool
        .all_messages()
        .filter(|message| message.package_name().starts_with("diogel."));
    ours.collect()
}

/// Fields with one of these words in their name.
fn named(words: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for message in messages() {
        for field in message.fields() {
            let name = format!("{}.{}", message.name(), field.name());
            let has = field.name().split('_').any(|word| words.contains(&word));
            if has && !KNOWN.contains(&name.as_str()) {
                found.insert(name);
            }
        }
    }
    found
}

/// The fields of a message.
fn fields(message: &str) -> Vec<String> {
    let all = messages();
    let found = all.iter().find(|known| known.name() == message);
    let fields = found.unwrap().fields();
    fields.map(|field| field.name().to_owned()).collect()
}

#[test]
fn nobody_has_a_score_a_level_or_a_marker() {
    assert_eq!(named(SCORES), BTreeSet::new());
    assert_eq!(
        fields("Person"),
        [
            "label",
            "role",
            "identifiers",
            "name",
            "born_on",
            "reader_person_id"
        ]
    );
}

#[test]
fn what_stays_with_an_employer_can_not_be_sent() {
    assert_eq!(named(EMPLOYERS), BTreeSet::new());
    assert_eq!(
        fields("Worker"),
        ["who"],
        "no injury, no absence, no characteristic"
    );
}

#[test]
fn a_childs_account_has_no_grade_and_legal_advice_no_content() {
    assert_eq!(fields("Account"), ["person", "words", "safe_to_say"]);
    assert_eq!(fields("NextAction"), ["what", "owner", "by"]);
}
