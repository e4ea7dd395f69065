//! `diogel-agency CONFIG`: one agency's service, forwarding to JetStream.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::Parser;
use diogel_agency::{LogEnd, config::AgencyConfig, start};
use diogel_event_log::{
    jetstream::{Access, JetStreamOutlet, Link, names::Role},
    log::Outlet,
};
use diogel_identity::Reloading;
use diogel_ops::{Shutdown, config, metrics, telemetry};

/// One agency's service of a Diogel hub.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Configuration file.
    config: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    if let Err(error) = telemetry::init(telemetry::LogFormat::Json) {
        eprintln!("diogel-agency: {error}");
    }
    match run(&Arguments::parse().config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("diogel-agency: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let config: AgencyConfig = config::load(path)?;
    let shutdown = Shutdown::on_signals()?;
    if let Some(at) = config.metrics {
        metrics::serve(at)?;
    }
    let nats = config
        .nats
        .clone()
        .ok_or("nats: is required; an embedded hub is started with `diogel up`")?;
    let tls = Reloading::load(nats.tls.clone())?;
    let role = Role::Agency(config.agency.clone());
    let access = Access {
        servers: nats.servers,
        role,
        tls: tls.current().plain_client(),
    };
    let link = Link::open(access).await?;
    let outlet: Arc<dyn Outlet> = Arc::new(JetStreamOutlet::open(link, &config.agency).await?);
    let log: LogEnd = Box::new(move |_| outlet);
    let handle = start(config, log, shutdown.clone()).await?;
    tracing::info!(address = %handle.address, "listening");
    let failed = tokio::select! {
        why = handle.failed() => Some(why),
        () = shutdown.requested() => None,
    };
    shutdown.request();
    handle.ended().await;
    // A supervisor starts it again: the journal recovers, or says what is wrong.
    failed.map_or(Ok(()), |why| Err(why.into()))
}
