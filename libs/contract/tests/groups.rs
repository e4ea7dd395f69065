//! Every field of the content with the field groups that a reader needs for it, as a text that an information-governance officer
//! can read (`groups.txt`). Found by taking groups away from content in which every field is filled, so that a field which
//! somebody forgets shows with too few of them (P6). `DIOGEL_BLESS=1` writes the text anew; read the difference.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
    sync::LazyLock,
};

use diogel_contract::{DESCRIPTOR_SET, read, v1, write};
use diogel_domain::{codes::Deed, content::Content};
use diogel_sharing::{
    groups::{FieldGroup, Groups},
    redact,
};
use prost::Message;
use prost_reflect::{
    DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, ReflectMessage, Value,
};

static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(DESCRIPTOR_SET).unwrap());

fn wire() -> MessageDescriptor {
    POOL.get_message_by_name("diogel.v1.Content").unwrap()
}

/// Which alternative of each `oneof` is filled, and which code a source of corroboration has.
#[derive(Clone, Copy)]
struct Choice {
    content: &'static str,
    replacement: &'static str,
    target: &'static str,
    source: i32,
    said: &'static str,
    deed: i32,
}

/// What a publication and its header say instead of the content; and what only an answer says.
const ELSEWHERE: [&str; 22] = [
    "rests_on",
    "supersedes",
    "concerns",
    "diogel.v1.Correction.target",
    "reader_person_id",
    "diogel.v1.PersonTold.told_on",
    "diogel.v1.Step.of",
    "diogel.v1.InvolvementClaim.sensitive",
    "diogel.v1.Meeting.changes",
    "diogel.v1.Meeting.chair",
    "diogel.v1.Meeting.attending",
    "diogel.v1.Meeting.cancelled",
    "diogel.v1.AccessRequest.event",
    "diogel.v1.AccessRequest.groups",
    "diogel.v1.AudienceChanged.event",
    "diogel.v1.AudienceChanged.change",
    "answers",
    "diogel.v1.SharingDeclined.event",
    "diogel.v1.EmergencyDisclosure.event",
    "diogel.v1.EmergencyDisclosure.disclosure",
    "withheld_persons",
    "verified",
];

fn filled(message: &MessageDescriptor, choice: Choice) -> DynamicMessage {
    let mut made = DynamicMessage::new(message.clone());
    for field in message.fields() {
        let name = field.name();
        let skipped = ELSEWHERE.contains(&name) || ELSEWHERE.contains(&field.full_name());
        let chosen = field.containing_oneof().is_none_or(|one| match one.name() {
            "content" => name == choice.content,
            "replacement" => name == choice.replacement,
            "target" => name == choice.target,
            "said" => name == choice.said,
            _ => false,
        });
        if !skipped && chosen {
            let value = value(&field, choice);
            let value = if field.is_list() {
                Value::List(vec![value])
            } else {
                value
            };
            made.set_field(&field, value);
        }
    }
    made
}

fn value(field: &FieldDescriptor, choice: Choice) -> Value {
    match field.kind() {
        Kind::Bool => Value::Bool(true),
        Kind::Uint32 => Value::U32(1),
        Kind::Int32 => Value::I32(1),
        Kind::Int64 => Value::I64(1_790_000_000),
        Kind::Enum(list) => Value::EnumNumber(match list.name() {
            "IdentifierScheme" => 4,
            "CorroborationSource" => choice.source,
            "Deed" => choice.deed,
            _ => 1,
        }),
        Kind::Message(message) => Value::Message(filled(&message, choice)),
        _ => Value::String(text(field).into()),
    }
}

fn text(field: &FieldDescriptor) -> &'static str {
    match field.name() {
        "born_on" | "due_on" | "review_on" | "since" | "on" | "by" | "from" | "to" | "told_on" => {
            "2026-10-01"
        }
        "agency" | "owner" | "parties" | "lead" | "invited" | "attended" | "reported" | "panel" => {
            "housing"
        }
        "uprn" => "10099000001",
        "intelligence_assessment" => "B",
        _ => "filled",
    }
}

/// Paths of everything that a message says.
fn said(message: &DynamicMessage, at: &str, found: &mut BTreeSet<String>) {
    for (field, value) in message.fields() {
        let path = format!("{at}{}", field.name());
        let values = match value {
            Value::List(values) => values.clone(),
            other => vec![other.clone()],
        };
        for value in values {
            match value {
                Value::Message(inner) if inner.descriptor().name() == "Timestamp" => {
                    found.insert(path.clone());
                }
                Value::Message(inner) => said(&inner, &format!("{path}."), found),
                _ => {
                    found.insert(path.clone());
                }
            }
        }
    }
}

fn paths(content: &Content) -> BTreeSet<String> {
    let sealed = v1::Content {
        content: Some(write::sealed(content)),
        ..v1::Content::default()
    };
    let message = DynamicMessage::decode(wire(), sealed.encode_to_vec().as_slice()).unwrap();
    let mut found = BTreeSet::new();
    said(&message, "", &mut found);
    found
}

fn content(choice: Choice) -> Content {
    let filled = filled(&wire(), choice);
    let sealed = v1::Content::decode(filled.encode_to_vec().as_slice()).unwrap();
    let mut asked = BTreeSet::new();
    said(&filled, "", &mut asked);
    let content = read::content(&sealed).unwrap();
    let aside = ["on_behalf_of", "family_reason", "handling_conditions"];
    asked.retain(|path| !aside.contains(&path.as_str()));
    assert_eq!(paths(&content), asked, "the domain holds every field");
    content
}

