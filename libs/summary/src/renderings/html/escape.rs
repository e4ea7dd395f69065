//! Texts as HTML and CSS hold them: nothing in a text can end the element, attribute or string that it stands in.

use diogel_domain::legible::{Shown, shown};

use super::all;
use crate::{Span, Text};

/// A text for an element or a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (c, shown(c)) {
            (_, Shown::Nothing) => {}
            (_, Shown::Space) => out.push(' '),
            ('&', _) => out.push_str("&amp;"),
            ('<', _) => out.push_str("&lt;"),
            ('>', _) => out.push_str("&gt;"),
            ('"', _) => out.push_str("&quot;"),
            ('\'', _) => out.push_str("&#39;"),
            (c, Shown::Itself) => out.push(c),
        }
    }
    out
}

/// A text whose written parts are in no known language, nor in a known direction.
pub(super) fn spans(text: &Text) -> String {
    let spans = text.spans().into_iter();
    all(spans.map(|span| match span {
        Span::Fixed(text) => escape(text),
        Span::Written(text) => format!("<bdi lang=\"\">{}</bdi>", escape(text)),
    }))
}

/// A text as a CSS string, with its quotation marks. Within `<style>` no character may begin an end tag, so all but letters,
/// digits and spaces are escaped (CSS Syntax 3, section 4.3.7).
pub(super) fn css_string(text: &str) -> String {
    let escaped = text.chars().map(|c| match shown(c) {
        Shown::Nothing => String::new(),
        Shown::Space => ' '.into(),
        Shown::Itself if c.is_alphanumeric() => c.into(),
        Shown::Itself => format!("\\{:x} ", u32::from(c)),
    });
    format!("\"{}\"", all(escaped))
}
