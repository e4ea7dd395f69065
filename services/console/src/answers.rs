//! What somebody filled into a form: names and values, in their order. Owns reading them leniently (spaces at the ends) and the
//! faults that are found, each by the field that it is shown at.

use serde::Deserialize;

/// A form as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Answers(pub(crate) Vec<(String, String)>);

impl Answers {
    /// The first value of a field without spaces at its ends; empty: not filled in.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of a field that isn't empty.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(field, _)| field == name);
        named
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// A value is among those of a field.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|one| one == value)
    }

    /// The number of a code.
    pub(crate) fn number(&self, name: &str) -> i32 {
        self.get(name).parse().unwrap_or(0)
    }

    /// The numbers of codes.
    pub(crate) fn numbers(&self, name: &str) -> Vec<i32> {
        self.all(name)
            .filter_map(|value| value.parse().ok())
            .collect()
    }

    /// With another value in place of whatever a field had.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Everything but these fields, as it is carried along in hidden ones.
    pub(crate) fn but(&self, names: &[&str]) -> Vec<(String, String)> {
        let kept = self
            .0
            .iter()
            .filter(|(field, _)| !names.contains(&field.as_str()));
        kept.cloned().collect()
    }
}

/// What is wrong with a field, and how to mend it.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The id of the field on the page.
    pub(crate) field: String,
    pub(crate) words: String,
    /// A service said it, in English.
    pub(crate) from_service: bool,
}

/// What is wrong with a form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(pub(crate) Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, field: &str, words: impl Into<String>) {
        self.0.push(Fault {
            field: field.into(),
            words: words.into(),
            from_service: false,
        });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands at a field.
    pub(crate) fn at(&self, field: &str) -> Option<&Fault> {
        self.0.iter().find(|fault| fault.field == field)
    }
}
