//! Every *never* of practice has its tests: the table `tests/NEVER.md`, held against the files that it names. Reads files alone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::{collections::BTreeSet, fs, path::Path};

const TABLE: &str = "tests/NEVER.md";

/// What must never be, where that is from, and its tests: path and name.
struct Row {
    never: String,
    from: String,
    tests: Vec<(String, String)>,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(path: &str) -> String {
    let whole = root().join(path);
    fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn rows() -> Vec<Row> {
    let table = read(TABLE);
    let lines = table.lines().filter(|line| line.starts_with('|'));
    // Below the heading and its rule.
    lines.skip(2).map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [never, from, tests] = cells[..] else {
        panic!("not three cells: {line}");
    };
    let named = tests.split('`').map(str::trim).filter(|t| !t.is_empty());
    let tests = named.map(|test| {
        let (path, name) = test
            .rsplit_once("::")
            .unwrap_or_else(|| panic!("no path::name: {test}"));
        (path.to_owned(), name.to_owned())
    });
    Row {
        never: never.to_owned(),
        from: from.to_owned(),
        tests: tests.collect(),
    }
}

/// The function stands in the file under an attribute of a test.
fn is_test(file: &str, name: &str) -> bool {
    let Some((before, _)) = file.split_once(&format!("fn {name}(")) else {
        return false;
    };
    let above = before.rsplit("\n\n").next().unwrap_or_default();
    above.contains("#[test]") || above.contains("#[tokio::test")
}

#[test]
fn every_never_of_practice_has_a_test() {
    let rows = rows();
    assert!(rows.len() > 100, "{} rows", rows.len());
    for row in &rows {
        let whole = !row.never.is_empty() && !row.from.is_empty() && !row.tests.is_empty();
        assert!(whole, "a cell is empty: {}", row.never);
    }
    let each: BTreeSet<&str> = rows.iter().map(|row| row.never.as_str()).collect();
    assert_eq!(each.len(), rows.len(), "a row stands twice");
}

#[test]
fn every_test_of_the_table_is_there() {
    for row in rows() {
        for (path, name) in &row.tests {
            let gone = format!("{path}::{name} is gone: {}", row.never);
            assert!(is_test(&read(path), name), "{gone}");
        }
    }
}

#[test]
fn a_test_is_a_function_under_its_attribute() {
    let file = "#[test]\nfn held() {}\n\nfn loose() {}\n\n#[tokio::test]\nasync fn waits() {}\n";
    assert!(is_test(file, "held") && is_test(file, "waits"));
    assert!(!is_test(file, "loose") && !is_test(file, "gone"));
}
