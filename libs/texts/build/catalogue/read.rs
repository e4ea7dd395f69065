//! The entries of one file, and the messages that they name put in their places.

use std::collections::BTreeMap;

use fluent_syntax::{
    ast::{Comment, Entry as Read},
    parser,
};

use super::{Message, Pattern, Source, pattern, pattern::Part};

/// What marks a comment of a Welsh file as a question to a native reader.
const DOUBT: &str = "Unsure:";

/// A message of one language.
#[derive(Debug)]
pub(super) struct Entry {
    /// The language's code.
    pub(super) language: &'static str,
    /// Its file, without extension.
    pub(super) file: String,
    /// Its place among all of its language.
    pub(super) place: usize,
    /// Its key.
    pub(super) id: String,
    /// The comment of its group, and its own.
    pub(super) comment: String,
    /// What it says.
    pub(super) text: Pattern,
}

impl Entry {
    /// With what the Welsh says.
    pub(super) fn with(self, welsh: Self) -> Message {
        let doubt = welsh.comment.split_once(DOUBT);
        Message {
            id: self.id,
            shown: self.comment,
            doubt: doubt.map_or(String::new(), |(_, doubt)| doubt.trim().to_owned()),
            english: self.text,
            welsh: welsh.text,
        }
    }
}

/// Reads a file: its entries, and its faults.
pub(super) fn file(language: &'static str, (file, text): &Source) -> (Vec<Entry>, Vec<String>) {
    let (resource, errors) = match parser::parse(text.as_str()) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    let line = |at: usize| text.get(..at).map_or(0, |t| t.matches('\n').count() + 1);
    let errors = errors.iter();
    let mut faults: Vec<String> = errors
        .map(|e| format!("{language}/{file}.ftl, line {}: {e}", line(e.pos.start)))
        .collect();
    let (mut entries, mut group) = (Vec::new(), String::new());
    for entry in resource.body {
        match entry {
            Read::GroupComment(comment) => group = words(&comment),
            Read::Message(message) => {
                let own = message.comment.as_ref().map_or(String::new(), words);
                let id = message.id.name.to_owned();
                let value = message.value.filter(|_| message.attributes.is_empty());
                let text = value.ok_or_else(|| "has attributes, or no text".to_owned());
                match text.and_then(|text| pattern::pattern(&text)) {
                    Ok(text) => entries.push(Entry {
                        language,
                        file: file.clone(),
                        place: 0,
                        id,
                        comment: both(&group, &own),
                        text,
                    }),
                    Err(fault) => faults.push(format!("{language}/{file}.ftl, {id}: {fault}")),
                }
            }
            Read::Term(term) => {
                let id = term.id.name;
                faults.push(format!(
                    "{language}/{file}.ftl, -{id}: is a term: make it a message"
                ));
            }
            Read::Comment(_) | Read::ResourceComment(_) | Read::Junk { .. } => {}
        }
    }
    (entries, faults)
}

/// A group's comment and a message's own.
fn both(group: &str, own: &str) -> String {
    match (group, own) {
        ("", comment) | (comment, "") => comment.to_owned(),
        (group, own) => format!("{group}. {own}"),
    }
}

fn words(comment: &Comment<&str>) -> String {
    comment.content.join(" ").trim().to_owned()
}

/// By key, with the messages that they name put in their places.
pub(super) fn joined(entries: Vec<Entry>, faults: &mut Vec<String>) -> BTreeMap<String, Entry> {
    let words: BTreeMap<String, String> = entries
        .iter()
        .filter_map(|entry| match entry.text.as_slice() {
            [Part::Words(words)] => Some((entry.id.clone(), words.clone())),
            _ => None,
        })
        .collect();
    let joined = entries
        .into_iter()
        .enumerate()
        .filter_map(|(place, mut entry)| {
            match pattern::filled(&entry.text, &|id| words.get(id).cloned()) {
                Ok(text) => {
                    (entry.text, entry.place) = (text, place);
                    Some((entry.id.clone(), entry))
                }
                Err(fault) => {
                    let Entry {
                        language, file, id, ..
                    } = entry;
                    faults.push(format!("{language}/{file}.ftl, {id}: {fault}"));
                    None
                }
            }
        });
    joined.collect()
}
