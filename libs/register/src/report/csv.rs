//! The report for a spreadsheet: UTF-8 with a mark at its beginning, so that it opens as what it is. Owns the guard: a cell that a
//! spreadsheet would take for a formula begins with an apostrophe.

use super::{Report, RowReport, Verdict};
use crate::finding::Finding;

/// The headings.
pub(super) const COLUMNS: [&str; 12] = [
    "row",
    "reference",
    "verdict",
    "weight",
    "field",
    "column",
    "rule",
    "way_out",
    "published",
    "incident_key",
    "alert_key",
    "content",
];

pub(super) fn csv(report: &Report) -> String {
    let mut lines = vec![COLUMNS.map(str::to_owned)];
    for row in &report.rows {
        let findings = row.findings.iter().map(Some);
        let none = row.findings.is_empty().then_some(None);
        lines.extend(findings.chain(none).map(|finding| line(row, finding)));
    }
    for verdict in Verdict::ALL {
        let mut line = COLUMNS.map(|_| String::new());
        line[2] = verdict.code().into();
        line[6] = format!("rows: {}", report.count(verdict));
        lines.push(line);
    }
    let lines = lines
        .iter()
        .map(|line| line.each_ref().map(|cell| quoted(cell)).join(","));
    lines.fold("\u{feff}".to_owned(), |text, line| text + &line + "\r\n")
}

fn line(row: &RowReport, finding: Option<&Finding>) -> [String; 12] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let of = |part: fn(&Finding) -> String| finding.map(part).unwrap_or_default();
    [
        row.row.to_string(),
        text(&row.reference),
        row.verdict.code().into(),
        of(|f| f.weight.code().into()),
        of(|f| f.field.clone()),
        of(|f| f.column.clone().unwrap_or_default()),
        of(|f| f.rule.clone()),
        of(|f| f.way_out.clone()),
        row.published.map_or("", super::Published::code).into(),
        text(&row.incident_key),
        text(&row.alert_key),
        text(&row.content),
    ]
}

/// A cell, guarded, and in quotes where it needs them.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let guard = if is_formula { "'" } else { "" };
    let cell = format!("{guard}{cell}");
    if cell.contains(['"', ',', '\n', '\r', '\t', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_guarded() {
        for formula in ["=1+1", "+1", "-1", "@SUM(1)", "\t=1"] {
            let cell = quoted(formula);
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell}");
        }
        assert_eq!(quoted("VP-1"), "VP-1");
        assert_eq!(quoted("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
    }
}
