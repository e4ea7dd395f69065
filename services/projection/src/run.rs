//! Wiring: options → run → a cheap handle.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_event_log::{
    journal::JournalError,
    log::{Inlets, LogError, OrderLog},
};
use diogel_identity::{PublicKey, Reloading, SigningError, SigningKey, TlsError, incoming};
use diogel_ops::{Shutdown, bind};
use diogel_views::{
    Folded,
    store::{RedbStore, SledStore},
};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};

use crate::{
    chain::Chains,
    config::{Mode, ProjectionConfig, SERVICES, StoreKind},
    feed::Feed,
    folding::Following,
    heard::HeardBoard,
    key_client::{KeyClients, KeySource, Registered, Registry},
    order::OrderJournal,
    serve::{Served, server},
    snapshot,
    standing::{Complete, Ended},
    view_folder::{FolderStore, OpenView, ViewError, ViewFolder},
};

/// How long connections may take to let go of journal and views.
const LETTING_GO: Duration = Duration::from_secs(2);

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
    ended: watch::Receiver<Option<String>>,
    tasks: Vec<JoinHandle<()>>,
    released: mpsc::Receiver<()>,
}

impl ProjectionHandle {
    /// Waits until the projection can't go on without a restart (another one took its place, the view is damaged), and says why.
    /// It answers UNAVAILABLE from then on.
    pub async fn failed(&self) -> String {
        let mut ended = self.ended.clone();
        let why = ended.wait_for(Option::is_some).await.ok();
        let why = why.and_then(|why| why.clone());
        match why {
            Some(why) => why,
            None => std::future::pending().await,
        }
    }

    /// Waits until everything has ended, after a shutdown was requested.
    pub async fn ended(mut self) {
        for task in self.tasks {
            // A task that panicked has said so already.
            let _ = task.await;
        }
        // A connection's task lets go of journal and views a moment after the server has ended: the folder is free only then.
        let _ = tokio::time::timeout(LETTING_GO, self.released.recv()).await;
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
    let pinned = config.order_key.is_some();
    match (config.mode, pinned) {
        (Mode::Replica, false) => Err(StartError::Config(
            "order_key: a replica needs the admitting projection's public key".into(),
        )),
        (Mode::Admitting, true) => Err(StartError::Config(
            "order_key: is a replica's; this projection signs with its own".into(),
        )),
        (Mode::Replica, true) | (Mode::Admitting, false) => Ok(()),
    }
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
    let own_key = key.public_key();
    let order = OrderJournal::open(&config.data.join("order"), &config.board, key).await?;
    let folder = ViewFolder::new(&config.data, config.store)?;
    let OpenView { views, generation } = folder.open::<S>(&order).await?;
    folder.tidy();
    let views = Arc::new(views);
    let listener = bind(config.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|e| StartError::Config(e.to_string()))?;

    let heard = Arc::new(HeardBoard::default());
    let snapshot = config.data.join("chains");
    let fresh = Chains::new(board_agency(&config)?, genesis_key(&config)?);
    let position = views.checkpoint().position;
    let (chains, at_view) = snapshot::chains(fresh, &order, &snapshot, position).await?;
    let (released, released_seen) = watch::channel(None);
    let (complete, ended) = (Complete::default(), Ended::default());
    let keys = Arc::new(KeySource {
        clients: KeyClients::new(config.board.clone(), tls.clone()),
        registered: registered(&config, &views)?,
    });
    let following = Following {
        order: order.clone(),
        views: Arc::clone(&views),
        heard: Arc::clone(&heard),
        complete: complete.clone(),
        ended: ended.clone(),
        chains: at_view,
        snapshot,
        keys: Arc::clone(&keys),
        doubt: folder.doubt(),
        released: released_seen,
    };
    let (telling, told) = watch::channel(position);
    let mut tasks = vec![
        tokio::spawn(following.run(shutdown.clone())),
        tokio::spawn(tell_folded(views.clone(), telling, shutdown.clone())),
    ];
    let feed = Feed {
        order: order.clone(),
        chains,
        keys,
        heard: Arc::clone(&heard),
        views: Arc::clone(&views),
        released,
        ended: ended.clone(),
        shutdown: shutdown.clone(),
    };
    let stream = (log.order)(order.head());
    let (admission, public_key) = match &config.order_key {
        None => (
            Some(feed.admitting(&config, log.inlets, stream, &mut tasks)?),
            own_key,
        ),
        Some(pinned) => {
            let pinned = order_key(pinned)?;
            tasks.push(feed.replica(stream, pinned));
            (None, pinned)
        }
    };
    let (held, let_go) = mpsc::channel(1);
    let parts = Served {
        held,
        views,
        generation,
        complete,
        ended: ended.clone(),
        heard,
        admission,
    };
    let (server, health) = server(&config, parts, &tls);
    tasks.push(tokio::spawn(health.run(shutdown.clone())));
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
        folded: told,
        ended: ended.changed(),
        tasks,
        released: let_go,
    })
}

pub(crate) fn board_agency(config: &ProjectionConfig) -> Result<AgencyId, StartError> {
    AgencyId::new(config.board_agency.as_str())
        .map_err(|e| StartError::Config(format!("board_agency: {e}")))
}

fn genesis_key(config: &ProjectionConfig) -> Result<[u8; 32], StartError> {
    hex_key(&config.genesis_key).ok_or_else(|| {
        StartError::Config(
            "genesis_key: must be the Board's first public key, 64 hexadecimal digits".into(),
        )
    })
}

fn order_key(text: &str) -> Result<PublicKey, StartError> {
    let key = hex_key(text).and_then(|key| PublicKey::from_bytes(&key).ok());
    key.ok_or_else(|| {
        StartError::Config(
            "order_key: must be the admitting projection's public key, 64 hexadecimal digits"
                .into(),
        )
    })
}

fn hex_key(text: &str) -> Option<[u8; 32]> {
    let byte = |i| {
        text.get(i..i + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(byte).collect();
    bytes
        .and_then(|b| <[u8; 32]>::try_from(b).ok())
        .filter(|_| text.len() == 64)
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
