//! One table of a mapping file. Owns that each key is known and of its kind, and in which line it stands.

use std::ops::Range;

use diogel_domain::times::Day;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{codes::Code, error::Finder};

/// A table being read.
pub(super) struct Table<'t> {
    name: String,
    line: usize,
    entries: Option<&'t DeTable<'t>>,
}

impl<'t> Table<'t> {
    /// The whole file.
    pub(super) fn top(finder: &mut Finder<'_>, table: &'t DeTable<'t>, keys: &[&str]) -> Self {
        let table = Self {
            name: String::new(),
            line: 1,
            entries: Some(table),
        };
        table.known(finder, keys);
        table
    }

    /// A table within; an empty one if it isn't there. No keys: any may stand in it.
    pub(super) fn within(&self, finder: &mut Finder<'_>, name: &str, keys: &[&str]) -> Self {
        let value = self.value(name);
        let entries = value.and_then(|value| value.get_ref().as_table());
        if let (Some(value), None) = (value, entries) {
            let line = finder.line(value.span().start);
            finder.add(
                line,
                format!("{} is no table", self.quoted(name)),
                format!("write its keys below a line [{}]", self.path(name)),
            );
        }
        let table = Self {
            name: self.path(name),
            line: value.map_or(self.line, |value| finder.line(value.span().start)),
            entries,
        };
        if !keys.is_empty() {
            table.known(finder, keys);
        }
        table
    }

    fn known(&self, finder: &mut Finder<'_>, keys: &[&str]) {
        for (key, _) in self.entries.into_iter().flat_map(DeTable::iter) {
            if !keys.contains(&key.get_ref().as_ref()) {
                let line = finder.line(key.span().start);
                let rule = format!("{} is no key here", self.quoted(key.get_ref()));
                finder.add(line, rule, format!("use one of {}", keys.join(", ")));
            }
        }
    }

    /// Every key with its value, in the file's order.
    pub(super) fn entries(
        &self,
    ) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Spanned<DeValue<'t>>)> {
        let entries = self.entries.into_iter().flat_map(DeTable::iter);
        entries.map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    pub(super) fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.and_then(|entries| entries.get(key))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// The line of a key's value; of the table, if it isn't there.
    pub(super) fn line(&self, finder: &Finder<'_>, key: &str) -> usize {
        let value = self.value(key);
        value.map_or(self.line, |value| finder.line(value.span().start))
    }

    /// A text with something in it.
    pub(super) fn text(&self, finder: &mut Finder<'_>, key: &str) -> Option<&'t str> {
        self.read(finder, key, "write a text in quotes", |value| {
            value.as_str().filter(|text| !text.trim().is_empty())
        })
    }

    pub(super) fn truth(&self, finder: &mut Finder<'_>, key: &str) -> Option<bool> {
        self.read(finder, key, "write true or false", DeValue::as_bool)
    }

    /// A number within a range.
    pub(super) fn number(
        &self,
        finder: &mut Finder<'_>,
        key: &str,
        range: Range<u32>,
    ) -> Option<u32> {
        let way_out = format!("write a number from {} to {}", range.start, range.end - 1);
        self.read(finder, key, &way_out, |value| {
            let integer = value.as_integer()?;
            let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok()?;
            range.contains(&number).then_some(number)
        })
    }

    /// A day, as a date or in quotes.
    pub(super) fn day(&self, finder: &mut Finder<'_>, key: &str) -> Option<Day> {
        self.read(finder, key, "write a day as 2026-11-01", |value| {
            let written = value.as_datetime().map(ToString::to_string);
            Day::parse(written.as_deref().or(value.as_str())?)
        })
    }

    /// A code of a list, by its stable name.
    pub(super) fn code<T: Code>(&self, finder: &mut Finder<'_>, key: &str) -> Option<T> {
        let way_out = format!("choose among the {}: {}", T::WHAT, T::names());
        self.read(finder, key, &way_out, |value| T::named(value.as_str()?))
    }

    /// A list of codes; empty if it isn't there.
    pub(super) fn codes<T: Code>(&self, finder: &mut Finder<'_>, key: &str) -> Vec<T> {
        let way_out = format!("write a list of {}: {}", T::WHAT, T::names());
        let read = self.read(finder, key, &way_out, |value| {
            let codes = value.as_array()?.iter();
            codes
                .map(|code| T::named(code.get_ref().as_str()?))
                .collect()
        });
        read.unwrap_or_default()
    }

    /// Says that a key is missing.
    pub(super) fn required(&self, finder: &mut Finder<'_>, key: &str, way_out: &str) {
        if !self.has(key) {
            let rule = format!("{} is missing", self.quoted(key));
            finder.add(self.line, rule, way_out);
        }
    }

    /// Says that what a key holds can't be.
    pub(super) fn wrong(&self, finder: &mut Finder<'_>, key: &str, rule: &str, way_out: &str) {
        let line = self.line(finder, key);
        finder.add(line, format!("{} {rule}", self.quoted(key)), way_out);
    }

    fn read<T>(
        &self,
        finder: &mut Finder<'_>,
        key: &str,
        way_out: &str,
        read: impl FnOnce(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.wrong(finder, key, "holds something else", way_out);
        }
        read
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    /// A key with its tables' names, for an error.
    pub(super) fn quoted(&self, key: &str) -> String {
        format!("`{}`", self.path(key))
    }
}
