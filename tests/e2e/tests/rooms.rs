//! Dependencies point one way: the rooms of the architecture section, held against the manifests.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::{collections::BTreeSet, fs, path::Path};

/// A room and the rooms that it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("libs/domain", &[]),
    ("libs/texts", &["domain"]),
    ("libs/identity", &[]),
    ("libs/ops", &[]),
    ("libs/sharing", &["domain", "texts"]),
    ("libs/summary", &["domain", "sharing", "texts"]),
    ("libs/views", &["domain", "indicators", "sharing"]),
    ("libs/contract", &["domain", "sharing", "identity"]),
    ("libs/event-log", &["identity"]),
    ("libs/register", &["domain", "contract"]),
    ("libs/indicators", &["domain"]),
    ("libs/wording", &["domain", "texts", "contract"]),
    (
        "services/render",
        &["domain", "contract", "identity", "ops"],
    ),
    (
        "services/console",
        &["domain", "texts", "wording", "contract", "identity", "ops"],
    ),
    (
        "services/agency",
        &[
            "domain",
            "sharing",
            "texts",
            "contract",
            "event-log",
            "identity",
            "ops",
        ],
    ),
    (
        "services/projection",
        &[
            "domain",
            "sharing",
            "indicators",
            "summary",
            "texts",
            "contract",
            "event-log",
            "views",
            "identity",
            "ops",
        ],
    ),
];

/// Names that a pure room's sources may not hold: no runtime, clock, randomness or file.
const IMPURE: &[&str] = &[
    "tokio",
    "SystemTime",
    "Instant::now",
    "now_utc",
    "std::fs",
    "HashMap",
    "rand::",
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn each_room_uses_only_what_the_plan_allows() {
    for (room, allowed) in ROOMS {
        let manifest = fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap();
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        let used: BTreeSet<&str> = dependencies
            .lines()
            .filter_map(|line| line.strip_prefix("diogel-"))
            .filter_map(|rest| rest.split(['.', ' ', '=']).next())
            .collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        assert!(
            used.is_subset(&allowed),
            "{room} uses {:?}",
            used.difference(&allowed)
        );
    }
}

#[test]
fn pure_rooms_ask_for_no_time_chance_or_file() {
    for room in [
        "libs/domain",
        "libs/indicators",
        "libs/sharing",
        "libs/summary",
        "libs/texts",
        "libs/wording",
    ] {
        for file in sources(&root().join(room).join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for name in IMPURE {
                let used = code
                    .lines()
                    .any(|l| !l.trim_start().starts_with("//") && l.contains(name));
                assert!(
                    !used || file.ends_with("tests.rs"),
                    "{} names {name}",
                    file.display()
                );
            }
        }
    }
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|n| n != "tests") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_known_failure_has_its_tests() {
    let table = fs::read_to_string(root().join("tests/e2e/known-failures.md")).unwrap();
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'));
    let mut held = 0;
    for row in rows {
        let mut file = String::new();
        let tests = row.split('|').nth(2).unwrap();
        for word in tests.split([' ', ',']).filter(|word| !word.is_empty()) {
            if let Some(path) = word.strip_prefix('`') {
                let path = root().join(path.trim_end_matches('`'));
                file =
                    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            } else {
                assert!(
                    file.contains(&format!("fn {word}(")),
                    "{word} is gone: {row}"
                );
                held += 1;
            }
        }
    }
    assert!(held > 25, "{held} tests held");
}
