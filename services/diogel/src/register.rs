//! The Board's first words: it registers itself and the agencies, and adopts the protocols. Repeating them changes nothing; what
//! changed in a profile or a protocol becomes a new event.

use diogel_agency::profile::Profile;
use diogel_contract::{
    v1::{self, board_service_client::BoardServiceClient},
    write,
};
use diogel_domain::board::{AgencyRegistered, BoardEvent};
use diogel_identity::{Role, sha256};
use prost::Message;

use crate::{
    arguments::Hub,
    client,
    failure::Failure,
    folder::{BOARD, Folder},
    hexadecimal, show,
};

/// `register`: for services that run as processes of their own.
pub(crate) async fn run(hub: &Hub) -> Result<(), Failure> {
    let folder = Folder::open(&hub.hub)?;
    everything(&folder).await?;
    show::note(&format!(
        "{} agencies registered, protocols adopted",
        folder.file.agencies.len()
    ));
    Ok(())
}

/// Publishes every set-up event through the Board's running service.
pub(crate) async fn everything(folder: &Folder) -> Result<(), Failure> {
    let tls = folder.tls(BOARD, Role::Operator, "office")?;
    let channel = client::channel(folder, &folder.endpoint(BOARD)?, tls, Role::Service)?;
    let mut client = BoardServiceClient::new(channel);
    let mut profiles = folder.profiles()?;
    // The Board comes first: its registration is what every later event rests on.
    profiles.sort_by_key(|p| p.id.as_str() != BOARD);
    for profile in &profiles {
        publish(
            &mut client,
            &BoardEvent::AgencyRegistered(facts(folder, profile)?),
        )
        .await?;
    }
    for (path, protocol) in folder.protocols()? {
        let adopted = publish(&mut client, &BoardEvent::ProtocolAdopted(protocol)).await;
        adopted.map_err(|e| e.within(&path.display().to_string()))?;
    }
    Ok(())
}

fn facts(folder: &Folder, profile: &Profile) -> Result<AgencyRegistered, Failure> {
    let id = profile.id.as_str();
    let name = |role, name: &str| folder.principal(id, role, name).map(|p| p.to_string());
    Ok(AgencyRegistered {
        agency: profile.id.clone(),
        name: profile.name.clone(),
        name_cy: profile.name_cy.clone(),
        sector: profile.sector,
        first_key: folder.first_key(id)?,
        certificate_names: vec![name(Role::Service, "hub")?, name(Role::System, "case")?],
        endpoint: folder.endpoint(id)?,
    })
}

async fn publish(
    client: &mut BoardServiceClient<tonic::transport::Channel>,
    event: &BoardEvent,
) -> Result<(), Failure> {
    let event = write::board_event(event);
    let digest = sha256("diogel/v1/register", &event.encode_to_vec());
    let request_key = format!("set-up {}", hexadecimal::write(&digest));
    let request = v1::PublishBoardEventRequest {
        request_key,
        event: Some(event),
    };
    client.publish_board_event(request).await?;
    Ok(())
}
