//! Every text in both languages, as the Fluent files hold it. Owns what a file may say and how it is put together. Refuses, with
//! every reason at once, whatever could fall back silently: see [`rules`].

pub mod pattern;
mod plural;
mod read;
mod rules;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs, io,
    path::Path,
};

pub use pattern::{Pattern, source};
pub use plural::Category;

/// The languages, as their folders are called.
pub const LANGUAGES: [&str; 2] = ["en", "cy"];

/// Every topic by its name, in order.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// A topic is what the files' names begin with, up to the first hyphen.
    pub topics: BTreeMap<String, Vec<Message>>,
}

/// A message in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    /// Its key.
    pub id: String,
    /// Where it is shown: the comment of its group, and its own.
    pub shown: String,
    /// What a native reader is asked to look at in the Welsh; empty if nothing.
    pub doubt: String,
    /// English.
    pub english: Pattern,
    /// Welsh.
    pub welsh: Pattern,
}

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A text, shown as it is.
    Text,
    /// A whole number that isn't negative: a plural can be chosen by it.
    Number,
}

impl Message {
    /// Its variables, by name. The rules hold that both languages use the same.
    pub fn variables(&self) -> BTreeMap<&str, Kind> {
        let mut all = pattern::variables(&self.english);
        for (name, kind) in pattern::variables(&self.welsh) {
            let known = all.entry(name).or_insert(kind);
            *known = kind.max(*known);
        }
        all
    }
}

/// What is wrong with the files: every fault, each with its file, its key and a way out.
#[derive(Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the texts don't hold:\n{}", self.0.join("\n"))
    }
}

impl std::error::Error for Faults {}

/// A file's name without its extension, and what it says.
pub type Source = (String, String);

impl Catalogue {
    /// Reads `en` and `cy` of a folder.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let [english, welsh] = LANGUAGES.map(|language| sources(&folder.join(language)));
        Ok(Self::of(&english?, &welsh?)?)
    }

    /// Puts the files of both languages together.
    pub fn of(english: &[Source], welsh: &[Source]) -> Result<Self, Faults> {
        let mut faults = rules::files(english, welsh);
        let [english, welsh] = [("en", english), ("cy", welsh)].map(|(language, sources)| {
            let read = sources.iter().map(|s| read::file(language, s));
            let (entries, found): (Vec<_>, Vec<_>) = read.unzip();
            faults.extend(found.into_iter().flatten());
            entries.into_iter().flatten().collect::<Vec<_>>()
        });
        faults.extend(rules::keys(&english, &welsh));
        let mut topics: BTreeMap<String, Vec<Message>> = BTreeMap::new();
        let mut english = read::joined(english, &mut faults);
        let mut welsh = read::joined(welsh, &mut faults);
        let ids: BTreeSet<(usize, String)> =
            english.values().map(|e| (e.place, e.id.clone())).collect();
        for (_, id) in ids {
            if let (Some(e), Some(w)) = (english.remove(&id), welsh.remove(&id)) {
                let topic = e.file.split('-').next().unwrap_or_default().to_owned();
                topics.entry(topic).or_default().push(e.with(w));
            }
        }
        faults.extend(topics.values().flatten().flat_map(rules::message));
        if faults.is_empty() {
            Ok(Self { topics })
        } else {
            Err(Faults(faults))
        }
    }
}

/// The files of a folder, by name.
fn sources(folder: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        sources.push((name.to_owned(), fs::read_to_string(&path)?));
    }
    sources.sort();
    Ok(sources)
}
