//! Each text is used, or waits to be: `waiting.txt` names those of sections that are yet to come, and only shrinks.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    catalogue::{self as compiled, Message},
    is_blessed, sources,
};

/// This library's folder.
fn own() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Keys that no source names, nor another text.
fn unused(catalogue: compiled::Catalogue) -> BTreeSet<String> {
    let mut sources: Vec<String> = sources::sources().into_iter().map(|s| s.text).collect();
    sources.push(fs::read_to_string(own().join("src/dates.rs")).unwrap());
    let templates = fs::read_dir(own().join("../../services/console/templates")).unwrap();
    sources.extend(templates.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()));
    let english = fs::read_dir(own().join("locales/en")).unwrap();
    let english: String = english
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let is_unused = |message: &Message| {
        let within = english.contains(&format!("{{ {} }}", message.id));
        !within && !sources.iter().any(|source| names(source, message))
    };
    let messages = catalogue.topics.into_values().flatten();
    messages.filter(is_unused).map(|m| m.id).collect()
}

/// A text of words alone is named as `Phrase::Name`, by whichever name `Phrase` goes there; another as `Name {`.
fn names(source: &str, message: &Message) -> bool {
    let name = name(&message.id);
    let wanted = if message.variables().is_empty() {
        format!("::{name}")
    } else {
        format!("{name} {{")
    };
    let goes_on = |c: char| c.is_alphanumeric() || c == '_';
    source.match_indices(&wanted).any(|(at, _)| {
        let (before, after) = (&source[..at], &source[at + wanted.len()..]);
        let longer = wanted.ends_with(goes_on) && after.starts_with(goes_on);
        !longer && (wanted.starts_with(':') || !before.ends_with(goes_on))
    })
}

fn name(id: &str) -> String {
    let words = id.split(['-', '_']).map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect()
}

#[test]
fn no_text_is_unused_but_those_that_wait_for_their_section() {
    let file = own().join("tests/files/waiting.txt");
    let waiting = || -> BTreeSet<String> {
        let text = fs::read_to_string(&file).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    let unused = unused(crate::catalogue());
    if is_blessed() {
        let rest = waiting();
        let rest = rest.intersection(&unused).map(|id| format!("{id}\n"));
        fs::write(&file, rest.collect::<String>()).unwrap();
    }
    let waiting = waiting();
    let lost: Vec<_> = unused.difference(&waiting).collect();
    assert!(
        lost.is_empty(),
        "no source names them; use them, or remove them: {lost:?}"
    );
    let done: Vec<_> = waiting.difference(&unused).collect();
    assert!(
        done.is_empty(),
        "used now, or gone; take them off waiting.txt (DIOGEL_BLESS=1): {done:?}"
    );
}
