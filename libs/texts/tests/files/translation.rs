//! `TRANSLATION.md`: everything that people read in two languages, for translators and native readers. Refuses to be out of date.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use crate::{
    catalogue,
    catalogue::{self as compiled, Message},
    is_blessed,
    labels::{self, Label},
};

/// What stands at its head: what it is for, the glossary, and labels that a native reader is asked to look at.
const HEAD: &str = include_str!("../../glossary.md");

fn list() -> String {
    let catalogue = catalogue();
    let mut out = HEAD.to_owned();
    doubts(&mut out, &catalogue.topics);
    for (topic, messages) in &catalogue.topics {
        _ = writeln!(
            out,
            "\n## Texts of `{topic}`\n\n| Key | English | Welsh | Shown |\n|---|---|---|---|"
        );
        for message in messages {
            let (english, welsh) = (
                compiled::source(&message.english),
                compiled::source(&message.welsh),
            );
            row(
                &mut out,
                [
                    &format!("`{}`", message.id),
                    &english,
                    &welsh,
                    &message.shown,
                ],
            );
        }
    }
    let mut lists: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for label in labels::labels().into_iter().chain(labels::shipped()) {
        lists.entry(label.list.clone()).or_default().push(label);
    }
    out.push_str("\n## Labels of codes\n\nThey stand in Rust beside their codes, or in the files of `deploy`, both languages together.\n");
    out.push_str("\n| List | Code | English | Welsh |\n|---|---|---|---|\n");
    for label in lists.values().flatten() {
        let Label {
            list,
            code,
            english,
            welsh,
        } = label;
        let code = if code.is_empty() {
            String::new()
        } else {
            format!("`{code}`")
        };
        row(&mut out, [list, &code, english, welsh]);
    }
    out
}

fn doubts(out: &mut String, topics: &BTreeMap<String, Vec<Message>>) {
    out.push_str("\n### In the files\n\n| Key | Welsh | Question |\n|---|---|---|\n");
    let unsure = topics.values().flatten().filter(|m| !m.doubt.is_empty());
    for message in unsure {
        let welsh = compiled::source(&message.welsh);
        _ = writeln!(
            out,
            "| `{}` | {} | {} |",
            message.id,
            cell(&welsh),
            cell(&message.doubt)
        );
    }
}

fn row(out: &mut String, cells: [&str; 4]) {
    let cells = cells.map(cell);
    _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_translators_list_holds_everything_as_it_stands() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("TRANSLATION.md");
    let list = list();
    if is_blessed() {
        fs::write(&file, &list).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == list,
        "TRANSLATION.md is out of date: DIOGEL_BLESS=1 cargo test -p diogel-texts"
    );
}
