//! What a reader's system still has to take: that less of an item is shared with its agency, or that what it holds was wrong. Counted
//! from what was held, not from what was sent, so that it is the same after a restart and for each replica.

use diogel_domain::{ids::AgencyId, times::Moment};

use super::{CHANGES_A_PAGE, Reader, Told};
use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    keys,
    rows::{ChangeKind, Item, ItemState},
    store::{Store, StoreError},
};

/// An event of which somebody's system hasn't taken yet what it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outstanding {
    /// Which event, and how it stands.
    pub told: Told,
    /// Whose systems: of an own event, recipients that its originator may know of; of another's, the reader's own agency.
    pub agencies: Vec<AgencyId>,
}

impl<S: Store> Folded<S> {
    /// What is outstanding of the reader's own events, and what its own systems have still to take: of the events that were shown
    /// before change number `before`, newest first, at most `max`, with the number to go on from; 0 when there is no more.
    pub fn outstanding(
        &self,
        reader: &Reader,
        before: u64,
        max: usize,
    ) -> Result<(Vec<Outstanding>, u64), StoreError> {
        let mut found = Vec::new();
        let mut end = before.saturating_sub(1).min(self.last_change(reader)?);
        let first = end.saturating_sub(CHANGES_A_PAGE);
        while end > first {
            if let Some((_, change)) = self.changes(reader, end - 1, 1)?.into_iter().next()
                && change.kind == ChangeKind::Shown
            {
                if found.len() == max {
                    return Ok((found, end + 1));
                }
                found.extend(self.outstanding_of(reader, change.position)?);
            }
            end -= 1;
        }
        Ok((found, if end == 0 { 0 } else { end + 1 }))
    }

    fn outstanding_of(
        &self,
        reader: &Reader,
        position: u64,
    ) -> Result<Option<Outstanding>, StoreError> {
        let row = self.store.get(&keys::item(position))?;
        let item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        let Some(item) = item.filter(|item| !reader.is_withheld_by_name(item)) else {
            return Ok(None);
        };
        let agencies = if item.originator == reader.agency {
            let explained = self.explain(reader, item.event_id)?;
            let lines = explained.into_iter().flat_map(|explained| explained.lines);
            let outstanding = lines.filter(|line| line.outstanding);
            outstanding.map(|line| line.agency).collect()
        } else if self.is_unacknowledged(&item, reader.number)? {
            vec![reader.agency.clone()]
        } else {
            Vec::new()
        };
        let told = self
            .told(reader, position)?
            .filter(|_| !agencies.is_empty());
        Ok(told.map(|told| Outstanding { told, agencies }))
    }

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
