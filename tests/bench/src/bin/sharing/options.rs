//! The command line: which part, how much, where.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Measures what the hub promises of sharing: how long a decision takes, a change of protocol, a narrowing to an open watch.
#[derive(Debug, Clone, Parser)]
pub struct Options {
    /// What to measure.
    #[arg(value_enum, default_value_t = Part::All)]
    pub part: Part,
    /// Little of everything, to see that it runs: 50,000 events unless said otherwise, fewer rounds.
    #[arg(long)]
    pub quick: bool,
    /// Events that the protocols are changed over.
    #[arg(long)]
    pub events: Option<u64>,
    /// Where the view's rows lie.
    #[arg(long, value_enum, default_value_t = Backend::Sled)]
    pub store: Backend,
    /// Folder for stores and hub; what is made in it is removed after the run.
    #[arg(long)]
    pub folder: Option<PathBuf>,
    /// Writes the figures there as JSON, too.
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// Rounds of the watch, or of each page.
    #[arg(long)]
    pub rounds: Option<usize>,
    /// Of the pages, only those whose name holds this: to look into one with a profiler.
    #[arg(long)]
    pub only: Option<String>,
}

/// What to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// One decision.
    Decision,
    /// A change of protocol over many events.
    Protocol,
    /// A narrowing, to an open watch.
    Watch,
    /// What people ask for most, of a person with many events: pre-visit check, summary, PDF.
    Practice,
    /// The console's pages, over a hub with many events.
    Pages,
    /// All of them.
    All,
}

/// The view's store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Backend {
    /// The default, for a board's size.
    Sled,
    /// For millions.
    Redb,
    /// For tests.
    Memory,
}

impl Options {
    /// Events that the protocols are changed over.
    pub fn events(&self) -> u64 {
        let usual = if self.quick { 50_000 } else { 1_000_000 };
        self.events.unwrap_or(usual)
    }

    /// Events about one person.
    pub fn person_events(&self) -> usize {
        if self.quick { 100 } else { 500 }
    }

    /// Rounds of the watch.
    pub fn rounds(&self) -> usize {
        self.rounds.unwrap_or(if self.quick { 40 } else { 400 })
    }

    /// Whether this part is to be measured.
    pub fn wants(&self, part: Part) -> bool {
        self.part == part || self.part == Part::All
    }

    /// A fresh folder, removed when it is dropped.
    pub fn fresh_folder(&self) -> std::io::Result<tempfile::TempDir> {
        let within = self.folder.clone().unwrap_or_else(std::env::temp_dir);
        std::fs::create_dir_all(&within)?;
        tempfile::tempdir_in(within)
    }
}
