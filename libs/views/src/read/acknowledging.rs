//! What a reader's system still has to take: that less of an item is shared with its agency, or that what it holds was wrong. Counted
//! from what was held, not from what was sent, so that it is the same after a restart and for each replica.

use diogel_domain::times::Moment;

use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    keys,
    rows::{Item, ItemState},
    store::{Store, StoreError},
};

impl<S: Store> Folded<S> {
    /// The agency was told something of the item that it hasn't acknowledged. The originator told it itself.
    pub(crate) fn is_unacknowledged(
        &self,
        item: &Item,
        agency: AgencyNumber,
    ) -> Result<bool, StoreError> {
        let own = self.registry().number(&item.originator) == Some(agency);
        let mut acknowledged = item.acknowledged.iter();
        let taken = acknowledged
            .find(|(of, _)| *of == agency)
            .map(|(_, at)| *at);
        let asked = self.asked(item, agency)?;
        Ok(!own && asked.is_some_and(|asked| taken.is_none_or(|taken| taken < asked)))
    }

    /// When the agency was last told that it has to take something; none: never.
    fn asked(&self, item: &Item, agency: AgencyNumber) -> Result<Option<Moment>, StoreError> {
        let narrowed = item.history.windows(2).rev().find_map(|step| {
            let less = step[0].by(agency).without(step[1].by(agency));
            (!less.is_empty()).then_some(step[1].since)
        });
        let wrong = match item.state {
            ItemState::Corrected(by) | ItemState::EnteredInError(by) | ItemState::Erased(by)
                if item.ever_holders().has(agency) =>
            {
                self.ordered_at(by)?
            }
            _ => None,
        };
        Ok(narrowed.max(wrong))
    }

    pub(crate) fn ordered_at(&self, position: u64) -> Result<Option<Moment>, StoreError> {
        let row = self.store.get(&keys::item(position))?;
        let item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(item.map(|item| item.ordered_at))
    }
}
