//! What a change of the rules made of an item that something touched before the sweep came there. It is kept for the sweep to tell,
//! and until then a read has the item as it was: or else the order in which a reader is told, and what it sees before the others,
//! would show that somebody did something with this one (P6). Whoever is told something else of the item is told that first.

use diogel_domain::times::Moment;
use diogel_sharing::groups::Groups;
use serde::{Deserialize, Serialize};

use super::{Folded, apply::Step, involvement::tie_leads};
use crate::{
    audiences::{AgencyNumber, AgencySet},
    chunks, keys,
    rows::{Change, ChangeKind, Item},
    store::{Store, StoreError},
};

/// A change of an agency's view that it hasn't been told yet.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Owed {
    pub agency: AgencyNumber,
    pub kind: ChangeKind,
    /// When the rules changed.
    pub since: Moment,
    /// What it held until then.
    pub before: Groups,
}

impl<S: Store> Step<'_, '_, S> {
    /// Keeps what is to be told.
    pub(super) fn owe(&mut self, position: u64, more: Vec<Owed>) -> Result<(), StoreError> {
        if more.is_empty() {
            return Ok(());
        }
        let mut owed = self.owed(position)?;
        owed.extend(more);
        self.pending.write(keys::owed(position), &owed)
    }

    /// Tells these agencies what they are owed of an item.
    pub(super) fn pay(&mut self, position: u64, agencies: AgencySet) -> Result<(), StoreError> {
        if self.registry.turns_after(self.swept).is_empty() {
            return Ok(());
        }
        let owed = self.owed(position)?;
        let (paid, rest): (Vec<Owed>, Vec<Owed>) =
            owed.into_iter().partition(|owed| agencies.has(owed.agency));
        for owed in &paid {
            self.tell_change(position, *owed)?;
        }
        match (paid.is_empty(), rest.is_empty()) {
            (true, _) => Ok(()),
            (false, true) => {
                self.pending.remove(keys::owed(position));
                Ok(())
            }
            (false, false) => self.pending.write(keys::owed(position), &rest),
        }
    }

    /// Tells everybody what they were owed of an item, and then these.
    pub(super) fn pay_all(&mut self, position: u64, more: Vec<Owed>) -> Result<(), StoreError> {
        let owed = self.owed(position)?;
        if !owed.is_empty() {
            self.pending.remove(keys::owed(position));
        }
        for owed in owed.into_iter().chain(more) {
            self.tell_change(position, owed)?;
        }
        Ok(())
    }

    fn tell_change(&mut self, position: u64, owed: Owed) -> Result<(), StoreError> {
        let Owed { agency, kind, .. } = owed;
        let change = Change { position, kind };
        chunks::append(self.pending, &keys::log(keys::CHANGES, agency), &change)
    }

    fn owed(&self, position: u64) -> Result<Vec<Owed>, StoreError> {
        let owed = self.pending.read(&keys::owed(position))?;
        Ok(owed.unwrap_or_default())
    }
}

impl<S: Store> Folded<S> {
    /// The item at a position, as far as everybody was told of it. Who leads is as of now, whether the sweep came here or not: that
    /// opens no more than what was told.
    pub(crate) fn item(&self, position: u64) -> Result<Option<Item>, StoreError> {
        let registry = self.registry();
        let behind = !registry.turns_after(self.swept()).is_empty();
        let row = self.store.get(&keys::item(position))?;
        let mut item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        if behind && let Some(item) = &mut item {
            for (_, at) in registry.turns_after(item.decided_to.max(position)) {
                tie_leads(&registry, item, *at);
            }
            let row = self.store.get(&keys::owed(position))?;
            let owed: Option<Vec<Owed>> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
            // What was owed first goes back furthest.
            for owed in owed.unwrap_or_default().iter().rev() {
                item.as_before(owed.agency, owed.since, owed.before);
            }
        }
        Ok(item)
    }
}
