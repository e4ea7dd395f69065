//! Who vouches for people: one file, read again while the process runs, the same for the console and for every service. Owns its
//! form and how claims become an agency and roles; refuses a claim's value that it doesn't list.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;

use super::PersonRole;
use crate::name::check_segment;
use crate::reload::Files;

/// Where the file lies.
#[derive(Debug, Clone)]
pub struct PeopleFile {
    /// TOML.
    pub path: PathBuf,
}

/// Who signs people in, and what of them counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The OpenID provider's issuer, exactly as its tokens name it.
    pub issuer: String,
    /// What access tokens for this hub's services name as their audience.
    pub audience: String,
    /// Where the provider's keys are: an `https://` address, or a file beside this one.
    pub keys: String,
    /// The authority that the provider's certificate is of, a PEM file beside this one; without it, the system's.
    pub ca: Option<PathBuf>,
    /// Which claims say what.
    pub claims: Claims,
    /// The agency for each value of the agency's claim.
    pub agencies: BTreeMap<String, String>,
    /// The roles for each value of the roles' claim.
    pub roles: BTreeMap<String, Vec<PersonRole>>,
}

/// The names of claims.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// As what somebody is written down; unique in their agency, and as other agencies know them.
    #[serde(default = "default_name")]
    pub name: String,
    /// Whom they act for.
    pub agency: String,
    /// What they are there: a text, or a list of texts.
    pub roles: String,
}

fn default_name() -> String {
    "name".into()
}

/// Where keys come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// They stand in a file.
    Here(Arc<JwkSet>),
    /// They are fetched.
    At(String),
}

/// What the file amounts to.
pub struct PeopleState {
    pub(super) provider: Provider,
    pub(super) source: Source,
    /// PEM.
    pub(super) ca: Option<Vec<u8>>,
}

/// Why nobody can be signed in.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// It can't be read.
    #[error("people: {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// It says something that can't be.
    #[error("people: {path}: {why}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        why: String,
    },
}

impl PeopleFile {
    fn beside(&self, name: &Path) -> PathBuf {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        folder.join(name)
    }

    fn malformed(&self, why: impl Into<String>) -> PeopleError {
        PeopleError::Malformed {
            path: self.path.clone(),
            why: why.into(),
        }
    }

    fn provider(&self, contents: &[u8]) -> Result<Provider, PeopleError> {
        let text = std::str::from_utf8(contents).map_err(|e| self.malformed(e.to_string()))?;
        let provider: Provider = toml::from_str(text).map_err(|e| self.malformed(e.to_string()))?;
        self.check(&provider)?;
        Ok(provider)
    }

    fn check(&self, provider: &Provider) -> Result<(), PeopleError> {
        for (field, value) in [
            ("issuer", &provider.issuer),
            ("audience", &provider.audience),
        ] {
            if value.trim().is_empty() {
                return Err(self.malformed(format!("{field}: is empty")));
            }
        }
        let fetched = provider.keys.contains("://");
        if fetched && !provider.keys.starts_with("https://") {
            let why = "keys: takes https:// or a file: keys that came over a plain connection prove nothing";
            return Err(self.malformed(why));
        }
        for agency in provider.agencies.values() {
            check_segment(agency)
                .map_err(|e| self.malformed(format!("agencies: {agency:?}: {e}")))?;
        }
        Ok(())
    }
}

/// Bytes of the file, of its keys, of its authority.
type Read = (Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>);

impl Files for PeopleFile {
    type Contents = Read;
    type State = PeopleState;
    type Error = PeopleError;
    const WHAT: &'static str = "people";

    fn read(&self) -> Result<Read, PeopleError> {
        let read =
            |path: PathBuf| fs::read(&path).map_err(|source| PeopleError::File { path, source });
        let file = read(self.path.clone())?;
        let provider = self.provider(&file)?;
        let is_file = !provider.keys.starts_with("https://");
        let keys = is_file.then(|| read(self.beside(Path::new(&provider.keys))));
        let ca = provider.ca.as_ref().map(|ca| read(self.beside(ca)));
        Ok((file, keys.transpose()?, ca.transpose()?))
    }

    fn state(&self, (file, keys, ca): &Read) -> Result<PeopleState, PeopleError> {
        let provider = self.provider(file)?;
        let source = match keys {
            None => Source::At(provider.keys.clone()),
            Some(keys) => {
                let keys = serde_json::from_slice(keys);
                Source::Here(Arc::new(
                    keys.map_err(|e| self.malformed(format!("keys: {e}")))?,
                ))
            }
        };
        Ok(PeopleState {
            provider,
            source,
            ca: ca.clone(),
        })
    }
}

impl PeopleState {
    /// Who signs people in.
    pub fn provider(&self) -> &Provider {
        &self.provider
    }

    /// The authority that the provider's certificate is of, PEM; none: the system's.
    pub fn ca(&self) -> Option<&[u8]> {
        self.ca.as_deref()
    }
}
