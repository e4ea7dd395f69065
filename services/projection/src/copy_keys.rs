//! The keys of the views' copies, made from the order journal's content keys: when the journal destroys one, every copy of that
//! content is dead. Nothing here is stored; what is missing is fetched again.

use diogel_domain::ids::EventId;
use diogel_event_log::journal::KeyState;
use diogel_identity::ContentKey;
use diogel_views::{CopyKey, CopyKeyState, CopyKeys, store::StoreError};

use crate::order::OrderJournal;

/// Never changed without another form of the rows: what was sealed before wouldn't open any more.
const PURPOSE: &str = "copies in views";

/// The key that an event's copies are sealed under.
pub(crate) fn copy_key(key: &ContentKey) -> CopyKey {
    CopyKey::new(&key.derived(PURPOSE))
}

impl CopyKeys for OrderJournal {
    fn copy_key(&self, event: EventId) -> Result<CopyKeyState, StoreError> {
        let state = self.journal().content_key_now(event.0);
        if matches!(state, Ok(KeyState::Unknown) | Err(_)) {
            self.miss(event.0);
        }
        Ok(match state.map_err(StoreError::keys)? {
            KeyState::Key(key) => CopyKeyState::Key(copy_key(&key)),
            KeyState::Destroyed | KeyState::None => CopyKeyState::Gone,
            KeyState::Unknown => CopyKeyState::Unknown,
        })
    }
}
