//! Wiring: options → run → a cheap handle.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_event_log::{
    journal::JournalError,
    log::{Inlets, LogError, OrderLog},
};
use diogel_identity::{
    AllowError, AllowFile, Door, People, PeopleError, PeopleFile, PublicKey, Refusals, Reloading,
    SigningError, SigningKey, TlsError, incoming, private_file,
};
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
    accesses::{Accesses, NotLetIn},
    config::{ProjectionConfig, SERVICES, StoreKind},
    cursor::Cursors,
    feed::{self, Feeding, Ground},
    indicating::Releases,
    key_client::{KeyClients, KeySource, Registered, Registry},
    measuring::Measuring,
    order::OrderJournal,
    pinned::{Pinned, check_own},
    serve::{Served, server},
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
    let pinned = Pinned::read(&config).map_err(StartError::Config)?;
    match config.store {
        StoreKind::Sled => start_on::<SledStore>(config, pinned, log, shutdown).await,
        StoreKind::Redb => start_on::<RedbStore>(config, pinned, log, shutdown).await,
    }
}

async fn start_on<S: FolderStore>(
    config: ProjectionConfig,
    pinned: Pinned,
    log: LogEnds,
    shutdown: Shutdown,
) -> Result<ProjectionHandle, StartError> {
    let tls = Reloading::start(config.tls.clone())?;
    check_own(&config, &tls.own()).map_err(StartError::Config)?;
    let allow = Reloading::start(AllowFile {
        path: config.allow.clone(),
        services: &SERVICES,
    })?;
    private_file::create_folder(&config.data)
        .map_err(|e| StartError::Config(format!("{}: {e}", config.data.display())))?;
    let key = SigningKey::load_or_create(&config.data.join("order.key"))?;
    let public_key = pinned.order_key.unwrap_or_else(|| key.public_key());
    let order = OrderJournal::open(&config.data.join("order"), &config.board, key).await?;
    let generations = ViewFolder::new(&config.data, config.store)?;
    let OpenView { views, generation } = generations.open::<S>(&order).await?;
    generations.tidy();
    let views = Arc::new(views);
    let listener = bind(config.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|e| StartError::Config(e.to_string()))?;
    let ground = Ground {
        keys: Arc::new(KeySource {
            clients: KeyClients::new(config.board.clone(), tls.clone()),
            registered: registered(&config, &pinned.board, &views),
        }),
        order,
        views,
        heard: Arc::default(),
        complete: Complete::default(),
        ended: Ended::default(),
        shutdown: shutdown.clone(),
    };
    let stream = (log.order)(ground.order.head());
    let board = pinned.board.clone();
    let feeding = Feeding {
        pinned,
        doubt: generations.doubt(),
        snapshot: config.data.join("chains"),
    };
    let (admission, mut tasks) = feed::start(&ground, feeding, &config, log.inlets, stream).await?;
    let (telling, folded) = watch::channel(ground.views.checkpoint().position);
    tasks.push(tokio::spawn(tell_folded(
        ground.views.clone(),
        telling,
        shutdown.clone(),
    )));
    let (held, released) = mpsc::channel(1);
    let accesses = Accesses::open(&config.data.join("accesses"), generations.opaque())
        .map_err(|e| StartError::Config(format!("access log: {e}")))?;
    let kept_in = config.data.join("releases");
    let indicators = Releases::open(kept_in, config.early_releases, accesses.clone())
        .map_err(|e| StartError::Config(format!("releases: {e}")))?;
    let kept = NotLetIn::new(accesses.clone(), &config.board, held.clone());
    let refusals = Refusals::start(move |refused| kept.keep(refused));
    let people = config
        .people
        .clone()
        .map(|path| People::start(PeopleFile { path }));
    let door = Door::new(allow, tls.clone(), refusals.clone()).with_people(people.transpose()?);
    let measuring = Measuring {
        views: ground.views.clone(),
        admission: admission.clone(),
        heard: ground.heard.clone(),
        order: ground.order.clone(),
        complete: ground.complete.clone(),
        tls: tls.clone(),
    };
    tasks.push(tokio::spawn(measuring.run(shutdown.clone())));
    let parts = Served {
        held,
        cursors: Cursors::new(generations.opaque(), generation),
        admission,
        accesses,
        releases: indicators,
        defaults: Arc::new(config.defaults().map_err(StartError::Config)?),
        refusals,
        board,
        tls: tls.clone(),
    };
    let (server, health) = server(&ground, parts, &door);
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
        order: ground.order,
        public_key,
        folded,
        ended: ground.ended.changed(),
        tasks,
        released,
    })
}

fn registered<S: FolderStore>(
    config: &ProjectionConfig,
    board: &AgencyId,
    views: &Arc<Folded<S>>,
) -> Registry {
    let (board, endpoint) = (board.clone(), config.board_endpoint.clone());
    let views = Arc::clone(views);
    Box::new(move |agency| {
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
            suspended: found.is_suspended(),
        })
    })
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
