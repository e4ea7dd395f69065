//! Names on the server: streams, subjects, accounts, inboxes. Owns how each is derived from an agency's id; refuses an id that
//! could be taken for more than one token of a subject, or that two agencies could share. No person is ever in a name.

use std::fmt::{self, Write as _};

use crate::log::LogError;

/// The stream that carries the order journal to replicas.
pub const ORDER_STREAM: &str = "ORDER";
/// The order stream's one subject, known in the hub's account only.
pub const ORDER_SUBJECT: &str = "hub.order";
/// The account that alone has JetStream.
pub const HUB_ACCOUNT: &str = "HUB";
/// The projection's durable consumer, one on each agency's stream.
pub const CONSUMER: &str = "projection";
/// Messages at most in one atomic batch. The server stages each batch, so its configuration says the same.
pub(super) const MAX_BATCH: usize = 256;

/// An agency's names. They are derived one to one: lower case letters, digits and hyphens become their upper case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyNames {
    agency: String,
}

impl AgencyNames {
    /// Names for the agency with this id: 1 to 32 lower case letters, digits or hyphens, a letter first.
    pub fn new(agency: &str) -> Result<Self, LogError> {
        if is_token(agency) {
            Ok(Self {
                agency: agency.to_owned(),
            })
        } else {
            Err(LogError::Refused(format!(
                "{agency:?} can't be part of a subject"
            )))
        }
    }

    /// The one subject that this agency may publish to.
    pub fn subject(&self) -> String {
        format!("hub.evt.{}", self.agency)
    }

    /// Its stream in the hub's account.
    pub fn stream(&self) -> String {
        format!("EVT_{}", self.agency.to_ascii_uppercase())
    }

    /// Its own account, which holds nothing but the way to its subject.
    pub fn account(&self) -> String {
        format!("AGENCY_{}", self.agency.to_ascii_uppercase())
    }
}

/// Who connects. Each has a prefix of its own for answers, so that none can listen to another's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// An agency's service.
    Agency(String),
    /// The admitting projection and its standbys.
    Projection,
    /// A projection that only follows the order stream.
    Replica(String),
    /// The set-up command.
    Operator,
}

impl Role {
    /// The first token of the subjects that its answers come on.
    pub fn inbox(&self) -> String {
        format!("_INBOX_{self}")
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agency(id) => f.write_str(id),
            Self::Projection => f.write_str("projection"),
            Self::Replica(name) => write!(f, "replica-{name}"),
            Self::Operator => f.write_str("operator"),
        }
    }
}

/// Whether a text can stand as one token of a subject and in a stream's name.
pub(super) fn is_token(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Adds bytes in hex, which may stand in every name.
pub(super) fn append_hex(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_s_names_are_one_token_each() {
        let names = AgencyNames::new("social-care").unwrap();
        assert_eq!(names.subject(), "hub.evt.social-care");
        assert_eq!(names.stream(), "EVT_SOCIAL-CARE");
        assert_eq!(names.account(), "AGENCY_SOCIAL-CARE");
    }

    #[test]
    fn an_id_that_could_widen_a_subject_is_refused() {
        for bad in [
            "",
            "*",
            ">",
            "a.b",
            "a b",
            "A",
            "a_b",
            "1a",
            "-a",
            &"a".repeat(33),
        ] {
            assert!(AgencyNames::new(bad).is_err(), "{bad:?} passed");
        }
    }
}
