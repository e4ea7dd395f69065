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

    /// Forgets what is over, and then the oldest sign-in that has only begun: whoever begins thousands keeps nobody else out. Says
    /// whether there is room.
    fn has_room(held: &mut BTreeMap<i128, Record>, most: usize) -> bool {
        if held.len() >= most {
            let now = OffsetDateTime::now_utc();
            held.retain(|_, record| record.expiry_date > now);
        }
        if held.len() >= most {
            let begun = held
                .values()
                .filter(|record| !record.data.contains_key(WHO));
            let oldest = begun.min_by_key(|record| record.expiry_date);
            let oldest = oldest.map(|record| record.id.0);
            if let Some(oldest) = oldest {
                held.remove(&oldest);
            }
        }
        held.len() < most
    }
}

#[tonic::async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.with(|held| {
            if !Self::has_room(held, SESSIONS) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use time::Duration;

    fn record(minutes: i64, signed_in: bool) -> Record {
        let who = signed_in.then(|| (WHO.to_owned(), json!({})));
        Record {
            id: Id::default(),
            data: who.into_iter().collect(),
            expiry_date: OffsetDateTime::now_utc() + Duration::minutes(minutes),
        }
    }

    #[tokio::test]
    async fn a_session_that_is_over_or_was_ended_is_nobodys() {
        let sessions = Sessions::default();
        let mut over = record(-1, true);
        sessions.create(&mut over).await.unwrap();
        assert!(sessions.load(&over.id).await.unwrap().is_none());
        let mut ended = record(20, true);
        sessions.create(&mut ended).await.unwrap();
        assert!(sessions.load(&ended.id).await.unwrap().is_some());
        sessions.delete(&ended.id).await.unwrap();
        // A request that was under way when it was ended brings it back to nobody.
        sessions.save(&ended).await.unwrap();
        assert!(sessions.load(&ended.id).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_new_session_never_takes_the_place_of_another() {
        let sessions = Sessions::default();
        let mut first = record(20, true);
        sessions.create(&mut first).await.unwrap();
        let mut second = first.clone();
        sessions.create(&mut second).await.unwrap();
        assert_ne!(first.id, second.id);
    }

    #[test]
    fn p12_a_flood_of_begun_sign_ins_keeps_nobody_out_who_is_signed_in() {
        let mut held = BTreeMap::new();
        for minutes in 1..=5 {
            let record = record(minutes, minutes < 3);
            held.insert(record.id.0, record);
        }
        assert!(Sessions::has_room(&mut held, 5));
        assert_eq!(held.len(), 4);
        let signed_in = held.values().filter(|record| record.data.contains_key(WHO));
        assert_eq!(signed_in.count(), 2);
        held.retain(|_, record| record.data.contains_key(WHO));
        assert!(
            !Sessions::has_room(&mut held, 2),
            "nobody who is signed in is put out"
        );
    }
}
