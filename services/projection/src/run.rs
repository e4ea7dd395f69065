//! Wiring: options → run → a cheap handle.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
};

use arc_swap::ArcSwap;
use diogel_contract::v1::{
    reading_service_server::ReadingServiceServer, reconcile_service_server::ReconcileServiceServer,
};
use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_event_log::{
    journal::JournalError,
    log::{Inlets, LogError, OrderLog},
};
use diogel_identity::{
    Allowlist, Guard, PublicKey, Reloading, SigningError, SigningKey, TlsError, incoming,
};
use diogel_ops::{DECODE_LIMIT, ENCODE_LIMIT, Shutdown, bind, limits};
use diogel_views::{
    Folded,
    store::{RedbStore, SledStore},
};
use tokio::{sync::watch, task::JoinHandle};
use tonic::{service::interceptor::InterceptedService, transport::Server};

use crate::{
    admit::{Admission, Registered, Registry},
    chain::Chains,
    config::{ProjectionConfig, SERVICES, StoreKind},
    folding::{Complete, Following},
    heard::HeardBoard,
    key_client::KeyClients,
    order::OrderJournal,
    publish_order,
    reading::Reading,
    reconciling::Reconciling,
    supervise,
    view_folder::{FolderStore, OpenView, ViewError, ViewFolder},
};

/// The log's ends at the projection.
pub struct LogEnds {
    /// Where events come from.
    pub inlets: Arc<dyn Inlets>,
    /// Where the order goes; made once the order journal's head is known.
    pub order: Box<dyn FnOnce(u64) -> Arc<dyn OrderLog> + Send>,
}

