//! A whole hub in one process: every agency's service, the projection, and the log between them.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use diogel_agency::{AgencyHandle, LogEnd};
use diogel_event_log::{
    embedded::{EmbeddedLog, NoReplicas},
    entry::{Entry, Place},
    jetstream::{
        Access, JetStreamInlets, JetStreamOrder, JetStreamOutlet, Link, names::Role as NatsRole,
        verify,
    },
    journal::JournalError,
    log::{Inlet, Inlets, LogError, Outlet},
};
use diogel_identity::{Reloading, Role, TlsFiles};
use diogel_ops::Shutdown;
use diogel_projection::{LogEnds, ProjectionHandle, config::StoreKind};
use futures_util::future::{BoxFuture, select_all};

use crate::{
    failure::Failure,
    folder::{BOARD, Folder},
    nats, register, show,
};

/// How often certificates and the revocation list are looked after.
const CERTIFICATES_EVERY: Duration = Duration::from_hours(12);

/// How long the first words may take to be folded.
const SIGNING: Duration = Duration::from_secs(30);

/// How often a journal is looked for whose agency is starting.
const JOURNAL_SOON: Duration = Duration::from_millis(20);

/// How a hub is to run.
pub(crate) struct Options {
    pub(crate) nats: Vec<String>,
    pub(crate) replicas: usize,
    pub(crate) store: StoreKind,
    /// Who vouches for people; none: whom the folder names.
    pub(crate) people: Option<PathBuf>,
    /// Indicators of a quarter that isn't over: for a demonstration.
    pub(crate) early_releases: bool,
}

/// A running hub.
pub(crate) struct RunningHub {
    pub(crate) agencies: BTreeMap<String, AgencyHandle>,
    pub(crate) projection: ProjectionHandle,
    shutdown: Shutdown,
}

impl RunningHub {
    /// As [`Self::start`]; none if the end was asked for before everything had started.
    pub(crate) async fn start_unless(
        folder: &Folder,
        options: &Options,
        shutdown: &Shutdown,
    ) -> Result<Option<Self>, Failure> {
        let started = tokio::select! {
            started = Self::start(folder, options, shutdown.clone()) => Some(started),
            () = shutdown.requested() => None,
        };
        match started {
            // A start fails, too, once its services have heard of the end.
            Some(Err(_)) | None if shutdown.is_requested() => {
                show::note("ended before everything had started; the same command begins again");
                Ok(None)
            }
            Some(started) => started.map(Some),
            None => Ok(None),
        }
    }

    /// Starts everything, and has the Board register the agencies and adopt the protocols.
    async fn start(
        folder: &Folder,
        options: &Options,
        shutdown: Shutdown,
    ) -> Result<Self, Failure> {
        let log = EmbeddedLog::default();
        let ids: Vec<String> = folder.file.agencies.keys().cloned().collect();
        let mut config =
            folder.projection_config(options.store, &options.nats, options.replicas)?;
        config.people = options.people.clone().or(config.people);
        config.early_releases = options.early_releases;
        let ends = log_ends(folder, options, log.clone(), &ids).await?;
        // Before the agencies: each asks it, before it takes anything in, whether its journal lacks what was admitted.
        let projection = diogel_projection::start(config, ends, shutdown.clone())
            .await
            .map_err(|e| projection_refusal(&e))?;
        let mut agencies = BTreeMap::new();
        for id in &ids {
            let handle = start_agency(folder, id, options, &log, shutdown.clone()).await?;
            agencies.insert(id.clone(), handle);
        }
        let hub = Self {
            agencies,
            projection,
            shutdown,
        };
        let said = register::everything(folder).await?;
        // What is published before the signatures count is for nobody: no flow is in force yet.
        if hub.settled(SIGNING).await.is_err() {
            show::note(
                "the protocols' signatures aren't folded yet; what is published before isn't shared",
            );
        }
        let of = folder.clone();
        tokio::spawn(async move {
            for said in said {
                // Only a note: the services run.
                said.judged(&of).await.unwrap_or_default();
            }
        });
        tokio::spawn(keep_certificates(folder.clone(), hub.shutdown.clone()));
        Ok(hub)
    }

