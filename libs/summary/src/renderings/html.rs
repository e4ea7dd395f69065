//! The HTML rendering: one page without script or outside files, for the screen and for A4 paper (WCAG 2.2 AA). Owns its markup
//! and style. Marks are words; what people wrote is set apart from the words around it, in no known language.

mod escape;
mod head;
mod section;
mod style;
mod timeline;

use crate::{Document, document::language_tag};
use escape::escape;

/// Renders a document as an HTML page of its own.
pub fn to_html(document: &Document) -> String {
    let page = &document.every_page;
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>{marking} · {title}</title>\n<style>\n{style}</style>\n</head>\n\
         <body>\n<header>\n{head}</header>\n<main>\n{body}</main>\n<footer>\n{foot}</footer>\n</body>\n</html>\n",
        language = language_tag(document.language),
        marking = escape(&page.marking),
        title = escape(&document.title),
        style = style::of(document),
        head = head::head(document),
        body = body(document),
        foot = head::foot(document),
    )
}

/// Renders a document as a part of another page: one `article`, without a style. Its ids begin with `s` and `e`.
pub fn to_html_fragment(document: &Document) -> String {
    format!(
        "<article class=\"document\" lang=\"{language}\">\n<header>\n{head}</header>\n{body}<footer>\n{foot}</footer>\n</article>\n",
        language = language_tag(document.language),
        head = head::head(document),
        body = body(document),
        foot = head::foot(document),
    )
}

fn body(document: &Document) -> String {
    let timeline = document.timeline.as_ref();
    let timeline = timeline.map(|t| timeline::figure(document, t));
    let sections = (1..).zip(&document.sections);
    let sections = sections.map(|(i, s)| section::section(document, i, s));
    let key = section::key(document);
    all(timeline.into_iter().chain(sections).chain([key]))
}

/// Parts one after the other.
fn all(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect()
}
