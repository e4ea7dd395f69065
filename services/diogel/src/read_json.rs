//! JSON into messages of the contract. Owns saying where it went wrong: the field by its path, the rule, and never the value,
//! which may be a person's.

use diogel_contract::json;
use prost::{Message, Name};
use serde_json::{Map, Value};

use crate::failure::Failure;

/// Reads a text as JSON.
pub(crate) fn parse(text: &str) -> Result<Value, Failure> {
    // The parser names positions and what it expected, not what it found.
    serde_json::from_str(text).map_err(|e| Failure::Invalid(format!("is no JSON: {e}")))
}

/// Reads a message in the JSON form.
pub(crate) fn message<M: Message + Name + Default>(value: Value) -> Result<M, Failure> {
    json::read(value.clone()).map_err(|error| {
        let place = place::<M>(&value);
        let rule = without_values(&error.to_string());
        Failure::Invalid(if place.is_empty() {
            rule
        } else {
            format!("{place}: {rule}; compare with proto/diogel/v1")
        })
    })
}

/// A step into a value.
#[derive(Clone, Copy)]
enum Step<'v> {
    Field(&'v str),
    Item(usize),
}

/// The smallest part that can't be read by itself. No field is required in this form, so that a part can be tried alone.
fn place<M: Message + Name + Default>(value: &Value) -> String {
    let mut path: Vec<Step<'_>> = Vec::new();
    let mut part = value;
    loop {
        let fails = |(step, child): &(Step<'_>, &Value)| {
            let mut path = path.clone();
            path.push(*step);
            json::read::<M>(alone(&path, child)).is_err()
        };
        let Some((step, child)) = children(part).into_iter().find(fails) else {
            return path.iter().fold(String::new(), |text, step| match step {
                Step::Field(name) if text.is_empty() => (*name).to_owned(),
                Step::Field(name) => format!("{text}.{name}"),
                Step::Item(i) => format!("{text}[{i}]"),
            });
        };
        path.push(step);
        part = child;
    }
}

fn children(value: &Value) -> Vec<(Step<'_>, &Value)> {
    match value {
        Value::Object(fields) => fields.iter().map(|(n, v)| (Step::Field(n), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, v)| (Step::Item(i), v))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// A value that has nothing but the path, with the child at its end.
fn alone(path: &[Step<'_>], child: &Value) -> Value {
    path.iter()
        .rev()
        .fold(child.clone(), |value, step| match step {
            Step::Field(name) => Value::Object(Map::from_iter([((*name).to_owned(), value)])),
            Step::Item(_) => Value::Array(vec![value]),
        })
}

/// An error of the reader without what it found: only of what kind that is.
fn without_values(text: &str) -> String {
    for prefix in ["invalid type: ", "invalid value: "] {
        if let Some(rest) = text.strip_prefix(prefix)
            && let Some((found, expected)) = rest.rsplit_once(", expected ")
        {
            let kind = found
                .split(['"', '`', '\''])
                .next()
                .unwrap_or_default()
                .trim();
            return format!("{prefix}{kind}, expected {expected}");
        }
    }
    match text.split_once(" '") {
        Some((rule @ "unrecognized enum value", _)) => rule.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use diogel_contract::v1;

    use super::*;

    fn refusal(text: &str) -> String {
        let read = parse(text).and_then(message::<v1::PublishRequest>);
        read.unwrap_err().to_string()
    }

    #[test]
    fn the_field_is_named_by_its_path() {
        let people = r#"{"incident":{"people":[{"name":"A"},{"name":"B","givenName":"C"}]}}"#;
        let said = refusal(people);
        assert!(said.starts_with("incident.people[1].givenName: "), "{said}");
        let said = refusal(r#"{"audience":{"grants":[{"agency":5}]}}"#);
        assert!(said.starts_with("audience.grants[0].agency: "), "{said}");
    }

    #[test]
    fn no_value_is_echoed() {
        for text in [
            r#"{"audience":"Mali Rees"}"#,
            r#"{"audience":"Mali Rees, expected Mali Rees"}"#,
            r#"{"incident":{"people":[{"role":"Mali Rees"}]}}"#,
            r#"{"incident":{"people":"Mali Rees"}}"#,
            r#"{"incident":{"safety":{"occurred":{"from":"Mali Rees"}}}}"#,
            r#"{"validateOnly":"Mali Rees"}"#,
            "Mali Rees",
            r#"{"a":"b" Mali Rees"#,
        ] {
            let said = refusal(text);
            assert!(!said.contains("Mali") && !said.contains("Rees"), "{said}");
        }
    }

    #[test]
    fn what_can_be_read_is() {
        let read = parse(r#"{"requestKey":"k"}"#).and_then(message::<v1::PublishRequest>);
        assert_eq!(read.unwrap().request_key, "k");
    }
}
