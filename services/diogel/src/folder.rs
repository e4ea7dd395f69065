//! A hub's folder: addresses, certificates, profiles, protocols and data of one board on one machine. Made once, then only read;
//! a folder of another board is refused.

use std::{
    collections::BTreeMap,
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
};

use diogel_agency::{
    config::{AgencyConfig, NatsConfig as AgencyNats},
    profile::{self, Profile},
};
use diogel_identity::{
    Allowlist, Principal, Role, SigningKey, TlsFiles, allow::Pattern, pki::Authority,
};
use diogel_projection::config::{Mode, NatsConfig as ProjectionNats, ProjectionConfig, StoreKind};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// The agency id of the Board itself.
pub(crate) const BOARD: &str = "board";
/// The name of an agency's own system in the certificates made here.
const SYSTEM: &str = "case";
/// The folder of the authority for a cluster's routes.
const ROUTES: &str = "pki-routes";
/// Days that certificates of a hub's folder are valid.
const DAYS: u32 = 365;

/// What `hub.toml` keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HubFile {
    /// The board's id.
    pub(crate) board: String,
    /// Where the projection listens.
    pub(crate) projection: SocketAddr,
    /// Where each agency's service listens.
    pub(crate) agencies: BTreeMap<String, SocketAddr>,
    /// The day that the demo's dates were moved to, once it was fed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) fed_on: Option<String>,
    /// The Board's first public key: whoever verifies offline pins it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) genesis_key: Option<String>,
    /// Each agency's first public key: what the Board registers, whatever keys their chains name later.
    #[serde(default)]
    pub(crate) first_keys: BTreeMap<String, String>,
}

/// A hub's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    pub(crate) file: HubFile,
}

/// Shipped profiles and protocols.
const AGENCIES: [(&str, &str); 9] = [
    (
        "board.toml",
        include_str!("../../../deploy/agencies/board.toml"),
    ),
    (
        "education.toml",
        include_str!("../../../deploy/agencies/education.toml"),
    ),
    (
        "health.toml",
        include_str!("../../../deploy/agencies/health.toml"),
    ),
    (
        "housing.toml",
        include_str!("../../../deploy/agencies/housing.toml"),
    ),
    (
        "outreach.toml",
        include_str!("../../../deploy/agencies/outreach.toml"),
    ),
    (
        "police.toml",
        include_str!("../../../deploy/agencies/police.toml"),
    ),
    (
        "probation.toml",
        include_str!("../../../deploy/agencies/probation.toml"),
    ),
    (
        "refuge.toml",
        include_str!("../../../deploy/agencies/refuge.toml"),
    ),
    (
        "social-care.toml",
        include_str!("../../../deploy/agencies/social-care.toml"),
    ),
];
const PROTOCOLS: [(&str, &str); 3] = [
    (
        "cd-01.toml",
        include_str!("../../../deploy/protocols/cd-01-safety-and-protection.toml"),
    ),
    (
        "cd-02.toml",
        include_str!("../../../deploy/protocols/cd-02-escalations.toml"),
    ),
    (
        "cd-03.toml",
        include_str!("../../../deploy/protocols/cd-03-meetings.toml"),
    ),
];

/// From what a new folder is made.
pub(crate) struct Sources<'a> {
    pub(crate) board: &'a str,
    pub(crate) agencies: Option<&'a Path>,
    pub(crate) protocols: Option<&'a Path>,
}

impl Folder {
    /// Opens a folder that a hub was made in.
    pub(crate) fn open(root: &Path) -> Result<Self, Failure> {
        let path = root.join("hub.toml");
        let text = fs::read_to_string(&path).map_err(|_| {
            Failure::Usage(format!(
                "{} holds no hub: make one with `diogel demo --hub {0}`, `diogel up --hub {0}` or `diogel init --hub {0}`",
                root.display()
            ))
        })?;
        let file = toml::from_str(&text)
            .map_err(|e| Failure::Invalid(format!("{}: {e}", path.display())))?;
        // Configurations of other processes name files in it.
        let root = std::path::absolute(root).map_err(Failure::other)?;
        Ok(Self { root, file })
    }

