//! Whatever people type comes out as itself in every rendering, and changes nothing around it.

use diogel_domain::{codes::Language, legible};

use super::{
    drawn::drawn,
    family::{elin, incident, measure, setting},
    shown,
};
use crate::{
    Document, Line, Rendering, Setting, Span, Topic, document::written, summarise, to_html,
    to_json, to_text,
};

/// A page with the text in its title, a measure, a note to the family, a cell and a point.
fn page(text: &str) -> Document {
    let told = incident(1, "education", "2027-02-01").incident(|r| {
        r.people = vec![elin()];
        r.people[0].identity.as_mut().unwrap().name = text.into();
        r.plan = vec![measure(text, "housing", "2027-04-01")];
    });
    let setting = Setting {
        rendering: Rendering::Family { whom: text.into() },
        ..setting(Language::Welsh)
    };
    let mut document = summarise(&setting, &[shown(&told.told_to_family())]);
    let mut with = drawn(Language::Welsh);
    let mut timeline = with.timeline.take().unwrap();
    timeline.alt = written(text).into();
    timeline.points[0].what = Line::point(written(text));
    document.timeline = Some(timeline);
    let tables = with.sections.iter_mut().filter_map(|s| s.table.take());
    document.sections[0].table = tables.last();
    document.sections[0].table.as_mut().unwrap().caption = written(text).into();
    document
}

/// What is seen, however it is broken into lines.
pub(super) fn letters(text: &str) -> String {
    legible::clean(text).split(' ').collect()
}

fn plan(document: &Document) -> &Line {
    let plan = document.sections.iter().find(|s| s.topic == Topic::Plan);
    &plan.unwrap().lines[0]
}

/// Tags with their attributes as they stand, and the texts between them.
pub(super) fn taken_apart(html: &str) -> (Vec<String>, String) {
    let (_, body) = html.split_once("<body>").unwrap();
    let (mut tags, mut texts) = (Vec::new(), String::new());
    for part in body.split_inclusive('>') {
        let (text, tag) = part.split_once('<').unwrap_or((part, ""));
        texts.push_str(text);
        tags.push(tag.to_owned());
    }
    (tags, unescaped(&texts))
}

fn unescaped(html: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let replace = |text: String, (entity, c): (&str, &str)| text.replace(entity, c);
    entities.into_iter().fold(html.to_owned(), replace)
}

#[test]
fn p12_what_people_wrote_comes_out_as_itself_in_text() {
    for text in diogel_hostile::texts() {
        for width in [24, 96] {
            let rendered = to_text(&page(&text), width);
            let seen: String = rendered.split_whitespace().collect();
            assert!(seen.contains(&letters(&text)), "{text:?}");
        }
    }
}

#[test]
fn p12_what_people_wrote_comes_out_as_itself_in_html_and_adds_no_markup() {
    let plain = |tag: &String| !tag.contains("aria-label=") && !tag.starts_with("path d=");
    let (harmless, _) = taken_apart(&to_html(&page("x")));
    let harmless: Vec<String> = harmless.into_iter().filter(plain).collect();
    for text in diogel_hostile::texts() {
        let html = to_html(&page(&text));
        let (tags, texts) = taken_apart(&html);
        let clean = legible::clean(&text);
        assert!(texts.contains(&clean), "{text:?}");
        let alt = tags
            .iter()
            .find_map(|tag| tag.split("aria-label=\"").nth(1));
        let alt = alt.unwrap().split('"').next().unwrap();
        assert_eq!(unescaped(alt), clean);
        let tags: Vec<String> = tags.into_iter().filter(plain).collect();
        assert!(is_drawn_alike(&tags, &harmless), "{text:?}");
        let (running, title) = (running_title(&html), page(&text).title);
        let kept = running.trim_end_matches('…');
        assert!(title.starts_with(kept) && (kept == &*title || kept.chars().count() == 160));
    }
}

/// The title in the sheet's margin, read back from the style.
fn running_title(html: &str) -> String {
    let style = html.split("<style>").nth(1).unwrap();
    let style = style.split("</style>").next().unwrap();
    let string = style.split("@top-right { content: \"").nth(1).unwrap();
    let string = string.split('"').next().unwrap();
    let mut parts = string.split('\\');
    let mut title = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once(' ').unwrap();
        let code = u32::from_str_radix(code, 16).unwrap();
        title.push(char::from_u32(code).unwrap());
        title.push_str(rest);
    }
    title
}

/// The same tags, but for a word of the drawing that had no room.
fn is_drawn_alike(tags: &[String], others: &[String]) -> bool {
    let outside = |tag: &&String| !tag.starts_with("text ") && *tag != "/text>";
    tags.iter()
        .filter(outside)
        .eq(others.iter().filter(outside))
}

#[test]
fn p12_what_people_wrote_comes_out_as_itself_in_json() {
    for text in diogel_hostile::texts() {
        let document = page(&text);
        let json: serde_json::Value = serde_json::from_str(&to_json(&document).unwrap()).unwrap();
        let clean = legible::clean(&text);
        assert_eq!(json["timeline"]["alt"]["text"], clean);
        assert_eq!(json["rendering"]["whom"]["text"], clean);
        let said = plan(&document);
        assert_eq!(said.text.spans()[0], Span::Written(&clean));
    }
}
