//! The chronology as a whole, in both languages. `DIOGEL_BLESS=1 cargo test -p diogel-summary` writes it anew; read the difference.

use super::{given::review, story::story};
use crate::{
    chronicle,
    tests::golden::{LANGUAGES, compare},
    to_csv, to_html, to_json, to_text,
};

#[test]
fn the_chronology_reads_as_agreed_in_both_languages() {
    for (language, tag) in LANGUAGES {
        let document = chronicle(&review(language), &story());
        compare(&format!("chronicle.{tag}.txt"), &to_text(&document, 96));
        let csv = to_csv(&review(language), &story()).unwrap();
        compare(&format!("chronicle.{tag}.csv"), &csv);
    }
}

#[test]
fn the_chronology_reads_as_agreed_in_html_and_json() {
    let (language, tag) = LANGUAGES[1];
    let document = chronicle(&review(language), &story());
    compare(&format!("chronicle.{tag}.html"), &to_html(&document));
    compare(
        &format!("chronicle.{tag}.json"),
        &to_json(&document).unwrap(),
    );
}
