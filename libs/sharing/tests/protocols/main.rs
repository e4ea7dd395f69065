//! The checker of protocols, as whoever writes one meets it: one wrong file a rule, with what is said of it, and the shipped
//! protocols with what an officer should look at. `BLESS=1 cargo test -p diogel-sharing --test protocols` writes the goldens anew.

#![cfg(test)]

use std::{fmt::Write, fs, path::PathBuf};

use diogel_domain::{codes::Sector, ids::AgencyId, times::Day};
use diogel_sharing::protocol::{
    Protocol,
    check::{Agencies, Finding, Severity, check},
};

/// What a protocol begins with that says no more than it must.
const HEAD: &str = include_str!("head.toml");
/// Flows that nothing is wrong with.
const FLOWS: &str = include_str!("flows.toml");

fn here(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/protocols")
        .join(file)
}

fn agencies(known: &[(&str, Sector)]) -> Agencies {
    let known = known.iter().copied();
    known
        .map(|(id, sector)| (AgencyId::new(id).expect("an id"), sector))
        .collect()
}

/// Those of `deploy/agencies`.
fn deployed() -> Agencies {
    agencies(&[
        ("board", Sector::Board),
        ("education", Sector::Education),
        ("health", Sector::Health),
        ("housing", Sector::Housing),
        ("outreach", Sector::Charity),
        ("police", Sector::Police),
        ("probation", Sector::Probation),
        ("refuge", Sector::Charity),
        ("social-care", Sector::SocialCare),
    ])
}

fn invented() -> Agencies {
    agencies(&[
        ("hafod", Sector::Housing),
        ("heddlu", Sector::Police),
        ("lloches", Sector::Charity),
        ("ysgol", Sector::Education),
    ])
}

fn said(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut text, finding| {
        let (line, severity) = (finding.line, finding.severity.code());
        let _ = writeln!(text, "{line}: {severity}: {}", finding.words);
        text
    })
}

fn today() -> Day {
    Day::parse("2026-02-01").expect("a day")
}

fn holds(golden: &str, now: &str) {
    let path = here(golden);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, now).expect("written");
    }
    let stands = fs::read_to_string(&path).expect("a golden text");
    assert!(stands == now, "{golden} has changed; it is now\n{now}");
}

#[test]
fn every_shipped_protocol_is_without_mistakes() {
    let folder = here("../../../../deploy/protocols");
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let mut now = String::new();
    for path in paths {
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a text");
        let findings = check(&text, Some(&deployed()), today());
        let mistake = findings.iter().find(|f| f.severity == Severity::Mistake);
        assert_eq!(mistake, None, "{name}");
        assert!(Protocol::from_toml(&text).is_ok(), "{name}");
        let _ = writeln!(now, "## {name}\n{}", said(&findings));
    }
    holds("shipped.txt", &now);
}

#[test]
fn a_right_file_gives_no_findings() {
    let text = format!("{HEAD}{FLOWS}");
    assert_eq!(said(&check(&text, Some(&invented()), today())), "");
    assert_eq!(said(&check(&text, None, today())), "");
}

/// `wrong.txt` is a list of cases: `## what`, the edits (`- from => to`; `\n` is a new line), and what is said of the file.
#[test]
fn each_rule_says_its_line_and_its_words() {
    let list = fs::read_to_string(here("wrong.txt")).expect("a list");
    let mut now = String::new();
    for case in list.split("## ").skip(1) {
        let (name, rest) = case.split_once('\n').expect("a name");
        let edits = rest.lines().filter(|line| line.starts_with("- "));
        let edits: Vec<&str> = edits.collect();
        let text = edits.iter().fold(format!("{HEAD}{FLOWS}"), edited);
        let known = invented();
        let known = (!name.contains("agencies unknown")).then_some(&known);
        let findings = said(&check(&text, known, today()));
        assert!(!findings.is_empty(), "{name}: nothing is said");
        let _ = writeln!(now, "## {name}\n{}\n{findings}", edits.join("\n"));
    }
    holds("wrong.txt", &now);
}

fn edited(text: String, edit: &&str) -> String {
    let (from, to) = edit[2..].split_once(" =>").expect("from => to");
    let broken = |text: &str| text.replace("\\n", "\n");
    let (from, to) = (broken(from), broken(to.trim_start()));
    assert!(text.contains(&from), "{edit}: not there");
    text.replacen(&from, &to, 1)
}
