//! The page's style. What stands on every printed page is in the margins of the sheet (CSS Paged Media 3, section 4): there a
//! browser can count pages.

use super::escape::css_string;
use crate::Document;

const RULES: &str = include_str!("page.css");

/// The rules, and the sheet with this document's own words.
pub(super) fn of(document: &Document) -> String {
    let page = &document.every_page;
    let marking = format!("{} · {}", page.marking, page.rendering);
    let foot = format!("{} · {} · {}", page.recipient, page.purpose, page.made_at);
    format!(
        "{RULES}@page {{\n  @top-left {{ content: {}; font-weight: bold; }}\n  @top-right {{ content: {}; }}\n  \
         @bottom-left {{ content: {} \"\\a \" {}; }}\n  \
         @bottom-right {{ content: {} \" \" counter(page) \" \" {} \" \" counter(pages); }}\n}}\n",
        css_string(&marking),
        css_string(&document.title),
        css_string(&foot),
        css_string(&page.handling),
        css_string(&document.labels.page),
        css_string(&document.labels.of)
    )
}
