//! Configuration of a render service: one TOML file, environment variables over it, unknown keys refused.

use std::{net::SocketAddr, path::PathBuf};

use diogel_identity::TlsFiles;
use serde::{Deserialize, Serialize};

/// A render service.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenderConfig {
    /// The board's id.
    pub board: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Certificates: its own names `diogel://BOARD/render/service/…`.
    pub tls: TlsFiles,
    /// Who may call which gRPC service: a file of its own, read again while the process runs.
    pub allow: PathBuf,
    /// Who vouches for people who are signed in at the console, a file; none: no person gets in.
    #[serde(default)]
    pub people: Option<PathBuf>,
    /// Font files (TrueType, OpenType) for scripts that Liberation Sans lacks. The same document gives the same bytes only under
    /// the same fonts.
    #[serde(default)]
    pub fonts: Vec<PathBuf>,
    /// Documents rendered at once, each on a thread of its own: 1 to 16.
    #[serde(default = "default_at_once")]
    pub at_once: usize,
}

const fn default_at_once() -> usize {
    2
}

/// The gRPC services that this process can serve: an allowlist that names another one is a slip, and refuses to start.
pub const SERVICES: [&str; 2] = ["diogel.v1.RenderingService", "grpc.health.v1.Health"];
