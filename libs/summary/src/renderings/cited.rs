//! The numbers by which a line cites events, gathered into runs.

use crate::{Document, Line};

/// What a line cites as first and last number of each run: three and more in a row are one run, "e4–e7".
pub(super) fn runs(document: &Document, line: &Line) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in document.cited(line) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            Some(_) | None => runs.push((number, number)),
        }
    }
    let split = |(first, last)| match last - first {
        1 => vec![(first, first), (last, last)],
        _ => vec![(first, last)],
    };
    runs.into_iter().flat_map(split).collect()
}

/// "e1, e4–e7".
pub(super) fn said(runs: &[(usize, usize)]) -> String {
    let runs = runs.iter().map(|(first, last)| match last - first {
        0 => format!("e{first}"),
        _ => format!("e{first}–e{last}"),
    });
    runs.collect::<Vec<_>>().join(", ")
}
