//! `coverage.txt`: a line a call, a column an identity. Owns its layout.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::calls::Answer;
use crate::identities::{Fault, Identity};
use crate::matrix::{Cell, Row};
use crate::refusals::sentences;
use crate::services::PROCESSES;

const FILE: &str = "tests/access/coverage.txt";
const BLESS: &str = "DIOGEL_BLESS";
const BEFORE: &str = "\
Who is answered what. A line a call, a column an identity. Written by the test beside it with DIOGEL_BLESS=1, and read by people.

no TLS   the connection ends with the handshake   OK       answered (a stream: it is open)
denied   PERMISSION_DENIED                        invalid  INVALID_ARGUMENT: let in, and the message breaks a rule
unauth   UNAUTHENTICATED                          absent   NOT_FOUND
unimpl   UNIMPLEMENTED                            exists   ALREADY_EXISTS
*        whom the call is for

The message is about something that is there. A further line stands where the answers to another message differ from these:
«, empty» to the empty message, «, absent» to one about something that isn't there.
";
/// Width of a call's name, and of a cell.
const NAME: usize = 43;
const CELL: usize = 9;
const KINDS: [&str; 3] = ["", ", empty", ", absent"];

/// The whole text.
pub fn of(rows: &[Row]) -> String {
    let mut text = String::from(BEFORE);
    let (faults, all) = (Fault::ALL.len(), Identity::all().len());
    text += "\n\n== Certificates that are no good\n\n";
    text += &meanings(rows);
    text += &table(rows, 0..faults);
    text += "\n\n== Good certificates: every role of three agencies\n";
    text += &table(rows, faults..all);
    text += "\n\n== The words of refusals\n\n";
    for sentence in sentences(rows) {
        let _ = writeln!(text, "{sentence}");
    }
    text
}

/// What is wrong with each certificate, and how its handshake ends.
fn meanings(rows: &[Row]) -> String {
    let mut text = String::new();
    for (at, fault) in Fault::ALL.iter().enumerate() {
        let cells = rows.iter().flat_map(|row| &row.cells[at]);
        let ends: BTreeSet<&str> = cells.filter_map(why).collect();
        let ends: Vec<&str> = ends.into_iter().collect();
        let (column, meaning) = (fault.column(), fault.meaning());
        let line = format!("{column:CELL$}{meaning:72}{}", ends.join("; "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn why(answer: &Answer) -> Option<&str> {
    match answer {
        // What the library's manual says about it comes after the colon.
        Answer::NoTls(why) => why.split(": https:").next(),
        Answer::Refused(_) | Answer::Served => None,
    }
}

fn table(rows: &[Row], columns: Range<usize>) -> String {
    let mut text = String::new();
    for process in PROCESSES {
        let _ = writeln!(text, "\n{}", head(process, columns.clone()));
        for row in rows.iter().filter(|row| row.process == process) {
            text += &lines(row, columns.clone());
        }
    }
    text
}

fn head(process: &str, columns: Range<usize>) -> String {
    let mut agencies = format!("{process:NAME$}");
    let mut names = format!("{:NAME$}", "");
    for identity in &Identity::all()[columns] {
        let column = identity.to_string();
        let (agency, name) = column.split_once('/').unwrap_or(("", &column));
        let name = name.replace("projection", "project.");
        let _ = write!(agencies, "{agency:CELL$}");
        let _ = write!(names, "{name:CELL$}");
    }
    format!("{}\n{}", agencies.trim_end(), names.trim_end())
}

fn lines(row: &Row, columns: Range<usize>) -> String {
    let mut text = String::new();
    for (kind, said) in KINDS.iter().enumerate() {
        let cells = &row.cells[columns.clone()];
        if kind > 0 && cells.iter().all(|c| c[kind].word() == c[0].word()) {
            continue;
        }
        let identities = &Identity::all()[columns.clone()];
        let name = format!("{}{said}", short(&row.method));
        let mut line = format!("  {name:0$}", NAME - 2);
        for (identity, cell) in identities.iter().zip(cells) {
            let _ = write!(line, "{:CELL$}", word(row, *identity, cell, kind));
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Without the packages that most have; reflection's two differ in theirs alone.
fn short(method: &str) -> String {
    let short = method.replace("diogel.v1.", "").replace("grpc.", "");
    short.replace("ServerReflection/", "")
}

fn word(row: &Row, identity: Identity, cell: &Cell, kind: usize) -> String {
    let star = if row.served && row.rights.contains(&identity) {
        "*"
    } else {
        ""
    };
    format!("{}{star}", cell[kind].word())
}

/// Holds the text against the one that is kept.
pub fn hold(text: &str) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os(BLESS).is_some() {
        fs::write(&file, text).expect("a file");
        return Ok(());
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    if kept == text {
        return Ok(());
    }
    let gone = kept
        .lines()
        .filter(|line| !text.contains(line))
        .map(|l| format!("- {l}"));
    let new = text
        .lines()
        .filter(|line| !kept.contains(line))
        .map(|l| format!("+ {l}"));
    let changed: Vec<String> = gone.chain(new).collect();
    Err(format!(
        "{FILE} differs; {BLESS}=1 writes it anew:\n{}",
        changed.join("\n")
    ))
}
