//! `diogel-render CONFIG`: renders documents as PDF.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;
use diogel_ops::{Shutdown, config, telemetry};
use diogel_render::{config::RenderConfig, start};

/// The render service of a Diogel hub.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Configuration file.
    config: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    if let Err(error) = telemetry::init(telemetry::LogFormat::Json) {
        eprintln!("diogel-render: {error}");
    }
    match run(&Arguments::parse().config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("diogel-render: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let config: RenderConfig = config::load(path)?;
    let shutdown = Shutdown::on_signals()?;
    let handle = start(config, shutdown.clone()).await?;
    tracing::info!(address = %handle.address, "listening");
    shutdown.requested().await;
    handle.ended().await;
    Ok(())
}