    /// Returns when the end is asked for, or when a journal or the projection can't go on.
    pub(crate) async fn until(&self, shutdown: &Shutdown) -> Result<(), Failure> {
        let journals = self
            .agencies
            .values()
            .map(|agency| Box::pin(agency.failed()));
        tokio::select! {
            () = shutdown.requested() => Ok(()),
            why = self.projection.failed() => Err(Failure::Unavailable(format!("{why}; start it again"))),
            (why, ..) = select_all(journals) => Err(Failure::Unavailable(format!("{why}; start it again"))),
        }
    }

    /// Waits until everything that was accepted has been folded.
    pub(crate) async fn settled(&self, patience: Duration) -> Result<(), Failure> {
        let wait = async {
            let mut folded = self.projection.folded.clone();
            loop {
                let position = *folded.borrow_and_update();
                if self.has_all_up_to(position).await? {
                    return Ok(());
                }
                if folded.changed().await.is_err() {
                    let text = "the projection has ended; start the hub again";
                    return Err(Failure::Unavailable(text.into()));
                }
            }
        };
        let late = |_| Failure::Unavailable("the projection did not catch up in time".into());
        tokio::time::timeout(patience, wait).await.map_err(late)?
    }

    /// Every journal's last event, and with it all before it, was given a position up to this one.
    async fn has_all_up_to(&self, position: u64) -> Result<bool, Failure> {
        for agency in self.agencies.values() {
            let head = agency.journal.head();
            if head.place == Place::START {
                continue;
            }
            let given = self.projection.order.position_of(head.digest).await;
            let given = given.map_err(Failure::other)?;
            if given.is_none_or(|given| given > position) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Ends everything in order; asked once more, at once: what was accepted is on the disk.
    pub(crate) async fn stop(self) {
        self.shutdown.request();
        let in_order = async {
            self.projection.ended().await;
            for agency in self.agencies.into_values() {
                agency.ended().await;
            }
        };
        tokio::select! {
            () = in_order => {}
            _ = tokio::signal::ctrl_c() => show::note("ended at once"),
        }
    }
}

/// A hub that runs for weeks outlives its revocation list, which holds for days.
async fn keep_certificates(folder: Folder, shutdown: Shutdown) {
    loop {
        tokio::select! {
            () = shutdown.requested() => return,
            () = tokio::time::sleep(CERTIFICATES_EVERY) => {}
        }
        let folder = folder.clone();
        let kept = tokio::task::spawn_blocking(move || folder.keep_certificates()).await;
        if let Ok(Err(error)) = kept {
            tracing::warn!(%error, "certificates could not be renewed");
        }
    }
}

/// A journal that another process has open is free once that one has ended.
fn agency_refusal(id: &str, error: &diogel_agency::StartError) -> Failure {
    use diogel_agency::StartError;
    let text = format!("agency {id}: {error}");
    match error {
        StartError::Journal(JournalError::InUse(_)) | StartError::Bind(_) => {
            Failure::Unavailable(text)
        }
        StartError::Profile(_) | StartError::Allow(_) | StartError::People(_) => {
            Failure::Invalid(text)
        }
        StartError::Journal(_)
        | StartError::Tls(_)
        | StartError::Signing(_)
        | StartError::Config(_) => Failure::Other(text),
    }
}

fn projection_refusal(error: &diogel_projection::StartError) -> Failure {
    use diogel_projection::StartError;
    let text = format!("projection: {error}");
    match error {
        StartError::Journal(JournalError::InUse(_)) | StartError::Bind(_) => {
            Failure::Unavailable(text)
        }
        StartError::Allow(_) | StartError::People(_) => Failure::Invalid(text),
        _ => Failure::Other(text),
    }
}

async fn start_agency(
    folder: &Folder,
    id: &str,
    options: &Options,
    log: &EmbeddedLog,
    shutdown: Shutdown,
) -> Result<AgencyHandle, Failure> {
    let mut config = folder.agency_config(id, &options.nats)?;
    config.people = options.people.clone().or(config.people);
    let end: LogEnd = match &config.nats {
        None => {
            let (log, id) = (log.clone(), id.to_owned());
            Box::new(move |journal| {
                log.add(&id, journal.clone());
                Arc::new(EmbeddedEnd {
                    log: log.clone(),
                    id,
                })
            })
        }
        Some(nats) => {
            let link = link(
                nats.servers.clone(),
                &nats.tls,
                NatsRole::Agency(id.to_owned()),
            )
            .await?;
            let outlet = JetStreamOutlet::open(link, id)
                .await
                .map_err(|e| nats::refusal(&e))?;
            Box::new(move |_| Arc::new(outlet))
        }
    };
    diogel_agency::start(config, end, shutdown)
        .await
        .map_err(|e| agency_refusal(id, &e))
}

/// An embedded agency's end: there as soon as its journal is.
struct EmbeddedEnd {
    log: EmbeddedLog,
    id: String,
}

impl Outlet for EmbeddedEnd {
    fn offer(&self, entries: Vec<Entry>, resend: bool) -> BoxFuture<'_, Result<usize, LogError>> {
        Box::pin(async move { self.log.outlet(&self.id)?.offer(entries, resend).await })
    }
}

/// The projection's end of the embedded log. The projection starts before the agencies: it waits for each one's journal.
struct EmbeddedEnds(EmbeddedLog);

impl Inlets for EmbeddedEnds {
    fn inlet(&self, agency: &str, after: Place) -> BoxFuture<'_, Result<Box<dyn Inlet>, LogError>> {
        let agency = agency.to_owned();
        Box::pin(async move {
            loop {
                match self.0.inlet(&agency, after).await {
                    Err(LogError::Unavailable(_)) => tokio::time::sleep(JOURNAL_SOON).await,
                    opened => return opened,
                }
            }
        })
    }

