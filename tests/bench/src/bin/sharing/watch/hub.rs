//! A whole hub in this process: the Board, three agencies' services, the embedded log, and a projection, each over mutual TLS on
//! loopback, on this machine's own disk.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
};

use bench::Outcome;
use diogel_agency::{
    AgencyHandle, LogEnd,
    config::AgencyConfig,
    profile::{self, Profile},
};
use diogel_contract::hexadecimal;
use diogel_event_log::{
    embedded::{EmbeddedLog, NoReplicas},
    entry::Entry,
    log::{LogError, Outlet},
};
use diogel_identity::{
    Allowlist, Pattern, Principal, Role, TlsFiles, person::issuer::people_file, pki::Authority,
};
use diogel_ops::Shutdown;
use diogel_projection::{
    LogEnds, ProjectionHandle,
    config::{Mode, ProjectionConfig, StoreKind},
};
use futures_util::future::BoxFuture;

use crate::{board::BOARD, options::Backend};

/// The board's own name.
pub const NAME: &str = "measured";
/// Who vouches for people, where anybody does.
const PEOPLE: &str = "people.toml";
/// Days that certificates hold.
const DAYS: u32 = 2;

/// A running hub.
pub struct Hub {
    folder: PathBuf,
    /// The agencies' services, the Board's first.
    pub agencies: Vec<(String, AgencyHandle)>,
    /// The projection.
    pub projection: ProjectionHandle,
    shutdown: Shutdown,
}

/// Runs what measures a hub, hub and callers in one runtime; what they leave running ends with it.
pub fn beside(measured: impl Future<Output = Outcome<()>>) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let measured = runtime.block_on(measured);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    measured
}

impl Hub {
    /// Starts everything; nobody is registered yet.
    pub async fn start(folder: &Path, agencies: &[&str], store: Backend) -> Outcome<Self> {
        Authority::create(folder.join("pki"), NAME)?;
        let listen = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let (log, shutdown) = (EmbeddedLog::default(), Shutdown::new());
        let mut running = Vec::new();
        for id in [BOARD].iter().chain(agencies) {
            let config = agency_config(folder, id, listen)?;
            let handle = diogel_agency::start(config, end(&log, id), shutdown.clone()).await?;
            running.push(((*id).to_owned(), handle));
        }
        let (_, board) = running.first().ok_or("the Board runs")?;
        let config = projection_config(folder, board, listen, store)?;
        let ends = LogEnds {
            inlets: Arc::new(log),
            order: Box::new(|head| Arc::new(NoReplicas::new(head))),
        };
        let projection = diogel_projection::start(config, ends, shutdown.clone()).await?;
        Ok(Self {
            folder: folder.to_owned(),
            agencies: running,
            projection,
            shutdown,
        })
    }

    /// What tokens of this hub are for.
    pub const AUDIENCE: &str = "diogel:measured";
    /// As browsers would know its console.
    pub const ORIGIN: &str = "http://localhost:1";
    /// Where the keys of sign-ins lie, beside the file of people.
    pub const KEYS: &str = "people-keys.json";

    /// The same with people let in whom a console signs in.
    pub async fn start_with_people(
        folder: &Path,
        agencies: &[&str],
        store: Backend,
    ) -> Outcome<Self> {
        let known = agencies.iter().copied().chain([BOARD]);
        let file = people_file(Self::ORIGIN, Self::AUDIENCE, Self::KEYS, known);
        std::fs::write(folder.join(PEOPLE), file)?;
        std::fs::write(folder.join(Self::KEYS), "{\"keys\":[]}")?;
        Self::start(folder, agencies, store).await
    }

    /// The file of people.
    pub fn people(&self) -> PathBuf {
        self.folder.join(PEOPLE)
    }

    /// Ends everything in order: what goes on would keep the process.
    pub async fn stop(self) {
        self.shutdown.request();
        for (_, agency) in self.agencies {
            agency.ended().await;
        }
        self.projection.ended().await;
    }

    /// An agency's service.
    pub fn agency(&self, id: &str) -> Outcome<&AgencyHandle> {
        let found = self.agencies.iter().find(|(of, _)| of == id);
        Ok(found.map(|(_, handle)| handle).ok_or("a running agency")?)
    }