    /// Opens the folder, or makes a new hub in it.
    pub(crate) fn open_or_make(root: &Path, sources: &Sources<'_>) -> Result<Self, Failure> {
        if root.join("hub.toml").exists() {
            let mut folder = Self::open(root)?;
            if folder.file.board != sources.board {
                return Err(Failure::Usage(format!(
                    "{} is the hub of board {}",
                    root.display(),
                    folder.file.board
                )));
            }
            folder.pin_keys()?;
            return Ok(folder);
        }
        Self::make(root, sources)
    }

    fn make(root: &Path, sources: &Sources<'_>) -> Result<Self, Failure> {
        fs::create_dir_all(root).map_err(|e| Failure::Other(format!("{}: {e}", root.display())))?;
        lay_down(&root.join("agencies"), sources.agencies, &AGENCIES)?;
        lay_down(&root.join("protocols"), sources.protocols, &PROTOCOLS)?;
        let profiles = profile::read_all(&root.join("agencies")).map_err(Failure::other)?;
        if !profiles.iter().any(|p| p.id.as_str() == BOARD) {
            return Err(Failure::Usage(
                "the profiles lack the Board's own: board.toml".into(),
            ));
        }
        let mut ports = free_ports(profiles.len() + 1)?.into_iter();
        let mut next = || {
            ports
                .next()
                .ok_or_else(|| Failure::Other("no free port".into()))
        };
        let projection = next()?;
        let mut agencies = BTreeMap::new();
        for profile in &profiles {
            agencies.insert(profile.id.to_string(), next()?);
        }
        let board = sources.board.to_owned();
        let file = HubFile {
            board,
            projection,
            agencies,
            fed_on: None,
            genesis_key: None,
            first_keys: BTreeMap::new(),
        };
        let root = std::path::absolute(root).map_err(Failure::other)?;
        let mut folder = Self { root, file };
        folder.make_certificates()?;
        folder.pin_keys()?;
        folder.save()?;
        Ok(folder)
    }

    /// Makes the agencies' first signing keys, and keeps the public ones: from then on nothing else is taken for them.
    fn pin_keys(&mut self) -> Result<(), Failure> {
        let missing: Vec<String> = self
            .file
            .agencies
            .keys()
            .filter(|agency| !self.file.first_keys.contains_key(*agency))
            .cloned()
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        for agency in missing {
            let data = self.agency_data(&agency);
            fs::create_dir_all(&data).map_err(Failure::other)?;
            let key =
                SigningKey::load_or_create(&data.join("signing.key")).map_err(Failure::other)?;
            let public = hex(&key.public_key().to_bytes());
            if agency == BOARD {
                self.file.genesis_key.get_or_insert_with(|| public.clone());
            }
            self.file.first_keys.insert(agency, public);
        }
        self.save()
    }

    /// An agency's first public key.
    pub(crate) fn first_key(&self, agency: &str) -> Result<[u8; 32], Failure> {
        let text = self.file.first_keys.get(agency).map_or("", String::as_str);
        key_from_hex(text).ok_or_else(|| {
            Failure::Invalid(format!(
                "hub.toml: first_keys.{agency} is missing or no key"
            ))
        })
    }

    /// The Board's first public key.
    pub(crate) fn genesis_key(&self) -> Result<[u8; 32], Failure> {
        key_from_hex(self.file.genesis_key.as_deref().unwrap_or_default()).ok_or_else(|| {
            Failure::Invalid("hub.toml: genesis_key is missing; this hub was never started".into())
        })
    }

