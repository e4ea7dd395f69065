//! The labels that stand in Rust: code lists (`Variant = number, "code", "English", "Welsh";`) and pairs of arms
//! (`(Self::Variant, Language::English) => "…"`). Reads the sources, so that a new list is in the translators' hands by itself.

use std::collections::BTreeSet;

use diogel_domain::{
    calendar::{Clock, Holidays},
    codes::Language,
    crisp::Policy,
    times::Day,
};

use crate::sources::{self, Source};

/// A label in both languages.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The list.
    pub(crate) list: String,
    /// The code in its list.
    pub(crate) code: String,
    /// English.
    pub(crate) english: String,
    /// Welsh.
    pub(crate) welsh: String,
}

/// What opens a list.
const LISTS: [&str; 1] = ["code_list! {"];

/// Words that the domain keeps beside a code, and what it ships for a board to change: stages, where a topic belongs, holidays.
pub(crate) fn shipped() -> Vec<Label> {
    let pair = |list: &str, code: &str, english: &str, welsh: &str| Label {
        list: list.into(),
        code: code.into(),
        english: english.into(),
        welsh: welsh.into(),
    };
    let said = |clock: &Clock, language| clock.runs_from(language);
    let clocks = Clock::ALL.iter().map(|c| {
        let (english, welsh) = (said(c, Language::English), said(c, Language::Welsh));
        pair("Clock, runs from", c.code(), english, welsh)
    });
    let policy = Policy::default();
    let stages = policy.stages.iter().zip(1..);
    let stages = stages.map(|(s, n)| pair("Policy, stage", &n.to_string(), &s.name, &s.name_cy));
    let outside = policy.outside.iter();
    let outside = outside.map(|o| pair("Policy, outside", o.topic.0.code(), &o.to, &o.to_cy));
    let named = |day: i32| {
        let name = |language| Holidays::england_and_wales().name(Day(day), language);
        name(Language::English).zip(name(Language::Welsh))
    };
    let holidays: BTreeSet<(&str, &str)> = (18_000..26_000).filter_map(named).collect();
    let holidays = holidays.into_iter();
    let holidays = holidays.map(|(english, welsh)| pair("Bank holiday", "", english, welsh));
    clocks
        .chain(stages)
        .chain(outside)
        .chain(holidays)
        .collect()
}

/// Every label of every source.
pub(crate) fn labels() -> Vec<Label> {
    let sources = sources::sources();
    let labels = sources.iter().flat_map(|source| {
        let mut labels = lists(source);
        labels.extend(arms(source));
        labels
    });
    labels.collect()
}

/// The code lists of a source.
fn lists(source: &Source) -> Vec<Label> {
    let mut labels = Vec::new();
    for opening in LISTS {
        let bodies = source.text.split(opening).skip(1);
        for body in bodies.filter_map(|body| body.split("\n}\n").next()) {
            let mut list = String::new();
            for line in body.lines().map(str::trim) {
                if line.starts_with("//") || line.is_empty() {
                    continue;
                }
                if let Some(name) = line.strip_suffix('{') {
                    name.trim().clone_into(&mut list);
                }
                if line.ends_with(';') {
                    let texts = literals(line);
                    let [.., code, english, welsh] = texts.as_slice() else {
                        panic!(
                            "{}: {line}: has no code and labels on one line",
                            source.path
                        );
                    };
                    labels.push(Label {
                        list: list.clone(),
                        code: code.clone(),
                        english: english.clone(),
                        welsh: welsh.clone(),
                    });
                }
            }
        }
    }
    labels
}

/// Pairs of arms of a `match` on a code and a language.
fn arms(source: &Source) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut list = String::new();
    let mut lines = source.text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if let Some(name) = line
            .strip_prefix("impl ")
            .and_then(|l| l.strip_suffix(" {"))
        {
            name.clone_into(&mut list);
        }
        let Some((code, rest)) = line
            .strip_prefix("(Self::")
            .and_then(|l| l.split_once(", Language::"))
        else {
            continue;
        };
        if code.starts_with('$') {
            continue;
        }
        let text = literals(rest).pop();
        let text = text.or_else(|| lines.peek().and_then(|next| literals(next).pop()));
        let text = text.unwrap_or_else(|| panic!("{}: {line}: has no label", source.path));
        if rest.starts_with("English") {
            labels.push(Label {
                list: list.clone(),
                code: code.trim_end_matches("(_)").to_owned(),
                english: text,
                welsh: String::new(),
            });
        } else if let Some(last) = labels.last_mut() {
            last.welsh = text;
        }
    }
    labels
}

/// The string literals of a line.
fn literals(line: &str) -> Vec<String> {
    let (mut found, mut text, mut within, mut escaped) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '\\' if within && !escaped => escaped = true,
            '"' if !escaped => {
                if within {
                    found.push(std::mem::take(&mut text));
                }
                within = !within;
            }
            _ => {
                if within {
                    text.push(c);
                }
                escaped = false;
            }
        }
    }
    found
}

#[test]
fn every_label_that_is_found_has_both_languages() {
    let labels = labels();
    for label in &labels {
        let whole = !label.english.is_empty() && !label.welsh.is_empty() && !label.list.is_empty();
        assert!(whole, "{label:?}");
    }
    let has = |list: &str, code: &str| labels.iter().any(|l| l.list == list && l.code == code);
    assert!(has("ThreatForm", "threat-to-kill") && has("Matter", "HazardAlert"));
    assert!(labels.len() > 130, "{}", labels.len());
}

#[test]
fn a_list_is_read_with_its_name_codes_and_labels() {
    let text = "code_list! {\n    /// Doc; with a stop;\n    Sign {\n        One = 1, \"one\", \"a \\\"sign\\\"\", \"arwydd\";\n    }\n}\n";
    let source = Source {
        path: "a.rs".into(),
        text: text.into(),
    };
    let label = Label {
        list: "Sign".into(),
        code: "one".into(),
        english: "a \"sign\"".into(),
        welsh: "arwydd".into(),
    };
    assert_eq!(lists(&source), [label]);
}
