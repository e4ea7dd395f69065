//! A board's certificates in a folder, and services that run under them.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use diogel_agency::{AgencyHandle, LogEnd, StartError, config::AgencyConfig, start};
use diogel_contract::v1::{
    board_service_client::BoardServiceClient, key_service_client::KeyServiceClient,
    publishing_service_client::PublishingServiceClient,
};
use diogel_event_log::{
    embedded::EmbeddedLog, entry::Entry, journal::Head, log::LogError, log::Outlet,
};
use diogel_identity::{
    Allowlist, Pattern, Principal, Reloading, Role, TlsFiles, connect, pki::Authority,
};
use diogel_ops::Shutdown;
use tempfile::TempDir;
use tonic::transport::Channel;

/// The board.
pub const BOARD: &str = "west";
/// The agency whose service runs: no police, with local codes of its own.
pub const AGENCY: &str = "housing";

/// A name of this board.
pub fn name(agency: &str, role: Role, name: &str) -> Principal {
    Principal::new(BOARD, agency, role, name).unwrap()
}

/// A folder with a board's certificates and an agency's data.
pub struct Site {
    pub dir: TempDir,
    pub agency: &'static str,
}

impl Site {
    pub fn new() -> Self {
        Self::of(AGENCY)
    }

    pub fn of(agency: &'static str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut authority = Authority::create(dir.path().join("pki"), BOARD).unwrap();
        let hosts = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let service = name(agency, Role::Service, "hub");
        authority.issue(&service, &hosts, 30).unwrap();
        Self { dir, agency }
    }

    pub fn authority(&self) -> Authority {
        Authority::open(self.dir.path().join("pki")).unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// The files of a certificate, made now if it isn't there yet.
    pub fn files(&self, who: &Principal) -> TlsFiles {
        let mut authority = self.authority();
        let files = authority.tls_files(who);
        if !files.cert.exists() {
            authority.issue(who, &[], 30).unwrap();
        }
        files
    }

    /// Replaces the allowlist.
    pub fn allows(&self, list: &Allowlist) -> PathBuf {
        let path = self.dir.path().join("allow.toml");
        list.save(&path).unwrap();
        path
    }

    pub fn config(&self) -> AgencyConfig {
        let pattern = |agency, role| Pattern::of_role(BOARD, agency, role).unwrap();
        let allow = Allowlist::default()
            .with(
                "diogel.v1.PublishingService",
                [pattern(Some(self.agency), Role::System)],
            )
            .with(
                "diogel.v1.KeyService",
                [pattern(Some("board"), Role::Projection)],
            )
            .with(
                "diogel.v1.BoardService",
                [pattern(Some("board"), Role::Operator)],
            )
            .with(
                "grpc.health.v1.Health",
                [pattern(Some("board"), Role::Operator)],
            );
        AgencyConfig {
            board: BOARD.into(),
            agency: self.agency.into(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data: self.data(),
            profiles: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/agencies"),
            audiences: Some(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/audiences.toml"),
            ),
            policy: Some(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/crisp/cd-crisp.toml"),
            ),
            tls: self.files(&name(self.agency, Role::Service, "hub")),
            allow: self.allows(&allow),
            people: None,
            metrics: None,
            projection: String::new(),
            nats: None,
        }
    }

    pub async fn start(&self) -> Running<'_> {
        self.start_with(self.config()).await.unwrap()
    }

    /// Starts on a journal that was restored from a copy, while the projection is away.
    pub async fn start_restored(&self) -> Running<'_> {
        std::fs::write(self.data().join("RESTORED"), "").unwrap();
        let config = AgencyConfig {
            projection: "https://127.0.0.1:9".into(),
            ..self.config()
        };
        self.start_with(config).await.unwrap()
    }

    pub async fn start_with(&self, config: AgencyConfig) -> Result<Running<'_>, StartError> {
        let shutdown = Shutdown::new();
        let id = config.agency.clone();
        let end: LogEnd = Box::new(move |journal| {
            let log = EmbeddedLog::default();
            log.add(&id, journal.clone());
            Arc::new(End { log, id })
        });
        let handle = start(config, end, shutdown.clone()).await?;
        Ok(Running {
            site: self,
            handle,
            shutdown,
        })
    }

    /// Every file of the data folder, read whole.
    pub fn data_files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.data()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), std::fs::read(path).unwrap());
                }
            }
        }
        files
    }
}

struct End {
    log: EmbeddedLog,
    id: String,
}

impl Outlet for End {
    fn offer(
        &self,
        entries: Vec<Entry>,
        resend: bool,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<usize, LogError>> + Send + '_>> {
        Box::pin(async move { self.log.outlet(&self.id)?.offer(entries, resend).await })
    }
}

/// A running service.
pub struct Running<'s> {
    pub site: &'s Site,
    pub handle: AgencyHandle,
    pub shutdown: Shutdown,
}

impl Running<'_> {
    pub fn head(&self) -> Head {
        self.handle.journal.head()
    }

    /// A channel with the certificate of this name, issued now if need be.
    pub fn channel(&self, who: &Principal) -> Channel {
        self.channel_with(self.site.files(who))
    }

    pub fn channel_with(&self, files: TlsFiles) -> Channel {
        let tls = Arc::new(Reloading::load(files).unwrap());
        let service = Pattern::of_role(BOARD, Some(self.site.agency), Role::Service).unwrap();
        connect(
            &format!("https://{}", self.handle.address),
            tls,
            Some(service),
        )
        .unwrap()
    }

    /// The agency's own case system.
    pub fn system(&self) -> PublishingServiceClient<Channel> {
        self.publishing(&name(self.site.agency, Role::System, "case"))
    }

    pub fn publishing(&self, who: &Principal) -> PublishingServiceClient<Channel> {
        PublishingServiceClient::new(self.channel(who))
    }

    pub fn keys(&self, who: &Principal) -> KeyServiceClient<Channel> {
        KeyServiceClient::new(self.channel(who))
    }

    pub fn board(&self, who: &Principal) -> BoardServiceClient<Channel> {
        BoardServiceClient::new(self.channel(who))
    }

    pub async fn stop(self) {
        self.shutdown.request();
        self.handle.ended().await;
    }
}
