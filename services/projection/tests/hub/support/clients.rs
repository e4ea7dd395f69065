//! Callers of a hub: agencies' systems, their services, the Board's office.

use std::{net::SocketAddr, path::Path};

use diogel_agency::profile;
use diogel_contract::{
    v1::{
        self, accountability_service_client::AccountabilityServiceClient,
        board_service_client::BoardServiceClient, protocol_service_client::ProtocolServiceClient,
        publishing_service_client::PublishingServiceClient,
        reading_service_client::ReadingServiceClient,
        reconcile_service_client::ReconcileServiceClient,
    },
    write,
};
use diogel_domain::board::{AgencyRegistered, BoardEvent};
use diogel_identity::{Pattern, PublicKey, Reloading, Role, TlsFiles, connect};
use diogel_sharing::protocol::Protocol;
use tonic::transport::Channel;
use tonic_health::pb::health_client::HealthClient;

use super::{BOARD, Hub, Watcher, given, hex};

impl Hub {
    pub fn channel(at: SocketAddr, tls: TlsFiles, role: Role) -> Channel {
        let expected = Pattern::of_role(BOARD, None, role).unwrap();
        let tls = Reloading::start(tls).unwrap();
        connect(&format!("https://{at}"), tls, Some(expected)).unwrap()
    }

    pub fn system(&self, agency: &str, at: SocketAddr) -> Channel {
        let tls = self.tls(agency, Role::System, "case");
        Self::channel(at, tls, Role::Projection)
    }

    /// Whoever supervises for the Board.
    pub fn supervises(&self) -> HealthClient<Channel> {
        let tls = self.tls("board", Role::Operator, "supervision");
        HealthClient::new(Self::channel(self.address(), tls, Role::Projection))
    }

    pub fn reads(&self, agency: &str) -> ReadingServiceClient<Channel> {
        ReadingServiceClient::new(self.system(agency, self.address()))
    }

    pub fn accounts(&self, agency: &str) -> AccountabilityServiceClient<Channel> {
        AccountabilityServiceClient::new(self.system(agency, self.address()))
    }

    pub async fn watches(&self, agency: &str, request: v1::WatchRequest) -> Watcher {
        Watcher(
            self.reads(agency)
                .watch(request)
                .await
                .unwrap()
                .into_inner(),
        )
    }

    /// As an agency's own service does.
    pub fn reconciles(&self, agency: &str) -> ReconcileServiceClient<Channel> {
        let tls = self.tls(agency, Role::Service, "hub");
        let channel = Self::channel(self.address(), tls, Role::Projection);
        ReconcileServiceClient::new(channel)
    }

    pub fn publishes(&self, agency: &str) -> PublishingServiceClient<Channel> {
        let tls = self.tls(agency, Role::System, "case");
        let channel = Self::channel(self.agency(agency).address, tls, Role::Service);
        PublishingServiceClient::new(channel)
    }

    /// Publishes and answers the event's id.
    pub async fn publish(&self, agency: &str, request: v1::PublishRequest) -> String {
        let answer = self.publishes(agency).publish(request).await.unwrap();
        answer.into_inner().receipt.unwrap().event_id
    }

    pub async fn erase(&self, agency: &str, key: &str) {
        let request = v1::EraseContentRequest {
            request_key: format!("erase {key}"),
            target: Some(given::by_key(key)),
            reason: "ruling 7".into(),
        };
        self.publishes(agency).erase_content(request).await.unwrap();
    }

    /// The Board says.
    pub async fn says(&self, event: BoardEvent) {
        let tls = self.tls("board", Role::Operator, "office");
        let channel = Self::channel(self.agency("board").address, tls, Role::Service);
        let mut id = [0; 8];
        diogel_identity::content_key::fill_random(&mut id).unwrap();
        let request = v1::PublishBoardEventRequest {
            request_key: hex(&id),
            event: Some(write::board_event(&event)),
        };
        let mut client = BoardServiceClient::new(channel);
        client.publish_board_event(request).await.unwrap();
    }

    pub async fn adopt(&self, protocol: &str) {
        self.says(BoardEvent::ProtocolAdopted(protocol.to_owned()))
            .await;
        let parties = Protocol::from_toml(protocol).unwrap().parties;
        for party in parties.iter().filter(|party| party.as_str() != "board") {
            self.signs(party.as_str(), protocol).await;
        }
    }

    /// An agency signs a protocol.
    pub async fn signs(&self, agency: &str, text: &str) {
        let protocol = Protocol::from_toml(text).unwrap();
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        let signature = v1::ProtocolSigned {
            protocol: protocol.id,
            version: protocol.version,
            digest: digest.as_ref().to_vec().into(),
        };
        let tls = self.tls(agency, Role::Operator, "governance");
        let channel = Self::channel(self.agency(agency).address, tls, Role::Service);
        let request = v1::SignProtocolRequest {
            request_key: format!("sign {} {}", signature.protocol, signature.version),
            signature: Some(signature),
        };
        ProtocolServiceClient::new(channel)
            .sign_protocol(request)
            .await
            .unwrap();
    }

    pub async fn register(&self, agencies: &[&str]) {
        for id in ["board"].iter().chain(agencies) {
            let handle = self.agency(id);
            self.registers(id, handle.public_key, handle.address).await;
        }
    }

    pub async fn registers(&self, id: &str, key: PublicKey, at: SocketAddr) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/agencies");
        let profiles = profile::read_all(&folder).unwrap();
        let profile = profiles.iter().find(|p| p.id.as_str() == id).unwrap();
        let facts = AgencyRegistered {
            agency: profile.id.clone(),
            name: profile.name.clone(),
            name_cy: profile.name_cy.clone(),
            sector: profile.sector,
            first_key: key.to_bytes(),
            certificate_names: Vec::new(),
            endpoint: format!("https://{at}"),
        };
        self.says(BoardEvent::AgencyRegistered(facts)).await;
    }
}
