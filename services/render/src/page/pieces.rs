//! Texts in pieces that typst sets one after the other.

use diogel_contract::v1;
use diogel_domain::legible::{self, Shown};
use serde::Serialize;

use crate::fonts::Fonts;

/// What stands for a character without a shape.
const STAND_IN: char = '□';
/// A word longer than this may be broken anywhere: no word of English or Welsh is, a long address or a slip of the keyboard is.
const LONGEST_WORD: usize = 30;
/// Letters of such a word that stay together.
const TOGETHER: usize = 4;

/// Line breaking class QU, as far as Liberation Sans has it.
const QUOTATION_MARKS: [char; 13] = [
    '"', '\'', '«', '»', '‘', '’', '‚', '‛', '“', '”', '„', '‹', '›',
];

/// A part of a text.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// People wrote it: its language isn't known.
    written: bool,
    /// Between these a line may end.
    parts: Vec<String>,
}

/// As one string, for where no font is needed.
pub(super) fn plain(text: Option<&v1::DocumentText>) -> String {
    let spans = text.into_iter().flat_map(|t| &t.spans);
    let text: String = spans.map(|span| span.text.as_str()).collect();
    legible::clean(&text)
}

/// Makes pieces, and remembers whether all had a shape.
pub(super) struct Shapes<'f> {
    fonts: &'f Fonts,
    pub(super) lacked: bool,
}

impl<'f> Shapes<'f> {
    pub(super) fn of(fonts: &'f Fonts) -> Self {
        Self {
            fonts,
            lacked: false,
        }
    }

    /// A fixed phrase.
    pub(super) fn word(&mut self, word: &str) -> Vec<Piece> {
        self.piece(word, false).into_iter().collect()
    }

    pub(super) fn text(&mut self, text: Option<&v1::DocumentText>) -> Vec<Piece> {
        let spans = text.into_iter().flat_map(|t| &t.spans);
        spans
            .filter_map(|span| self.piece(&span.text, span.written))
            .collect()
    }

    fn piece(&mut self, text: &str, written: bool) -> Option<Piece> {
        let shaped = self.shaped(text);
        (!shaped.is_empty()).then(|| Piece {
            written,
            parts: parts(&shaped),
        })
    }

    /// The text, with a stand-in for what has no shape. White space stays at its ends: there the next piece begins.
    fn shaped(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match legible::shown(c) {
                Shown::Nothing => {}
                Shown::Space if out.ends_with(' ') => {}
                Shown::Space => out.push(' '),
                Shown::Itself if self.fonts.show(c) => out.push(c),
                Shown::Itself if has_no_width(c) => {}
                Shown::Itself => {
                    self.lacked = true;
                    out.push(STAND_IN);
                }
            }
        }
        out
    }
}

/// Joins, varies or hyphenates what stands beside it, and is never seen itself (Unicode's `Default_Ignorable_Code_Point`).
const fn has_no_width(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// The text cut where a word has no end.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() <= LONGEST_WORD {
            if let Some(last) = parts.last_mut() {
                last.push_str(word);
            }
            continue;
        }
        parts.extend(letters.chunks(TOGETHER).map(together));
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Beside a quotation mark a line ends at a zero-width space alone (UAX #14, LB8 before LB19).
fn together(letters: &[char]) -> String {
    let mut part: String = letters.iter().collect();
    let ends = [letters.first(), letters.last()].into_iter().flatten();
    if ends.into_iter().any(|c| QUOTATION_MARKS.contains(c)) {
        part.push('\u{200B}');
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shaped(text: &str) -> (String, bool) {
        let fonts = Fonts::load(&[]).unwrap();
        let mut shapes = Shapes::of(&fonts);
        let word = shapes.word(text);
        let parts = word.into_iter().flat_map(|piece| piece.parts);
        (parts.collect(), shapes.lacked)
    }

    #[test]
    fn what_has_no_shape_has_a_stand_in_and_is_owned_up_to() {
        assert_eq!(shaped("Siân ŵ ŷ"), ("Siân ŵ ŷ".into(), false));
        assert_eq!(shaped("漢字"), ("□□".into(), true));
        assert_eq!(shaped("👩\u{fe0f}👧"), ("□□".into(), true));
        assert_eq!(shaped("a\u{0}b\u{202e}c"), ("a bc".into(), false));
    }

    #[test]
    fn a_word_without_an_end_may_be_broken_and_stays_the_same() {
        let long = format!("before {} after", "ab".repeat(40));
        let parts = parts(&long);
        assert_eq!(parts.concat(), long);
        assert!(parts.len() > 10 && parts[0] == "before ");
    }
}
