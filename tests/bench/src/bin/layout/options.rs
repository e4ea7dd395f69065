//! The command line: which load, layout and store, and the bounds at which a run gives up.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Measures one layout on one store; each run is its own process, so its memory is its own.
#[derive(Debug, Parser)]
pub struct Options {
    /// Events to fold.
    #[arg(long, default_value_t = 1_000_000)]
    pub events: u64,
    /// Store under measure.
    #[arg(long, value_enum, default_value_t = Backend::Sled)]
    pub store: Backend,
    /// Row layout under measure.
    #[arg(long, value_enum, default_value_t = Shape::Shared)]
    pub layout: Shape,
    /// Events folded into one batch.
    #[arg(long, default_value_t = 1_000)]
    pub batch: u64,
    /// Postings are kept back and written, sorted, each so many events: only for a rebuild, whose rows
    /// nobody reads before it is complete. 0 writes them with each batch, as a live view must.
    #[arg(long, default_value_t = 0)]
    pub sweep: u64,
    /// The store's cache, in MiB.
    #[arg(long, default_value_t = 256)]
    pub cache_mib: u64,
    /// How rows reach sled: redb always uses one transaction.
    #[arg(long, value_enum, default_value_t = Commit::Batch)]
    pub commit: Commit,
    /// redb: a durable commit each so many batches, the others without fsync.
    #[arg(long, default_value_t = 100)]
    pub durable_each: u64,
    /// redb: durable commits also save what a quick repair needs.
    #[arg(long)]
    pub quick_repair: bool,
    /// Events folded after the load as a live view does, without sweeps.
    #[arg(long, default_value_t = 0)]
    pub live: u64,
    /// Events in one live batch.
    #[arg(long, default_value_t = 10)]
    pub live_batch: u64,
    /// Look-ups measured for each kind of person.
    #[arg(long, default_value_t = 100_000)]
    pub looks: u64,
    /// Seed of the load.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// What to do with the store.
    #[arg(long, value_enum, default_value_t = Stage::All)]
    pub stage: Stage,
    /// Folder for the store; it is removed after the run.
    #[arg(long)]
    pub folder: Option<PathBuf>,
    /// Gives up after so many minutes of loading.
    #[arg(long, default_value_t = 25)]
    pub max_minutes: u64,
    /// Gives up above so much resident memory, in GiB.
    #[arg(long, default_value_t = 14)]
    pub max_rss_gib: u64,
    /// Gives up above so much disk, in GB.
    #[arg(long, default_value_t = 30)]
    pub max_disk_gb: u64,
}

/// The store under measure.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Backend {
    /// sled 0.34, one tree.
    Sled,
    /// redb 4, one table.
    Redb,
}

/// The row layout under measure.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Shape {
    /// One content, change and index row per audience: the naive baseline.
    PerAudience,
    /// One row per event, packed postings, packed changes.
    Shared,
    /// As `Shared`, but a row per posting.
    SharedInline,
    /// As `Shared`, but head and body of an event in rows of their own: look-ups read heads alone.
    SharedSplit,
}

/// How rows reach sled.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Commit {
    /// Rows and checkpoint in one atomic batch, as a view must.
    Batch,
    /// Sorted single inserts, checkpoint last: shows what the batch costs, not fit for use.
    Plain,
}

/// What to do with the store.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Stage {
    /// Load, close, reopen, look up, remove.
    All,
    /// Load, then leave without closing.
    LoadAndDie,
    /// Open what `load-and-die` left, look up, remove.
    Open,
}

impl Options {
    /// The store's folder: the one given, or one beside the machine's temporary files.
    pub fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(|| {
            std::env::temp_dir().join(format!("layout-{:?}-{}", self.store, std::process::id()))
        })
    }

    /// Persons the load draws from.
    pub fn persons(&self) -> u64 {
        (self.events / 10).max(1)
    }
}
