//! What a scenario's line names of another agency's earlier line: `"@agency:request_key"` stands for that line's event id in
//! `eventId`, and for its hash in `hash`, as the receipts gave them. Refuses a name that no earlier line has.

use std::collections::BTreeMap;

use diogel_contract::v1;
use serde_json::Value;

use crate::failure::Failure;

/// The receipts of the lines so far.
#[derive(Debug, Default)]
pub(crate) struct Earlier(BTreeMap<String, v1::Receipt>);

impl Earlier {
    /// Keeps a line's receipt.
    pub(crate) fn keep(&mut self, request_key: &str, receipt: &v1::Receipt) {
        let name = format!("@{}:{request_key}", receipt.agency);
        self.0.insert(name, receipt.clone());
    }

    /// Puts ids and hashes in the place of names.
    pub(crate) fn fill(&self, value: &mut Value) -> Result<(), Failure> {
        match value {
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.fill(item)),
            Value::Object(fields) => fields.iter_mut().try_for_each(|(key, field)| match field {
                Value::String(text) if text.starts_with('@') => self.name(key, text),
                field => self.fill(field),
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
        }
    }

    /// A text that begins so elsewhere is somebody's words.
    fn name(&self, key: &str, text: &mut String) -> Result<(), Failure> {
        let receipt = || {
            let found = self.0.get(text.as_str());
            found.ok_or_else(|| Failure::Invalid(format!("{text} names no line before this one")))
        };
        match key {
            "eventId" | "event_id" => *text = receipt()?.event_id.clone(),
            "hash" => *text = receipt()?.hash.clone(),
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier() -> Earlier {
        let mut earlier = Earlier::default();
        let receipt = v1::Receipt {
            event_id: "01".into(),
            agency: "police".into(),
            hash: "ab".into(),
            ..v1::Receipt::default()
        };
        earlier.keep("one", &receipt);
        earlier
    }

    #[test]
    fn names_become_ids_and_hashes_where_references_stand() {
        let mut line = serde_json::json!([{
            "event": { "eventId": "@police:one", "hash": "@police:one" },
            "reason": "@police:one",
        }]);
        earlier().fill(&mut line).unwrap();
        assert_eq!(line[0]["event"]["eventId"], "01");
        assert_eq!(line[0]["event"]["hash"], "ab");
        assert_eq!(line[0]["reason"], "@police:one");
    }

    #[test]
    fn a_name_that_no_earlier_line_has_is_refused() {
        let mut line = serde_json::json!({ "eventId": "@police:two" });
        let refused = earlier().fill(&mut line).unwrap_err().to_string();
        assert!(refused.contains("@police:two"), "{refused}");
    }
}
