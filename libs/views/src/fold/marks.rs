//! What agencies have to come back to: alerts and escalations that are open, and what wasn't taken. Kept by the fold, so that a list of
//! them doesn't look through what is over and done with, which the years add to. A mark shows nothing: whoever reads by marks decides
//! each item anew, and there may be a mark more than there is to show. Whoever may know how something stands may know of the step that
//! ended it, which is shared as it is.

use diogel_domain::{content::Kind, effect::Effect, times::Moment};

use diogel_sharing::change::Change;

use super::apply::Step;
use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    keys::{self, Mark},
    read::asked,
    rows::{Item, ItemState},
    store::{Store, StoreError},
};

impl<S: Store> Step<'_, '_, S> {
    pub(super) fn mark(&mut self, agency: AgencyNumber, mark: Mark, position: u64, holds: bool) {
        let key = keys::marked(agency, mark, position);
        if holds {
            self.pending.put(key, Vec::new());
        } else {
            self.pending.remove(key);
        }
    }

    /// Whether an item is open, for everybody who ever knew of it.
    pub(super) fn mark_open(&mut self, position: u64, item: &Item, open: bool) {
        let mark = item.kind.and_then(Kind::matter).and_then(Mark::open);
        for agency in item.ever_holders().iter() {
            if let Some(mark) = mark {
                self.mark(agency, mark, position, open);
            }
        }
    }

    /// Who hasn't taken what it was told of an item; its originator looks after them.
    pub(super) fn mark_untaken(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        if item.effect != Effect::Effective {
            return Ok(());
        }
        let wrong = match item.state {
            ItemState::Corrected(by) | ItemState::EnteredInError(by) | ItemState::Erased(by) => {
                let by: Option<Item> = self.pending.read(&keys::item(by))?;
                by.map(|by| by.ordered_at)
            }
            _ => None,
        };
        let own = self.registry.number(&item.originator);
        let mut any = false;
        for agency in item.ever_holders().iter().filter(|a| Some(*a) != own) {
            let asked: Option<Moment> = asked(item, self.registry, agency, wrong);
            let untaken = asked.is_some() && asked > item.acknowledged_by(agency);
            any |= untaken;
            self.mark(agency, Mark::Untaken, position, untaken);
        }
        if let Some(own) = own {
            let any = any || self.may_seem_less(position, item);
            self.mark(own, Mark::Untaken, position, any);
        }
        Ok(())
    }

    /// The same after a decision was made again.
    pub(super) fn mark_decided(
        &mut self,
        position: u64,
        item: &Item,
        asks: bool,
    ) -> Result<(), StoreError> {
        // Whoever comes to know of what was wrong is told that as well.
        if asks || item.state.is_wrong_or_gone() {
            return self.mark_untaken(position, item);
        }
        if item.effect == Effect::Effective
            && self.may_seem_less(position, item)
            && let Some(own) = self.registry.number(&item.originator)
        {
            self.mark(own, Mark::Untaken, position, true);
        }
        Ok(())
    }

    /// Somebody may hold less by all that the originator may know, and still as much by a tie that is hidden from it: that it sees as
    /// outstanding, or else the tie would show (P6).
    fn may_seem_less(&self, position: u64, item: &Item) -> bool {
        let narrows = |change: &Change| !matches!(change, Change::Widen(_));
        let ended = item.ties.iter().any(|tie| tie.span.until.is_some());
        let narrowed = item.changes.iter().any(|(_, change)| narrows(change));
        let turned = !self.registry.turns_after(position).is_empty();
        !item.ties.is_empty() && (ended || narrowed || turned)
    }
}

impl<S: Store> Folded<S> {
    /// Where an agency's marked items stand, newest first, before a position.
    pub(crate) fn marked(
        &self,
        agency: AgencyNumber,
        mark: Mark,
        before: u64,
    ) -> impl Iterator<Item = Result<u64, StoreError>> {
        let first = keys::marked(agency, mark, 0);
        let mut end = keys::marked(agency, mark, before);
        std::iter::from_fn(move || {
            let row = self.store.last(&first, &end).transpose()?;
            Some(row.map(|(key, _)| {
                let position = key.last_chunk::<8>().copied().unwrap_or_default();
                end = key;
                u64::from_be_bytes(position)
            }))
        })
    }
}
