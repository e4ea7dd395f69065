//! One table of a protocol's file, with the line of each key: takes values out of it in the form that a key wants, and says by line
//! what is unknown, missing or of another form. Refuses to guess.

use std::collections::BTreeMap;

use diogel_domain::times::Day;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    codes::Code,
    finding::Finder,
    form::{Form, unknown_code, unknown_key},
    side::{SECTOR, Side},
};

/// A key's value, and its line.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    line: usize,
    value: &'t DeValue<'t>,
}

/// Where keys stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    header: usize,
    keys: BTreeMap<String, usize>,
}

impl Spot {
    /// The key's line, or the table's.
    pub(super) fn line(&self, key: &str) -> usize {
        self.keys.get(key).copied().unwrap_or(self.header)
    }
}

/// A table that is being read.
pub(super) struct Table<'f, 't> {
    pub(super) finder: &'f mut Finder,
    header: usize,
    entries: BTreeMap<&'t str, Entry<'t>>,
    /// Nothing was wrong with it so far.
    pub(super) sound: bool,
}

impl<'f, 't> Table<'f, 't> {
    /// Opens a table: every key is one of its form's.
    pub(super) fn open(
        finder: &'f mut Finder,
        header: usize,
        form: &Form,
        table: &'t DeTable<'t>,
    ) -> Self {
        let entries = BTreeMap::new();
        let mut opened = Self {
            finder,
            header,
            entries,
            sound: true,
        };
        for (key, value) in table {
            let line = opened.finder.line(key.span().start);
            let value = value.get_ref();
            if form.keys.contains(&key.get_ref().as_ref()) {
                opened.entries.insert(key.get_ref(), Entry { line, value });
            } else {
                opened.wrong(line, unknown_key(key.get_ref(), form));
            }
        }
        opened
    }

    /// What these keys say, to hold for other tables that don't say their own.
    pub(super) fn defaults(&self, keys: &[&str]) -> BTreeMap<&'t str, Entry<'t>> {
        let mut kept = self.entries.clone();
        kept.retain(|key, _| keys.contains(key));
        kept
    }

    /// Takes what these say for each key that the table doesn't have.
    pub(super) fn with_defaults(mut self, defaults: &BTreeMap<&'t str, Entry<'t>>) -> Self {
        for (key, entry) in defaults {
            self.entries.entry(key).or_insert(*entry);
        }
        self
    }

    pub(super) fn spot(&self) -> Spot {
        let line = |(key, entry): (&&str, &Entry)| ((*key).to_owned(), entry.line);
        Spot {
            header: self.header,
            keys: self.entries.iter().map(line).collect(),
        }
    }

    pub(super) fn wrong(&mut self, line: usize, words: String) {
        self.sound = false;
        self.finder.mistake(line, words);
    }

    /// The key, if it is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    fn entry(&mut self, key: &str) -> Option<Entry<'t>> {
        let entry = self.entries.get(key).copied();
        if entry.is_none() {
            self.sound = false;
            let words = format!("`{key}` is missing");
            self.finder.missing(self.header, words);
        }
        entry
    }

    /// A value of a form of its own.
    pub(super) fn value<T>(
        &mut self,
        key: &str,
        wanted: &str,
        read: impl FnOnce(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<T> {
        let entry = self.entry(key)?;
        let value = read(entry.value);
        if value.is_none() {
            self.wrong(entry.line, format!("`{key}` must be {wanted}"));
        }
        value
    }

    /// A text that isn't empty.
    pub(super) fn text(&mut self, key: &str) -> Option<&'t str> {
        let filled = |text: &&str| !text.trim().is_empty();
        let wanted = "a text, in quotes, that isn't empty";
        self.value(key, wanted, |v| v.as_str().filter(filled))
    }

    /// A whole number from `least`.
    pub(super) fn number(&mut self, key: &str, least: u32) -> Option<u32> {
        let wanted = format!("a whole number from {least}, without quotes");
        self.value(key, &wanted, |value| {
            let number = value.as_integer()?;
            let number = u32::from_str_radix(number.as_str(), number.radix());
            number.ok().filter(|number| *number >= least)
        })
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        self.value(key, "true or false, without quotes", DeValue::as_bool)
    }

    pub(super) fn day(&mut self, key: &str) -> Option<Day> {
        let wanted = "a date that there is, in quotes: \"YYYY-MM-DD\"";
        self.value(key, wanted, |v| v.as_str().and_then(Day::parse))
    }

    /// Texts, each with its line.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<(usize, &'t str)>> {
        let wanted = "a list of texts in quotes: [\"…\", \"…\"]";
        let items = self.value(key, wanted, |value| {
            let text = |item: &'t Spanned<DeValue<'t>>| {
                Some((item.span().start, item.get_ref().as_str()?))
            };
            value.as_array()?.iter().map(text).collect()
        });
        let items: Vec<(usize, &str)> = items?;
        let lined = items.into_iter().map(|(at, t)| (self.finder.line(at), t));
        Some(lined.collect())
    }

    /// Codes of a list.
    pub(super) fn codes<C: Code>(&mut self, key: &str) -> Option<Vec<C>> {
        let texts = self.texts(key)?;
        let codes = texts.into_iter().map(|(line, text)| self.read(line, text));
        let codes: Vec<Option<C>> = codes.collect();
        codes.into_iter().collect()
    }

    /// One code.
    pub(super) fn code<C: Code>(&mut self, key: &str) -> Option<C> {
        let line = self.entry(key)?.line;
        let text = self.text(key)?;
        self.read(line, text)
    }

    /// One side of a flow.
    pub(super) fn side(&mut self, key: &str) -> Option<Side> {
        let line = self.entry(key)?.line;
        let text = self.text(key)?;
        if let Some(sector) = text.strip_prefix(SECTOR) {
            return self.read(line, sector).map(Side::Sector);
        }
        let side = Side::from_code(text);
        if side.is_none() {
            let wanted = "must be \"any\", \"sector:…\" or an agency's id";
            self.wrong(line, format!("`{key}` {wanted}"));
        }
        side
    }

    fn read<C: Code>(&mut self, line: usize, text: &str) -> Option<C> {
        let code = C::from_code(text);
        if code.is_none() {
            self.wrong(line, unknown_code::<C>(text));
        }
        code
    }
}
