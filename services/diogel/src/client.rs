//! Channels to a hub's services, as an agency's own system.

use diogel_contract::v1::{
    emergency_service_client::EmergencyServiceClient,
    publishing_service_client::PublishingServiceClient,
    reading_service_client::ReadingServiceClient,
};
use diogel_identity::{Reloading, Role, TlsFiles, allow::Pattern, connect};
use tonic::transport::Channel;

use crate::{
    arguments::Access,
    failure::Failure,
    folder::{BOARD, Folder},
};

/// A channel to an agency's own service: to nothing else that has a certificate of the board, the broker's least of all.
pub(crate) fn agency_channel(
    folder: &Folder,
    agency: &str,
    tls: TlsFiles,
) -> Result<Channel, Failure> {
    let tls = Reloading::start(tls).map_err(Failure::other)?;
    let expected = Pattern::from(&folder.principal(agency, Role::Service, "hub")?);
    connect(&folder.endpoint(agency)?, tls, Some(expected)).map_err(Failure::other)
}

/// A channel to a projection.
pub(crate) fn projection_channel(folder: &Folder, tls: TlsFiles) -> Result<Channel, Failure> {
    let tls = Reloading::start(tls).map_err(Failure::other)?;
    let expected = Pattern::of_role(&folder.file.board, Some(BOARD), Role::Projection);
    let expected = expected.map_err(Failure::other)?;
    connect(&folder.projection_endpoint(), tls, Some(expected)).map_err(Failure::other)
}

/// Publishes as the agency's own system.
pub(crate) fn publishing(
    folder: &Folder,
    agency: &str,
) -> Result<PublishingServiceClient<Channel>, Failure> {
    let tls = folder.system_tls(agency)?;
    let channel = agency_channel(folder, agency, tls)?;
    Ok(PublishingServiceClient::new(channel))
}

/// Discloses in an emergency, as the system at which the agency decides that.
pub(crate) fn emergency(
    folder: &Folder,
    agency: &str,
) -> Result<EmergencyServiceClient<Channel>, Failure> {
    let channel = agency_channel(folder, agency, folder.duty_tls(agency)?)?;
    Ok(EmergencyServiceClient::new(channel))
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
    let channel = projection_channel(folder, tls)?;
    Ok(ReadingServiceClient::new(channel))
}
