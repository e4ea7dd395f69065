//! The report as people read it.

use std::fmt::Write;

use super::{Report, RowReport, Verdict};
use crate::finding::Finding;

pub(super) fn text(report: &Report) -> String {
    let mut text = String::new();
    for row in &report.rows {
        row_text(&mut text, row);
    }
    let counts =
        Verdict::ALL.map(|verdict| format!("{} {}", verdict.code(), report.count(verdict)));
    let rows = report.rows.len();
    let _never_fails = writeln!(
        text,
        "{}: {rows} {}: {}",
        report.register,
        if rows == 1 { "row" } else { "rows" },
        counts.join(", ")
    );
    text
}

fn row_text(text: &mut String, row: &RowReport) {
    let reference = row.reference.as_deref().unwrap_or("(no reference)");
    let published = row
        .published
        .map_or_else(String::new, |p| format!(", {}", p.code()));
    let verdict = row.verdict.code();
    let _never_fails = writeln!(text, "row {} {reference}: {verdict}{published}", row.row);
    for finding in &row.findings {
        let _never_fails = writeln!(text, "  {}", finding_text(finding));
    }
}

fn finding_text(finding: &Finding) -> String {
    let Finding {
        weight,
        field,
        rule,
        way_out,
        ..
    } = finding;
    let column = finding.column.as_deref();
    let column = column.map_or_else(String::new, |column| format!(" (\"{column}\")"));
    format!("{}: {field}{column}: {rule}; {way_out}", weight.code())
}