/// Why a projection can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The order journal.
    #[error("order journal: {0}")]
    Journal(#[from] JournalError),
    /// The views.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
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

/// A running projection.
pub struct ProjectionHandle {
    /// Where it listens.
    pub address: SocketAddr,
    /// The order journal.
    pub order: OrderJournal,
    /// The key that signs the order.
    pub public_key: PublicKey,
    /// Positions folded.
    pub folded: watch::Receiver<u64>,
    tasks: Vec<JoinHandle<()>>,
}

impl ProjectionHandle {
    /// Waits until everything has ended, after a shutdown was requested.
    pub async fn ended(self) {
        for task in self.tasks {
            // A task that panicked has said so already.
            let _ = task.await;
        }
    }
}

/// The one place where the projection asks what time it is.
pub(crate) fn now() -> Moment {
    let nanos = time::OffsetDateTime::now_utc().unix_timestamp_nanos();
    Moment(i64::try_from(nanos / 1_000).unwrap_or(i64::MAX))
}

/// Starts a projection.
pub async fn start(
    config: ProjectionConfig,
    log: LogEnds,
    shutdown: Shutdown,
) -> Result<ProjectionHandle, StartError> {
    check(&config)?;
    match config.store {
        StoreKind::Sled => start_on::<SledStore>(config, log, shutdown).await,
        StoreKind::Redb => start_on::<RedbStore>(config, log, shutdown).await,
    }
}

fn check(config: &ProjectionConfig) -> Result<(), StartError> {
    for service in config.allow.services() {
        if !SERVICES.contains(&service) {
            let known = SERVICES.join(", ");
            return Err(StartError::Config(format!(
                "allow.\"{service}\" is no service of this process; it has {known}"
            )));
        }
    }
    Ok(())
}

async fn start_on<S: FolderStore>(
    config: ProjectionConfig,
    log: LogEnds,
    shutdown: Shutdown,
) -> Result<ProjectionHandle, StartError> {
    let tls = Reloading::start(config.tls.clone())?;
    std::fs::create_dir_all(&config.data)
        .map_err(|e| StartError::Config(format!("{}: {e}", config.data.display())))?;
    let key = SigningKey::load_or_create(&config.data.join("order.key"))?;
    let public_key = key.public_key();
    let order = OrderJournal::open(&config.data.join("order"), &config.board, key).await?;
    let opened = ViewFolder::new(&config.data, config.store)?
        .open::<S>(&order)
        .await?;
    let OpenView { views, generation } = opened;
    let views = Arc::new(views);
    let listener = bind(config.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|e| StartError::Config(e.to_string()))?;

    let heard = Arc::new(HeardBoard::default());
    let snapshot = config.data.join("chains");
    let (chains, at_view) = chains(&config, &order, &snapshot, views.checkpoint().position).await?;
    let (released, released_seen) = watch::channel(0);
    let complete = Complete::default();
    let stream = (log.order)(order.head());
    let admission = Arc::new(Admission {
        board: config.board.clone(),
        order: order.clone(),
        chains: Mutex::new(chains),
        heard: Arc::clone(&heard),
        keys: KeyClients::new(config.board.clone(), tls.clone()),
        inlets: log.inlets,
        registered: registered(&config, &views)?,
    });
    let following = Following {
        order: order.clone(),
        views: Arc::clone(&views),
        heard: Arc::clone(&heard),
        complete: complete.clone(),
        chains: at_view,
        snapshot,
        released: released_seen,
    };
    let board = board_agency(&config)?;
    let (folded, folded_seen) = watch::channel(views.checkpoint().position);
    let journal = order.journal().clone();
    let publishing = publish_order::run(journal, stream, released, shutdown.clone());
    let supervising = supervise::run(admission.clone(), views.clone(), board, shutdown.clone());
    let mut tasks = vec![
        tokio::spawn(following.run(shutdown.clone())),
        tokio::spawn(tell_folded(views.clone(), folded, shutdown.clone())),
        tokio::spawn(async move {
            // Fenced: what another projection orders is not ours to order. Admission ends with it.
            tokio::select! {
                result = publishing => if let Err(error) = result {
                    tracing::error!(%error, "admitting ended");
                },
                () = supervising => {}
            }
        }),
    ];
    let parts = Served {
        views,
        generation,
        complete,
        heard,
        admission,
    };
    let server = server(&config, parts, &tls);
    let incoming = incoming(listener, tls);
    tasks.push(tokio::spawn(async move {
        let result = server
            .serve_with_incoming_shutdown(incoming, shutdown.signal())
            .await;
        if let Err(error) = result {
            tracing::error!(%error, "server ended");
        }
    }));
    Ok(ProjectionHandle {
        address,
        order,
        public_key,
        folded: folded_seen,
        tasks,
    })
}

struct Served<S> {
    views: Arc<Folded<S>>,
    generation: u64,
    complete: Complete,
    heard: Arc<HeardBoard>,
    admission: Arc<Admission>,
}

fn server<S: FolderStore>(
    config: &ProjectionConfig,
    parts: Served<S>,
    tls: &Arc<Reloading>,
) -> tonic::transport::server::Router {
    let allow: Arc<ArcSwap<Allowlist>> = Arc::new(ArcSwap::from_pointee(config.allow.clone()));
    let guard = |service: &str| Guard::new(service, allow.clone(), tls.clone());
    let reading = Reading {
        views: Arc::clone(&parts.views),
        generation: parts.generation,
        complete: parts.complete,
        heard: parts.heard,
        guard: guard(SERVICES[0]),
    };
    let reading = ReadingServiceServer::new(reading)
        .max_decoding_message_size(DECODE_LIMIT)
        .max_encoding_message_size(ENCODE_LIMIT);
    let reconciling = Reconciling {
        admission: parts.admission,
        views: parts.views,
    };
    // A recovery carries two hundred events of up to 48 KiB.
    let reconciling = ReconcileServiceServer::new(reconciling)
        .max_decoding_message_size(DECODE_LIMIT)
        .max_encoding_message_size(4 * ENCODE_LIMIT);
    limits(Server::builder())
        .add_service(InterceptedService::new(reading, guard(SERVICES[0])))
        .add_service(InterceptedService::new(reconciling, guard(SERVICES[1])))
}

/// Chains as of the order journal's head, and as of the view's checkpoint: from the snapshot where it agrees, and the records
/// since.
async fn chains(
    config: &ProjectionConfig,
    order: &OrderJournal,
    snapshot: &Path,
    view: u64,
) -> Result<(Chains, Chains), StartError> {
    let fresh = Chains::new(board_agency(config)?, genesis_key(config)?);
    let stored: Option<Chains> = std::fs::read(snapshot)
        .ok()
        .and_then(|b| postcard::from_bytes(&b).ok());
    let mut chains = stored
        .filter(|c| c.position <= view.min(order.head()))
        .unwrap_or(fresh);
    let mut at_view = None;
    loop {
        if chains.position == view {
            at_view = Some(chains.clone());
        }
        let records = order.read(chains.position, 1_000).await?;
        if records.is_empty() {
            break;
        }
        for record in &records {
            if chains.position == view {
                at_view = Some(chains.clone());
            }
            chains.apply(&record.event);
        }
    }
    let at_view = at_view.unwrap_or_else(|| chains.clone());
    Ok((chains, at_view))
}

fn board_agency(config: &ProjectionConfig) -> Result<AgencyId, StartError> {
    AgencyId::new(config.board_agency.as_str())
        .map_err(|e| StartError::Config(format!("board_agency: {e}")))
}

fn genesis_key(config: &ProjectionConfig) -> Result<[u8; 32], StartError> {
    let text = config.genesis_key.as_str();
    let byte = |i| {
        text.get(i..i + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(byte).collect();
    let key = bytes
        .and_then(|b| <[u8; 32]>::try_from(b).ok())
        .filter(|_| text.len() == 64);
    key.ok_or_else(|| {
        StartError::Config(
            "genesis_key: must be the Board's first public key, 64 hexadecimal digits".into(),
        )
    })
}

fn registered<S: FolderStore>(
    config: &ProjectionConfig,
    views: &Arc<Folded<S>>,
) -> Result<Registry, StartError> {
    let (board, endpoint) = (board_agency(config)?, config.board_endpoint.clone());
    let views = Arc::clone(views);
    Ok(Box::new(move |agency| {
        if *agency == board {
            return Some(Registered {
                endpoint: endpoint.clone(),
                suspended: false,
            });
        }
        let registry = views.registry();
        let found = registry.agency(agency)?;
        Some(Registered {
            endpoint: found.facts.endpoint.clone(),
            suspended: found.suspended,
        })
    }))
}

async fn tell_folded<S: FolderStore>(
    views: Arc<Folded<S>>,
    folded: watch::Sender<u64>,
    shutdown: Shutdown,
) {
    let mut changed = views.changed();
    loop {
        folded.send_replace(changed.borrow_and_update().position);
        tokio::select! {
            changed = changed.changed() => if changed.is_err() { return },
            () = shutdown.requested() => return,
        }
    }
}
