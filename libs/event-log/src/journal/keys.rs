//! The row of one event's content key, wrapped by the vault beside the journal. Refuses to hold a key in clear.

use diogel_identity::{Vault, VaultError, Wrapped};

use super::draft::KeyState;
use super::error::JournalError;
use super::state::{place_from_bytes, place_to_bytes};
use crate::entry::Place;

/// What the journal stores about an event's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StoredKey {
    None,
    Wrapped(Wrapped),
    Destroyed,
    Lost,
}

impl StoredKey {
    /// Wraps what is given. May fsync the vault, once in some thousand calls.
    pub(super) fn wrap(
        vault: &Vault,
        event_id: &[u8; 16],
        key: &KeyState,
    ) -> Result<Self, VaultError> {
        Ok(match key {
            KeyState::Key(key) => Self::Wrapped(vault.wrap(event_id, key)?),
            KeyState::Destroyed => Self::Destroyed,
            KeyState::None => Self::None,
            KeyState::Unknown => Self::Lost,
        })
    }

    /// What the caller gets. A row whose slot was destroyed is not for sure an erasure: in an older copy of the journal it may
    /// be a survivor that was wrapped anew later. So only the row itself can say "destroyed". A key that the vault can't give
    /// any more is this event's loss alone: it keeps no other key from being read.
    pub(super) fn unwrap(
        &self,
        vault: &Vault,
        event_id: &[u8; 16],
    ) -> Result<KeyState, VaultError> {
        match self {
            Self::None => Ok(KeyState::None),
            Self::Destroyed => Ok(KeyState::Destroyed),
            Self::Lost => Ok(KeyState::Unknown),
            Self::Wrapped(wrapped) => match vault.unwrap(event_id, wrapped) {
                Ok(key) => Ok(KeyState::Key(key)),
                Err(error) if is_beyond_reading(&error) => Ok(KeyState::Unknown),
                Err(error) => Err(error),
            },
        }
    }

    const fn tag(&self) -> u8 {
        match self {
            Self::None => 0,
            Self::Wrapped(_) => 1,
            Self::Destroyed => 2,
            Self::Lost => 3,
        }
    }
}

/// The key is lost here, and waiting or trying again brings nothing.
pub(super) const fn is_beyond_reading(error: &VaultError) -> bool {
    matches!(
        error,
        VaultError::Damaged { .. }
            | VaultError::SlotDamaged { .. }
            | VaultError::Destroyed { .. }
            | VaultError::NoSuchSlot { .. }
    )
}

/// Where an event stands and what is stored of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EventRow {
    pub(super) place: Place,
    pub(super) key: StoredKey,
}

impl EventRow {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = place_to_bytes(self.place).to_vec();
        bytes.push(self.key.tag());
        if let StoredKey::Wrapped(wrapped) = &self.key {
            bytes.extend_from_slice(&wrapped.to_bytes());
        }
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, JournalError> {
        let damaged =
            |at| JournalError::damaged(at, "its row in the index of events can't be read");
        let (place, rest) = place_from_bytes(bytes).ok_or_else(|| damaged(None))?;
        let key = match rest {
            [0] => StoredKey::None,
            [1, wrapped @ ..] => {
                StoredKey::Wrapped(Wrapped::from_bytes(wrapped).map_err(|_| damaged(Some(place)))?)
            }
            [2] => StoredKey::Destroyed,
            [3] => StoredKey::Lost,
            _ => return Err(damaged(Some(place))),
        };
        Ok(Self { place, key })
    }
}