    /// Writes `hub.toml`.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let text = toml::to_string(&self.file).map_err(Failure::other)?;
        fs::write(self.root.join("hub.toml"), text).map_err(Failure::other)
    }

    fn make_certificates(&self) -> Result<(), Failure> {
        let dir = self.root.join("pki");
        let mut authority = Authority::create(&dir, &self.file.board).map_err(Failure::other)?;
        let hosts = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let mut issue = |name: Principal, hosts: &[String]| {
            authority
                .issue(&name, hosts, DAYS)
                .map(|_| ())
                .map_err(Failure::other)
        };
        for agency in self.file.agencies.keys() {
            issue(self.principal(agency, Role::Service, "hub")?, &hosts)?;
            issue(self.principal(agency, Role::Service, "nats")?, &[])?;
            issue(self.principal(agency, Role::System, SYSTEM)?, &[])?;
        }
        issue(self.principal(BOARD, Role::Projection, "hub")?, &hosts)?;
        issue(self.principal(BOARD, Role::Projection, "nats")?, &[])?;
        issue(self.principal(BOARD, Role::Operator, "office")?, &[])?;
        issue(self.principal(BOARD, Role::Operator, "nats")?, &[])?;
        issue(self.principal(BOARD, Role::Service, "nats-server")?, &hosts)?;
        self.make_route_certificate(&hosts)
    }

    /// For a cluster's servers among themselves: an authority of its own, which no client has a certificate from.
    fn make_route_certificate(&self, hosts: &[String]) -> Result<(), Failure> {
        let dir = self.root.join(ROUTES);
        let mut authority = Authority::create(&dir, &self.file.board).map_err(Failure::other)?;
        let name = self.principal(BOARD, Role::Service, "nats-route")?;
        authority
            .issue(&name, hosts, DAYS)
            .map(|_| ())
            .map_err(Failure::other)
    }

    /// The files of the certificate that a cluster's servers use among themselves.
    pub(crate) fn route_tls(&self) -> Result<TlsFiles, Failure> {
        let principal = self.principal(BOARD, Role::Service, "nats-route")?;
        let authority = Authority::open(self.root.join(ROUTES)).map_err(Failure::other)?;
        Ok(authority.tls_files(&principal))
    }

    /// A name in this board.
    pub(crate) fn principal(
        &self,
        agency: &str,
        role: Role,
        name: &str,
    ) -> Result<Principal, Failure> {
        Principal::new(&self.file.board, agency, role, name).map_err(Failure::other)
    }

    /// The files of a name's certificate.
    pub(crate) fn tls(&self, agency: &str, role: Role, name: &str) -> Result<TlsFiles, Failure> {
        let principal = self.principal(agency, role, name)?;
        let authority = Authority::open(self.root.join("pki")).map_err(Failure::other)?;
        Ok(authority.tls_files(&principal))
    }

    /// The files of an agency's own system.
    pub(crate) fn system_tls(&self, agency: &str) -> Result<TlsFiles, Failure> {
        if !self.file.agencies.contains_key(agency) {
            let known: Vec<&str> = self.file.agencies.keys().map(String::as_str).collect();
            return Err(Failure::Usage(format!(
                "{agency:?} is no agency of this hub; it has {}",
                known.join(", ")
            )));
        }
        self.tls(agency, Role::System, SYSTEM)
    }

    /// Profiles of the agencies.
    pub(crate) fn profiles(&self) -> Result<Vec<Profile>, Failure> {
        profile::read_all(&self.root.join("agencies")).map_err(Failure::other)
    }

    /// Texts of the protocols, sorted by file name.
    pub(crate) fn protocols(&self) -> Result<Vec<String>, Failure> {
        let folder = self.root.join("protocols");
        let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
            .map_err(|e| Failure::Other(format!("{}: {e}", folder.display())))?
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .collect();
        paths.sort();
        paths
            .iter()
            .map(|p| fs::read_to_string(p).map_err(Failure::other))
            .collect()
    }

    /// The data folder of an agency.
    pub(crate) fn agency_data(&self, agency: &str) -> PathBuf {
        self.root.join("data").join(agency)
    }

    /// The data folder of the projection.
    pub(crate) fn projection_data(&self) -> PathBuf {
        self.root.join("data").join("_projection")
    }

    /// Where an agency's service is to be called.
    pub(crate) fn endpoint(&self, agency: &str) -> Result<String, Failure> {
        let address = self.file.agencies.get(agency);
        let address = address
            .ok_or_else(|| Failure::Usage(format!("{agency:?} is no agency of this hub")))?;
        Ok(format!("https://{address}"))
    }

    /// Where the projection is to be called.
    pub(crate) fn projection_endpoint(&self) -> String {
        format!("https://{}", self.file.projection)
    }

    /// Configuration of an agency's service.
    pub(crate) fn agency_config(
        &self,
        agency: &str,
        nats: &[String],
    ) -> Result<AgencyConfig, Failure> {
        let pattern = |agency: Option<&str>, role| {
            Pattern::of_role(&self.file.board, agency, role).map_err(Failure::other)
        };
        let allow = Allowlist::default()
            .with(
                "diogel.v1.PublishingService",
                [pattern(Some(agency), Role::System)?],
            )
            .with(
                "diogel.v1.KeyService",
                [pattern(Some(BOARD), Role::Projection)?],
            )
            .with(
                "diogel.v1.BoardService",
                [pattern(Some(BOARD), Role::Operator)?],
            );
        let listen = self.file.agencies.get(agency).copied();
        Ok(AgencyConfig {
            board: self.file.board.clone(),
            agency: agency.to_owned(),
            listen: listen
                .ok_or_else(|| Failure::Usage(format!("{agency:?} is no agency of this hub")))?,
            data: self.agency_data(agency),
            profiles: self.root.join("agencies"),
            tls: self.tls(agency, Role::Service, "hub")?,
            allow,
            projection: self.projection_endpoint(),
            nats: (!nats.is_empty())
                .then(|| {
                    let tls = self.tls(agency, Role::Service, "nats")?;
                    Ok::<_, Failure>(AgencyNats {
                        servers: nats.to_vec(),
                        tls,
                    })
                })
                .transpose()?,
        })
    }

    /// Configuration of the projection.
    pub(crate) fn projection_config(
        &self,
        store: StoreKind,
        nats: &[String],
        replicas: usize,
    ) -> Result<ProjectionConfig, Failure> {
        let pattern = |role| Pattern::of_role(&self.file.board, None, role).map_err(Failure::other);
        let allow = Allowlist::default()
            .with("diogel.v1.ReadingService", [pattern(Role::System)?])
            .with("diogel.v1.ReconcileService", [pattern(Role::Service)?]);
        let tls = self.tls(BOARD, Role::Projection, "nats")?;
        let streams = crate::nats::streams(replicas);
        Ok(ProjectionConfig {
            board: self.file.board.clone(),
            board_agency: BOARD.into(),
            genesis_key: hex(&self.genesis_key()?),
            board_endpoint: self.endpoint(BOARD)?,
            listen: self.file.projection,
            data: self.projection_data(),
            tls: self.tls(BOARD, Role::Projection, "hub")?,
            allow,
            store,
            mode: Mode::Admitting,
            order_key: None,
            nats: (!nats.is_empty()).then(|| ProjectionNats {
                servers: nats.to_vec(),
                tls,
                replicas,
                agency_bytes: streams.agency_bytes,
                order_bytes: streams.order_bytes,
            }),
        })
    }
}

