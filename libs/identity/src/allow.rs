//! Who may call which gRPC service. Owns the patterns of principals and the list per service; refuses wildcards for boards
//! and roles, and whoever isn't listed.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::name::{NameError, Principal, Role, SCHEME, check_segment, parts};
use crate::private_file::{PUBLIC, write_whole};

/// What whoever edits a list has to know.
const HEADER: &str = "\
# Who may call which gRPC service: names of certificates; * stands for any agency or any name. A change is in force within a
# second, for open streams too. A service that isn't listed, or whose list is empty, admits nobody. While this file can't be
# read, what it said before holds for five minutes; then nobody is admitted.
";

/// A name, or a name with `*` for the whole agency segment, the whole name segment, or both:
/// `diogel://west/*/system/*`. Board and role are always exact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    board: String,
    agency: Option<String>,
    role: Role,
    name: Option<String>,
}

impl Pattern {
    /// Every principal of `role` in `board`, or of one agency of it.
    ///
    /// # Errors
    /// [`NameError::Segment`].
    pub fn of_role(board: &str, agency: Option<&str>, role: Role) -> Result<Self, NameError> {
        check_segment(board)?;
        agency.map_or(Ok(()), check_segment)?;
        Ok(Self {
            board: board.to_owned(),
            agency: agency.map(str::to_owned),
            role,
            name: None,
        })
    }

    /// Whether `principal` is meant.
    pub fn matches(&self, principal: &Principal) -> bool {
        let fits = |wanted: &Option<String>, has: &str| wanted.as_deref().is_none_or(|w| w == has);
        self.board == principal.board()
            && self.role == principal.role()
            && fits(&self.agency, principal.agency())
            && fits(&self.name, principal.name())
    }
}

impl From<&Principal> for Pattern {
    fn from(principal: &Principal) -> Self {
        Self {
            board: principal.board().to_owned(),
            agency: Some(principal.agency().to_owned()),
            role: principal.role(),
            name: Some(principal.name().to_owned()),
        }
    }
}

impl FromStr for Pattern {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let [board, agency, role, name] = parts(text)?;
        if board == "*" || role == "*" {
            return Err(NameError::Wildcard);
        }
        check_segment(board)?;
        let (agency, name) = (any_or(agency)?, any_or(name)?);
        Ok(Self {
            board: board.to_owned(),
            agency,
            role: role.parse()?,
            name,
        })
    }
}

fn any_or(segment: &str) -> Result<Option<String>, NameError> {
    if segment == "*" {
        return Ok(None);
    }
    check_segment(segment)?;
    Ok(Some(segment.to_owned()))
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_any = |segment: &Option<String>| segment.clone().unwrap_or_else(|| "*".to_owned());
        let (agency, name) = (or_any(&self.agency), or_any(&self.name));
        write!(f, "{SCHEME}{}/{agency}/{}/{name}", self.board, self.role)
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Per full name of a gRPC service (`diogel.v1.PublishingService`) who may call it. In TOML a table of lists.
///
/// A service that isn't listed, or whose list is empty, admits nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Allowlist {
    services: BTreeMap<String, Vec<Pattern>>,
}

impl Allowlist {
    /// The services that the list names, so that a process can refuse one that it doesn't have.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.services.keys().map(String::as_str)
    }

    /// With `patterns` added to those that may call `service`.
    #[must_use]
    pub fn with(mut self, service: &str, patterns: impl IntoIterator<Item = Pattern>) -> Self {
        self.services
            .entry(service.to_owned())
            .or_default()
            .extend(patterns);
        self
    }

    /// Replaces the file at `path` by this list, in one step, in the form that [`AllowFile`](crate::AllowFile) reads.
    ///
    /// # Errors
    /// Any I/O error; the old file is untouched then.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let lists = toml::to_string_pretty(self).map_err(io::Error::other)?;
        write_whole(path, format!("{HEADER}{lists}").as_bytes(), PUBLIC)
    }

    /// Whether `principal` may call `service`.
    pub fn permits(&self, service: &str, principal: &Principal) -> bool {
        let listed = self.services.get(service);
        listed.is_some_and(|patterns| patterns.iter().any(|pattern| pattern.matches(principal)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = "diogel.v1.PublishingService";

    fn permits(pattern: &str, principal: &str) -> bool {
        Allowlist::default()
            .with(SERVICE, [pattern.parse().unwrap()])
            .permits(SERVICE, &principal.parse().unwrap())
    }

    #[test]
    fn a_wildcard_stands_for_a_whole_agency_or_name_only() {
        assert!(permits(
            "diogel://west/*/system/*",
            "diogel://west/police/system/niche"
        ));
        assert!(permits(
            "diogel://west/police/system/*",
            "diogel://west/police/system/niche"
        ));
        assert!(!permits(
            "diogel://west/police/system/*",
            "diogel://west/health/system/niche"
        ));
        assert!(!permits(
            "diogel://west/*/system/*",
            "diogel://west/police/service/main"
        ));
        assert!(!permits(
            "diogel://west/*/system/*",
            "diogel://north/police/system/niche"
        ));
        for refused in [
            "diogel://*/police/system/a",
            "diogel://west/police/*/a",
            "diogel://west/pol*/system/a",
            "diogel://west/police/system/**",
            "*",
        ] {
            assert!(refused.parse::<Pattern>().is_err(), "{refused}");
        }
    }

    #[test]
    fn an_empty_list_and_an_unlisted_service_deny() {
        let anybody: Principal = "diogel://west/police/system/niche".parse().unwrap();
        assert!(!Allowlist::default().permits(SERVICE, &anybody));
        assert!(
            !Allowlist::default()
                .with(SERVICE, [])
                .permits(SERVICE, &anybody)
        );
    }

    #[test]
    fn a_list_is_read_from_toml_and_a_fuzzy_pattern_refuses_all_of_it() {
        let read: Allowlist =
            toml::from_str(&format!("\"{SERVICE}\" = [\"diogel://west/*/system/*\"]")).unwrap();
        assert!(read.permits(SERVICE, &"diogel://west/police/system/a".parse().unwrap()));
        assert!(toml::from_str::<Allowlist>(&format!("\"{SERVICE}\" = [\"*\"]")).is_err());
    }
}
