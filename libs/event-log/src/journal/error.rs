//! Why a journal refuses. Owns the wording for operators; refuses to name a person or to quote an event.

use std::fmt;
use std::path::PathBuf;

use diogel_identity::VaultError;

use crate::entry::Place;

/// What is wrong with a journal's bytes, and at which entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The entry, where it is known: the store's own pages can be damaged too.
    pub at: Option<Place>,
    /// What doesn't hold.
    pub what: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(Place { epoch, seq }) => write!(f, "at entry {epoch}/{seq}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// Why the journal could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Another process (or another handle in this one) has the folder open.
    #[error("the journal {0} is in use by another process: stop that one first")]
    InUse(PathBuf),
    /// The folder holds the journal of another board or agency.
    #[error(
        "the journal is of board {board}, agency {agency}: not the one this service is set up for"
    )]
    Foreign {
        /// The board it was made for.
        board: String,
        /// The agency it was made for.
        agency: String,
    },
    /// A format that this version doesn't know.
    #[error("the journal has format {0}: made by a newer version of this program")]
    Format(u32),
    /// One of the folder's files is missing. Going on would make a new chain, or lose every content key.
    #[error("{0} is missing: restore it from the backup; it is never made anew beside the others")]
    Incomplete(PathBuf),
    /// The journal isn't what was written.
    #[error("journal damaged {0}")]
    Damaged(Damage),
    /// The event id stands in the journal already, under another request.
    #[error("an event with this id is in the journal already")]
    EventIdTaken,
    /// The event to erase isn't in this journal.
    #[error("the event to erase is not in this journal")]
    NothingToErase,
    /// An imported entry doesn't follow the journal's head.
    #[error("the imported entry doesn't follow: {0}")]
    NotChained(Damage),
    /// The writer stopped, now or earlier, because a commit failed: whether that commit reached the disk is unknown until the
    /// journal is opened anew. Never retried: after a failed fsync the kernel may report success for lost pages.
    #[error(
        "the journal stopped after a failed write: restart the service, so that it is read again from the disk"
    )]
    Stopped,
    /// The vault of content keys refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The store failed.
    #[error("the journal's store: {0}")]
    Store(#[source] Box<redb::Error>),
    /// The operating system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
}

impl JournalError {
    /// After this the writer can't know what is on the disk.
    pub(super) const fn is_fatal(&self) -> bool {
        matches!(self, Self::Store(_) | Self::Damaged(_) | Self::Io { .. })
    }

    pub(super) fn damaged(at: impl Into<Option<Place>>, what: impl Into<String>) -> Self {
        Self::Damaged(Damage {
            at: at.into(),
            what: what.into(),
        })
    }

    pub(super) fn not_chained(at: Place, what: &str) -> Self {
        Self::NotChained(Damage {
            at: Some(at),
            what: what.into(),
        })
    }

    fn store(error: redb::Error) -> Self {
        match error {
            redb::Error::Corrupted(what) => Self::damaged(None, format!("in the store: {what}")),
            error => Self::Store(Box::new(error)),
        }
    }
}

macro_rules! from_redb {
    ($($error:ident),+) => {$(
        impl From<redb::$error> for JournalError {
            fn from(error: redb::$error) -> Self {
                Self::store(error.into())
            }
        }
    )+};
}
from_redb!(
    StorageError,
    TableError,
    TransactionError,
    CommitError,
    DatabaseError,
    SetDurabilityError
);
