//! Wiring: options → run → a cheap handle.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use diogel_contract::{
    explained::Explained,
    v1::{
        board_service_server::BoardServiceServer, emergency_service_server::EmergencyServiceServer,
        key_service_server::KeyServiceServer, protocol_service_server::ProtocolServiceServer,
        publishing_service_server::PublishingServiceServer,
        reconcile_service_client::ReconcileServiceClient,
    },
};
use diogel_domain::{codes::Sector, ids::AgencyId};
use diogel_event_log::{
    entry::Place,
    journal::{Journal, JournalError, JournalName, JournalOptions, Links},
    log::Outlet,
};
use diogel_identity::{
    AllowError, AllowFile, Door, People, PeopleError, PeopleFile, Principal, PublicKey, Refusals,
    Reloading, Role, SigningError, TlsError, allow::Pattern, connect, incoming, private_file,
};
use diogel_ops::{DECODE_LIMIT, ENCODE_LIMIT, Shutdown, bind, limits};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};
use tonic::transport::Server;

use crate::{
    board::Board,
    config::{AgencyConfig, SERVICES},
    emergency::Emergency,
    forward,
    gate::Gate,
    handlers::Publishing,
    health,
    intake::Intake,
    key_in_force::KeyInForce,
    keys::Keys,
    profile::{self, ProfileError},
    protocols::Protocols,
    receipts::Receipts,
    reconcile::Reconciling,
    recover::RestoredMark,
    signing::{self, KeyFiles},
};

/// How long connections may hold the journal after the server has ended.
const LETTING_GO: Duration = Duration::from_secs(2);

/// Where a service's log ends: a broker's outlet, or the journals themselves.
pub type LogEnd = Box<dyn FnOnce(&Journal) -> Arc<dyn Outlet> + Send>;

