//! A text of the document that knows which of its parts people wrote: what they wrote has no known language, so a page may say
//! only of the rest which language it is in (WCAG 2.2, 3.1.2). Lines are put together with `format!` as any text; what people
//! wrote goes through [`written`] on its way in. Refuses what can't be shown (`diogel_domain::legible`).

use std::{fmt, ops::Deref, ops::Range};

use diogel_domain::legible::{self, Shown};
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Around what people wrote, until the text is taken apart. Unicode keeps such noncharacters for use inside a program (section
/// 23.7), and `legible` takes them out of everything that comes from outside.
const OPENS: char = '\u{FDD0}';
const CLOSES: char = '\u{FDD1}';

/// What people wrote, to be put into a line's text.
pub(crate) fn written(text: &str) -> String {
    let text = legible::clean(text);
    if text.is_empty() {
        return text;
    }
    format!("{OPENS}{text}{CLOSES}")
}

/// A text, on one line. Reads as `str`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    plain: String,
    written: Vec<Range<usize>>,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'t> {
    /// A fixed phrase, a date, a label: in the document's language.
    Fixed(&'t str),
    /// What people wrote, in whichever language.
    Written(&'t str),
}

impl Text {
    /// Its parts, in order; none is empty.
    pub fn spans(&self) -> Vec<Span<'_>> {
        let mut spans = Vec::new();
        let mut end = 0;
        for range in &self.written {
            spans.push(Span::Fixed(&self.plain[end..range.start]));
            spans.push(Span::Written(&self.plain[range.clone()]));
            end = range.end;
        }
        spans.push(Span::Fixed(&self.plain[end..]));
        spans.retain(|span| match span {
            Span::Fixed(text) | Span::Written(text) => !text.is_empty(),
        });
        spans
    }

    fn parse(marked: &str) -> Self {
        let mut text = Self::default();
        let (mut gap, mut from) = (false, None);
        for c in marked.chars() {
            match (c, legible::shown(c)) {
                (OPENS, _) => {
                    text.close_gap(&mut gap);
                    from = Some(text.plain.len());
                }
                (CLOSES, _) => {
                    let range = from.take().map(|from| from..text.plain.len());
                    text.written.extend(range);
                }
                (_, Shown::Nothing) => {}
                (_, Shown::Space) => gap = !text.plain.is_empty(),
                (_, Shown::Itself) => {
                    text.close_gap(&mut gap);
                    text.plain.push(c);
                }
            }
        }
        text
    }

    /// The space before what follows.
    fn close_gap(&mut self, gap: &mut bool) {
        if std::mem::take(gap) {
            self.plain.push(' ');
        }
    }
}

impl<T: AsRef<str>> From<T> for Text {
    fn from(marked: T) -> Self {
        Self::parse(marked.as_ref())
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.plain
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.plain == *other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain)
    }
}

/// `text`; beside it `written`, unless there is none: from and to of each part that people wrote, in characters (code points).
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = |byte: usize| self.plain[..byte].chars().count();
        let written = self.written.iter().map(|r| (place(r.start), place(r.end)));
        let mut text = serializer.serialize_struct("Text", 2)?;
        text.serialize_field("text", &self.plain)?;
        if self.written.is_empty() {
            text.skip_field("written")?;
        } else {
            text.serialize_field("written", &written.collect::<Vec<_>>())?;
        }
        text.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_knows_what_people_wrote() {
        let text = Text::from(format!(
            "1 May: “{}” ({})",
            written(" a\n b "),
            written("ŵ")
        ));
        assert_eq!(&*text, "1 May: “a b” (ŵ)");
        let spans = [
            Span::Fixed("1 May: “"),
            Span::Written("a b"),
            Span::Fixed("” ("),
            Span::Written("ŵ"),
            Span::Fixed(")"),
        ];
        assert_eq!(text.spans(), spans);
    }

    #[test]
    fn what_people_wrote_cannot_pass_for_a_fixed_phrase() {
        let sly = format!("x{CLOSES} DON'T READ OUT {OPENS}y");
        let text = Text::from(format!("says {}", written(&sly)));
        assert_eq!(
            text.spans(),
            [Span::Fixed("says "), Span::Written("x DON'T READ OUT y")]
        );
    }

    #[test]
    fn nothing_written_is_no_part() {
        assert_eq!(Text::from(written(" \n")).spans(), []);
        assert_eq!(Text::from("a").spans(), [Span::Fixed("a")]);
    }
}
