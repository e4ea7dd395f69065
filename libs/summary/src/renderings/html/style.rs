//! The page's style. What stands on every printed page is in the margins of the sheet (CSS Paged Media 3, section 4): there a
//! browser can count pages.

use super::escape::css_string;
use crate::Document;

const RULES: &str = include_str!("page.css");

/// So much of a text stands in a margin: its place there is for telling one sheet from another.
const MARGIN_CHARS: usize = 160;

/// The rules, and the sheet with this document's own words.
pub(super) fn of(document: &Document) -> String {
    let page = &document.every_page;
    let marking = format!("{} · {}", page.marking, page.rendering);
    let foot = format!("{} · {} · {}", page.recipient, page.purpose, page.made_at);
    format!(
        "{RULES}@page {{\n  @top-left {{ content: {}; font-weight: bold; }}\n  @top-right {{ content: {}; }}\n  \
         @bottom-left {{ content: {} \"\\a \" {}; }}\n  \
         @bottom-right {{ content: {} \" \" counter(page) \" \" {} \" \" counter(pages); }}\n}}\n",
        margin(&marking),
        margin(&document.title),
        margin(&foot),
        css_string(&page.handling),
        css_string(&document.labels.page),
        css_string(&document.labels.of)
    )
}

fn margin(text: &str) -> String {
    match text.char_indices().nth(MARGIN_CHARS) {
        Some((end, _)) => css_string(&format!("{}…", &text[..end])),
        None => css_string(text),
    }
}