    /// Waits until everything that was accepted is folded.
    pub async fn settled(&self) -> Outcome<()> {
        let journals = self.agencies.iter();
        let accepted: u64 = journals.map(|(_, a)| a.journal.head().place.seq).sum();
        let mut folded = self.projection.folded.clone();
        folded.wait_for(|folded| *folded >= accepted).await?;
        Ok(())
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Certificate and key of a caller.
    pub fn tls(&self, agency: &str, role: Role, name: &str) -> Outcome<TlsFiles> {
        tls(&self.folder, agency, role, name)
    }
}

/// What a server with this role is called.
pub fn expected(role: Role) -> Outcome<Pattern> {
    Ok(Pattern::of_role(NAME, None, role)?)
}

/// The agencies as they are deployed.
pub fn profiles() -> Outcome<Vec<Profile>> {
    Ok(profile::read_all(&profiles_folder())?)
}

fn profiles_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/agencies")
}

fn tls(folder: &Path, agency: &str, role: Role, name: &str) -> Outcome<TlsFiles> {
    let who = Principal::new(NAME, agency, role, name)?;
    let mut authority = Authority::open(folder.join("pki"))?;
    let files = authority.tls_files(&who);
    if !files.cert.exists() {
        let hosts = ["127.0.0.1".to_owned()];
        let hosts: &[String] = if role.serves() { &hosts } else { &[] };
        authority.issue(&who, hosts, DAYS)?;
    }
    Ok(files)
}

fn agency_config(folder: &Path, id: &str, projection: SocketAddr) -> Outcome<AgencyConfig> {
    let pattern = |agency, role| Pattern::of_role(NAME, agency, role);
    let own = pattern(Some(id), Role::Operator)?;
    let allow = Allowlist::default()
        .with(
            "diogel.v1.PublishingService",
            [pattern(Some(id), Role::System)?],
        )
        .with("diogel.v1.KeyService", [pattern(None, Role::Projection)?])
        .with(
            "diogel.v1.BoardService",
            [pattern(Some(BOARD), Role::Operator)?],
        )
        .with("diogel.v1.ProtocolService", [own]);
    let path = folder.join(format!("{id}-allow.toml"));
    allow.save(&path)?;
    Ok(AgencyConfig {
        board: NAME.into(),
        agency: id.into(),
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        data: folder.join(id),
        profiles: profiles_folder(),
        audiences: None,
        policy: None,
        tls: tls(folder, id, Role::Service, "hub")?,
        allow: path,
        people: None,
        metrics: None,
        projection: format!("https://{projection}"),
        nats: None,
    })
}

fn projection_config(
    folder: &Path,
    board: &AgencyHandle,
    listen: SocketAddr,
    store: Backend,
) -> Outcome<ProjectionConfig> {
    let console = Pattern::of_role(NAME, None, Role::Console)?;
    let people = folder.join(PEOPLE);
    let allow = Allowlist::default()
        .with(
            "diogel.v1.ReadingService",
            [Pattern::of_role(NAME, None, Role::System)?, console.clone()],
        )
        .with("diogel.v1.AccountabilityService", [console.clone()])
        .with("diogel.v1.IndicatorService", [console.clone()])
        .with("diogel.v1.OversightService", [console])
        .with(
            "diogel.v1.ReconcileService",
            [Pattern::of_role(NAME, None, Role::Service)?],
        )
        .with(
            "grpc.health.v1.Health",
            [Pattern::of_role(NAME, None, Role::System)?],
        );
    let path = folder.join("projection-allow.toml");
    allow.save(&path)?;
    Ok(ProjectionConfig {
        board: NAME.into(),
        board_agency: BOARD.into(),
        genesis_key: hexadecimal::write(&board.public_key.to_bytes()),
        board_endpoint: format!("https://{}", board.address),
        listen,
        data: folder.join("projection"),
        audiences: None,
        tls: tls(folder, BOARD, Role::Projection, "hub")?,
        allow: path,
        people: people.exists().then_some(people),
        metrics: None,
        early_releases: false,
        store: match store {
            Backend::Redb => StoreKind::Redb,
            Backend::Sled | Backend::Memory => StoreKind::Sled,
        },
        mode: Mode::Admitting,
        order_key: None,
        nats: None,
    })
}

/// An agency's end of the embedded log: there as soon as its journal is.
struct End {
    log: EmbeddedLog,
    id: String,
}

impl Outlet for End {
    fn offer(&self, entries: Vec<Entry>, resend: bool) -> BoxFuture<'_, Result<usize, LogError>> {
        Box::pin(async move { self.log.outlet(&self.id)?.offer(entries, resend).await })
    }
}

fn end(log: &EmbeddedLog, id: &str) -> LogEnd {
    let (log, id) = (log.clone(), id.to_owned());
    Box::new(move |journal| {
        log.add(&id, journal.clone());
        Arc::new(End { log, id })
    })
}
