//! Files as councils have them: encodings, blank lines, date cells, formulas, merged cells, several sheets.

use diogel_register::{Mapping, NotARegister, Report, Sheet, Verdict};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::{
    registers::{HEADINGS, but},
    support::{self, Council, TODAY},
};

fn report(bytes: &[u8], mapping: &Mapping) -> Result<Report, NotARegister> {
    let sheet = Sheet::read(bytes, mapping)?;
    Ok(Council::on(TODAY).judges(&sheet, mapping, None).report)
}

fn with(changes: &[(&str, &str)]) -> Mapping {
    let text = changes.iter().fold(support::example(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    support::mapping(&text)
}

fn headed(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let head = [vec![], vec![], HEADINGS.map(str::to_owned).to_vec()];
    [&head, rows].concat()
}

fn numbers(report: &Report) -> Vec<u32> {
    report.rows.iter().map(|row| row.row).collect()
}

#[test]
fn a_csv_row_keeps_the_number_that_a_spreadsheet_shows() {
    let mapping = with(&[("header_row = 3", "header_row = 2")]);
    let row = |reference: &str| {
        support::csv(&[but(&[
            ("Ref", reference),
            ("What happened", "one\r\ntwo\n\nthree"),
        ])])
    };
    let head = support::csv(&[HEADINGS.map(str::to_owned).to_vec()]);
    let parts = [
        b"A title\r\n".to_vec(),
        head,
        b"\r\n".to_vec(),
        row("A"),
        b"\r\n\r\n\r\n".to_vec(),
        row("B"),
        b"\n,,,\n".to_vec(),
        row("C"),
    ];
    assert_eq!(
        numbers(&report(&parts.concat(), &mapping).unwrap()),
        [3, 6, 8]
    );
}

#[test]
fn a_csv_file_is_utf_8_or_what_the_mapping_says() {
    let rows = headed(&[but(&[("Ref", "Tŷ-1")])]);
    let plain = support::csv(&rows);
    let mapping = with(&[]);
    let marked = [b"\xef\xbb\xbf", &plain[..]].concat();
    assert_eq!(
        report(&plain, &mapping).unwrap(),
        report(&marked, &mapping).unwrap()
    );

    let western = headed(&[but(&[("Ref", "CAF-E"), ("Warning", "Don#t visit")])]);
    let mut western = support::csv(&western);
    western
        .iter_mut()
        .filter(|byte| **byte == b'#')
        .for_each(|byte| *byte = 0x92);
    let refused = report(&western, &mapping).unwrap_err();
    assert!(refused.to_string().contains("windows-1252"), "{refused}");
    let mapping = with(&[
        ("\"utf-8\"", "\"windows-1252\""),
        ("\"shouting\" =", "\"don't visit\" ="),
    ]);
    assert_eq!(
        report(&western, &mapping).unwrap().rows[0].verdict,
        Verdict::Proposal
    );

    let utf_16: Vec<u8> = "Ref".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let refused = report(&[b"\xff\xfe", &utf_16[..]].concat(), &mapping).unwrap_err();
    assert!(refused.to_string().contains("UTF-16"), "{refused}");
}

#[test]
fn other_delimiters_are_read_where_the_mapping_says_so() {
    let line = |cells: Vec<String>| cells.join("\t");
    let text = [line(HEADINGS.map(str::to_owned).to_vec()), line(but(&[]))].join("\n");
    let mapping = with(&[
        ("header_row = 3", "header_row = 1"),
        ("delimiter = \",\"", "delimiter = \"tab\""),
    ]);
    assert_eq!(
        report(text.as_bytes(), &mapping).unwrap().rows[0].verdict,
        Verdict::Proposal
    );
}

#[test]
fn a_row_that_goes_on_beyond_the_headings_is_not_believed() {
    let mut rows = headed(&[but(&[]), but(&[("Ref", "VP-2"), ("NHS No", "9990700079")])]);
    rows[3].push("slipped".into());
    rows[4].push("  ".into());
    let report = report(&support::csv(&rows), &with(&[])).unwrap();
    let verdicts: Vec<Verdict> = report.rows.iter().map(|row| row.verdict).collect();
    assert_eq!(verdicts, [Verdict::Incomplete, Verdict::Proposal]);
}

#[test]
fn headings_are_found_whatever_their_case_and_their_absence_says_nothing_of_the_row() {
    let mapping = with(&[]);
    let mut rows = headed(&[but(&[])]);
    rows[2][0] = " REF".into();
    assert!(report(&support::csv(&rows), &mapping).is_ok());
    rows[2][0] = "Idris Tegid-Invented".into();
    let refused = report(&support::csv(&rows), &mapping)
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("\"Ref\"") && refused.contains("columns.reference"),
        "{refused}"
    );
    assert!(!refused.contains("Idris"), "{refused}");
    rows[2][0] = "Ref".into();
    rows[2][1] = "ref".into();
    let refused = report(&support::csv(&rows), &mapping)
        .unwrap_err()
        .to_string();
    assert!(refused.contains("two headings"), "{refused}");
    for empty in [&b""[..], b"\n\n\n", b"a,b"] {
        assert!(report(empty, &mapping).is_err());
    }
}

/// A workbook whose register holds the good row, written by a test's own hand.
fn workbook(write: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Register").unwrap();
    let rows = headed(&[but(&[])]);
    for (row, cells) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    write(sheet);
    workbook.save_to_buffer().unwrap()
}

fn column(heading: &str) -> u16 {
    let at = HEADINGS.iter().position(|known| *known == heading).unwrap();
    u16::try_from(at).unwrap()
}

fn findings(report: &Report) -> Vec<(&str, &str)> {
    let findings = report.rows[0].findings.iter();
    findings
        .map(|f| (f.field.as_str(), f.rule.as_str()))
        .collect()
}

#[test]
fn date_cells_numbers_and_formulas_are_read_as_people_see_them() {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let bytes = workbook(|sheet| {
        let day = ExcelDateTime::from_ymd(2026, 9, 11).unwrap();
        sheet
            .write_with_format(3, column("Date of incident"), &day, &date)
            .unwrap();
        let day = ExcelDateTime::from_ymd(1979, 4, 3)
            .unwrap()
            .and_hms(14, 30, 0)
            .unwrap();
        sheet
            .write_with_format(3, column("DOB"), &day, &date)
            .unwrap();
        sheet.write(3, column("NHS No"), 9_990_700_001_f64).unwrap();
        let formula = Formula::new("=\"VP-\"&\"001\"").set_result("VP-001");
        sheet.write_formula(3, column("Ref"), formula).unwrap();
        let formula = Formula::new("=DATE(2027,3,16)").set_result("46462");
        sheet
            .write_formula_with_format(3, column("Review date"), formula, &date)
            .unwrap();
    });
    let read = report(&bytes, &with(&[])).unwrap();
    assert_eq!(read, report(&workbook(|_| ()), &with(&[])).unwrap());
    assert_eq!(read.rows[0].verdict, Verdict::Proposal);
}

#[test]
fn a_date_s_number_out_of_range_is_no_day() {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let hours = Format::new().set_num_format("[h]:mm");
    for (number, format) in [
        (-1.0, &date),
        (0.0, &date),
        (0.5, &date),
        (60.0, &date),
        (2_958_466.0, &date),
        (1e300, &date),
        (3.0, &hours),
    ] {
        let bytes = workbook(|sheet| {
            sheet
                .write_with_format(3, column("Date of incident"), number, format)
                .unwrap();
        });
        let report = report(&bytes, &with(&[])).unwrap();
        assert_eq!(
            findings(&report),
            [("incident_date", "is a date cell that holds no day")],
            "{number}"
        );
    }
    let bytes = workbook(|sheet| {
        sheet.write(3, column("Review date"), 46_462).unwrap();
        let day = ExcelDateTime::from_ymd(2026, 3, 12).unwrap();
        sheet
            .write_with_format(3, column("Ref"), &day, &date)
            .unwrap();
    });
    let report = report(&bytes, &with(&[])).unwrap();
    let expected = [
        ("reference", "is a date cell, where text is meant"),
        ("review_date", "is a number and no date"),
    ];
    assert_eq!(findings(&report), expected);
}

#[test]
fn a_formula_s_error_is_a_fault_of_its_field() {
    let bytes = workbook(|sheet| {
        let formula = Formula::new("=NA()").set_result("#N/A");
        sheet.write_formula(3, column("Action"), formula).unwrap();
    });
    let report = report(&bytes, &with(&[])).unwrap();
    assert_eq!(findings(&report)[0].0, "precautions");
}

#[test]
fn cells_merged_downwards_say_the_same_of_each_of_their_rows() {
    let format = Format::new();
    let bytes = workbook(|sheet| {
        for (row, reference) in [(4, "VP-2"), (6, "VP-3")] {
            let cells = but(&[
                ("Ref", reference),
                ("NHS No", ""),
                (
                    "Date of incident",
                    if row == 4 { "1/6/2026" } else { "1/5/2026" },
                ),
            ]);
            for (column, cell) in (0..).zip(&cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        let nhs = column("NHS No");
        sheet
            .merge_range(3, nhs, 6, nhs, "9990700001", &format)
            .unwrap();
        // Across columns: what it says belongs to the first of them.
        sheet
            .merge_range(
                6,
                column("Told on"),
                6,
                column("Why not told"),
                "14/09/2026",
                &format,
            )
            .unwrap();
    });
    let report = report(&bytes, &with(&[])).unwrap();
    assert_eq!(numbers(&report), [4, 5, 7]);
    assert!(
        report
            .rows
            .iter()
            .all(|row| row.verdict == Verdict::Proposal),
        "{report:#?}"
    );
}

#[test]
fn the_sheet_is_the_one_that_is_named_or_the_only_one_that_is_seen() {
    let two = |hidden: bool| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("Register").unwrap();
        let head = headed(&[but(&[])]);
        for (row, cells) in (0..).zip(&head) {
            sheet.write_row(row, 0, cells).unwrap();
        }
        workbook
            .add_worksheet()
            .set_name("Lists")
            .unwrap()
            .set_hidden(hidden);
        workbook.save_to_buffer().unwrap()
    };
    let unnamed = with(&[("name = \"Register\"", "")]);
    assert!(report(&two(false), &with(&[])).is_ok());
    assert!(report(&two(true), &unnamed).is_ok());
    let refused = report(&two(false), &unnamed).unwrap_err().to_string();
    assert!(refused.contains("sheet.name"), "{refused}");
    let other = with(&[("name = \"Register\"", "name = \"Elsewhere\"")]);
    let refused = report(&two(false), &other).unwrap_err().to_string();
    assert!(refused.contains("no sheet \"Elsewhere\""), "{refused}");
}

#[test]
fn an_old_or_locked_workbook_and_a_damaged_one_are_told_apart() {
    let mapping = with(&[]);
    let old = report(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &mapping)
        .unwrap_err()
        .to_string();
    assert!(old.contains("password") && old.contains(".xlsx"), "{old}");
    let cut = workbook(|_| ());
    let cut = report(&cut[..cut.len() / 2], &mapping)
        .unwrap_err()
        .to_string();
    assert!(cut.contains("damaged"), "{cut}");
}
