//! Wrapping of words into lines that never exceed a width. Refuses what steers a terminal (`diogel_domain::legible`).

use diogel_domain::legible;

/// What stands before the first line and before the others.
pub(super) struct Indent {
    first: String,
    rest: String,
}

impl Indent {
    /// None.
    pub(super) fn none() -> Self {
        Self::hanging("", 0)
    }

    /// This before the first line, so many spaces before the others.
    pub(super) fn hanging(first: &str, rest: usize) -> Self {
        Self {
            first: first.to_owned(),
            rest: " ".repeat(rest),
        }
    }
}

/// Wraps a text; a word that is longer than a line is cut.
pub(super) fn wrap(text: &str, indent: &Indent, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = indent.first.clone();
    let mut fresh = true;
    let room = width.saturating_sub(length(&indent.rest)).max(1);
    for word in words(text, room) {
        let gap = usize::from(!fresh);
        if length(&line) + gap + length(&word) > width {
            lines.push(std::mem::replace(&mut line, indent.rest.clone()));
        } else if !fresh {
            line.push(' ');
        }
        line.push_str(&word);
        fresh = false;
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// The words of a text, none longer than there is room.
fn words(text: &str, room: usize) -> Vec<String> {
    let clean = legible::clean(text);
    let words = clean.split(' ').flat_map(|word| {
        let chars: Vec<char> = word.chars().collect();
        chars
            .chunks(room)
            .map(|part| part.iter().collect::<String>())
            .collect::<Vec<_>>()
    });
    words.collect()
}

fn length(text: &str) -> usize {
    text.chars().count()
}
