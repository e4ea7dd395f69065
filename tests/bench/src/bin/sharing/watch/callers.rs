//! Who calls the hub: the Board's office and each agency's governance, which make the rules; the originator's case system, which
//! publishes; and the reader's, which holds a watch open.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use bench::Outcome;
use diogel_agency::profile::Profile;
use diogel_contract::{
    v1::{
        self, board_service_client::BoardServiceClient,
        protocol_service_client::ProtocolServiceClient,
        publishing_service_client::PublishingServiceClient,
        reading_service_client::ReadingServiceClient, watch_response::Change,
    },
    write,
};
use diogel_domain::board::{AgencyRegistered, BoardEvent};
use diogel_identity::{Reloading, Role, TlsFiles, connect};
use diogel_sharing::protocol::Protocol;
use tonic::{Streaming, transport::Channel};

use super::hub::{self, Hub};
use crate::board::BOARD;

/// What takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whoever makes the rules.
pub struct Office {
    board: BoardServiceClient<Channel>,
    governance: Vec<ProtocolServiceClient<Channel>>,
    said: u64,
}

impl Office {
    /// The office and the governance of every running agency.
    pub fn of(hub: &Hub) -> Outcome<Self> {
        let mut governance = Vec::new();
        for (id, handle) in hub.agencies.iter().skip(1) {
            let tls = hub.tls(id, Role::Operator, "governance")?;
            let channel = channel(handle.address, tls, Role::Service)?;
            governance.push(ProtocolServiceClient::new(channel));
        }
        let tls = hub.tls(BOARD, Role::Operator, "office")?;
        let board = channel(hub.agency(BOARD)?.address, tls, Role::Service)?;
        Ok(Self {
            board: BoardServiceClient::new(board),
            governance,
            said: 0,
        })
    }

    /// Registers everybody, the Board first.
    pub async fn registers(&mut self, hub: &Hub) -> Outcome<()> {
        let profiles = hub::profiles()?;
        for (id, handle) in &hub.agencies {
            let profile = profiles.iter().find(|p| p.id.as_str() == id);
            let profile = profile.ok_or("a profile in deploy/agencies")?;
            let first_key = handle.public_key.to_bytes();
            let facts = facts(profile, first_key, handle.address);
            self.says(&BoardEvent::AgencyRegistered(facts)).await?;
        }
        Ok(())
    }

    /// The Board says.
    pub async fn says(&mut self, event: &BoardEvent) -> Outcome<()> {
        self.said += 1;
        let request = v1::PublishBoardEventRequest {
            request_key: format!("board-{}", self.said),
            event: Some(write::board_event(event)),
        };
        self.board.publish_board_event(request).await?;
        Ok(())
    }

    /// The Board adopts a version, and every running agency signs it.
    pub async fn agrees(&mut self, text: &str) -> Outcome<()> {
        self.says(&BoardEvent::ProtocolAdopted(text.to_owned()))
            .await?;
        let protocol = Protocol::from_toml(text).map_err(|e| format!("{e:?}"))?;
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        let signature = v1::ProtocolSigned {
            protocol: protocol.id,
            version: protocol.version,
            digest: digest.as_ref().to_vec().into(),
        };
        for agency in &mut self.governance {
            let request = v1::SignProtocolRequest {
                request_key: format!("sign {} {}", signature.protocol, signature.version),
                signature: Some(signature.clone()),
            };
            agency.sign_protocol(request).await?;
        }
        Ok(())
    }
}

fn facts(profile: &Profile, first_key: [u8; 32], at: SocketAddr) -> AgencyRegistered {
    AgencyRegistered {
        agency: profile.id.clone(),
        name: profile.name.clone(),
        name_cy: profile.name_cy.clone(),
        sector: profile.sector,
        first_key,
        certificate_names: Vec::new(),
        endpoint: format!("https://{at}"),
    }
}

/// The originator's case system.
pub fn publishing(hub: &Hub, agency: &str) -> Outcome<PublishingServiceClient<Channel>> {
    let tls = hub.tls(agency, Role::System, "case")?;
    let channel = channel(hub.agency(agency)?.address, tls, Role::Service)?;
    Ok(PublishingServiceClient::new(channel))
}

/// A watch, held open by an agency's case system.
pub struct Watch(Streaming<v1::WatchResponse>);

impl Watch {
    /// Opens it.
    pub async fn open(hub: &Hub, agency: &str) -> Outcome<Self> {
        let tls = hub.tls(agency, Role::System, "case")?;
        let channel = channel(hub.projection.address, tls, Role::Projection)?;
        let request = v1::WatchRequest::default();
        let stream = ReadingServiceClient::new(channel).watch(request).await?;
        Ok(Self(stream.into_inner()))
    }

    /// Waits for this event's item.
    pub async fn item(&mut self, event: &str) -> Outcome<Instant> {
        let is_it = |change: &Change| matches!(change, Change::Item(i) if i.event_id == event);
        self.wait(is_it).await
    }

    /// Waits until this event is retracted.
    pub async fn retraction(&mut self, event: &str) -> Outcome<Instant> {
        let is_it =
            |change: &Change| matches!(change, Change::Retraction(r) if r.event_id == event);
        self.wait(is_it).await
    }

    async fn wait(&mut self, is_it: impl Fn(&Change) -> bool) -> Outcome<Instant> {
        // Signs of life go on coming: the whole wait has its end.
        let ends = tokio::time::Instant::now() + PATIENCE;
        loop {
            let next = tokio::time::timeout_at(ends, self.0.message()).await??;
            let next = next.ok_or("the watch ended")?;
            if next.change.as_ref().is_some_and(&is_it) {
                return Ok(Instant::now());
            }
        }
    }
}

/// A channel to whoever serves in a role.
pub fn channel(at: SocketAddr, tls: TlsFiles, role: Role) -> Outcome<Channel> {
    let tls = Reloading::start(tls)?;
    Ok(connect(
        &format!("https://{at}"),
        tls,
        Some(hub::expected(role)?),
    )?)
}