/// Copies given files into the folder, or the shipped ones.
fn lay_down(to: &Path, from: Option<&Path>, shipped: &[(&str, &str)]) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::Other(format!("{}: {e}", to.display()));
    fs::create_dir_all(to).map_err(failed)?;
    let Some(from) = from else {
        return shipped
            .iter()
            .try_for_each(|(name, text)| fs::write(to.join(name), text).map_err(failed));
    };
    for entry in
        fs::read_dir(from).map_err(|e| Failure::Usage(format!("{}: {e}", from.display())))?
    {
        let path = entry.map_err(failed)?.path();
        if let Some(name) = path
            .file_name()
            .filter(|_| path.extension().is_some_and(|e| e == "toml"))
        {
            fs::copy(&path, to.join(name)).map_err(failed)?;
        }
    }
    Ok(())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// 32 bytes of 64 hexadecimal digits.
fn key_from_hex(text: &str) -> Option<[u8; 32]> {
    let byte = |i| {
        text.get(i..i + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    let bytes: Vec<u8> = (0..64).step_by(2).map(byte).collect::<Option<_>>()?;
    <[u8; 32]>::try_from(bytes)
        .ok()
        .filter(|_| text.len() == 64)
}

/// Ports that are free now. Kept in `hub.toml`, so that addresses stay the same: they lie below those that the system gives to
/// outgoing connections, which would take one while its service is down. Where the search begins differs from process to
/// process, so that two hubs made at once don't choose the same.
fn free_ports(count: usize) -> Result<Vec<SocketAddr>, Failure> {
    let (first, last) = (20_000, 32_000_u16);
    let spread = std::process::id().wrapping_mul(37) % u32::from(last - first);
    let start = first + u16::try_from(spread).unwrap_or(0);
    let ports = (start..last).chain(first..start);
    let free = ports.filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    let listeners: Vec<TcpListener> = free.take(count).collect();
    if listeners.len() < count {
        let text = format!("{count} free ports are needed between {first} and {last}");
        return Err(Failure::Other(text));
    }
    listeners
        .iter()
        .map(|l| l.local_addr().map_err(Failure::other))
        .collect()
}
