//! The keys of copies as the order journal has them: one for each event, until it is destroyed or lost.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use diogel_domain::ids::EventId;
use diogel_views::{CopyKey, CopyKeyState, CopyKeys, store::StoreError};

/// Every event has its key but those of which something else is said.
#[derive(Clone, Default)]
pub struct Keys(Arc<Mutex<BTreeMap<EventId, CopyKeyState>>>);

impl Keys {
    pub fn destroy(&self, event: EventId) {
        self.say(event, CopyKeyState::Gone);
    }

    pub fn lose(&self, event: EventId) {
        self.say(event, CopyKeyState::Unknown);
    }

    /// Says another event's key for this one's.
    pub fn mistake(&self, event: EventId, of: EventId) {
        self.say(event, CopyKeyState::Key(key_of(of)));
    }

    fn say(&self, event: EventId, state: CopyKeyState) {
        self.0.lock().unwrap().insert(event, state);
    }
}

impl CopyKeys for Keys {
    fn copy_key(&self, event: EventId) -> Result<CopyKeyState, StoreError> {
        let said = self.0.lock().unwrap().get(&event).cloned();
        Ok(said.unwrap_or_else(|| CopyKeyState::Key(key_of(event))))
    }
}

/// Keys that nobody may ask for.
pub struct Untouched;

impl CopyKeys for Untouched {
    fn copy_key(&self, _: EventId) -> Result<CopyKeyState, StoreError> {
        Err(StoreError::keys("nobody may ask"))
    }
}

/// The event's own.
pub fn key_of(event: EventId) -> CopyKey {
    CopyKey::new(&secret_of(event))
}

/// What the event's own is made of.
pub fn secret_of(event: EventId) -> [u8; 32] {
    let mut secret = [0x5a; 32];
    for (byte, id) in secret.iter_mut().zip(event.0) {
        *byte ^= id;
    }
    secret
}
