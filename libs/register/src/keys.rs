//! Request keys and content hashes. Owns that the same row of the same register has the same keys for ever, whatever it says and
//! whenever it is read: so an import that is repeated publishes nothing twice, and a row that was changed since meets its own
//! earlier publication (`ALREADY_EXISTS`) instead of standing beside it as a second alert. Refuses to put a reference into a key:
//! keys are kept by services, and a register's reference may name somebody.

use std::fmt::Write;

use diogel_contract::v1;
use prost::Message;
use ring::digest::{Context, SHA256};

use crate::mapping::fold;

/// The keys of a row's two publications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys {
    /// Of the incident report.
    pub(crate) incident: String,
    /// Of the alert.
    pub(crate) alert: String,
}

impl Keys {
    /// Of a row, by the register's name and the row's reference, each without regard to case and spaces.
    pub(crate) fn of(register: &str, reference: &str) -> Self {
        let row = hash(
            "diogel/v1/register-row",
            &[fold(register).as_bytes(), fold(reference).as_bytes()],
        );
        Self {
            incident: format!("register {row} incident"),
            alert: format!("register {row} alert"),
        }
    }
}

/// Over what the two publications say: tells a row that was changed from one that wasn't.
pub(crate) fn content(incident: &v1::PublishRequest, alert: &v1::PublishRequest) -> String {
    let parts = [incident.encode_to_vec(), alert.encode_to_vec()];
    let parts = [parts[0].as_slice(), parts[1].as_slice()];
    hash("diogel/v1/register-content", &parts)
}

/// Each part with its length before it, so that no two lists of parts hash alike.
fn hash(purpose: &str, parts: &[&[u8]]) -> String {
    let mut context = Context::new(&SHA256);
    context.update(purpose.as_bytes());
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut text = String::new();
    for byte in context.finish().as_ref() {
        let _never_fails = write!(text, "{byte:02x}");
    }
    text
}
