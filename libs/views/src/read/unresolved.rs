//! What counts for nothing yet: events that wait for one that they refer to, and those that this version doesn't understand. For whoever
//! runs the hub and for their originators: which, and nothing of what they say.

use diogel_domain::{
    effect::Effect,
    ids::{AgencyId, EventId},
};

use crate::{
    fold::Folded,
    keys,
    rows::Item,
    store::{Store, StoreError},
};

/// What counts for nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unresolved {
    /// It waits for an event that it refers to.
    Parked,
    /// It isn't understood.
    Quarantined,
}

impl<S: Store> Folded<S> {
    /// The first so many, each with whose it is.
    ///
    /// # Errors
    /// Of the store.
    pub fn unresolved(
        &self,
        most: usize,
    ) -> Result<Vec<(Unresolved, AgencyId, EventId)>, StoreError> {
        let mut found = Vec::new();
        for (prefix, as_what) in [
            (keys::WAITING, Unresolved::Parked),
            (keys::QUARANTINED, Unresolved::Quarantined),
        ] {
            let rows = self.store.scan(&[prefix], &keys::after(&[prefix]), most)?;
            for (key, _) in rows {
                let position = key.last_chunk::<8>().copied().map(u64::from_be_bytes);
                let row = position.map(|at| self.store.get(&keys::item(at)));
                let Some(row) = row.transpose()?.flatten() else {
                    continue;
                };
                let item: Item = postcard::from_bytes(&row)?;
                let still = match as_what {
                    Unresolved::Parked => item.effect == Effect::Parked,
                    Unresolved::Quarantined => item.kind.is_none(),
                };
                let new = !found.iter().any(|(_, _, event)| *event == item.event_id);
                if still && new {
                    found.push((as_what, item.originator, item.event_id));
                }
            }
        }
        Ok(found)
    }
}
