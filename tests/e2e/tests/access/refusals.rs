//! What a refusal may say: the same whether what is asked for is there or not, nothing of what was asked, nothing of who asked.

use std::collections::BTreeSet;

use tonic::Status;
use tonic_types::StatusExt;

use crate::calls::Answer;
use crate::matrix::{Cell, Row};
use crate::messages::MARK;

/// Everything that a status says; the date alone may differ.
fn all_of(status: &Status) -> String {
    let mut headers = status.metadata().clone().into_headers();
    headers.remove("date");
    let mut headers: Vec<String> = headers.iter().map(|h| format!("{h:?}")).collect();
    headers.sort();
    let (code, message, details) = (status.code(), status.message(), status.details());
    format!("{code:?} {message:?} {details:?} {headers:?}")
}

/// Whether the three answers to one who is refused are the same, byte for byte; where only one of them is a refusal, whether what
/// is there and what isn't are answered alike is for [`told_apart`].
pub fn differ(cell: &Cell) -> bool {
    let said: BTreeSet<String> = cell.iter().map(text).collect();
    cell.iter().any(Answer::is_refusal) && said.len() > 1
}

/// «Not found» of what is there has to be that of what isn't.
pub fn told_apart(there: &Answer, absent: &Answer) -> bool {
    there.word() == "absent" && text(there) != text(absent)
}

fn text(answer: &Answer) -> String {
    match answer {
        Answer::Refused(status) => all_of(status),
        Answer::NoTls(_) | Answer::Served => answer.word().to_owned(),
    }
}

/// Words of the inside: of sources, files, libraries and certificates.
const INNARDS: [&str; 10] = [
    MARK,
    "diogel://",
    "/tmp",
    ".rs",
    "panick",
    "rustls",
    "hyper",
    "sled",
    "redb",
    "nats",
];

/// What an answer holds of what was asked, or of what is the service's own affair.
pub fn gives_away(answer: &Answer, secrets: &[String]) -> Option<String> {
    let Answer::Refused(status) = answer else {
        return None;
    };
    let mut said = all_of(status).into_bytes();
    said.extend_from_slice(status.details());
    let said = String::from_utf8_lossy(&said);
    let words = INNARDS
        .into_iter()
        .chain(secrets.iter().map(String::as_str));
    let mut found = words.filter(|word| said.contains(word));
    found.next().map(|word| format!("{word:?} in {status:?}"))
}

/// Each sentence that anybody was refused with, with its reason, for the text.
pub fn sentences(rows: &[Row]) -> BTreeSet<String> {
    let answers = rows.iter().flat_map(|row| row.cells.iter().flatten());
    answers.filter_map(sentence).collect()
}

fn sentence(answer: &Answer) -> Option<String> {
    let Answer::Refused(status) = answer else {
        return None;
    };
    let reason = status.get_details_error_info().map(|info| info.reason);
    let reason = reason.unwrap_or_else(|| "(no reason)".into());
    let (word, message) = (answer.word(), status.message());
    Some(format!("{word:9}{reason:19} «{message}»"))
}
