//! What a change of the rules made of an item that something touched before the sweep came there. It is kept for the sweep to tell,
//! and until then a read finds the item, and has it, as it was: or else the order in which a reader is told, and what it sees before
//! the others, would show that somebody did something with this one (P6). Whoever is told something else of the item is told that first.

use diogel_domain::{ids::EventId, times::Moment};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;

use super::{Folded, apply::Step, hold::Deciding, involvement::tie_leads};
use crate::{
    audiences::{AgencyNumber, AgencySet},
    chunks,
    index::{self, Moved},
    keys::{self, Mark},
    rows::{self, Change, ChangeKind, Held, Holding, Item},
    store::{Store, StoreError},
};

/// A change of what an agency holds that it hasn't been told yet.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Owed {
    pub agency: AgencyNumber,
    /// What it is told; none: nothing.
    pub kind: Option<ChangeKind>,
    /// When the rules changed.
    pub since: Moment,
    /// What it held until then.
    pub before: Holding,
}

impl<S: Store> Step<'_, '_, S> {
    /// Tells these agencies what they are owed of an item, as its row says.
    pub(super) fn pay(&mut self, position: u64, agencies: AgencySet) -> Result<(), StoreError> {
        let owed = self.owed(position)?;
        let paid = |owed: &Owed| agencies.has(owed.agency);
        let (paid, rest): (Vec<Owed>, Vec<Owed>) = owed.iter().copied().partition(paid);
        if paid.is_empty() {
            return Ok(());
        }
        let item: Option<Item> = self.pending.read(&keys::item(position))?;
        let item = item.ok_or(StoreError::Missing)?;
        let moved = Moved {
            position,
            before: index::postings(position, &item, &owed),
            after: index::postings(position, &item, &rest),
        };
        index::replace(self.pending, vec![moved])?;
        if rest.is_empty() {
            self.pending.remove(keys::owed(position));
        } else {
            self.pending.write(keys::owed(position), &rest)?;
        }
        paid.iter()
            .try_for_each(|owed| self.tell_change(position, owed))
    }

    /// Tells everybody what they were owed of an item, and then what has become different now.
    pub(super) fn pay_all(&mut self, position: u64, of: &Deciding) -> Result<(), StoreError> {
        if !of.waiting.is_empty() {
            self.pending.remove(keys::owed(position));
        }
        of.owed()
            .try_for_each(|owed| self.tell_change(position, owed))
    }

    pub(super) fn tell_change(&mut self, position: u64, owed: &Owed) -> Result<(), StoreError> {
        let Some(kind) = owed.kind else {
            return Ok(());
        };
        let agency = AgencySet::NONE.with(owed.agency);
        self.log(agency, Change { position, kind })
    }

    /// Tells these agencies. What they are shown has a second place beside others of its kind: whoever lists a rare kind doesn't look
    /// through everything else.
    pub(super) fn log(&mut self, agencies: AgencySet, change: Change) -> Result<(), StoreError> {
        let matter = match change.kind {
            ChangeKind::Shown => {
                let row = self.pending.get(&keys::item(change.position))?;
                let head = row.as_deref().map(rows::head_of).transpose()?;
                head.and_then(|(_, kind)| kind?.matter())
            }
            ChangeKind::Changed | ChangeKind::Retracted => None,
        };
        let open = matter.and_then(Mark::open);
        let running = match open {
            Some(_) => self.pending.get(&keys::running(change.position))?,
            None => None,
        };
        for agency in agencies.iter() {
            chunks::append(self.pending, &keys::log(keys::CHANGES, agency), &change)?;
            if let Some(matter) = matter {
                chunks::append(self.pending, &keys::of_kind(agency, matter), &change)?;
            }
            if let Some(mark) = open.filter(|_| running.is_some()) {
                self.mark(agency, mark, change.position, true);
            }
        }
        Ok(())
    }

    /// The item at a position by every change of the rules until here, as far as everybody was told of it.
    pub(super) fn as_told(&mut self, position: u64) -> Result<Item, StoreError> {
        let mut item = self.item(position)?;
        for owed in self.owed(position)?.iter().rev() {
            item.as_before(owed.agency, owed.since, owed.before);
        }
        Ok(item)
    }

    /// What is owed of an item.
    pub(super) fn owed(&self, position: u64) -> Result<Vec<Owed>, StoreError> {
        if self.registry.turns_after(self.swept).is_empty() {
            return Ok(Vec::new());
        }
        let owed = self.pending.read(&keys::owed(position))?;
        Ok(owed.unwrap_or_default())
    }
}

impl<S: Store> Folded<S> {
    /// What was decided of an event, told or not.
    pub(crate) fn history(&self, event: EventId) -> Result<Vec<Held>, StoreError> {
        let position = self.store.get(&keys::event(event))?;
        let position: Option<u64> = position.map(|row| postcard::from_bytes(&row)).transpose()?;
        let row = position.map_or(Ok(None), |at| self.store.get(&keys::item(at)))?;
        let item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(item.map(|item| item.history).unwrap_or_default())
    }

    /// The item at a position, as far as everybody was told of it. Who leads is as of now, whether the sweep came here or not: that
    /// opens no more than what was told.
    pub(crate) fn item(&self, position: u64) -> Result<Option<Item>, StoreError> {
        let registry = self.registry();
        let row = self.store.get(&keys::item(position))?;
        let mut item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        // After the row: whoever reads it as a change of the rules made it is told of that as well.
        if self.behind.load(Ordering::Acquire)
            && let Some(item) = &mut item
        {
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
