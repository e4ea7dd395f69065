//! The page as a whole, in both languages. `DIOGEL_BLESS=1 cargo test -p diogel-summary` writes it anew; read the difference.

use std::{fs, path::Path};

use diogel_domain::codes::Language;

use super::{
    drawn::drawn,
    family::{chaired, setting, story, whole_story},
};
use crate::{summarise, to_html, to_html_fragment, to_json, to_text};

pub(super) const LANGUAGES: [(Language, &str); 2] =
    [(Language::English, "en"), (Language::Welsh, "cy")];

pub(super) fn compare(name: &str, made: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/golden");
    let file = folder.join(name);
    if std::env::var_os("DIOGEL_BLESS").is_some() {
        fs::write(&file, made).unwrap();
    }
    assert_eq!(made, fs::read_to_string(&file).unwrap(), "{name} differs");
}

#[test]
fn the_page_reads_as_agreed_in_both_languages() {
    for (language, tag) in LANGUAGES {
        let text = to_text(&summarise(&setting(language), &story()), 96);
        compare(&format!("morgan.{tag}.txt"), &text);
    }
    for (language, tag) in LANGUAGES {
        let text = to_text(&summarise(&chaired(language), &whole_story()), 96);
        compare(&format!("whole.{tag}.txt"), &text);
    }
}

#[test]
fn a_timeline_and_a_table_read_as_agreed_in_every_rendering() {
    for (language, tag) in LANGUAGES {
        let document = drawn(language);
        compare(&format!("drawn.{tag}.txt"), &to_text(&document, 96));
        compare(&format!("drawn.{tag}.html"), &to_html(&document));
        compare(&format!("drawn.{tag}.json"), &to_json(&document).unwrap());
    }
}

#[test]
fn a_fragment_is_the_page_without_what_is_the_pages_own() {
    let document = drawn(Language::Welsh);
    let (page, fragment) = (to_html(&document), to_html_fragment(&document));
    for own in ["<html", "<head>", "<style", "<title", "<main", "<body"] {
        assert!(page.contains(own) && !fragment.contains(own), "{own}");
    }
    assert!(fragment.starts_with("<article class=\"document\" lang=\"cy\">"));
    let lines = |html: &str| html.matches("<li").count();
    assert_eq!(lines(&page), lines(&fragment));
}
