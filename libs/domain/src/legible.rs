//! What of a text can be shown. One rule for everything that shows people's texts (terminal, page, PDF): control characters become
//! spaces, and what sets the direction of the words around it, or is no character at all, is taken out. So a text can neither
//! move a cursor nor turn what stands beside it. Refuses to judge anything else: letters of any script stay as they are.

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It stays.
    Itself,
    /// It separates words; white space in a row is one space.
    Space,
    /// It is taken out.
    Nothing,
}

/// What becomes of this character.
#[inline]
pub fn shown(c: char) -> Shown {
    // Most of any text.
    if c.is_ascii_graphic() {
        Shown::Itself
    } else if turns_text(c) || is_no_character(c) {
        Shown::Nothing
    } else if c.is_whitespace() || c.is_control() {
        Shown::Space
    } else {
        Shown::Itself
    }
}

/// The text as it can be shown: on one line, without white space around it.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match shown(c) {
            Shown::Nothing => {}
            Shown::Space => gap = !out.is_empty(),
            Shown::Itself => {
                if std::mem::take(&mut gap) {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    out
}

/// Sets the direction of text (Unicode, UAX #9, section 2).
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Noncharacters (Unicode, section 23.7), the byte order mark, and anchors of annotations, which carry text that isn't seen.
fn is_no_character(c: char) -> bool {
    let last_of_plane = u32::from(c) & 0xFFFE == 0xFFFE;
    last_of_plane || matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_taken_out_and_what_separates_is_one_space() {
        assert_eq!(
            clean("\t Elin\u{0} \r\n\u{1b}[2JMorgan\u{85}\u{2028}x \n"),
            "Elin [2JMorgan x"
        );
        assert_eq!(
            clean("a\u{202E}b\u{2066}c\u{061C}d\u{FEFF}e\u{FDD0}f\u{10FFFF}g"),
            "abcdefg"
        );
    }

    #[test]
    fn letters_of_any_script_stay() {
        for text in [
            "Siân ŵ ŷ",
            "中文 العربية",
            "e\u{301}",
            "👩\u{200D}👧",
            "\u{FFFD}",
        ] {
            assert_eq!(clean(text), text);
        }
    }
}
