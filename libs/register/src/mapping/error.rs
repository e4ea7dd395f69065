//! What is wrong with a mapping file: the line, the rule, a way out. Everything is looked for before anything is told.

use std::fmt;

/// One mistake in a mapping file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {rule}; {way_out}")]
pub struct MappingError {
    /// The line, from 1.
    pub line: usize,
    /// What doesn't hold, with the key or the code that it is about.
    pub rule: String,
    /// What to do.
    pub way_out: String,
}

/// Everything that is wrong with a mapping file, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub Vec<MappingError>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, mistake) in self.0.iter().enumerate() {
            let between = if i == 0 { "" } else { "\n" };
            write!(f, "{between}{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// Collects mistakes, and knows in which line a byte stands.
pub(super) struct Finder<'t> {
    text: &'t str,
    found: Vec<MappingError>,
}

impl<'t> Finder<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            text,
            found: Vec::new(),
        }
    }

    /// The line in which the byte at this offset stands.
    pub(super) fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn add(&mut self, line: usize, rule: impl Into<String>, way_out: impl Into<String>) {
        self.found.push(MappingError {
            line,
            rule: rule.into(),
            way_out: way_out.into(),
        });
    }

    pub(super) fn found(mut self) -> Vec<MappingError> {
        self.found.sort_by_key(|mistake| mistake.line);
        self.found
    }
}
