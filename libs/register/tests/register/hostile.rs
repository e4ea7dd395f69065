//! What no file can do: make a formula of a report, an entry of an illness, fill the memory, or bring anything down.

use std::io::{Cursor, Write};

use diogel_register::{Sheet, Verdict, limits};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    registers::{HEADINGS, but},
    support::{self, Council, Random, TODAY},
};

fn headed(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let head = [vec![], vec![], HEADINGS.map(str::to_owned).to_vec()];
    [&head, rows].concat()
}

#[test]
fn cells_that_want_to_be_more_than_text_stay_text() {
    let council = Council::on(TODAY);
    let mapping = support::mapping(&support::example());
    let long = "A".repeat(1_024 * 1_024);
    for (hostile, taken) in [
        ("=cmd|' /C calc'!A0", true),
        ("<script>alert(1)</script>", true),
        ("{{7*7}} ${jndi:ldap://x} %s%n '; DROP TABLE--", true),
        ("NUL\u{0}here", false),
        ("\u{1b}[31mred", false),
        ("\u{202e}txet\u{2066}", true),
        (long.as_str(), false),
    ] {
        for heading in ["Name", "What happened", "Entered by", "Notes"] {
            let rows = headed(&[but(&[(heading, hostile)])]);
            let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
            let run = council.judges(&sheet, &mapping, None);
            let good = run.report.rows[0].verdict == Verdict::Proposal;
            assert_eq!(
                good,
                taken || heading == "Notes",
                "{heading}: {}",
                run.report.to_text()
            );
            let said = [run.report.to_text(), run.report.to_csv()].concat();
            assert!(!said.contains("calc") && !said.contains("script") && said.len() < 10_000);
            for proposal in &run.proposals {
                assert!(council.takes_in(&proposal.incident).is_ok());
                let text = format!("{:?}", proposal.incident);
                assert!(
                    !text.contains("\\u{202e}") && !text.contains("\\u{2066}"),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn a_reference_is_plain_text_or_isn_t_told() {
    let mapping = support::mapping(&support::example());
    let long = "V".repeat(65);
    for bad in ["V\u{0}P", "VP\n1", "\u{1b}[2J", &long] {
        let rows = headed(&[but(&[("Ref", bad)])]);
        let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
        let report = Council::on(TODAY).judges(&sheet, &mapping, None).report;
        assert_eq!(
            (report.rows[0].verdict, &report.rows[0].reference),
            (Verdict::Incomplete, &None)
        );
    }
    for formula in ["=1+1", "+44", "-1", "@x"] {
        let rows = headed(&[but(&[("Ref", formula)])]);
        let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
        let csv = Council::on(TODAY)
            .judges(&sheet, &mapping, None)
            .report
            .to_csv();
        assert!(csv.contains(&format!(",'{formula},")) && !csv.contains(&format!(",{formula},")));
    }
}

#[track_caller]
fn refused(bytes: &[u8], said: &str) {
    let mapping = support::mapping(&support::example());
    let refused = Sheet::read(bytes, &mapping).unwrap_err().to_string();
    assert!(refused.contains(said), "{refused}");
}

#[test]
fn a_file_past_a_bound_is_refused_with_its_bound() {
    let mapping = support::mapping(&support::example());
    refused(&vec![b'a'; limits::FILE + 1], "32 MiB");
    let line = format!("VP-1{}\n", ",".repeat(24));
    let head = String::from_utf8(support::csv(&headed(&[]))).unwrap();
    refused(
        format!("{head}\n{}", line.repeat(limits::ROWS + 1)).as_bytes(),
        "20000 rows",
    );
    let full = format!("{head}\n{}", line.repeat(limits::ROWS));
    assert_eq!(
        Sheet::read(full.as_bytes(), &mapping).unwrap().len(),
        limits::ROWS
    );
    let mut wide = headed(&[]);
    wide[2].resize(limits::COLUMNS, String::new());
    wide[2].push("one more".into());
    refused(&support::csv(&wide), "200 columns");
    refused(&support::xlsx(&wide), "200 columns");
}

/// A part of a workbook in place of another.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let part_name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let text = if part_name == name {
            change(text)
        } else {
            text
        };
        written
            .start_file(part_name, SimpleFileOptions::default())
            .unwrap();
        written.write_all(text.as_bytes()).unwrap();
    }
    written.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_is_small_only_because_it_is_packed_is_refused_before_it_is_read() {
    let mapping = support::mapping(&support::example());
    let good = support::xlsx(&headed(&[but(&[])]));
    let bomb = with_part(&good, "xl/sharedStrings.xml", |text| {
        let spaces = usize::try_from(limits::UNPACKED).unwrap();
        format!("{text}{}", " ".repeat(spaces))
    });
    assert!(bomb.len() < 1_024 * 1_024);
    let refused = Sheet::read(&bomb, &mapping).unwrap_err().to_string();
    assert!(refused.contains("96 MiB"), "{refused}");
}

#[test]
fn one_long_text_that_many_cells_share_fills_no_memory() {
    let mapping = support::mapping(&support::example());
    let cell = "a".repeat(limits::CELL);
    let rows = vec![vec![cell; 24]; 700];
    let refused = Sheet::read(&support::xlsx(&headed(&rows)), &mapping).unwrap_err();
    assert!(refused.to_string().contains("64 MiB"), "{refused}");
}

#[test]
fn rows_out_of_order_and_cells_far_out_are_no_register() {
    let mapping = support::mapping(&support::example());
    let good = support::xlsx(&headed(&[but(&[]), but(&[("Ref", "VP-2")])]));
    let sheet = "xl/worksheets/sheet1.xml";
    for (from, to) in [
        ("r=\"A5\"", "r=\"A4294967296\""),
        ("r=\"A5\"", "r=\"A0\""),
        ("r=\"A5\"", "r=\"ZZZZZZZ5\""),
        ("r=\"A5\"", "r=\"A3\""),
        ("<v>0</v>", "<v>99999</v>"),
        ("</sheetData>", ""),
    ] {
        let bytes = with_part(&good, sheet, |text| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        let _refused_or_read = Sheet::read(&bytes, &mapping);
    }
    let swapped = with_part(&good, sheet, |text| text.replace("A5\"", "A1000000\""));
    assert!(Sheet::read(&swapped, &mapping).is_err());
}

#[test]
fn no_damage_to_a_file_brings_the_reader_down() {
    let mapping = support::mapping(&support::example());
    let rows = headed(&[but(&[]), but(&[("Ref", "VP-2"), ("Warning", "dog")])]);
    let good = support::xlsx(&rows);
    let mut random = Random(7);
    for part in [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    ] {
        for _ in 0..150 {
            let at = (random.below(1 << 20), random.below(6), random.below(9));
            let bytes = with_part(&good, part, |text| {
                let mut bytes = text.into_bytes();
                let from = at.0 % bytes.len();
                let put = &b"<>\"/9&;A "[at.2..][..1];
                let to = (from + at.1).min(bytes.len());
                bytes.splice(from..to, put.iter().copied());
                String::from_utf8_lossy(&bytes).into_owned()
            });
            let _refused_or_read = Sheet::read(&bytes, &mapping);
        }
    }
    for _ in 0..300 {
        let mut bytes = good.clone();
        let at = random.below(bytes.len());
        bytes[at] = u8::try_from(random.below(256)).unwrap();
        let _refused_or_read = Sheet::read(&bytes, &mapping);
    }
    let csv = support::csv(&rows);
    for _ in 0..300 {
        let mut bytes = csv.clone();
        let at = random.below(bytes.len());
        bytes[at] = b"\",\n\r\x00"[random.below(5)];
        let _refused_or_read = Sheet::read(&bytes, &mapping);
    }
}
