//! Words → codes. Owns how a cell is compared with a mapping's phrases: whole first, then in parts; trimmed, without regard to
//! case, to the number of spaces or to the quotes and dashes that spreadsheets put in by themselves; and otherwise exactly.
//! Refuses to guess: a phrase that isn't there is unmapped, however near another one is.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{codes::Code, error::Finder, table::Table};

/// Phrases of a mapping, each with its codes; none: the phrase says nothing.
#[derive(Debug, Clone)]
pub(crate) struct Words<T>(BTreeMap<String, Vec<T>>);

/// What a cell's words come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said<T> {
    /// The codes, each once, with the part of the cell that says it.
    pub(crate) codes: Vec<(T, String)>,
    /// Parts that the mapping doesn't have.
    pub(crate) unmapped: usize,
    /// Parts in all.
    pub(crate) parts: usize,
}

impl<T: Code> Words<T> {
    /// Reads a table of a mapping.
    pub(super) fn read(finder: &mut Finder<'_>, table: &Table<'_>) -> Self {
        let mut words = BTreeMap::new();
        for (phrase, span, value) in table.entries() {
            let line = finder.line(span.start);
            let phrase = fold(phrase);
            let codes = codes::<T>(value.get_ref());
            if codes.is_none() {
                let way_out = format!(
                    "choose among the {}, several in brackets, or [] if the phrase says nothing: {}",
                    T::WHAT,
                    T::names()
                );
                finder.add(line, format!("`{phrase}` has no code of its list"), way_out);
            }
            if phrase.is_empty() {
                finder.add(
                    line,
                    "an empty phrase stands here",
                    "write the words of the register",
                );
            }
            if words.insert(phrase, codes.unwrap_or_default()).is_some() {
                let way_out = "keep one of the two; case and spaces count for nothing";
                finder.add(line, "the same phrase stands here twice", way_out);
            }
        }
        Self(words)
    }

    /// The codes of a phrase; none: the mapping doesn't have it.
    pub(crate) fn get(&self, phrase: &str) -> Option<&[T]> {
        self.0.get(&fold(phrase)).map(Vec::as_slice)
    }

    /// The same, to be kept.
    pub(crate) fn codes(&self, phrase: &str) -> Option<Vec<T>> {
        self.get(phrase).map(<[T]>::to_vec)
    }

    pub(super) fn phrases(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// One code or a list of them.
fn codes<T: Code>(value: &DeValue<'_>) -> Option<Vec<T>> {
    if let Some(name) = value.as_str() {
        return T::named(name).map(|code| vec![code]);
    }
    let named = |code: &toml::Spanned<DeValue<'_>>| T::named(code.get_ref().as_str()?);
    value.as_array()?.iter().map(named).collect()
}

/// Reads a cell's words: the whole cell, if it is a phrase, or else its parts.
pub(crate) fn said<T: PartialEq>(
    cell: &str,
    separators: &[String],
    look_up: impl Fn(&str) -> Option<Vec<T>>,
) -> Said<T> {
    let whole = look_up(cell).map(|codes| vec![(cell, Some(codes))]);
    let parts = whole.unwrap_or_else(|| {
        let parts = parts(cell, separators).into_iter();
        parts.map(|part| (part, look_up(part))).collect()
    });
    let mut said = Said {
        codes: Vec::new(),
        unmapped: 0,
        parts: parts.len(),
    };
    for (part, codes) in parts {
        said.unmapped += usize::from(codes.is_none());
        for code in codes.unwrap_or_default() {
            if said.codes.iter().all(|(known, _)| *known != code) {
                said.codes.push((code, part.to_owned()));
            }
        }
    }
    said
}

/// A cell's parts that aren't empty.
pub(crate) fn parts<'c>(cell: &'c str, separators: &[String]) -> Vec<&'c str> {
    let mut parts = vec![cell];
    for separator in separators {
        let split = parts.iter().flat_map(|part| part.split(separator.as_str()));
        parts = split.collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.iter().map(|part| part.trim()).collect()
}

/// A phrase as it is compared.
pub(crate) fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        c => c,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(part: &str) -> Option<Vec<usize>> {
        let known = ["shouts", "dog", "shouts; dog at the gate"];
        let at = known.iter().position(|word| *word == fold(part));
        at.map(|at| vec![at])
    }

    #[test]
    fn a_cell_is_a_phrase_or_its_parts_and_nothing_is_guessed() {
        let separators = [";".to_owned(), "\n".to_owned()];
        let read = |cell| said(cell, &separators, number);
        let codes = |cell| -> Vec<usize> { read(cell).codes.iter().map(|(c, _)| *c).collect() };
        assert_eq!(codes("  SHOUTS ;\nDog;dog;; "), [0, 1]);
        assert_eq!(codes("Shouts;  dog at the gate"), [2]);
        assert_eq!(read("shout; dogs").unmapped, 2);
        assert_eq!(read(" ; \n").parts, 0);
    }

    #[test]
    fn quotes_and_dashes_that_spreadsheets_put_in_make_no_difference() {
        assert_eq!(
            fold("Don’t  visit\u{a0}alone – Dog"),
            "don't visit alone - dog"
        );
    }
}
