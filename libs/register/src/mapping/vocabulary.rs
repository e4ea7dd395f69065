//! The words of a mapping file: its tables, and what none of them may say.

use std::collections::BTreeMap;

use super::{
    WordTables, Words, codes::Code, diagnosis::is_diagnosis, error::Finder, table::Table,
    words::fold,
};
use crate::field::Field;

/// The tables of words, each with the field whose cells are read by it.
const WORDS: [(&str, Field); 9] = [
    ("behaviour", Field::Behaviour),
    ("no_ground", Field::Behaviour),
    ("precautions", Field::Precautions),
    ("directed_at", Field::DirectedAt),
    ("harm", Field::Harm),
    ("severity", Field::Severity),
    ("urgency", Field::Urgency),
    ("certainty", Field::Certainty),
    ("target", Field::Target),
];

pub(super) fn read(
    finder: &mut Finder<'_>,
    top: &Table<'_>,
    columns: &BTreeMap<Field, String>,
) -> WordTables {
    let keys: Vec<&str> = WORDS.iter().map(|(name, _)| *name).collect();
    let keys = [&["separators"], &keys[..]].concat();
    let table = top.within(finder, "words", &keys);
    for (name, field) in WORDS {
        if table.has(name) && !columns.contains_key(&field) {
            let way_out = "name its column in [columns], or leave the words out";
            table.wrong(finder, name, "is for a column that isn't there", way_out);
        }
    }
    let behaviour = table.within(finder, "behaviour", &[]);
    let tables = WordTables {
        separators: separators(finder, &table),
        behaviour: Words::read(finder, &behaviour),
        no_ground: of(finder, &table, "no_ground"),
        precautions: of(finder, &table, "precautions"),
        directed_at: of(finder, &table, "directed_at"),
        harm: of(finder, &table, "harm"),
        severity: of(finder, &table, "severity"),
        urgency: of(finder, &table, "urgency"),
        certainty: of(finder, &table, "certainty"),
        target: of(finder, &table, "target"),
    };
    no_diagnosis_is_a_threat(finder, &behaviour, &tables);
    tables
}

fn of<T: Code>(finder: &mut Finder<'_>, words: &Table<'_>, name: &str) -> Words<T> {
    let table = words.within(finder, name, &[]);
    Words::read(finder, &table)
}

fn separators(finder: &mut Finder<'_>, table: &Table<'_>) -> Vec<String> {
    let Some(value) = table.value("separators") else {
        return [";", "\n"].map(str::to_owned).to_vec();
    };
    let texts = value.get_ref().as_array().map(|texts| {
        let texts = texts.iter();
        texts.map(|text| text.get_ref().as_str().filter(|text| !text.is_empty()))
    });
    let texts: Option<Vec<&str>> = texts.and_then(|mut texts| texts.by_ref().collect());
    if texts.is_none() {
        let way_out = "write a list of texts, such as [\";\", \"\\n\"]";
        table.wrong(finder, "separators", "holds something else", way_out);
    }
    texts
        .unwrap_or_default()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// A phrase means one thing, and never a danger where it is an illness (PRACTICE, section 10, "Behaviour").
fn no_diagnosis_is_a_threat(finder: &mut Finder<'_>, behaviour: &Table<'_>, tables: &WordTables) {
    let no_ground: Vec<&str> = tables.no_ground.phrases().collect();
    for (phrase, span, _) in behaviour.entries() {
        let folded = fold(phrase);
        let named = tables
            .behaviour
            .get(phrase)
            .is_some_and(|codes| !codes.is_empty());
        let line = finder.line(span.start);
        if named && is_diagnosis(&folded) {
            let way_out =
                "map what was done, or move the phrase to [words.no_ground] as \"diagnosis\"";
            finder.add(
                line,
                format!("`{folded}` is a diagnosis, and no alert rests on one"),
                way_out,
            );
        }
        if no_ground.contains(&folded.as_str()) {
            let way_out = "keep it in one of the two";
            finder.add(
                line,
                format!("`{folded}` stands in [words.no_ground] too"),
                way_out,
            );
        }
    }
}
