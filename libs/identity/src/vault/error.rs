//! Why the vault refuses. Owns the wording for operators; refuses to name events or persons.

use std::io;
use std::path::{Path, PathBuf};

use crate::content_key::NoRandomness;

/// Why a content key could not be wrapped, unwrapped or destroyed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The slot's key was destroyed: the content is erased for good. Expected after an erasure.
    #[error("the content key was destroyed with slot {slot} of the vault")]
    Destroyed {
        /// The slot that had wrapped the key.
        slot: u32,
    },
    /// The wrapped key doesn't verify: changed, or another event's.
    #[error("a wrapped key of slot {slot} doesn't verify: changed, or another event's")]
    Damaged {
        /// The slot it says to be wrapped under.
        slot: u32,
    },
    /// The slot itself was torn or damaged.
    #[error("slot {slot} of the vault is damaged: restore vault.keys from the keys' backup")]
    SlotDamaged {
        /// The damaged slot.
        slot: u32,
    },
    /// The vault has no such slot, or hasn't used it yet.
    #[error(
        "the vault has no slot {slot}: vault.keys is older than the store beside it, or not its own"
    )]
    NoSuchSlot {
        /// The slot that was asked for.
        slot: u32,
    },
    /// The bytes aren't a wrapped key.
    #[error("not a wrapped key")]
    NotWrapped,
    /// Another process (or another handle in this one) has the vault open.
    #[error("{0} is open in another process: stop that one first")]
    InUse(PathBuf),
    /// An earlier write or fsync failed: its outcome is unknown until the vault is opened anew.
    #[error("an earlier write to {0} failed: restart, so that it is read again from the disk")]
    Broken(PathBuf),
    /// All 2³² slots are used.
    #[error("the vault is full")]
    Full,
    /// The operating system refused.
    #[error("the vault {path}: {source}")]
    Io {
        /// The vault's file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// No key can be made now.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl VaultError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}
