//! What must hold of the files: the same files, keys and variables in both languages, each key once in all of them, each with a
//! group that says where it is shown, and each plural with every category that its language has.

use std::collections::BTreeSet;

use super::{Category, Message, Pattern, Source, pattern, pattern::Part, read::Entry};

/// A file that only one language has.
pub(super) fn files(english: &[Source], welsh: &[Source]) -> Vec<String> {
    let names = |sources: &[Source]| -> BTreeSet<String> {
        sources.iter().map(|(name, _)| name.clone()).collect()
    };
    let (english, welsh) = (names(english), names(welsh));
    let only = english.symmetric_difference(&welsh);
    only.map(|name| format!("{name}.ftl: is there in one language alone"))
        .collect()
}

/// Keys that one language lacks, that stand twice or in another file than in English, or of whose place nothing is said.
pub(super) fn keys(english: &[Entry], welsh: &[Entry]) -> Vec<String> {
    let mut faults = Vec::new();
    for (entries, others) in [(english, welsh), (welsh, english)] {
        let theirs: BTreeSet<(&str, &str)> = others.iter().map(key).collect();
        let mut seen = BTreeSet::new();
        for entry in entries {
            let Entry {
                language, file, id, ..
            } = entry;
            if !theirs.contains(&key(entry)) {
                faults.push(format!(
                    "{language}/{file}.ftl, {id}: the other language lacks it"
                ));
            }
            if !seen.insert(id) {
                faults.push(format!(
                    "{language}/{file}.ftl, {id}: stands twice: keys are of one kind everywhere"
                ));
            }
        }
    }
    let unplaced = english.iter().filter(|e| e.comment.is_empty());
    faults.extend(unplaced.map(|Entry { file, id, .. }| {
        format!(
            "en/{file}.ftl, {id}: nothing says where it is shown: put it under a group comment (##)"
        )
    }));
    faults
}

fn key(entry: &Entry) -> (&str, &str) {
    (&entry.file, &entry.id)
}

/// Variables that one language lacks; plurals that lack a category.
pub(super) fn message(message: &Message) -> Vec<String> {
    let Message {
        id, english, welsh, ..
    } = message;
    let names = |text| {
        pattern::variables(text)
            .into_keys()
            .collect::<BTreeSet<_>>()
    };
    let only = names(english);
    let only = only
        .symmetric_difference(&names(welsh))
        .copied()
        .collect::<Vec<_>>();
    let mut faults: Vec<String> = only
        .iter()
        .map(|name| format!("{id}: ${name} is there in one language alone"))
        .collect();
    for (language, text) in [("en", english), ("cy", welsh)] {
        let missing = missing(language, text);
        faults.extend(
            missing
                .map(|category| format!("{language}, {id}: a plural lacks [{}]", category.code())),
        );
    }
    faults
}

fn missing(language: &str, text: &Pattern) -> impl Iterator<Item = Category> {
    let mut missing = Vec::new();
    pattern::each(text, &mut |part| {
        if let Part::Choice { plural, .. } = part {
            let has = |category: &Category| plural.iter().any(|(c, _)| c == category);
            let needed = Category::needed(language).iter();
            missing.extend(needed.filter(|c| !has(c)).copied());
        }
    });
    missing.into_iter()
}
