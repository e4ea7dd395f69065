//! Configuration of an agency's service: one TOML file, environment variables over it, unknown keys refused.

use std::{net::SocketAddr, path::PathBuf};

use diogel_domain::crisp::Policy;
use diogel_identity::TlsFiles;
use diogel_sharing::defaults::Defaults;
use serde::{Deserialize, Serialize};

/// An agency's service.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyConfig {
    /// The board's id.
    pub board: String,
    /// The agency's id: its profile is `profiles/<agency>.toml`.
    pub agency: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Journal, vault and signing key lie here.
    pub data: PathBuf,
    /// The board's agencies: a folder of profiles.
    pub profiles: PathBuf,
    /// The board's default audiences, a file; none: it has none.
    pub audiences: Option<PathBuf>,
    /// The Board's policy, a file; none: the usual stages, and what usually belongs elsewhere.
    pub policy: Option<PathBuf>,
    /// Certificates.
    pub tls: TlsFiles,
    /// Who may call which gRPC service: a file of its own, read again while the process runs.
    pub allow: PathBuf,
    /// Who vouches for people who are signed in at the console, a file; none: no person gets in.
    #[serde(default)]
    pub people: Option<PathBuf>,
    /// The projection's address, `https://host:port`. Empty: not known yet; the service takes events in all the same.
    #[serde(default)]
    pub projection: String,
    /// Where Prometheus asks for metrics, over plain HTTP: loopback, or an inner network; none: nowhere.
    #[serde(default)]
    pub metrics: Option<SocketAddr>,
    /// The NATS server; none in an embedded hub.
    pub nats: Option<NatsConfig>,
}

impl AgencyConfig {
    /// The board's default audiences.
    pub(crate) fn defaults(&self) -> Result<Defaults, String> {
        let Some(path) = &self.audiences else {
            return Ok(Defaults::default());
        };
        let failed = |why: String| format!("{}: {why}", path.display());
        let text = std::fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
        Defaults::from_toml(&text).map_err(failed)
    }

    /// The Board's policy.
    pub(crate) fn policy(&self) -> Result<Policy, String> {
        let Some(path) = &self.policy else {
            return Ok(Policy::default());
        };
        let failed = |why: String| format!("{}: {why}", path.display());
        let text = std::fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
        Policy::from_toml(&text).map_err(failed)
    }
}

/// How to reach NATS.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NatsConfig {
    /// Addresses, `tls://host:port`.
    pub servers: Vec<String>,
    /// The client's certificate towards NATS, and the CA pinned.
    pub tls: TlsFiles,
}

/// The gRPC services that this process can serve: an allowlist that names another one is a slip, and refuses to start.
pub const SERVICES: [&str; 6] = [
    "diogel.v1.PublishingService",
    "diogel.v1.BoardService",
    "diogel.v1.KeyService",
    "diogel.v1.EmergencyService",
    "diogel.v1.ProtocolService",
    "grpc.health.v1.Health",
];
