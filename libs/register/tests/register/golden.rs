//! The report on the whole register, as text and as CSV. `DIOGEL_BLESS=1 cargo test -p diogel-register` writes it anew; read the
//! difference.

use std::path::Path;

use diogel_register::Sheet;

use crate::{
    registers,
    support::{self, Council, TODAY},
};

#[track_caller]
fn holds(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/register/golden")
        .join(name);
    if std::env::var_os("DIOGEL_BLESS").is_some() {
        std::fs::write(&path, now).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap();
    assert!(
        stands == now,
        "{name} isn't what the report says now:\n{now}"
    );
}

#[test]
fn the_report_on_the_council_s_register_stands() {
    let mapping = support::mapping(&support::example());
    let rows = registers::awkward();
    let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
    let run = Council::on(TODAY).judges(&sheet, &mapping, None);
    holds("report.txt", &run.report.to_text());
    holds("report.csv", &run.report.to_csv());
    // The same register as a workbook comes to the same.
    let sheet = Sheet::read(&support::xlsx(&rows), &mapping).unwrap();
    let as_workbook = Council::on(TODAY).judges(&sheet, &mapping, None);
    assert_eq!(as_workbook.report, run.report);
}

#[test]
fn a_report_holds_nothing_of_a_row_but_its_number_and_reference() {
    let mapping = support::mapping(&support::example());
    let rows = registers::awkward();
    let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
    let report = Council::on(TODAY).judges(&sheet, &mapping, None).report;
    let said = [
        report.to_text(),
        report.to_csv(),
        report.to_json().to_string(),
    ]
    .concat();
    for row in rows.iter().skip(3) {
        for cell in row.iter().skip(1).filter(|cell| cell.len() > 9) {
            assert!(!said.contains(cell.as_str()), "{cell}");
        }
    }
    for part in ["Invented", "torch", "Schizo", "CMHT", "999070"] {
        assert!(!said.contains(part), "{part}");
    }
}

#[test]
fn the_counts_add_up_and_json_says_the_same() {
    let mapping = support::mapping(&support::example());
    let sheet = Sheet::read(&support::csv(&registers::awkward()), &mapping).unwrap();
    let run = Council::on(TODAY).judges(&sheet, &mapping, None);
    let json = run.report.to_json();
    let counts = json["counts"].as_object().unwrap().values();
    let counts: u64 = counts.map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(counts, run.report.rows.len() as u64);
    assert_eq!(json["counts"]["proposal"], run.proposals.len());
    assert_eq!(json["rows"][0]["verdict"], "proposal");
}
