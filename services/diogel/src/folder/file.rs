//! `hub.toml`: addresses, and the keys that were pinned when the hub was made. Owns its form; refuses keys that it doesn't know.

use std::{collections::BTreeMap, net::SocketAddr, path::Path};

use diogel_identity::private_file::{PUBLIC, write_whole};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// What `hub.toml` keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HubFile {
    /// The board's id.
    pub(crate) board: String,
    /// Where the projection listens.
    pub(crate) projection: SocketAddr,
    /// Where each agency's service listens.
    pub(crate) agencies: BTreeMap<String, SocketAddr>,
    /// Where each replica of the projection listens.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) replicas: BTreeMap<String, SocketAddr>,
    /// Where the render service listens, once somebody starts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) render: Option<SocketAddr>,
    /// Where the console listens, once somebody starts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) console: Option<SocketAddr>,
    /// The day that the demo's dates were moved to, once it was fed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) fed_on: Option<String>,
    /// The Board's first public key: whoever verifies offline pins it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) genesis_key: Option<String>,
    /// Each agency's first public key: what the Board registers, whatever keys their chains name later.
    #[serde(default)]
    pub(crate) first_keys: BTreeMap<String, String>,
}

impl HubFile {
    /// Reads it.
    pub(super) fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Writes it in one step: it holds the pinned keys, and half of it would be no hub.
    pub(super) fn save(&self, path: &Path) -> Result<(), Failure> {
        let text = toml::to_string(self).map_err(Failure::other)?;
        write_whole(path, text.as_bytes(), PUBLIC).map_err(|e| Failure::at(path, e))
    }
}
