//! Configuration of a console: one TOML file, environment variables over it, unknown keys refused.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use diogel_identity::{PersonRole, TlsFiles};
use serde::{Deserialize, Serialize};

/// A console.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsoleConfig {
    /// The board's id.
    pub board: String,
    /// The agency id of the Board itself.
    pub board_agency: String,
    /// Where to listen, for browsers or for the proxy before it, which alone may reach it then: plain HTTP.
    pub listen: SocketAddr,
    /// As browsers know it: `https://console.example`, or `http://localhost:PORT` on loopback.
    pub origin: String,
    /// Its certificate toward the services: its own names `diogel://BOARD/console/console/…`.
    pub tls: TlsFiles,
    /// Who vouches for people: the same file as the services'.
    pub people: PathBuf,
    /// The projection's address, `https://host:port`.
    pub projection: String,
    /// The render service's address; none: there are no PDFs.
    #[serde(default)]
    pub render: Option<String>,
    /// The board's agencies.
    pub agencies: BTreeMap<String, AgencyEntry>,
    /// How people sign in.
    pub sign_in: SignInConfig,
    /// Where Prometheus asks for metrics, over plain HTTP: loopback, or an inner network; none: nowhere.
    #[serde(default)]
    pub metrics: Option<SocketAddr>,
    /// Minutes after which somebody who does nothing is signed out.
    #[serde(default = "default_idle")]
    pub idle_minutes: u32,
    /// Minutes after which anybody has to sign in anew.
    #[serde(default = "default_longest")]
    pub longest_minutes: u32,
}

const fn default_idle() -> u32 {
    20
}

const fn default_longest() -> u32 {
    600
}

/// One of the board's agencies.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyEntry {
    /// In English.
    pub name: String,
    /// In Welsh.
    pub name_cy: String,
    /// Its service's address, `https://host:port`.
    pub endpoint: String,
    /// No public body: what it asks others for rests on recognised legitimate interest (UK GDPR 6(1)(ea)).
    #[serde(default)]
    pub charity: bool,
}

/// How people sign in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "by")]
pub enum SignInConfig {
    /// At the OpenID provider that the file of people names.
    #[serde(rename_all = "snake_case")]
    Provider {
        /// As what the console is registered there. It authenticates by its certificate (RFC 8705), with `client_secret` also by that.
        client_id: String,
        /// A file that holds it; none: by its certificate alone.
        #[serde(default)]
        client_secret: Option<PathBuf>,
        /// Beside `openid`: what has the provider say agency and roles, and issue refresh tokens.
        #[serde(default)]
        scopes: Vec<String>,
    },
    /// By choosing one of these, who are invented: on loopback alone, for the demo and for tests. Writes the keys that services verify
    /// by beside the file of people.
    Choice {
        /// The audience of access tokens.
        audience: String,
        /// Where the keys go: what `keys` of the file of people names.
        keys: PathBuf,
        /// Whom to choose from.
        people: Vec<InventedPerson>,
    },
}

/// Somebody invented.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InventedPerson {
    /// Their name.
    pub name: String,
    /// Their agency's id.
    pub agency: String,
    /// What they are there.
    pub roles: Vec<PersonRole>,
}
