//! Clients as the agencies' systems have them: gRPC over mTLS.

use std::path::Path;

use diogel_contract::v1::{
    key_service_client::KeyServiceClient, publishing_service_client::PublishingServiceClient,
    reading_service_client::ReadingServiceClient,
};
use diogel_identity::{Principal, Reloading, Role, allow::Pattern, connect, pki::Authority};
use tonic::transport::Channel;

/// The board's id in these tests.
pub(crate) const BOARD: &str = "prawf";

fn channel(root: &Path, agency: &str, endpoint: &str, role: Role) -> Channel {
    let name = Principal::new(BOARD, agency, Role::System, "case");
    channel_as(root, &name.expect("a name"), endpoint, role)
}

fn channel_as(root: &Path, name: &Principal, endpoint: &str, role: Role) -> Channel {
    let authority = Authority::open(root.join("pki")).expect("an authority");
    let tls = Reloading::start(authority.tls_files(name)).expect("certificates");
    let expected = Pattern::of_role(BOARD, None, role).expect("a pattern");
    connect(endpoint, tls, Some(expected)).expect("a channel")
}

fn console_name() -> Principal {
    Principal::new(BOARD, "console", Role::Console, "main").expect("a name")
}

/// To whichever service, as the console.
pub(crate) fn console(root: &Path, endpoint: &str) -> Channel {
    let authority = Authority::open(root.join("pki")).expect("an authority");
    let tls = Reloading::start(authority.tls_files(&console_name())).expect("certificates");
    connect(endpoint, tls, None).expect("a channel")
}

/// SHA-256 of the console's certificate.
pub(crate) fn console_thumbprint(root: &Path) -> [u8; 32] {
    let authority = Authority::open(root.join("pki")).expect("an authority");
    let tls = Reloading::load(authority.tls_files(&console_name())).expect("certificates");
    tls.current().own.thumbprint
}

/// Publishes as an agency's system.
pub(crate) fn publishing(
    root: &Path,
    agency: &str,
    address: &str,
) -> PublishingServiceClient<Channel> {
    let endpoint = format!("https://{address}");
    PublishingServiceClient::new(channel(root, agency, &endpoint, Role::Service))
}

/// Reads as an agency's system.
pub(crate) fn reading(root: &Path, agency: &str, address: &str) -> ReadingServiceClient<Channel> {
    let endpoint = format!("https://{address}");
    ReadingServiceClient::new(channel(root, agency, &endpoint, Role::Projection))
}

/// Asks for content keys as the projection does.
pub(crate) fn keys(root: &Path, address: &str) -> KeyServiceClient<Channel> {
    let name = Principal::new(BOARD, "board", Role::Projection, "hub").expect("a name");
    let endpoint = format!("https://{address}");
    KeyServiceClient::new(channel_as(root, &name, &endpoint, Role::Service))
}
