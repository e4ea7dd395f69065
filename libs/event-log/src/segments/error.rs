//! Why a segment log refuses. Owns the wording for operators; refuses to quote a record or a key.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{RECORD_BYTES, RECORD_KEYS};

/// What is wrong with a log's bytes, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The segment: the number of its first record, which its file is named by.
    pub segment: u64,
    /// The byte of that file from which on it doesn't hold.
    pub offset: u64,
    /// What doesn't hold.
    pub what: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            segment,
            offset,
            what,
        } = self;
        write!(f, "in segment {segment} at byte {offset}: {what}")
    }
}

/// Why the log could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum SegmentError {
    /// Another process (or another handle in this one) has the folder open.
    #[error("the log {0} is in use by another process: stop that one first")]
    InUse(PathBuf),
    /// The log isn't what was written.
    #[error("log damaged {0}")]
    Damaged(Fault),
    /// The record is too long; nothing was written.
    #[error("a record has at most {RECORD_BYTES} bytes")]
    TooLong,
    /// The record has too many keys; nothing was written.
    #[error("a record has at most {RECORD_KEYS} keys")]
    TooManyKeys,
    /// A write or an fsync failed, now or earlier: what is on the disk is unknown until the log is opened anew. Never retried:
    /// after a failed fsync the kernel may report success for lost pages.
    #[error(
        "the log stopped after a failed write: restart the service, so that it is read again from the disk"
    )]
    Stopped,
    /// The operating system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl SegmentError {
    pub(super) const fn damaged(segment: u64, offset: u64, what: &'static str) -> Self {
        Self::Damaged(Fault {
            segment,
            offset,
            what,
        })
    }
}

pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> SegmentError {
    let path = PathBuf::from(path);
    |source| SegmentError::Io { path, source }
}
