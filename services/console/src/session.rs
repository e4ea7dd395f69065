//! Sessions: who is signed in. Owns the store, in memory and bounded: a restart signs everybody out, and nothing of a session is ever
//! on a disk.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use diogel_identity::PersonRole;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

/// Sessions at once, begun sign-ins among them. A board's staff has room in it several times.
const SESSIONS: usize = 20_000;

/// Where a session holds who is signed in.
pub(crate) const WHO: &str = "who";

/// Somebody who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SignedIn {
    pub(crate) subject: String,
    pub(crate) name: String,
    pub(crate) agency: String,
    pub(crate) roles: Vec<PersonRole>,
    /// What services are called with.
    pub(crate) access: String,
    /// Until when, in seconds of Unix time.
    pub(crate) access_until: i64,
    /// What a new one is had for.
    pub(crate) refresh: Option<String>,
    /// The ID token: whom the provider signs out.
    pub(crate) hint: Option<String>,
    /// When it began, in seconds of Unix time.
    pub(crate) since: i64,
    /// Why they look, by their own word: a code of purposes.
    pub(crate) purpose: i32,
}

impl SignedIn {
    pub(crate) fn is(&self, any: &[PersonRole]) -> bool {
        any.iter().any(|role| self.roles.contains(role))
    }
}

/// Sessions in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions(Arc<Mutex<BTreeMap<i128, Record>>>);

impl Sessions {
    fn with<T>(&self, what: impl FnOnce(&mut BTreeMap<i128, Record>) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Forgets what is over; says whether there is room.
    fn has_room(held: &mut BTreeMap<i128, Record>) -> bool {
        if held.len() >= SESSIONS {
            let now = OffsetDateTime::now_utc();
            held.retain(|_, record| record.expiry_date > now);
        }
        held.len() < SESSIONS
    }
}

#[tonic::async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.with(|held| {
            if !Self::has_room(held) {
                return Err(Error::Backend("too many sessions".into()));
            }
            while held.contains_key(&record.id.0) {
                record.id = Id::default();
            }
            held.insert(record.id.0, record.clone());
            Ok(())
        })
    }

    async fn save(&self, record: &Record) -> Result<()> {
        // One that was ended meanwhile stays so.
        self.with(|held| {
            if let Some(kept) = held.get_mut(&record.id.0) {
                *kept = record.clone();
            }
        });
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = OffsetDateTime::now_utc();
        let record = self.with(|held| held.get(&id.0).cloned());
        Ok(record.filter(|record| record.expiry_date > now))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.with(|held| held.remove(&id.0));
        Ok(())
    }
}
