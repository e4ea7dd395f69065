//! A whole hub in one process: every agency's service, the projection, and the log between them.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use diogel_agency::{AgencyHandle, LogEnd};
use diogel_event_log::{
    embedded::{EmbeddedLog, NoReplicas},
    jetstream::{
        Access, JetStreamInlets, JetStreamOrder, JetStreamOutlet, Link, names::Role as NatsRole,
        verify,
    },
    log::Outlet,
};
use diogel_identity::{Reloading, Role, TlsFiles};
use diogel_ops::Shutdown;
use diogel_projection::{LogEnds, ProjectionHandle, config::StoreKind};

use crate::{
    failure::Failure,
    folder::{BOARD, Folder},
    nats, register,
};

/// How a hub is to run.
pub(crate) struct Options {
    pub(crate) nats: Vec<String>,
    pub(crate) replicas: usize,
    pub(crate) store: StoreKind,
}

/// A running hub.
pub(crate) struct RunningHub {
    pub(crate) agencies: BTreeMap<String, AgencyHandle>,
    pub(crate) projection: ProjectionHandle,
    shutdown: Shutdown,
}

impl RunningHub {
    /// Starts everything, and has the Board register the agencies and adopt the protocols.
    pub(crate) async fn start(
        folder: &Folder,
        options: &Options,
        shutdown: Shutdown,
    ) -> Result<Self, Failure> {
        let log = EmbeddedLog::default();
        let mut agencies = BTreeMap::new();
        let ids: Vec<String> = folder.file.agencies.keys().cloned().collect();
        for id in &ids {
            let handle = start_agency(folder, id, options, &log, shutdown.clone()).await?;
            agencies.insert(id.clone(), handle);
        }
        let config = folder.projection_config(options.store, &options.nats, options.replicas)?;
        let ends = log_ends(folder, options, log, &ids).await?;
        let projection = diogel_projection::start(config, ends, shutdown.clone())
            .await
            .map_err(Failure::other)?;
        let hub = Self {
            agencies,
            projection,
            shutdown,
        };
        register::everything(folder).await?;
        Ok(hub)
    }

    /// Waits until everything that was accepted has been folded.
    pub(crate) async fn settled(&self, patience: Duration) -> Result<(), Failure> {
        let accepted = || -> u64 {
            self.agencies
                .values()
                .map(|a| a.journal.head().place.seq)
                .sum()
        };
        let wait = async {
            let mut folded = self.projection.folded.clone();
            while *folded.borrow_and_update() < accepted() {
                if folded.changed().await.is_err() {
                    break;
                }
            }
        };
        tokio::time::timeout(patience, wait)
            .await
            .map_err(|_| Failure::Unavailable("the projection did not catch up in time".into()))
    }

    /// Ends everything in order.
    pub(crate) async fn stop(self) {
        self.shutdown.request();
        self.projection.ended().await;
        for agency in self.agencies.into_values() {
            agency.ended().await;
        }
    }
}

async fn start_agency(
    folder: &Folder,
    id: &str,
    options: &Options,
    log: &EmbeddedLog,
    shutdown: Shutdown,
) -> Result<AgencyHandle, Failure> {
    let config = folder.agency_config(id, &options.nats)?;
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
                .map_err(Failure::other)?;
            Box::new(move |_| Arc::new(outlet))
        }
    };
    diogel_agency::start(config, end, shutdown)
        .await
        .map_err(|e| Failure::Other(format!("agency {id}: {e}")))
}

/// An embedded agency's end: there as soon as its journal is.
struct EmbeddedEnd {
    log: EmbeddedLog,
    id: String,
}

impl Outlet for EmbeddedEnd {
    fn offer(
        &self,
        entries: Vec<diogel_event_log::entry::Entry>,
        resend: bool,
    ) -> std::pin::Pin<
        Box<dyn Future<Output = Result<usize, diogel_event_log::log::LogError>> + Send + '_>,
    > {
        Box::pin(async move { self.log.outlet(&self.id)?.offer(entries, resend).await })
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
            inlets: Arc::new(log),
            order: Box::new(|head| Arc::new(NoReplicas::new(head))),
        });
    }
    let tls = folder.tls(BOARD, Role::Projection, "nats")?;
    let link = link(options.nats.clone(), &tls, NatsRole::Projection).await?;
    link.wait_ready(Duration::from_secs(10))
        .await
        .map_err(|e| Failure::Unavailable(format!("NATS: {e}")))?;
    let streams = nats::streams(options.replicas);
    let ids: Vec<&str> = agencies.iter().map(String::as_str).collect();
    verify(&link, &ids, &streams)
        .await
        .map_err(|e| Failure::Other(format!("NATS: {e}; `diogel nats setup` makes the streams")))?;
    let order = JetStreamOrder::open(link.clone(), streams)
        .await
        .map_err(Failure::other)?;
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
    Link::open(access).await.map_err(Failure::other)
}
