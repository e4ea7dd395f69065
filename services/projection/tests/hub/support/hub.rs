//! A hub on loopback: agencies' services and a projection, each to be stopped and started by itself.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use diogel_agency::{AgencyHandle, LogEnd, config::AgencyConfig};
use diogel_event_log::embedded::NoReplicas;
use diogel_identity::{
    Allowlist, Pattern, Principal, Role, TlsFiles, person::issuer::people_file, pki::Authority,
};
use diogel_ops::Shutdown;
use diogel_projection::{
    LogEnds, ProjectionHandle,
    config::{Mode, ProjectionConfig, StoreKind},
};
use tempfile::TempDir;

use super::{
    Order, given,
    wire::{End, Wire},
};

pub const BOARD: &str = "west";
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Hub {
    pub dir: TempDir,
    pub wire: Wire,
    pub order: Order,
    agencies: BTreeMap<String, (AgencyHandle, Shutdown)>,
    running: Option<(ProjectionHandle, Shutdown)>,
    listen: SocketAddr,
    genesis: String,
    events: u64,
    early: bool,
    people: bool,
}

/// An address that no other hub of these tests takes between now and when it is listened on.
pub fn free_address() -> SocketAddr {
    static HUBS: AtomicU8 = AtomicU8::new(1);
    let ip = Ipv4Addr::new(127, 9, 0, HUBS.fetch_add(1, Ordering::Relaxed));
    let free = TcpListener::bind((ip, 0)).unwrap();
    free.local_addr().unwrap()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |t, b| t + &format!("{b:02x}"))
}

impl Hub {
    /// The Board, these agencies, and a protocol that lets all of them share.
    pub async fn start(agencies: &[&str]) -> Self {
        Self::start_with(agencies, Order::None).await
    }

    pub async fn start_with(agencies: &[&str], order: Order) -> Self {
        let mut hub = Self::unregistered(agencies, order).await;
        hub.start_projection().await;
        hub.register(agencies).await;
        let parties: Vec<&str> = agencies.iter().copied().chain(["board"]).collect();
        hub.adopt(&given::protocol(1, &parties)).await;
        hub.settled().await;
        hub
    }

