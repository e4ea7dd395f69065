//! Configuration, telemetry without personal data, server limits. Owns what every process of the hub does alike at its start
//! and its end; refuses to know what a process is for.

pub mod config;
pub mod metrics;
pub mod server;
pub mod shutdown;
pub mod telemetry;

pub use config::ConfigError;
pub use server::{BindError, DECODE_LIMIT, ENCODE_LIMIT, bind, limits};
pub use shutdown::Shutdown;
pub use telemetry::{LogFormat, TelemetryError};

/// Every process of the hub: reading somebody's five hundred events makes a hundred thousand small pieces, of which the system's
/// allocator would take a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
