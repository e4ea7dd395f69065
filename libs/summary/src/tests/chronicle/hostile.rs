//! Whatever people type comes out as itself in every rendering of a chronology, and changes nothing around it.

use diogel_domain::{codes::Language, content::Content, legible};

use super::given::{entry, review};
use crate::{
    Entry, Review, Text, chronicle,
    tests::{
        family::{incident, measure, plan},
        hostile::{letters, taken_apart},
    },
    to_csv, to_html, to_json, to_text,
};

/// The text as whom it is about, and as a measure of a plan.
fn given(text: &str) -> (Review, Vec<Entry>) {
    let mut plan = plan(1, "2027-02-01", "2027-06-01");
    if let Content::SafetyPlan(plan) = &mut plan.content {
        plan.agreed.as_mut().unwrap().measures = vec![measure(text, "housing", "2027-04-01")];
        plan.agreed.as_mut().unwrap().aim = String::new();
    }
    let about = Review {
        about: Some(text.into()),
        ..review(Language::Welsh)
    };
    let other = incident(2, "health", "2027-02-02");
    (about, vec![entry(&plan), entry(&other)])
}

#[test]
fn p12_what_people_wrote_comes_out_as_itself_in_text_and_html() {
    let document = |text: &str| {
        let (review, entries) = given(text);
        chronicle(&review, &entries)
    };
    let (harmless, _) = taken_apart(&to_html(&document("x")));
    for text in diogel_hostile::texts() {
        let document = document(&text);
        for width in [24, 96] {
            let seen: String = to_text(&document, width).split_whitespace().collect();
            assert_eq!(seen.matches(&letters(&text)).count().min(2), 2, "{text:?}");
        }
        let (tags, texts) = taken_apart(&to_html(&document));
        assert!(texts.contains(&legible::clean(&text)), "{text:?}");
        assert_eq!(tags, harmless, "{text:?}");
    }
}

#[test]
fn p12_what_people_wrote_comes_out_as_itself_in_json() {
    for text in diogel_hostile::texts() {
        let (review, entries) = given(&text);
        let json = to_json(&chronicle(&review, &entries)).unwrap();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let title = json["title"]["text"].as_str().unwrap();
        assert_eq!(
            title,
            Text::from(format!("Cronoleg: {}", legible::clean(&text))).to_string()
        );
    }
}

#[test]
fn p12_what_people_wrote_comes_out_as_itself_in_a_spreadsheet_and_reckons_nothing() {
    for text in diogel_hostile::texts() {
        let (review, entries) = given(&text);
        let mut review = review;
        for names in review.names.values_mut() {
            names.1.clone_from(&text);
        }
        let csv = to_csv(&review, &entries).unwrap();
        let csv = csv.strip_prefix('\u{FEFF}').unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let clean = legible::clean(&text);
        assert!(rows[0][8].contains(&clean), "{text:?}");
        let agency = rows[0][6].strip_prefix('\'').unwrap_or(&rows[0][6]);
        assert!(
            agency == clean || rows[0][6] == clean || clean.is_empty(),
            "{text:?}"
        );
        for cell in rows.iter().flatten() {
            let first = cell.chars().next().unwrap_or('x');
            assert!(!"=+-@\t\r\n＝＋－＠".contains(first), "{cell:?}");
            assert!(!cell.contains(['\r', '\n', '\t']), "{cell:?}");
        }
    }
}
