//! Wiring: options → run → a cheap handle.

use std::net::SocketAddr;

use diogel_contract::{explained::Explained, v1::rendering_service_server::RenderingServiceServer};
use diogel_identity::{
    AllowError, AllowFile, Door, People, PeopleError, PeopleFile, Principal, Refusals, Reloading,
    Role, TlsError, incoming,
};
use diogel_ops::{BindError, ENCODE_LIMIT, Shutdown, bind, limits};
use tokio::task::JoinHandle;
use tonic::transport::{Server, server::Router};
use tonic_health::ServingStatus;

use crate::{
    config::{RenderConfig, SERVICES},
    handler::Rendering,
    press::{Press, PressError},
};

/// The longest document, in bytes. Other services' messages are of events; a document gathers hundreds.
const DOCUMENT_LIMIT: usize = 2 * 1024 * 1024;
/// The longest PDF, in bytes: two hundred pages have room in it.
const PDF_LIMIT: usize = 4 * ENCODE_LIMIT;
/// What stands in its certificate for an agency: it acts for none, and its certificate opens nothing elsewhere.
pub const NO_AGENCY: &str = "render";
/// Documents rendered at once, at most.
const AT_ONCE: std::ops::RangeInclusive<usize> = 1..=16;

/// Why a render service can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A font, or typst.
    #[error(transparent)]
    Press(#[from] PressError),
    /// A certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The allowlist.
    #[error(transparent)]
    Allow(#[from] AllowError),
    /// Who vouches for people.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The address.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// The configuration contradicts itself.
    #[error("{0}")]
    Config(String),
}

/// A running render service.
pub struct RenderHandle {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl RenderHandle {
    /// Waits until everything has ended, after a shutdown was requested.
    pub async fn ended(self) {
        // A task that panicked has said so already.
        let _ = self.task.await;
    }
}

/// Starts a render service.
///
/// # Errors
/// [`StartError`].
pub async fn start(config: RenderConfig, shutdown: Shutdown) -> Result<RenderHandle, StartError> {
    if !AT_ONCE.contains(&config.at_once) {
        let why = format!("at_once: is {}; choose 1 to 16", config.at_once);
        return Err(StartError::Config(why));
    }
    let tls = Reloading::start(config.tls.clone())?;
    let allow = Reloading::start(AllowFile {
        path: config.allow.clone(),
        services: &SERVICES,
    })?;
    check_own(&config, &tls.own())?;
    let press = Press::new(&config.fonts)?;
    let listener = bind(config.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|e| StartError::Config(e.to_string()))?;
    // Refusals here are for the telemetry: there is nothing to write them down in.
    let people = config
        .people
        .clone()
        .map(|path| People::start(PeopleFile { path }));
    let door =
        Door::new(allow, tls.clone(), Refusals::start(|_| ())).with_people(people.transpose()?);
    let server = server(Rendering::new(press, config.at_once), &door).await;
    let incoming = incoming(listener, tls);
    let task = tokio::spawn(async move {
        let result = server
            .serve_with_incoming_shutdown(incoming, shutdown.signal())
            .await;
        if let Err(error) = result {
            tracing::error!(%error, "server ended");
        }
    });
    Ok(RenderHandle { address, task })
}

/// Under an agency's certificate, the Board's among them, it could pass for that agency's own service.
fn check_own(config: &RenderConfig, own: &Principal) -> Result<(), StartError> {
    let names = (own.board(), own.agency(), own.role());
    if names == (config.board.as_str(), NO_AGENCY, Role::Service) {
        return Ok(());
    }
    Err(StartError::Config(format!(
        "tls.cert names {own}; this process is the render service of {}: issue diogel://{0}/{NO_AGENCY}/service/main",
        config.board
    )))
}

async fn server(rendering: Rendering, door: &Door) -> Router {
    let (reporter, health) = tonic_health::server::health_reporter();
    for service in ["", SERVICES[0]] {
        let serving = ServingStatus::Serving;
        reporter.set_service_status(service, serving).await;
    }
    let rendering = RenderingServiceServer::new(rendering)
        .max_decoding_message_size(DOCUMENT_LIMIT)
        .max_encoding_message_size(PDF_LIMIT);
    limits(Server::builder())
        .add_service(Explained::new(door.guards(rendering)))
        .add_service(Explained::new(door.guards(health)))
}
