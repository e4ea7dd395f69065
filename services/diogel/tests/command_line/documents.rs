//! Summaries, chronologies, the register: as text, web page, table, JSON and PDF.

use super::*;

const MOTHER: &str = "Ceri Rees=nhs:9990012172";

pub(super) fn are_read_and_printed(hub: &str, folder: &Path) {
    let asked = |words: &[&str]| -> Vec<String> {
        let all = words.iter().copied().chain(["--hub", hub]);
        all.map(str::to_owned).collect()
    };
    let ends = |words: &[&str], code, said: &str| {
        let words = asked(words);
        ends(
            &words.iter().map(String::as_str).collect::<Vec<_>>(),
            code,
            said,
        )
    };
    let summary = |more: &[&str], code, said: &str| {
        let words = ["summary", "--as", "social-care", "--nhs", MALI];
        ends(&[&words[..], more].concat(), code, said)
    };
    who_is_it_for(&summary);
    in_every_form(&summary);
    as_a_pdf(hub, folder, &summary);
    a_visit(&ends);
    a_chronology(&ends);
    the_register(&ends);
}

/// The same person, three readers: what is said to the chair isn't said to the family.
fn who_is_it_for(summary: &impl Fn(&[&str], i32, &str) -> String) {
    let table = summary(&["--attending", "health,education"], 0, "");
    let chair = summary(
        &[
            "--for",
            "chair",
            "--attending",
            "health,education",
            "--also-present",
            "interpreter",
        ],
        0,
        "",
    );
    assert!(chair.contains("NOT FOR THE ROOM"), "{chair}");
    assert!(chair.contains("interpreter"), "{chair}");
    assert!(!table.contains("NOT FOR THE ROOM"), "{table}");
    let family = summary(&["--for", "family", "--family", MOTHER], 0, "");
    assert!(family.contains("Ceri Rees"), "{family}");
    for never in ["NOT FOR THE ROOM", "MARAC", "10099000001", "escalat"] {
        assert!(!family.contains(never), "{never}: {family}");
    }
    summary(&["--for", "family"], 5, "family");
    summary(&["--for", "everybody"], 2, "professionals");
    summary(
        &["--meeting", "x", "--attending", "health"],
        2,
        "--attending",
    );
    summary(&["--meeting", "x"], 5, "meeting");
}

fn in_every_form(summary: &impl Fn(&[&str], i32, &str) -> String) {
    let page = summary(&["--form", "html"], 0, "");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<svg") && !page.contains("<script"), "{page}");
    let page = summary(&["--form", "html", "--language", "cy"], 0, "");
    assert!(page.contains("lang=\"cy\""));
    let document = summary(&["--json"], 0, "");
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert!(
        document["sections"].as_array().unwrap().len() > 5,
        "{document}"
    );
    summary(&["--form", "csv"], 2, "html");
}

/// The render service is started for the page and ended with it; where there is none, the way out is said.
fn as_a_pdf(hub: &str, folder: &Path, summary: &impl Fn(&[&str], i32, &str) -> String) {
    let program = Path::new(env!("CARGO_BIN_EXE_diogel"));
    let render = program.with_file_name("diogel-render");
    assert!(
        render.exists(),
        "build it first: cargo build --workspace --bins"
    );
    let file = folder.join("mali.pdf");
    let pdf = file.display().to_string();
    summary(&["--for", "chair", "--pdf", &pdf], 0, "pages");
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF-"));
    assert_eq!(mode(&file) & 0o077, 0, "for its owner alone");
    let read = Command::new("pdftotext").args([&pdf, "-"]).output();
    assert!(text(&read.unwrap().stdout).contains("Mali Rees"));
    summary(&["--pdf", &pdf, "--form", "html"], 2, "--form");

    let alone = folder.join("diogel");
    std::fs::copy(program, &alone).unwrap();
    let words = ["summary", "--as", "social-care", "--nhs", MALI, "--hub"];
    let output = Command::new(&alone)
        .args(words)
        .args([hub, "--pdf", &pdf])
        .output()
        .unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(6), "{said}");
    assert!(
        said.contains("cargo build --release -p diogel-render") && said.contains("--form html"),
        "{said}"
    );
}

fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).unwrap().permissions().mode()
}

fn a_visit(ends: &impl Fn(&[&str], i32, &str) -> String) {
    let check = ["check", "--as", "health", "--nhs", MALI];
    let told = |more: &[&str]| ends(&[&check[..], more].concat(), 0, "");
    let today = time::OffsetDateTime::now_utc().date();
    let night = format!("{}T23:30:00Z", today.next_day().unwrap());
    let reminded = "Out of working hours";
    assert!(told(&["--at", &night]).contains(reminded));
    assert!(!told(&[]).contains(reminded));
    let noted = [
        "--acknowledge",
        "--on-behalf-of",
        "Siân Invented, health visitor",
    ];
    told(&noted);
    let when = [&check[..], &["--at", "tomorrow"]].concat();
    ends(&when, 2, "--at");
}

fn a_chronology(ends: &impl Fn(&[&str], i32, &str) -> String) {
    let words = ["chronology", "--as", "social-care", "--nhs", MALI];
    let as_form = |form| ends(&[&words[..], &["--form", form]].concat(), 0, "");
    let table = as_form("csv");
    let mut rows = table.lines();
    let columns = rows.next().unwrap().split(',').count();
    assert!(columns > 5 && rows.count() > 5, "{table}");
    assert!(as_form("html").starts_with("<!DOCTYPE html>"));
    assert!(as_form("text").contains("Mali Rees"));
}

/// A party's own, all of the Board's; what is over only if asked for.
fn the_register(ends: &impl Fn(&[&str], i32, &str) -> String) {
    let lines = |words: &[&str]| {
        let told = ends(&[&["escalations", "--as"], words].concat(), 0, "");
        told.lines().count()
    };
    let (board, all) = (lines(&["board"]), lines(&["board", "--all"]));
    assert!(all > board && board > 0, "{all} {board}");
    assert!(lines(&["refuge", "--all"]) < all);
    let json = ends(&["escalations", "--as", "board", "--all", "--json"], 0, "");
    assert_eq!(json_lines(&json).len(), all);
}
