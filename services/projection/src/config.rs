//! Configuration of a projection: one TOML file, environment variables over it, unknown keys refused.

use std::{net::SocketAddr, path::PathBuf};

use diogel_identity::TlsFiles;
use diogel_sharing::defaults::Defaults;
use serde::{Deserialize, Serialize};

/// A projection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectionConfig {
    /// The board's id.
    pub board: String,
    /// The agency id of the Board itself.
    pub board_agency: String,
    /// The Board's first public signing key, in hexadecimal: the one thing that is taken on trust.
    pub genesis_key: String,
    /// The Board's own service, `https://host:port`. Every other endpoint is registered by its events.
    pub board_endpoint: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Order journal, views and secrets lie here.
    pub data: PathBuf,
    /// Certificates.
    pub tls: TlsFiles,
    /// Who may call which gRPC service: a file of its own, read again while the process runs.
    pub allow: PathBuf,
    /// Who vouches for people who are signed in at the console, a file; none: no person gets in.
    #[serde(default)]
    pub people: Option<PathBuf>,
    /// The board's default audiences, a file; none: it has none.
    pub audiences: Option<PathBuf>,
    /// Indicators of a quarter are released as soon as somebody asks, settled or not, and marked so: for demonstrations and exercises.
    #[serde(default)]
    pub early_releases: bool,
    /// Where the views' rows lie.
    #[serde(default)]
    pub store: StoreKind,
    /// Admits events, or only follows the order stream.
    #[serde(default)]
    pub mode: Mode,
    /// The admitting projection's public key in hexadecimal, pinned: required of a replica, and of no other.
    #[serde(default)]
    pub order_key: Option<String>,
    /// Where Prometheus asks for metrics, over plain HTTP: loopback, or an inner network; none: nowhere.
    #[serde(default)]
    pub metrics: Option<SocketAddr>,
    /// The NATS server; none in an embedded hub.
    pub nats: Option<NatsConfig>,
}

impl ProjectionConfig {
    /// The board's default audiences.
    pub(crate) fn defaults(&self) -> Result<Defaults, String> {
        let Some(path) = &self.audiences else {
            return Ok(Defaults::default());
        };
        let failed = |why: String| format!("{}: {why}", path.display());
        let text = std::fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
        Defaults::from_toml(&text).map_err(failed)
    }
}

/// Where the views' rows lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    /// For a board's size.
    #[default]
    Sled,
    /// For millions of events.
    Redb,
}

/// What a projection does beside serving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The one that gives positions.
    #[default]
    Admitting,
    /// Follows the order stream, and serves reads. Agencies reconcile with the admitting projection alone, so a replica answers
    /// every "heard to" with silence: whoever needs to know how fresh an agency is asks the other one.
    Replica,
}

/// How to reach NATS.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NatsConfig {
    /// Addresses, `tls://host:port`.
    pub servers: Vec<String>,
    /// The client's certificate towards NATS, and the CA pinned.
    pub tls: TlsFiles,
    /// Copies that each stream keeps: 3 in a cluster.
    pub replicas: usize,
    /// Bytes at most in one agency's stream.
    #[serde(default = "default_agency_bytes")]
    pub agency_bytes: u64,
    /// Bytes at most in the order stream.
    #[serde(default = "default_order_bytes")]
    pub order_bytes: u64,
}

const fn default_agency_bytes() -> u64 {
    8 << 30
}

const fn default_order_bytes() -> u64 {
    64 << 30
}

/// The gRPC services that this process can serve: an allowlist that names another one is a slip, and refuses to start.
pub const SERVICES: [&str; 6] = [
    "diogel.v1.ReadingService",
    "diogel.v1.ReconcileService",
    "diogel.v1.AccountabilityService",
    "diogel.v1.IndicatorService",
    "diogel.v1.OversightService",
    "grpc.health.v1.Health",
];
