//! The JSON rendering: the document's own fields under stable names in snake case. What a line says is `text`; `written` counts
//! in characters which of its parts people wrote; events are cited by their full ids, in the order of the key their numbers.

use crate::Document;

/// Renders a document as JSON of several lines.
///
/// # Errors
/// None is known: every field has a form in JSON. What `serde_json` would say, if one had not.
pub fn to_json(document: &Document) -> Result<String, serde_json::Error> {
    let mut json = serde_json::to_string_pretty(document)?;
    json.push('\n');
    Ok(json)
}
