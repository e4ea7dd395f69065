//! The streams' settings. Owns what they must be, making them (the operator, once) and checking them (the projection, each time
//! it connects). Refuses a stream that differs in anything, settings this crate has never heard of included: one of them
//! (`republish`, a mirror, a time to live) could suppress, copy or forge events.

use async_nats::jetstream::ErrorCode;
use serde_json::{Map, Value, json};

use super::api::{ApiError, ask, unavailable};
use super::link::Link;
use super::names::{AgencyNames, ORDER_STREAM, ORDER_SUBJECT};
use crate::log::LogError;

/// Bytes in one message, headers included: an event is at most 48 KiB.
const MAX_MESSAGE: u64 = 64 * 1024;
/// Nanoseconds in which a repeated `Nats-Msg-Id` is acknowledged but not stored again.
const DUPLICATE_WINDOW: u64 = 120_000_000_000;

/// What may differ between deployments.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
    /// Copies of each stream: 3 in a cluster, 1 on a single server.
    pub replicas: usize,
    /// Bytes at most in one agency's stream. Full means that it takes no more; it never forgets.
    pub agency_bytes: u64,
    /// Bytes at most in the order stream.
    pub order_bytes: u64,
}

impl Streams {
    fn agency(&self, names: &AgencyNames) -> Value {
        let (stream, subject) = (names.stream(), names.subject());
        self.settings(&stream, &subject, self.agency_bytes, &json!({}))
    }

    /// Replicas read it by direct gets, which need no right to make consumers: a consumer's owner could have the server deliver
    /// to any subject of the account.
    fn order(&self) -> Value {
        let direct = json!({ "allow_direct": true });
        self.settings(ORDER_STREAM, ORDER_SUBJECT, self.order_bytes, &direct)
    }

    fn settings(&self, name: &str, subject: &str, max_bytes: u64, more: &Value) -> Value {
        let mut settings = json!({
            "name": name,
            "subjects": [subject],
            "storage": "file",
            "retention": "limits",
            "discard": "new",
            "num_replicas": self.replicas,
            "max_bytes": max_bytes,
            "max_msg_size": MAX_MESSAGE,
            "duplicate_window": DUPLICATE_WINDOW,
            "allow_atomic": true,
            "deny_delete": true,
            "deny_purge": true,
        });
        if let (Value::Object(settings), Value::Object(more)) = (&mut settings, more) {
            settings.extend(more.clone());
        }
        settings
    }
}

/// Makes the agencies' streams and the order stream, and leaves alone what is there and right. The operator's user can't change
/// or delete a stream: whoever may update one can empty it.
///
/// # Errors
/// [`LogError::Refused`] if a stream is there with other settings.
pub async fn setup(link: &Link, agencies: &[&str], streams: &Streams) -> Result<(), LogError> {
    for agency in agencies {
        make(link, &streams.agency(&AgencyNames::new(agency)?)).await?;
    }
    make(link, &streams.order()).await
}

/// Checks the server's version and the settings of all streams.
///
/// # Errors
/// [`LogError::Refused`], naming the stream, the setting, what was found and what was wanted.
pub async fn verify(link: &Link, agencies: &[&str], streams: &Streams) -> Result<(), LogError> {
    link.ready()?;
    for agency in agencies {
        last_of_agency(link, &AgencyNames::new(agency)?, streams).await?;
    }
    last_of_order(link, streams).await.map(drop)
}

/// Checks one agency's stream and answers its last sequence, 0 if it is empty.
pub(super) async fn last_of_agency(
    link: &Link,
    names: &AgencyNames,
    streams: &Streams,
) -> Result<u64, LogError> {
    checked(link, &streams.agency(names)).await
}

/// Checks the order stream and answers its last sequence, 0 if it is empty.
pub(super) async fn last_of_order(link: &Link, streams: &Streams) -> Result<u64, LogError> {
    checked(link, &streams.order()).await
}

async fn make(link: &Link, wanted: &Value) -> Result<(), LogError> {
    let name = wanted["name"].as_str().unwrap_or_default();
    match ask::<Value>(link, format!("STREAM.CREATE.{name}"), wanted).await {
        Ok(_) => checked(link, wanted).await.map(drop),
        Err(error) if error.is(ErrorCode::STREAM_NAME_EXIST) => {
            checked(link, wanted).await.map(drop)
        }
        Err(ApiError::Server(error)) if error.code() == 400 => Err(LogError::Refused(format!(
            "stream {name} can't be made: {error}"
        ))),
        Err(error) => Err(error.into()),
    }
}

async fn checked(link: &Link, wanted: &Value) -> Result<u64, LogError> {
    let name = wanted["name"].as_str().unwrap_or_default();
    let info: Value = ask(link, format!("STREAM.INFO.{name}"), &json!({})).await?;
    let (Value::Object(wanted), Value::Object(found)) = (wanted, &info["config"]) else {
        return Err(unavailable(format!(
            "stream {name}: its settings can't be read"
        )));
    };
    if let Some(difference) = difference(wanted, found) {
        return Err(LogError::Refused(format!("stream {name}: {difference}")));
    }
    let last = info["state"]["last_seq"].as_u64();
    last.ok_or_else(|| unavailable(format!("stream {name}: its state can't be read")))
}

/// The first setting that differs, as a text, if one does.
fn difference(wanted: &Map<String, Value>, found: &Map<String, Value>) -> Option<String> {
    let missing = wanted
        .iter()
        .find(|(key, value)| found.get(*key) != Some(value));
    if let Some((key, value)) = missing {
        let found = found.get(key).unwrap_or(&Value::Null);
        return Some(format!("{key}: found {found}, wanted {value}"));
    }
    let more = found
        .iter()
        .find(|(key, value)| !wanted.contains_key(*key) && !idle(key, value));
    more.map(|(key, value)| format!("{key}: found {value}, wanted none"))
}

/// Whether a setting does nothing. The server writes its own notes (`_nats.…`) into `metadata`.
fn idle(key: &str, value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        // -1 and 0 both say «no limit» here, and «not at all» for a time to live.
        Value::Number(number) => matches!(number.as_i64(), Some(-1 | 0)),
        Value::String(text) => text.is_empty() || (key == "compression" && text == "none"),
        Value::Array(items) => items.is_empty(),
        Value::Object(items) if key == "metadata" => items.keys().all(|k| k.starts_with("_nats.")),
        Value::Object(items) => items.values().all(|value| idle("", value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn a_difference_names_setting_found_and_wanted() {
        let wanted = map(json!({ "deny_purge": true }));
        let found = map(json!({ "deny_purge": false }));
        let text = difference(&wanted, &found).unwrap();
        assert_eq!(text, "deny_purge: found false, wanted true");
    }

    #[test]
    fn a_setting_nobody_demanded_is_refused_unless_it_does_nothing() {
        let wanted = map(json!({ "name": "ORDER" }));
        let quiet = json!({ "name": "ORDER", "max_age": 0, "max_msgs": -1, "compression": "none",
            "metadata": { "_nats.req.level": "0" }, "consumer_limits": {}, "allow_direct": false });
        assert_eq!(difference(&wanted, &map(quiet)), None);
        for (key, value) in [
            ("max_age", json!(1)),
            ("republish", json!({ "src": ">", "dest": "x.>" })),
            ("allow_rollup_hdrs", json!(true)),
            ("metadata", json!({ "note": "mine" })),
            ("a_setting_of_2031", json!("on")),
        ] {
            let mut found = wanted.clone();
            found.insert(key.to_owned(), value);
            assert!(difference(&wanted, &found).is_some(), "{key} passed");
        }
    }
}
