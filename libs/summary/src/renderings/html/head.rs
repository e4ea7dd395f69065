//! The head and the foot of a page: marking, title, recipient, purpose, time, handling.

use super::{
    all,
    escape::{escape, spans},
};
use crate::Document;

pub(super) fn head(document: &Document) -> String {
    let page = &document.every_page;
    let facts = document.head.iter().map(|fact| {
        let (label, value) = (escape(&fact.label), spans(&fact.value));
        format!("<div><dt>{label}</dt> <dd>{value}</dd></div>\n")
    });
    format!(
        "<p class=\"marking\">{} · {}</p>\n<h1>{}</h1>\n<dl>\n{}</dl>\n",
        escape(&page.marking),
        spans(&page.rendering),
        spans(&document.title),
        all(facts)
    )
}

pub(super) fn foot(document: &Document) -> String {
    let page = &document.every_page;
    let lines = document.footer.iter().map(spans);
    let last = format!(
        "{} · {} · {} · {}",
        escape(&page.marking),
        spans(&page.recipient),
        escape(&page.purpose),
        escape(&page.made_at)
    );
    all(lines.chain([last]).map(|line| format!("<p>{line}</p>\n")))
}
