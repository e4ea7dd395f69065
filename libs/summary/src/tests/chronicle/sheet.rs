//! The spreadsheet: its rows and columns, and that what goes in comes out.

use diogel_domain::codes::Language;

use super::{
    given::{entry, review},
    story::story,
};
use crate::{Entry, tests::family::incident, to_csv};

fn rows(language: Language, entries: &[Entry]) -> Vec<csv::StringRecord> {
    let csv = to_csv(&review(language), entries).unwrap();
    let csv = csv
        .strip_prefix('\u{FEFF}')
        .expect("Excel knows UTF-8 by it");
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn each_row_has_as_many_cells_as_there_are_columns_and_says_for_whom_it_is() {
    for language in [Language::English, Language::Welsh] {
        let rows = rows(language, &story());
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        let last = rows.iter().skip(1).map(|row| row[17].to_owned());
        let recipient = review(language).names[&review(language).reader].clone();
        let name = [&recipient.0, &recipient.1][usize::from(language == Language::Welsh)];
        assert!(last.into_iter().all(|cell| cell.contains(name.as_str())));
    }
}

#[test]
fn lines_end_as_rfc_4180_says_and_the_cells_parse_back() {
    let csv = to_csv(&review(Language::Welsh), &story()).unwrap();
    assert!(csv.ends_with("\r\n") && csv.matches('\n').count() == csv.matches("\r\n").count());
    let rows = rows(Language::Welsh, &story());
    let mut again = csv::WriterBuilder::new();
    let mut again = again
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in &rows {
        again.write_record(row).unwrap();
    }
    assert_eq!(String::from_utf8(again.into_inner().unwrap()).unwrap(), csv);
}

#[test]
fn an_event_has_a_row_for_each_agency_that_knew_of_it_and_one_if_none_is_told_of() {
    let day = "2027-01-04";
    let known = entry(&incident(1, "social-care", day))
        .known("police", [day, "2027-01-05", ""])
        .known("health", ["", "", ""]);
    let unknown = entry(&incident(2, "social-care", day));
    let rows = rows(Language::English, &[known, unknown]);
    let knew: Vec<[&str; 3]> = rows[1..4]
        .iter()
        .map(|r| [&r[11], &r[12], &r[13]])
        .collect();
    let expected = [
        ["Health Board", "precautions alone", ""],
        ["Police", day, "2027-01-05"],
        ["", "", ""],
    ];
    assert_eq!(knew, expected);
}

#[test]
fn a_date_is_no_more_precise_than_what_is_known() {
    use diogel_domain::codes::Precision;
    for (precision, expected) in [
        (Precision::Day, "2027-01-04"),
        (Precision::Month, "2027-01"),
        (Precision::Year, "2027"),
    ] {
        let entry = entry(&incident(1, "health", "2027-01-04")).precisely(precision);
        assert_eq!(&rows(Language::English, &[entry])[1][1], expected);
    }
}

#[test]
fn gaps_stand_in_their_places_and_the_last_row_says_that_others_may_know() {
    let rows = rows(
        Language::English,
        &[
            entry(&incident(1, "health", "2026-09-01")),
            entry(&incident(2, "health", "2026-11-01")),
        ],
    );
    let gap = &rows[2];
    assert_eq!(
        (&gap[0], &gap[1], &gap[2]),
        ("", "2026-09-02", "2026-10-31")
    );
    assert!(gap[8].contains("not evidence"));
    assert!(rows.last().unwrap()[8].ends_with("any others entitled."));
}