    fn is_drained(&self, agency: &str) -> BoxFuture<'_, Result<bool, LogError>> {
        self.0.is_drained(agency)
    }
}

async fn log_ends(
    folder: &Folder,
    options: &Options,
    log: EmbeddedLog,
    agencies: &[String],
) -> Result<LogEnds, Failure> {
    if options.nats.is_empty() {
        return Ok(LogEnds {
            inlets: Arc::new(EmbeddedEnds(log)),
            order: Box::new(|head| Arc::new(NoReplicas::new(head))),
        });
    }
    let tls = folder.tls(BOARD, Role::Projection, "nats")?;
    let link = link(options.nats.clone(), &tls, NatsRole::Projection).await?;
    link.wait_ready(nats::READY)
        .await
        .map_err(|e| nats::refusal(&e))?;
    let streams = nats::streams(options.replicas);
    let ids: Vec<&str> = agencies.iter().map(String::as_str).collect();
    verify(&link, &ids, &streams)
        .await
        .map_err(|e| nats::refusal(&e).and("`diogel nats setup` makes the streams"))?;
    let order = JetStreamOrder::open(link.clone(), streams)
        .await
        .map_err(|e| nats::refusal(&e))?;
    Ok(LogEnds {
        inlets: Arc::new(JetStreamInlets::new(link, streams)),
        order: Box::new(move |_| Arc::new(order)),
    })
}

/// A connection to NATS.
pub(crate) async fn link(
    servers: Vec<String>,
    tls: &TlsFiles,
    role: NatsRole,
) -> Result<Link, Failure> {
    let tls = Reloading::load(tls.clone()).map_err(Failure::other)?;
    let access = Access {
        servers,
        role,
        tls: tls.current().plain_client(),
    };
    Link::open(access).await.map_err(|e| nats::refusal(&e))
}
