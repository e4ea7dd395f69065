//! Channels to a hub's services, as an agency's own system.

use diogel_contract::v1::{
    publishing_service_client::PublishingServiceClient,
    reading_service_client::ReadingServiceClient,
};
use diogel_identity::{Reloading, Role, TlsFiles, allow::Pattern, connect};
use tonic::transport::Channel;

use crate::{arguments::Access, failure::Failure, folder::Folder};

/// A channel to a service of the given role.
pub(crate) fn channel(
    folder: &Folder,
    endpoint: &str,
    tls: TlsFiles,
    role: Role,
) -> Result<Channel, Failure> {
    let tls = Reloading::start(tls).map_err(Failure::other)?;
    let expected = Pattern::of_role(&folder.file.board, None, role).map_err(Failure::other)?;
    connect(endpoint, tls, Some(expected)).map_err(Failure::other)
}

/// Publishes as the agency's own system.
pub(crate) fn publishing(
    folder: &Folder,
    agency: &str,
) -> Result<PublishingServiceClient<Channel>, Failure> {
    let tls = folder.system_tls(agency)?;
    let channel = channel(folder, &folder.endpoint(agency)?, tls, Role::Service)?;
    Ok(PublishingServiceClient::new(channel))
}

/// Reads as the agency's own system.
pub(crate) fn reading(access: &Access) -> Result<ReadingServiceClient<Channel>, Failure> {
    let folder = Folder::open(&access.hub.hub)?;
    reading_of(&folder, &access.agency)
}

/// Reads as the agency's own system.
pub(crate) fn reading_of(
    folder: &Folder,
    agency: &str,
) -> Result<ReadingServiceClient<Channel>, Failure> {
    let tls = folder.system_tls(agency)?;
    let channel = channel(folder, &folder.projection_endpoint(), tls, Role::Projection)?;
    Ok(ReadingServiceClient::new(channel))
}
