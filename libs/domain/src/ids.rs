//! Ids of boards, agencies and events. Owns their form; refuses anything that could be mistaken for a path or a subject.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 32 lower case letters, digits or hyphens, and begin with a letter")]
pub struct NotAnId;

/// An agency's id, as the Board registered it: stable, lower case, 1 to 32 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgencyId(Box<str>);

impl AgencyId {
    /// Takes a text as an id.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAnId> {
        let text = text.into();
        let fits = (1..=32).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits {
            Ok(Self(text.into()))
        } else {
            Err(NotAnId)
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AgencyId {
    type Error = NotAnId;
    fn try_from(text: String) -> Result<Self, NotAnId> {
        Self::new(text)
    }
}

impl From<AgencyId> for String {
    fn from(id: AgencyId) -> Self {
        id.0.into()
    }
}

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An event's id: a UUID version 7, so that ids of one agency sort by time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId(pub [u8; 16]);

impl EventId {
    /// Makes an id from milliseconds since 1970 and ten random bytes.
    pub fn from_parts(unix_millis: u64, random: &[u8; 10]) -> Self {
        Self(
            *uuid::Builder::from_unix_timestamp_millis(unix_millis, random)
                .into_uuid()
                .as_bytes(),
        )
    }

    /// Reads the hyphenated form.
    pub fn parse(text: &str) -> Option<Self> {
        uuid::Uuid::try_parse(text)
            .ok()
            .map(|id| Self(*id.as_bytes()))
    }

    /// The last four hexadecimal digits: enough to cite an event within one page.
    pub fn short(&self) -> String {
        let text = self.to_string();
        text[text.len() - 4..].to_owned()
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_id_can_be_neither_a_path_nor_a_subject() {
        for bad in [
            "",
            "a.b",
            "../x",
            "A",
            "1a",
            "a b",
            "a*",
            "a>",
            &"a".repeat(33),
        ] {
            assert!(AgencyId::new(bad).is_err(), "{bad:?} passed");
        }
        assert!(AgencyId::new("social-care").is_ok());
    }

    #[test]
    fn an_event_id_reads_back() {
        let id = EventId::from_parts(1_790_000_000_000, &[7; 10]);
        assert_eq!(EventId::parse(&id.to_string()), Some(id));
        assert_eq!(id.short().len(), 4);
    }
}
