//! The page as a whole, in both languages. `DIOGEL_BLESS=1 cargo test -p diogel-summary` writes it anew; read the difference.

use std::{fs, path::Path};

use diogel_domain::codes::Language;

use super::family::{setting, story};
use crate::{summarise, to_text};

fn compare(name: &str, language: Language) {
    let text = to_text(&summarise(&setting(language), &story()), 96);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/golden");
    let file = folder.join(name);
    if std::env::var_os("DIOGEL_BLESS").is_some() {
        fs::write(&file, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&file).unwrap(), "{name} differs");
}

#[test]
fn the_english_page_reads_as_agreed() {
    compare("morgan.en.txt", Language::English);
}

#[test]
fn the_welsh_page_reads_as_agreed() {
    compare("morgan.cy.txt", Language::Welsh);
}