/// Why a service can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The allowlist.
    #[error(transparent)]
    Allow(#[from] AllowError),
    /// Who vouches for people.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The signing key.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The address.
    #[error(transparent)]
    Bind(#[from] diogel_ops::BindError),
    /// The configuration contradicts itself.
    #[error("{0}")]
    Config(String),
}

/// A running service.
pub struct AgencyHandle {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its journal.
    pub journal: Journal,
    /// Its public signing key.
    pub public_key: PublicKey,
    tasks: Vec<JoinHandle<()>>,
    released: mpsc::Receiver<()>,
}

impl AgencyHandle {
    /// Waits until the journal takes nothing any more (a full disk, a failing one), and says so. A restart finds out what is on the
    /// disk; until then the service answers UNAVAILABLE.
    pub async fn failed(&self) -> String {
        self.journal.stopped().await;
        format!(
            "the journal in {} takes nothing any more",
            self.journal.folder().display()
        )
    }

    /// Waits until everything has ended, after a shutdown was requested.
    pub async fn ended(mut self) {
        for task in self.tasks {
            // A task that panicked has said so already.
            let _ = task.await;
        }
        // A connection's task lets go of the journal a moment after the server has ended: the folder is free only then.
        let _ = tokio::time::timeout(LETTING_GO, self.released.recv()).await;
    }
}

/// Starts an agency's service.
pub async fn start(
    config: AgencyConfig,
    log: LogEnd,
    shutdown: Shutdown,
) -> Result<AgencyHandle, StartError> {
    check(&config)?;
    let tls = Reloading::start(config.tls.clone())?;
    let allow = Reloading::start(AllowFile {
        path: config.allow.clone(),
        services: &SERVICES,
    })?;
    check_own(&config, &tls.own())?;
    let (held, released) = mpsc::channel(1);
    let mark = RestoredMark::new(&config.data);
    let files = KeyFiles::new(&config.data);
    let intake = Arc::new(open(&config, &files, held).await?);
    let listener = bind(config.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|e| StartError::Config(e.to_string()))?;
    let outlet = log(&intake.journal);
    let gate = Gate::new(mark.is_there());
    let (admitted, admitted_seen) = watch::channel(Place::START);
    let (resend, resend_asked) = watch::channel(None);
    let mut reconciling = if config.projection.is_empty() {
        None
    } else {
        let told = Told { admitted, resend };
        Some(reconciling(&config, &intake, &tls, told, &gate, mark)?)
    };
    if let Some(reconciling) = &mut reconciling {
        reconciling.first_word().await;
    }
    gate.open();
    // Nobody else closes the gate or appends yet.
    signing::name_next_key(&intake, &files, &gate).await?;
    let journal = intake.journal.clone();
    let forwarding = forward::run(journal, outlet, resend_asked, shutdown.clone());
    let mut tasks = vec![tokio::spawn(forwarding)];
    tasks.extend(reconciling.map(|r| tokio::spawn(r.run(shutdown.clone()))));
    let receipts = Receipts {
        intake: Arc::clone(&intake),
        admitted: admitted_seen,
    };
    let (reporter, health) = tonic_health::server::health_reporter();
    tasks.push(tokio::spawn(health::run(
        reporter,
        gate.clone(),
        intake.journal.clone(),
        shutdown.clone(),
    )));
    // Refusals here are for the telemetry: the journal is for events.
    let people = config
        .people
        .clone()
        .map(|path| People::start(PeopleFile { path }));
    let door =
        Door::new(allow, tls.clone(), Refusals::start(|_| ())).with_people(people.transpose()?);
    let health = Explained::new(door.guards(health));
    let server = server(&intake, receipts, gate, &door).add_service(health);
    let incoming = incoming(listener, tls);
    tasks.push(tokio::spawn(async move {
        let result = server
            .serve_with_incoming_shutdown(incoming, shutdown.signal())
            .await;
        if let Err(error) = result {
            tracing::error!(%error, "server ended");
        }
    }));
    let public_key = intake.signing.load().public_key();
    Ok(AgencyHandle {
        address,
        journal: intake.journal.clone(),
        public_key,
        tasks,
        released,
    })
}

fn check(config: &AgencyConfig) -> Result<(), StartError> {
    let mark = RestoredMark::new(&config.data);
    if mark.is_there() && config.projection.is_empty() {
        return Err(StartError::Config(format!(
            "{mark} says that the journal was restored from a copy, and `projection` is empty: only the projection knows what was \
             admitted since; set its address"
        )));
    }
    Ok(())
}

/// Under another's certificate the projection would take this service for somebody else, or for nobody.
fn check_own(config: &AgencyConfig, own: &Principal) -> Result<(), StartError> {
    let names = (own.board(), own.agency(), own.role());
    if names == (config.board.as_str(), config.agency.as_str(), Role::Service) {
        return Ok(());
    }
    Err(StartError::Config(format!(
        "tls.cert names {own}; this process is a service of {}: issue diogel://{}/{1}/service/…",
        config.agency, config.board,
    )))
}

async fn open(
    config: &AgencyConfig,
    files: &KeyFiles,
    held: mpsc::Sender<()>,
) -> Result<Intake, StartError> {
    let profiles = profile::read_all(&config.profiles)?;
    let agencies: Vec<AgencyId> = profiles.iter().map(|p| p.id.clone()).collect();
    let profile = profiles
        .into_iter()
        .find(|p| p.id.as_str() == config.agency)
        .ok_or_else(|| ProfileError::Missing(config.agency.clone()))?;
    private_file::create_folder(&config.data)
        .map_err(|e| StartError::Config(format!("{}: {e}", config.data.display())))?;
    let signing = files.load_or_create()?;
    let journal = open_journal(config).await?;
    Ok(Intake {
        board: config.board.clone(),
        defaults: config.defaults().map_err(StartError::Config)?,
        policy: config.policy().map_err(StartError::Config)?,
        profile,
        agencies,
        journal,
        signing: Arc::new(ArcSwap::from_pointee(signing)),
        held,
    })
}

async fn open_journal(config: &AgencyConfig) -> Result<Journal, StartError> {
    let name = JournalName {
        board: config.board.clone(),
        agency: config.agency.clone(),
    };
    let check = |event: &[u8]| {
        let (own, previous) = diogel_contract::envelope::links(event)?;
        Some(Links { own, previous })
    };
    let options = JournalOptions::new(name, check);
    let folder = config.data.join("journal");
    let opened = tokio::task::spawn_blocking(move || Journal::open(folder, &options)).await;
    let opened =
        opened.map_err(|e| StartError::Config(format!("the journal could not be opened: {e}")))?;
    Ok(opened?)
}

/// Where reconciling tells what it was told.
struct Told {
    admitted: watch::Sender<Place>,
    resend: watch::Sender<Option<Place>>,
}

fn reconciling(
    config: &AgencyConfig,
    intake: &Arc<Intake>,
    tls: &Arc<Reloading>,
    told: Told,
    gate: &Gate,
    mark: RestoredMark,
) -> Result<Reconciling, StartError> {
    let config_error = |e: &dyn std::fmt::Display| StartError::Config(e.to_string());
    let expected =
        Pattern::of_role(&config.board, None, Role::Projection).map_err(|e| config_error(&e))?;
    let channel =
        connect(&config.projection, tls.clone(), Some(expected)).map_err(|e| config_error(&e))?;
    Ok(Reconciling {
        intake: Arc::clone(intake),
        client: ReconcileServiceClient::new(channel).max_decoding_message_size(16 * 1024 * 1024),
        admitted: told.admitted,
        resend: told.resend,
        gate: gate.clone(),
        mark,
        key: KeyInForce::new(KeyFiles::new(&config.data)),
    })
}

fn server(
    intake: &Arc<Intake>,
    receipts: Receipts,
    gate: Gate,
    door: &Door,
) -> tonic::transport::server::Router {
    let publishing = Publishing {
        intake: Arc::clone(intake),
        receipts: receipts.clone(),
        gate: gate.clone(),
    };
    let publishing = PublishingServiceServer::new(publishing)
        .max_decoding_message_size(DECODE_LIMIT)
        .max_encoding_message_size(ENCODE_LIMIT);
    let keys = KeyServiceServer::new(Keys::new(Arc::clone(intake), gate.clone()))
        .max_decoding_message_size(DECODE_LIMIT);
    let emergency = EmergencyServiceServer::new(Emergency {
        intake: Arc::clone(intake),
        receipts: receipts.clone(),
        gate: gate.clone(),
    })
    .max_decoding_message_size(DECODE_LIMIT);
    let protocols = ProtocolServiceServer::new(Protocols {
        intake: Arc::clone(intake),
        receipts: receipts.clone(),
        gate: gate.clone(),
    })
    .max_decoding_message_size(DECODE_LIMIT);
    let is_board = intake.profile.sector == Sector::Board;
    let board = is_board.then(|| {
        let board = Board {
            intake: Arc::clone(intake),
            receipts,
            gate,
        };
        let board = BoardServiceServer::new(board).max_decoding_message_size(DECODE_LIMIT);
        Explained::new(door.guards(board))
    });
    limits(Server::builder())
        .add_service(Explained::new(door.guards(publishing)))
        .add_service(Explained::new(door.guards(keys)))
        .add_service(Explained::new(door.guards(emergency)))
        .add_service(Explained::new(door.guards(protocols)))
        .add_optional_service(board)
}
