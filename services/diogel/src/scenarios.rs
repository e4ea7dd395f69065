//! The demo's invented families, with their dates moved so that reviews fall due when they should.

use diogel_domain::times::Day;
use serde_json::Value;

use crate::{failure::Failure, feeding::Asked, read_json};

/// Every date in the files counts from this day.
const ANCHOR: &str = "2026-10-01";

const FILES: [(&str, &str); 3] = [
    ("rees", include_str!("../../../tests/scenarios/rees.jsonl")),
    (
        "okafor-lewis",
        include_str!("../../../tests/scenarios/okafor-lewis.jsonl"),
    ),
    (
        "harcombe",
        include_str!("../../../tests/scenarios/harcombe.jsonl"),
    ),
];

/// One publication of a scenario.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Whose service takes it.
    pub(crate) agency: String,
    /// When it was published: orders the lines.
    at: String,
    /// What it asks.
    pub(crate) asked: Asked,
}

/// Every family's publications in order, moved to `today`.
pub(crate) fn all(today: Day) -> Result<Vec<Line>, Failure> {
    let anchor = Day::parse(ANCHOR).unwrap_or(today);
    let days = today.0 - anchor.0;
    let mut lines = Vec::new();
    for (name, text) in FILES {
        for (i, line) in text.lines().enumerate() {
            let place = format!("{name}.jsonl:{}", i + 1);
            lines.push(read(line, days).map_err(|e| e.within(&place))?);
        }
    }
    lines.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(lines)
}

/// Reads one line, moving its dates.
pub(crate) fn read(line: &str, days: i32) -> Result<Line, Failure> {
    let Value::Object(mut fields) = read_json::parse(line)? else {
        return Err(bad("is no JSON object"));
    };
    let Some(Value::String(agency)) = fields.remove("agency") else {
        return Err(bad("lacks `agency`"));
    };
    let at = fields
        .remove("at")
        .and_then(|at| at.as_str().map(str::to_owned))
        .unwrap_or_default();
    let moved = |mut value: Value| {
        move_dates(&mut value, days);
        value
    };
    let asked = match (fields.remove("request"), fields.remove("disclosure")) {
        (Some(request), None) => Asked::Publication(moved(request)),
        (None, Some(disclosure)) => Asked::Disclosure(moved(disclosure)),
        (Some(_), Some(_)) => return Err(bad("has `request` and `disclosure`")),
        (None, None) => return Err(bad("lacks `request`")),
    };
    if let Some(unknown) = fields.keys().next() {
        return Err(bad(&format!("has an unknown key {unknown:?}")));
    }
    Ok(Line { agency, at, asked })
}

fn bad(what: &str) -> Failure {
    Failure::Invalid(format!(
        "{what}: write {{\"agency\": …, \"request\": …}}, or give --as"
    ))
}

/// Moves every text that is a date or begins with one and a `T`.
fn move_dates(value: &mut Value, days: i32) {
    match value {
        _ if days == 0 => {}
        Value::String(text) => {
            let date = text.get(..10).and_then(Day::parse);
            let rest = text.get(10..).unwrap_or_default().to_owned();
            if let Some(day) = date.filter(|_| rest.is_empty() || rest.starts_with('T')) {
                *text = format!("{}{rest}", day.plus_days(days));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_dates(item, days)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| move_dates(field, days)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_and_texts_stay() {
        let line = r#"{"agency":"housing","at":"2026-01-05T10:00:00Z","request":{"a":"2026-01-31","b":"2026-01-31T09:00:00Z","c":"2026-01-31 was a Saturday"}}"#;
        let Asked::Publication(request) = read(line, 1).unwrap().asked else {
            panic!("another")
        };
        assert_eq!(request["a"], "2026-02-01");
        assert_eq!(request["b"], "2026-02-01T09:00:00Z");
        assert_eq!(request["c"], "2026-01-31 was a Saturday");
    }

    #[test]
    fn every_family_is_there_in_order() {
        let lines = all(Day::parse("2027-01-01").unwrap()).unwrap();
        assert!(lines.len() > 250);
        assert!(lines.is_sorted_by(|a, b| a.at <= b.at));
    }
}
