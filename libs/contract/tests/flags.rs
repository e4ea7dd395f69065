//! What a request could ask for beyond what its caller's certificate gives: every switch is in this list, with what it does, and no
//! field says who calls. A new one fails the test until somebody has thought about it.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::collections::BTreeMap;

use prost_reflect::{DescriptorPool, Kind, MessageDescriptor};

/// Switches that a request may hold.
const SWITCHES: &[(&str, &str)] = &[
    ("PublishRequest.validate_only", "stores less"),
    ("WatchRequest.from_now", "tells less"),
    ("ListItemsRequest.open", "lists less"),
    ("ListItemsRequest.own", "lists less"),
    (
        "AccessLogRequest.only_not_let_in",
        "the Board's governance alone; refused to anybody else",
    ),
    ("Audience.originator_only", "shares less"),
    (
        "Audience.by_default",
        "shares as the Board configured, by name",
    ),
    ("Audience.restricted_by_person", "shares less"),
    ("AudienceChange.withdraw", "shares less"),
    ("InvolvementClaim.sensitive", "tells fewer of the claim"),
    ("AgencyStatusChanged.suspended", "the Board's alone"),
    (
        "ReconcileRequest.restored",
        "an agency's service alone; takes less in",
    ),
    ("Meeting.cancelled", "its host's; shares less"),
    (
        "Account.safe_to_say",
        "what the child said; the default keeps it back",
    ),
    (
        "AlertDecision.senior",
        "who decided, as the agency answers for it",
    ),
    (
        "AlertStep.senior",
        "who decided, as the agency answers for it",
    ),
    ("ContactNote.at_home", "what happened"),
    ("EngagementNeeds.interpreter", "what the person needs"),
    ("IncidentSafety.danger_at_once", "what happened"),
    ("IncidentSafety.prevents_task", "what happened"),
    ("DocumentSpan.written", "how a page sets it; shows no more"),
];

/// Names of fields that would let a caller speak as somebody else, or past a rule.
const NEVER: &[&str] = &[
    "skip",
    "force",
    "override",
    "bypass",
    "admin",
    "sudo",
    "unchecked",
    "principal",
    "caller",
    "as_agency",
    "originator",
    "break_glass",
    "emergency",
];

/// These only begin so.
const KNOWN: &[&str] = &["originator_only"];

/// The messages that callers send, whole.
fn requests(pool: &DescriptorPool) -> BTreeMap<String, MessageDescriptor> {
    let mut found = BTreeMap::new();
    for service in pool.services() {
        for method in service.methods() {
            reach(method.input(), &mut found);
        }
    }
    found
}

fn reach(message: MessageDescriptor, found: &mut BTreeMap<String, MessageDescriptor>) {
    if found
        .insert(message.full_name().to_owned(), message.clone())
        .is_none()
    {
        for field in message.fields() {
            if let Kind::Message(part) = field.kind() {
                reach(part, found);
            }
        }
    }
}

fn pool() -> DescriptorPool {
    DescriptorPool::decode(diogel_contract::DESCRIPTOR_SET).unwrap()
}

#[test]
fn every_switch_of_a_request_is_known() {
    let mut switches = Vec::new();
    for message in requests(&pool()).values() {
        let flags = message.fields().filter(|field| field.kind() == Kind::Bool);
        switches.extend(flags.map(|field| format!("{}.{}", message.name(), field.name())));
    }
    let known: BTreeMap<&str, &str> = SWITCHES.iter().copied().collect();
    let unknown: Vec<&String> = switches
        .iter()
        .filter(|name| !known.contains_key(name.as_str()))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    for name in known.keys() {
        assert!(
            switches.iter().any(|switch| switch == name),
            "{name} is gone"
        );
    }
}

#[test]
fn p7_no_field_of_a_request_says_who_calls_or_steps_over_a_rule() {
    for (name, message) in requests(&pool()) {
        for field in message.fields() {
            let words: Vec<&str> = field.name().split('_').collect();
            let never = NEVER
                .iter()
                .find(|never| words.starts_with(&[**never]) && !KNOWN.contains(&field.name()));
            assert_eq!(never, None, "{name}.{}", field.name());
        }
    }
}
