//! What is wrong with a protocol's file, by line, and the gathering of it. Says each thing once, in the order of the lines.

use std::collections::BTreeSet;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file can't be adopted, or wouldn't do what it says.
    Mistake,
    /// Whoever is responsible should look at it.
    Warning,
}

impl Severity {
    /// Stable name, and what people read.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::Warning => "warning",
        }
    }
}

/// One thing found in a protocol's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From 1.
    pub line: usize,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, and what to do.
    pub words: String,
}

/// Gathers findings while a file is read.
pub(super) struct Finder {
    /// Where each line after the first begins.
    starts: Vec<usize>,
    /// Lines that are no TOML: what was made of them says nothing.
    broken: BTreeSet<usize>,
    found: BTreeSet<Finding>,
}

impl Finder {
    pub(super) fn new(text: &str) -> Self {
        Self {
            starts: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
            broken: BTreeSet::new(),
            found: BTreeSet::new(),
        }
    }

    /// The line of a place in the text, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) + 1
    }

    /// A line that is no TOML.
    pub(super) fn broken(&mut self, line: usize, words: &str) {
        self.mistake(line, words.replace('\n', ", "));
        self.broken.insert(line);
    }

    pub(super) fn mistake(&mut self, line: usize, words: String) {
        if !self.broken.contains(&line) {
            let severity = Severity::Mistake;
            self.found.insert(Finding {
                line,
                severity,
                words,
            });
        }
    }

    /// Something that isn't there; unless it is only that a broken line hid it.
    pub(super) fn missing(&mut self, line: usize, words: String) {
        if self.broken.is_empty() {
            self.mistake(line, words);
        }
    }

    pub(super) fn found(self) -> Vec<Finding> {
        self.found.into_iter().collect()
    }
}
