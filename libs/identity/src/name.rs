//! Who a certificate names: `diogel://{board}/{agency}/{role}/{name}`. Owns that form and its exactness; refuses anything
//! that could be read in two ways (capitals, percent signs, empty or over-long segments).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest segment of a name, in bytes.
pub const LONGEST_SEGMENT: usize = 32;

pub(crate) const SCHEME: &str = "diogel://";

/// What the holder of a certificate is, and so what it may be allowed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An agency's case system: publishes and reads.
    System,
    /// An agency's own diogel service: keeps its journal and keys.
    Service,
    /// A projection of the board: admits, orders, folds and serves views.
    Projection,
    /// A person who runs the hub, at the command line.
    Operator,
    /// The web console: it calls for people who are signed in, each with a token of their own, and for nobody without one.
    Console,
}

impl Role {
    /// The role as it stands in a name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Service => "service",
            Self::Projection => "projection",
            Self::Operator => "operator",
            Self::Console => "console",
        }
    }

    /// Whether the role answers calls: only then does its certificate serve as a server's.
    pub fn serves(self) -> bool {
        match self {
            Self::Service | Self::Projection => true,
            Self::System | Self::Operator | Self::Console => false,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        [
            Self::System,
            Self::Service,
            Self::Projection,
            Self::Operator,
            Self::Console,
        ]
        .into_iter()
        .find(|role| role.as_str() == text)
        .ok_or(NameError::UnknownRole)
    }
}

/// Why a text isn't a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Not of the form `diogel://board/agency/role/name`.
    #[error("a name has the form diogel://board/agency/role/name")]
    Form,
    /// A segment is empty, longer than 32 bytes, or has other characters than `a-z`, `0-9`, `-`.
    #[error("each part of a name has 1 to 32 characters out of a-z, 0-9 and the hyphen")]
    Segment,
    /// The role isn't one of the five.
    #[error("the role is system, service, projection, operator or console")]
    UnknownRole,
    /// A wildcard where none may stand.
    #[error("only the agency and the name may be *, each as a whole")]
    Wildcard,
}

/// The name in a certificate. Equal names are equal byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Principal {
    board: String,
    agency: String,
    role: Role,
    name: String,
}

impl Principal {
    /// The name with these parts.
    ///
    /// # Errors
    /// [`NameError::Segment`].
    pub fn new(board: &str, agency: &str, role: Role, name: &str) -> Result<Self, NameError> {
        [board, agency, name]
            .into_iter()
            .try_for_each(check_segment)?;
        Ok(Self {
            board: board.into(),
            agency: agency.into(),
            role,
            name: name.into(),
        })
    }

    /// The safeguarding board whose hub this is.
    pub fn board(&self) -> &str {
        &self.board
    }

    /// The agency it acts for.
    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// What it is.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Which one of the agency's it is.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            board,
            agency,
            role,
            name,
        } = self;
        write!(f, "{SCHEME}{board}/{agency}/{role}/{name}")
    }
}

impl FromStr for Principal {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let [board, agency, role, name] = parts(text)?;
        Self::new(board, agency, role.parse()?, name)
    }
}

impl Serialize for Principal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Principal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The four parts of a name, unchecked.
pub(crate) fn parts(text: &str) -> Result<[&str; 4], NameError> {
    let path = text.strip_prefix(SCHEME).ok_or(NameError::Form)?;
    let parts: Vec<&str> = path.splitn(5, '/').collect();
    parts.try_into().map_err(|_| NameError::Form)
}

/// Exact on purpose: a name that needs normalising is two names.
pub(crate) fn check_segment(segment: &str) -> Result<(), NameError> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let length_ok = (1..=LONGEST_SEGMENT).contains(&segment.len());
    if length_ok && segment.bytes().all(allowed) {
        Ok(())
    } else {
        Err(NameError::Segment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_as_it_was_written() {
        let text = "diogel://west/police/system/niche-1";
        let principal: Principal = text.parse().unwrap();
        assert_eq!(principal.to_string(), text);
        assert_eq!(
            (principal.agency(), principal.role()),
            ("police", Role::System)
        );
    }

    #[test]
    fn a_name_that_could_be_read_in_two_ways_is_refused() {
        let long = format!("diogel://west/police/system/{}", "a".repeat(33));
        for text in [
            "diogel://West/police/system/a",
            "diogel://west/police/system/",
            "diogel://west/police/system",
            "diogel://west/police/system/a/",
            "diogel://west/police/system/a%2f",
            "diogel://west/police/system/a?b",
            "diogel://west/police/root/a",
            "DIOGEL://west/police/system/a",
            "diogel://west/*/system/a",
            "diogel://west/police/system/é",
            " diogel://west/police/system/a",
            "",
            &long,
        ] {
            assert!(text.parse::<Principal>().is_err(), "{text}");
        }
    }
}
