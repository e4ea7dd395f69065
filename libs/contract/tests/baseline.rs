//! The contract only ever grows: every message, field, code and call of the stored baseline is still there, as it was (P11).
//! `DIOGEL_BLESS=1` stores the present contract as the new baseline, after it has been held against the old one.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use prost::Message;
use prost_types::{DescriptorProto, EnumDescriptorProto, FileDescriptorSet};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../proto/baseline.binpb")
}

/// Everything that a client may rely on: its name, and what must not change about it.
fn promises(set: &FileDescriptorSet) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for file in set.file.iter().filter(|f| f.package() == "diogel.v1") {
        file.message_type
            .iter()
            .for_each(|m| of_message(m, "", &mut found));
        file.enum_type
            .iter()
            .for_each(|e| of_enum(e, "", &mut found));
        for service in &file.service {
            for method in &service.method {
                let name = format!("{}.{}", service.name(), method.name());
                let shape = format!(
                    "{} -> {}{}",
                    method.input_type(),
                    if method.server_streaming() {
                        "stream "
                    } else {
                        ""
                    },
                    method.output_type()
                );
                found.insert(name, shape);
            }
        }
    }
    found
}

fn of_message(message: &DescriptorProto, within: &str, found: &mut BTreeMap<String, String>) {
    let name = format!("{within}{}", message.name());
    for field in &message.field {
        let key = format!("{name}#{}", field.number());
        let oneof = field
            .oneof_index
            .map(|i| message.oneof_decl[usize::try_from(i).unwrap()].name());
        let shape = format!(
            "{} {:?} {:?} {} {}",
            field.name(),
            field.label(),
            field.r#type(),
            field.type_name(),
            oneof.unwrap_or_default()
        );
        found.insert(key, shape);
    }
    message
        .nested_type
        .iter()
        .for_each(|m| of_message(m, &format!("{name}."), found));
    message
        .enum_type
        .iter()
        .for_each(|e| of_enum(e, &format!("{name}."), found));
}

fn of_enum(list: &EnumDescriptorProto, within: &str, found: &mut BTreeMap<String, String>) {
    for value in &list.value {
        found.insert(
            format!("{within}{}={}", list.name(), value.number()),
            value.name().into(),
        );
    }
}

#[test]
fn p11_nothing_of_the_contract_was_taken_back() {
    let now = promises(&FileDescriptorSet::decode(diogel_contract::DESCRIPTOR_SET).unwrap());
    let bless = std::env::var_os("DIOGEL_BLESS").is_some();
    if path().exists() {
        let baseline = FileDescriptorSet::decode(fs::read(path()).unwrap().as_slice()).unwrap();
        for (name, shape) in promises(&baseline) {
            assert_eq!(now.get(&name), Some(&shape), "{name} changed or went");
        }
    } else {
        assert!(
            bless,
            "proto/baseline.binpb is missing: run this test with DIOGEL_BLESS=1"
        );
    }
    if bless {
        fs::write(path(), diogel_contract::DESCRIPTOR_SET).unwrap();
    }
}
