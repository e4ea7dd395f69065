//! The words of the import.

use std::path::PathBuf;

use clap::Args;

use super::Hub;

#[derive(Args)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// The agency whose register it is, by its id.
    #[arg(long = "as", value_name = "AGENCY", env = "DIOGEL_AS")]
    pub(crate) agency: String,
    /// Which column is which field, and what its words mean: deploy/registers/example.toml has every key.
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: PathBuf,
    /// Write the report as CSV too, to a new file.
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) report: Option<PathBuf>,
    /// The report of an earlier import: rows that were published then, and changed since, are named.
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) earlier: Option<PathBuf>,
    /// Publish the rows that are good, each as an incident report and a proposed alert; without, nothing is published.
    #[arg(long)]
    pub(crate) publish: bool,
    /// The register, as .xlsx or CSV.
    pub(crate) register: PathBuf,
}
