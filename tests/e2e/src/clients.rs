//! Clients as the agencies' systems have them: gRPC over mTLS.

use std::path::Path;

use diogel_contract::v1::{
    publishing_service_client::PublishingServiceClient,
    reading_service_client::ReadingServiceClient,
};
use diogel_identity::{Principal, Reloading, Role, allow::Pattern, connect, pki::Authority};
use tonic::transport::Channel;

/// The board's id in these tests.
pub(crate) const BOARD: &str = "prawf";

fn channel(root: &Path, agency: &str, endpoint: &str, role: Role) -> Channel {
    let name = Principal::new(BOARD, agency, Role::System, "case").expect("a name");
    let authority = Authority::open(root.join("pki")).expect("an authority");
    let tls = Reloading::start(authority.tls_files(&name)).expect("certificates");
    let expected = Pattern::of_role(BOARD, None, role).expect("a pattern");
    connect(endpoint, tls, Some(expected)).expect("a channel")
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
