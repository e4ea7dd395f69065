//! The connection. Owns how one is made (client certificate, the board's CA and no other, an inbox prefix per user) and the
//! count of its breaks; refuses to go on with a server older than [`OLDEST_SERVER`].

use std::time::Duration;

use async_nats::connection::State;
use async_nats::jetstream::{self, Context};
use async_nats::{Client, ConnectOptions, Event};
use tokio::sync::watch;

use super::api::unavailable;
use super::names::Role;
use crate::log::LogError;

/// The oldest nats-server that may hold events; earlier ones lost acknowledged messages.
pub const OLDEST_SERVER: (u64, u64, u64) = (2, 14, 6);

/// A dead peer is noticed after two of these.
const PING: Duration = Duration::from_secs(5);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const SLOWEST_RETRY: Duration = Duration::from_millis(500);
/// How long an answer of the JetStream API may take.
pub(super) const API_TIMEOUT: Duration = Duration::from_secs(2);

/// What is needed to connect.
pub struct Access {
    /// `tls://host:port`, each node of the cluster.
    pub servers: Vec<String>,
    /// Which user the certificate stands for.
    pub role: Role,
    /// The client certificate, and the board's CA as the only root.
    pub tls: rustls::ClientConfig,
}

/// A connection that reconnects by itself for ever. Cheap to clone.
#[derive(Clone)]
pub struct Link {
    client: Client,
    context: Context,
    breaks: watch::Receiver<u64>,
}

impl Link {
    /// Begins to connect and returns at once: the journal must work while the log is away.
    ///
    /// # Errors
    /// [`LogError::Unavailable`] if an address or the TLS configuration can't be used at all.
    pub async fn open(access: Access) -> Result<Self, LogError> {
        let (count, breaks) = watch::channel(0);
        let client = options(&access, count)
            .connect(access.servers)
            .await
            .map_err(unavailable)?;
        let context = jetstream::context::ContextBuilder::new()
            .timeout(API_TIMEOUT)
            .build(client.clone());
        Ok(Self {
            client,
            context,
            breaks,
        })
    }

    /// Whether the log can be asked right now. Says no at once while disconnected: what async-nats buffers then goes out long
    /// after the caller gave up.
    pub fn ready(&self) -> Result<(), LogError> {
        if self.client.connection_state() != State::Connected {
            return Err(unavailable("not connected"));
        }
        let info = self
            .client
            .try_server_info()
            .ok_or_else(|| unavailable("not connected"))?;
        new_enough(&info.version)
    }

    /// Waits until the log can be asked.
    ///
    /// # Errors
    /// [`LogError::Refused`] if the server is too old, [`LogError::Unavailable`] after `patience`.
    pub async fn wait_ready(&self, patience: Duration) -> Result<(), LogError> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            match self.ready() {
                Err(LogError::Unavailable(_)) if tokio::time::Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                other => return other,
            }
        }
    }

    /// The client underneath, for questions this crate doesn't ask. It can do only what the user's permissions allow.
    pub fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn context(&self) -> &Context {
        &self.context
    }

    /// Counts the moments after which a subscription may have missed something: a lost connection (the next one is perhaps to a
    /// server that was restored from a copy), or messages dropped because we were too slow.
    pub(super) fn breaks(&self) -> watch::Receiver<u64> {
        self.breaks.clone()
    }
}

fn options(access: &Access, breaks: watch::Sender<u64>) -> ConnectOptions {
    ConnectOptions::new()
        .name(format!("diogel {}", access.role))
        .custom_inbox_prefix(access.role.inbox())
        .tls_client_config(access.tls.clone())
        .tls_first()
        .retry_on_initial_connect()
        // The configured addresses, which the nodes' certificates name, and no others.
        .ignore_discovered_servers()
        .ping_interval(PING)
        .connection_timeout(CONNECT_TIMEOUT)
        .reconnect_delay_callback(|attempts| {
            SLOWEST_RETRY.min(Duration::from_millis(5 << attempts.min(7)))
        })
        .event_callback(move |event| {
            note(&event, &breaks);
            std::future::ready(())
        })
}

fn note(event: &Event, breaks: &watch::Sender<u64>) {
    match event {
        Event::Connected => tracing::info!(%event, "nats connection"),
        Event::Disconnected | Event::Closed => {
            tracing::warn!(%event, "nats connection");
            breaks.send_modify(|n| *n += 1);
        }
        Event::SlowConsumer(_) => {
            // The client has dropped messages without telling the subscription: only starting over is safe (P3).
            tracing::error!(%event, "nats messages dropped");
            breaks.send_modify(|n| *n += 1);
        }
        Event::LameDuckMode | Event::Draining => tracing::info!(%event, "nats server leaves"),
        Event::ServerError(_) | Event::ClientError(_) => tracing::warn!(%event, "nats"),
    }
}

fn new_enough(found: &str) -> Result<(), LogError> {
    if version(found).is_some_and(|version| version >= OLDEST_SERVER) {
        return Ok(());
    }
    let (major, minor, patch) = OLDEST_SERVER;
    let wanted = format!("{major}.{minor}.{patch} or newer");
    Err(LogError::Refused(format!(
        "nats-server: version: found {found:?}, wanted {wanted}"
    )))
}

/// A pre-release (`2.15.0-RC.1`) counts as older than its release.
fn version(text: &str) -> Option<(u64, u64, u64)> {
    let mut parts = text
        .strip_prefix('v')
        .unwrap_or(text)
        .splitn(3, '.')
        .map(str::parse);
    Some((
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_is_too_old_or_unknown_is_refused() {
        for good in ["2.14.6", "2.15.1", "2.16.0", "3.0.0"] {
            assert!(new_enough(good).is_ok(), "{good} refused");
        }
        for bad in ["2.9.10", "2.14.5", "2.15.0-RC.1", "2.15", "", "new"] {
            assert!(
                matches!(new_enough(bad), Err(LogError::Refused(_))),
                "{bad} passed"
            );
        }
    }
}
