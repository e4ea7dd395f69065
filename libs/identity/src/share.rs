//! How many connections each principal holds. Owns the bound that keeps one peer from taking all of a server's sockets and
//! memory (P7, P12); refuses the connection that would pass it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::name::Principal;

/// Connections of one principal at once: gRPC needs one, a fleet behind one certificate some dozens.
pub const CONNECTIONS_EACH: usize = 64;

/// The counts of one listener.
#[derive(Clone, Default)]
pub(crate) struct Shares {
    held: Arc<Mutex<BTreeMap<Principal, usize>>>,
}

/// One connection's place in its principal's share; given back on drop.
pub(crate) struct Place {
    shares: Shares,
    principal: Principal,
}

impl Shares {
    /// A place, unless the principal holds all of its share.
    pub(crate) fn take(&self, principal: &Principal) -> Option<Place> {
        self.changed(|held| {
            let count = held.entry(principal.clone()).or_default();
            (*count < CONNECTIONS_EACH).then(|| *count += 1)
        })?;
        Some(Place {
            shares: self.clone(),
            principal: principal.clone(),
        })
    }

    fn changed<T>(&self, change: impl FnOnce(&mut BTreeMap<Principal, usize>) -> T) -> T {
        change(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.shares.changed(|held| {
            let left = held
                .get(&self.principal)
                .map_or(0, |count| count.saturating_sub(1));
            if left == 0 {
                held.remove(&self.principal);
            } else {
                held.insert(self.principal.clone(), left);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_principal_never_takes_anothers_share() {
        let shares = Shares::default();
        let busy: Principal = "diogel://west/police/system/a".parse().unwrap();
        let other: Principal = "diogel://west/health/system/a".parse().unwrap();
        let mut places: Vec<Place> = (0..CONNECTIONS_EACH)
            .map(|_| shares.take(&busy).unwrap())
            .collect();
        assert!(shares.take(&busy).is_none());
        assert!(shares.take(&other).is_some());
        drop(places.pop());
        assert!(shares.take(&busy).is_some());
        drop(places);
        assert!(shares.held.lock().unwrap().is_empty());
    }
}
