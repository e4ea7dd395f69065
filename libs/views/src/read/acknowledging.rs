//! What a reader's system still has to take: that less of an item is shared with its agency, or that what it holds was wrong. Counted
//! from what was held, not from what was sent, so that it is the same after a restart and for each replica.

use std::ops::ControlFlow;

use diogel_domain::{codes::Sector, content::Kind, ids::AgencyId, times::Moment};

use super::{CHANGES_A_PAGE, Reader, Told, known::Way};
use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    keys,
    registry::Registry,
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
    /// before change number `before`, newest first, each offered to `take` as [`Self::newest`] does. Answers the number to go on
    /// from; 0 when there is no more.
    pub fn outstanding(
        &self,
        reader: &Reader,
        before: u64,
        mut take: impl FnMut(Outstanding) -> ControlFlow<()>,
    ) -> Result<u64, StoreError> {
        let mut end = before.saturating_sub(1).min(self.last_change(reader)?);
        let first = end.saturating_sub(CHANGES_A_PAGE);
        while end > first {
            if let Some((_, change)) = self.changes(reader, end - 1, 1)?.into_iter().next()
                && change.kind == ChangeKind::Shown
                && let Some(outstanding) = self.outstanding_of(reader, change.position)?
                && take(outstanding).is_break()
            {
                return Ok(end + 1);
            }
            end -= 1;
        }
        Ok(if end == 0 { 0 } else { end + 1 })
    }

    fn outstanding_of(
        &self,
        reader: &Reader,
        position: u64,
    ) -> Result<Option<Outstanding>, StoreError> {
        let item = self.item(position)?;
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
        let asked = self.asked(item, agency)?;
        Ok(!own && asked.is_some_and(|asked| !has_taken(item, agency, asked)))
    }

    /// The same of another agency, as far as the reader may know of it.
    pub(super) fn is_outstanding(&self, item: &Item, way: &Way<'_>) -> Result<bool, StoreError> {
        let steps = way.steps();
        let own = *way.agency() == item.originator;
        if own || steps.is_empty() {
            return Ok(false);
        }
        let asked = way.narrowed().max(self.was_wrong(item)?);
        let asked = asked.max(reviews(item, &self.registry(), way.number()));
        Ok(asked.is_some_and(|asked| !has_taken(item, way.number(), asked)))
    }

    /// When it was said of an item that it was wrong, or is gone.
    fn was_wrong(&self, item: &Item) -> Result<Option<Moment>, StoreError> {
        match item.state {
            ItemState::Corrected(by) | ItemState::EnteredInError(by) | ItemState::Erased(by) => {
                self.ordered_at(by)
            }
            _ => Ok(None),
        }
    }

    /// When the agency was last told that it has to take something; none: never.
    fn asked(&self, item: &Item, agency: AgencyNumber) -> Result<Option<Moment>, StoreError> {
        let narrowed = item.history.windows(2).rev().find_map(|step| {
            let less = step[0].by(agency).without(step[1].by(agency));
            (!less.is_empty()).then_some(step[1].since)
        });
        let held = item.ever_holders().has(agency);
        let wrong = self.was_wrong(item)?.filter(|_| held);
        let reviews = reviews(item, &self.registry(), agency);
        Ok(narrowed.max(wrong).max(reviews))
    }

    pub(crate) fn ordered_at(&self, position: u64) -> Result<Option<Moment>, StoreError> {
        let row = self.store.get(&keys::item(position))?;
        let item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(item.map(|item| item.ordered_at))
    }
}

/// The agency's system has acknowledged the item since.
fn has_taken(item: &Item, agency: AgencyNumber, asked: Moment) -> bool {
    item.acknowledged_by(agency) >= Some(asked)
}

/// The Board reviews each emergency disclosure: its acknowledgement says that it did (PRACTICE, section 4).
fn reviews(item: &Item, registry: &Registry, agency: AgencyNumber) -> Option<Moment> {
    let emergency = item.kind == Some(Kind::EmergencyDisclosed);
    let told = registry.agencies().get(usize::from(agency));
    let board = told.is_some_and(|told| told.facts.sector == Sector::Board);
    (emergency && board).then_some(item.ordered_at)
}
