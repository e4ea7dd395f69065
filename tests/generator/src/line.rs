//! An event as a line of a scenario file (`tests/scenarios/README.md`).

use diogel_contract::{
    json::{self, JsonError},
    v1,
};
use diogel_domain::times::Moment;
use serde_json::{Map, Value};

/// Writes a line, without its end.
pub fn line(agency: &str, at: Moment, request: &v1::PublishRequest) -> Result<String, JsonError> {
    let mut line = Map::new();
    line.insert("agency".into(), Value::String(agency.into()));
    line.insert("at".into(), Value::String(at.to_rfc3339()));
    line.insert("request".into(), json::write(request)?);
    Ok(Value::Object(line).to_string())
}
