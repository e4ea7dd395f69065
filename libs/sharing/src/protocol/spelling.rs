//! "Did you mean": the word of a list that is nearest to what was written, and the quoting of what was written. Refuses to guess
//! where nothing is near.

/// The nearest word, if it is near enough to be a slip.
pub(super) fn nearest<'w>(
    written: &str,
    words: impl IntoIterator<Item = &'w str>,
) -> Option<&'w str> {
    // Longer than any word of a list, and nobody's slip: comparing it would only cost time.
    if written.len() > 64 {
        return None;
    }
    let slips = (written.len() / 3).clamp(1, 3);
    let near = words
        .into_iter()
        .map(|word| (slips_to(written, word), word));
    near.filter(|(n, _)| *n <= slips)
        .min()
        .map(|(_, word)| word)
}

/// Letters to add, leave out or change (Levenshtein).
fn slips_to(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut before = i + 1;
        let mut next = vec![before];
        for (other, pair) in to.iter().zip(row.windows(2)) {
            let &[corner, above] = pair else { continue };
            let changed = corner + usize::from(letter != *other);
            before = changed.min(above + 1).min(before + 1);
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// "; did you mean `…`?", or nothing.
pub(super) fn did_you_mean<'w>(
    written: &str,
    words: impl IntoIterator<Item = &'w str>,
) -> Option<String> {
    nearest(written, words).map(|word| format!("did you mean `{word}`?"))
}

/// What was written, on one line and no longer than it has to be.
pub(super) fn quoted(written: &str) -> String {
    let short: String = written.chars().take(40).collect();
    let more = if short.len() < written.len() {
        "…"
    } else {
        ""
    };
    let shown = short.escape_debug();
    format!("`{shown}{more}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        let words = ["existence", "safety", "place"];
        assert_eq!(nearest("existance", words), Some("existence"));
        assert_eq!(nearest("saftey", words), Some("safety"));
        assert_eq!(nearest("address", words), None);
        assert_eq!(nearest(&"existence".repeat(10), words), None);
    }

    #[test]
    fn what_was_written_is_quoted_on_one_line() {
        assert_eq!(quoted("a\nb"), "`a\\nb`");
        assert_eq!(quoted(&"é".repeat(41)), format!("`{}…`", "é".repeat(40)));
    }
}
