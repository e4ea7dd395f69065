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
    let clean = legible::clean(text);
    let margin = length(&indent.rest);
    let room = width.saturating_sub(margin).max(1);
    let mut lines = Vec::new();
    let mut line = indent.first.clone();
    let mut taken = length(&line);
    let mut fresh = true;
    for word in clean.split(' ').flat_map(|word| parts(word, room)) {
        let gap = usize::from(!fresh);
        let long = length(word);
        if taken + gap + long > width {
            lines.push(std::mem::replace(&mut line, indent.rest.clone()));
            taken = margin;
        } else if !fresh {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += long;
        fresh = false;
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// A word in parts that are no longer than there is room; of nothing none.
fn parts(word: &str, room: usize) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(room);
        let (part, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

fn length(text: &str) -> usize {
    text.chars().count()
}
