//! `diogel-console CONFIG`: serves the console.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;
use diogel_console::{config::ConsoleConfig, start};
use diogel_ops::{Shutdown, config, metrics, telemetry};

/// The web console of a Diogel hub.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Configuration file.
    config: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    if let Err(error) = telemetry::init(telemetry::LogFormat::Json) {
        eprintln!("diogel-console: {error}");
    }
    match run(&Arguments::parse().config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("diogel-console: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let config: ConsoleConfig = config::load(path)?;
    let shutdown = Shutdown::on_signals()?;
    if let Some(at) = config.metrics {
        metrics::serve(at)?;
    }
    let handle = start(config, shutdown.clone()).await?;
    tracing::info!(address = %handle.address, "listening");
    shutdown.requested().await;
    handle.ended().await;
    Ok(())
}