    async fn unregistered(agencies: &[&str], order: Order) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Authority::create(dir.path().join("pki"), BOARD).unwrap();
        let mut hub = Self {
            listen: free_address(),
            dir,
            wire: Wire::default(),
            order,
            agencies: BTreeMap::new(),
            running: None,
            genesis: String::new(),
            events: 0,
            early: false,
            people: false,
        };
        for agency in ["board"].iter().chain(agencies) {
            hub.start_agency(agency).await;
        }
        hub.genesis = hex(&hub.agency("board").public_key.to_bytes());
        hub
    }

    pub fn agency(&self, id: &str) -> &AgencyHandle {
        &self.agencies[id].0
    }

    pub fn tls(&self, agency: &str, role: Role, name: &str) -> TlsFiles {
        let who = Principal::new(BOARD, agency, role, name).unwrap();
        let mut authority = Authority::open(self.dir.path().join("pki")).unwrap();
        let files = authority.tls_files(&who);
        if !files.cert.exists() {
            let hosts = ["127.0.0.1".to_owned(), self.listen.ip().to_string()];
            let hosts: &[String] = if role.serves() { &hosts } else { &[] };
            authority.issue(&who, hosts, 30).unwrap();
        }
        files
    }

    async fn start_agency(&mut self, id: &str) {
        let pattern = |agency, role| Pattern::of_role(BOARD, agency, role).unwrap();
        let allow = Allowlist::default()
            .with(
                "diogel.v1.PublishingService",
                [pattern(Some(id), Role::System)],
            )
            .with("diogel.v1.KeyService", [pattern(None, Role::Projection)])
            .with(
                "diogel.v1.BoardService",
                [pattern(Some("board"), Role::Operator)],
            )
            .with(
                "diogel.v1.ProtocolService",
                [pattern(Some(id), Role::Operator)],
            )
            .with(
                "diogel.v1.EmergencyService",
                [pattern(Some(id), Role::System)],
            );
        let path = self.dir.path().join(format!("{id}-allow.toml"));
        allow.save(&path).unwrap();
        let config = AgencyConfig {
            board: BOARD.into(),
            agency: id.into(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data: self.dir.path().join(id),
            profiles: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/agencies"),
            audiences: None,
            policy: None,
            tls: self.tls(id, Role::Service, "hub"),
            allow: path,
            people: None,
            metrics: None,
            projection: format!("https://{}", self.listen),
            nats: None,
        };
        let (log, own) = (self.wire.log.clone(), id.to_owned());
        let end: LogEnd = Box::new(move |journal| {
            log.add(&own, journal.clone());
            Arc::new(End { log, id: own })
        });
        let shutdown = Shutdown::new();
        let handle = diogel_agency::start(config, end, shutdown.clone()).await;
        self.agencies
            .insert(id.to_owned(), (handle.unwrap(), shutdown));
    }

    /// Where the projection's data lies.
    pub fn data(&self) -> PathBuf {
        self.dir.path().join("projection")
    }

    /// The projection's allowlist, with these agencies' systems as readers: `*`, or one of them.
    pub fn listed(readers: &str) -> Allowlist {
        let pattern = |text: &str| text.parse::<Pattern>().unwrap();
        let readers = pattern(&format!("diogel://{BOARD}/{readers}/system/*"));
        let governance = pattern(&format!("diogel://{BOARD}/*/operator/governance"));
        let services = pattern(&format!("diogel://{BOARD}/*/service/*"));
        let supervision = pattern(&format!("diogel://{BOARD}/board/operator/supervision"));
        let any = pattern(&format!("diogel://{BOARD}/*/system/*"));
        let console = pattern(&format!("diogel://{BOARD}/console/console/main"));
        let operators = pattern(&format!("diogel://{BOARD}/*/operator/*"));
        Allowlist::default()
            .with(
                "diogel.v1.ReadingService",
                [readers.clone(), console.clone()],
            )
            .with(
                "diogel.v1.AccountabilityService",
                [readers, governance, console.clone()],
            )
            .with("diogel.v1.IndicatorService", [any])
            .with("diogel.v1.OversightService", [operators, console])
            .with("diogel.v1.ReconcileService", [services])
            .with("grpc.health.v1.Health", [supervision])
    }

    /// Replaces the projection's allowlist.
    pub fn allows(&self, list: &Allowlist) -> PathBuf {
        let path = self.dir.path().join("allow.toml");
        list.save(&path).unwrap();
        path
    }

    /// What tokens of this hub are for.
    pub const AUDIENCE: &str = "diogel:west";

    /// The file that says who vouches for people.
    pub fn people(&self) -> PathBuf {
        self.dir.path().join("people.toml")
    }

    /// From the projection's next start on, people come in whom a console at `http://localhost:1` signs in.
    pub fn lets_people_in(&mut self) {
        let agencies = ["housing", "health", "police", "board"];
        let keys = "people-keys.json";
        let file = people_file("http://localhost:1", Self::AUDIENCE, keys, agencies);
        std::fs::write(self.people(), file).unwrap();
        std::fs::write(self.dir.path().join(keys), "{\"keys\":[]}").unwrap();
        self.people = true;
    }

    /// Releases indicators at once from the next start on, or no longer.
    pub fn releases_early(&mut self, early: bool) {
        self.early = early;
    }

    pub fn config(&self) -> ProjectionConfig {
        ProjectionConfig {
            board: BOARD.into(),
            board_agency: "board".into(),
            genesis_key: self.genesis.clone(),
            board_endpoint: format!("https://{}", self.agency("board").address),
            listen: self.listen,
            data: self.data(),
            audiences: None,
            tls: self.tls("board", Role::Projection, "hub"),
            allow: self.allows(&Self::listed("*")),
            people: self.people.then(|| self.people()),
            metrics: None,
            early_releases: self.early,
            store: StoreKind::Sled,
            mode: Mode::Admitting,
            order_key: None,
            nats: None,
        }
    }

    pub fn ends(&self) -> LogEnds {
        let order = self.order.clone();
        LogEnds {
            inlets: Arc::new(self.wire.clone()),
            order: Box::new(move |head| match order {
                Order::None => Arc::new(NoReplicas::new(head)),
                Order::Stream(stream) => stream,
            }),
        }
    }

    pub async fn start_projection(&mut self) {
        let shutdown = Shutdown::new();
        let handle = diogel_projection::start(self.config(), self.ends(), shutdown.clone()).await;
        self.running = Some((handle.unwrap(), shutdown));
    }

    pub async fn stop_projection(&mut self) {
        let (handle, shutdown) = self.running.take().unwrap();
        shutdown.request();
        tokio::time::timeout(Duration::from_secs(10), handle.ended())
            .await
            .expect("the projection ends, open streams or not");
    }

    pub fn projection(&self) -> &ProjectionHandle {
        &self.running.as_ref().unwrap().0
    }

    pub fn address(&self) -> SocketAddr {
        self.listen
    }

    /// Events that were injected by hand and will be admitted.
    pub fn expect(&mut self, events: u64) {
        self.events += events;
    }

    /// Everything that was accepted has been folded.
    pub async fn settled(&self) {
        let journals = self.agencies.values();
        let accepted: u64 = journals.map(|(a, _)| a.journal.head().place.seq).sum();
        self.folded_to(accepted + self.events).await;
    }

    pub async fn folded_to(&self, position: u64) {
        let mut folded = self.projection().folded.clone();
        let wait = folded.wait_for(|folded| *folded >= position);
        let waited = tokio::time::timeout(PATIENCE, wait).await;
        waited.expect("folded in time").unwrap();
        assert_eq!(self.projection().order.head(), position);
    }
}