/// All that a reader may need for each path: smallest sets of groups beside existence.
fn needs(content: &Content) -> BTreeMap<String, String> {
    let with = |groups: &[FieldGroup]| {
        let existence = Groups::NONE.with(FieldGroup::Existence);
        let groups = groups.iter().fold(existence, |sum, g| sum.with(*g));
        paths(&redact(content.clone(), groups))
    };
    let alone = with(&[]);
    let single: Vec<_> = FieldGroup::ALL.map(|g| (g, with(&[g]))).into();
    let mut needs = BTreeMap::new();
    for path in paths(content) {
        let any: Vec<&str> = single
            .iter()
            .filter(|(_, seen)| seen.contains(&path))
            .map(|(g, _)| g.code())
            .collect();
        let said = if alone.contains(&path) {
            "existence".into()
        } else if any.is_empty() {
            pair(&path, &with)
        } else {
            any.join(" or ")
        };
        needs.insert(path, said);
    }
    needs
}

fn pair(path: &str, with: &impl Fn(&[FieldGroup]) -> BTreeSet<String>) -> String {
    let all = FieldGroup::ALL;
    let pairs = all
        .iter()
        .flat_map(|a| all.iter().filter(move |b| a < *b).map(move |b| [*a, *b]));
    let found = pairs.filter(|pair| with(pair).contains(path));
    let found: Vec<String> = found
        .map(|[a, b]| format!("{} and {}", a.code(), b.code()))
        .collect();
    assert!(!found.is_empty(), "nobody can ever see {path}");
    found.join(" or ")
}

const INCIDENT: Choice = Choice {
    content: "incident",
    replacement: "incident",
    target: "person",
    source: 1,
    said: "",
    deed: 0,
};

fn choices() -> Vec<Choice> {
    let alert = |content, target| Choice {
        content,
        replacement: "hazard_alert",
        target,
        ..INCIDENT
    };
    let said = |content| Choice {
        content,
        ..INCIDENT
    };
    let step = |said, deed: Deed| Choice {
        content: "step",
        said,
        deed: deed.number(),
        ..INCIDENT
    };
    vec![
        INCIDENT,
        alert("hazard_alert", "person"),
        alert("hazard_alert", "premises"),
        alert("hazard_alert", "household"),
        alert("hazard_alert", "animal"),
        Choice {
            content: "escalation",
            ..INCIDENT
        },
        Choice {
            content: "correction",
            ..INCIDENT
        },
        alert("correction", "animal"),
        Choice {
            content: "correction",
            replacement: "escalation",
            ..INCIDENT
        },
        said("involvement"),
        said("meeting"),
        said("access_request"),
        said("audience_changed"),
        said("sharing_declined"),
        said("emergency_disclosure"),
        said("safety_plan"),
        said("contact"),
        said("engagement_needs"),
        said("advocacy"),
        said("change_claimed"),
        said("strength"),
        said("information_request"),
        step("alert", Deed::Approved),
        step("incident", Deed::Corroborated),
        step("escalation", Deed::MovedOn),
        step("plan", Deed::MeasureDone),
        step("change", Deed::ChangeConfirmed),
        step("meeting", Deed::MeetingClosed),
        step("information", Deed::InformationGiven),
        step("statement", Deed::Objected),
    ]
}

fn table() -> String {
    let mut all = BTreeMap::new();
    for choice in choices() {
        all.extend(needs(&content(choice)));
    }
    // What a correction puts in an event's place is as protected as the event.
    for (path, groups) in all.clone() {
        if let Some(own) = path.strip_prefix("correction.").filter(|p| p.contains('.')) {
            assert_eq!(all.get(own), Some(&groups), "{own}");
            all.remove(&path);
        }
    }
    let width = all.keys().map(String::len).max().unwrap_or(0);
    let mut text = String::from("What a reader needs for each field, beside existence.\n\n");
    for (path, groups) in all {
        writeln!(text, "{path:width$}  {groups}").unwrap();
    }
    text
}

#[test]
fn p6_each_field_belongs_to_the_groups_agreed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/groups.txt");
    let table = table();
    if std::env::var_os("DIOGEL_BLESS").is_some() {
        fs::write(&file, &table).unwrap();
    }
    assert_eq!(table, fs::read_to_string(&file).unwrap(), "groups differ");
}

#[test]
fn p6_that_the_person_bears_an_account_out_goes_with_their_voice() {
    let own = content(Choice {
        source: 4,
        ..INCIDENT
    });
    let path = "incident.narrative.corroborated_by.source";
    assert_eq!(needs(&own)[path], "narrative and voice");
}

#[test]
fn p6_fewer_groups_never_show_more() {
    for choice in choices() {
        let content = content(choice);
        for group in FieldGroup::ALL {
            let less = Groups::ALL.without(Groups::NONE.with(group));
            assert!(paths(&redact(content.clone(), less)).is_subset(&paths(&content)));
            let twice = redact(redact(content.clone(), less), Groups::ALL);
            assert_eq!(
                twice,
                redact(content.clone(), less),
                "what is gone stays gone"
            );
        }
    }
}
