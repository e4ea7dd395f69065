//! `diogel-projection CONFIG`: a board's projection, fed by JetStream.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::Parser;
use diogel_event_log::jetstream::{
    Access, JetStreamInlets, JetStreamOrder, Link, Streams, names::Role,
};
use diogel_identity::Reloading;
use diogel_ops::{Shutdown, config, metrics, telemetry};
use diogel_projection::{
    LogEnds,
    config::{Mode, NatsConfig, ProjectionConfig},
    start,
};

/// The projection of a Diogel hub.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Configuration file.
    config: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    if let Err(error) = telemetry::init(telemetry::LogFormat::Json) {
        eprintln!("diogel-projection: {error}");
    }
    match run(&Arguments::parse().config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("diogel-projection: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let config: ProjectionConfig = config::load(path)?;
    let shutdown = Shutdown::on_signals()?;
    if let Some(at) = config.metrics {
        metrics::serve(at)?;
    }
    let nats = config
        .nats
        .clone()
        .ok_or("nats: is required; an embedded hub is started with `diogel up`")?;
    let log = ends(&config, &nats).await?;
    let handle = start(config, log, shutdown.clone()).await?;
    tracing::info!(address = %handle.address, "listening");
    let failed = tokio::select! {
        why = handle.failed() => Some(why),
        () = shutdown.requested() => None,
    };
    shutdown.request();
    handle.ended().await;
    // A supervisor starts it again: a damaged view is built anew, a fenced projection stays fenced and says so.
    failed.map_or(Ok(()), |why| Err(why.into()))
}

async fn ends(
    config: &ProjectionConfig,
    nats: &NatsConfig,
) -> Result<LogEnds, Box<dyn std::error::Error>> {
    let tls = Reloading::load(nats.tls.clone())?;
    let role = match config.mode {
        Mode::Admitting => Role::Projection,
        // A replica's user is called as its own certificate says.
        Mode::Replica => {
            let own = Reloading::load(config.tls.clone())?;
            Role::Replica(own.own().name().to_owned())
        }
    };
    let access = Access {
        servers: nats.servers.clone(),
        role,
        tls: tls.current().plain_client(),
    };
    let link = Link::open(access).await?;
    let streams = Streams {
        replicas: nats.replicas,
        agency_bytes: nats.agency_bytes,
        order_bytes: nats.order_bytes,
    };
    let order = JetStreamOrder::open(link.clone(), streams).await?;
    Ok(LogEnds {
        inlets: Arc::new(JetStreamInlets::new(link, streams)),
        order: Box::new(move |_| Arc::new(order)),
    })
}
