//! What a reader's system still has to take: that less of an item is shared with its agency, or that what it holds was wrong. Counted
//! from what was held, not from what was sent, so that it is the same after a restart and for each replica.

use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_sharing::groups::{FieldGroup, Groups};

use super::{CHANGES_A_PAGE, Reader, Told};
use crate::{
    audiences::AgencyNumber,
    fold::{Folded, hold::Timeless},
    keys,
    registry::Registry,
    rows::{ChangeKind, Item, ItemState},
    store::{Store, StoreError},
    ties::Tie,
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
        let held = item.history.iter();
        let held: Vec<_> = held.map(|held| (held.since, held.by(agency))).collect();
        let asked = self.asked(item, &held)?;
        Ok(!own && asked.is_some_and(|asked| item.acknowledged_by(agency) < Some(asked)))
    }

    /// The same as an originator may know of it: by what the agency would have held with no other ties than those which the item has
    /// here. What came and went by a hidden one shows neither by being outstanding nor by not being so (P6).
    pub(super) fn is_outstanding(
        &self,
        reader: &Reader,
        item: &Item,
        agency: AgencyNumber,
    ) -> Result<bool, StoreError> {
        let asked = self.asked(item, &would_have_held(&reader.registry, item, agency))?;
        let own = reader.number == agency;
        Ok(!own && asked.is_some_and(|asked| item.acknowledged_by(agency) < Some(asked)))
    }

    /// When whoever held this was last told that it has to take something; none: never.
    fn asked(&self, item: &Item, held: &[(Moment, Groups)]) -> Result<Option<Moment>, StoreError> {
        let narrowed = held.windows(2).rev().find_map(|step| {
            let less = step[0].1.without(step[1].1);
            (!less.is_empty()).then_some(step[1].0)
        });
        let mut ever = held.iter();
        let wrong = match item.state {
            ItemState::Corrected(by) | ItemState::EnteredInError(by) | ItemState::Erased(by)
                if ever.any(|(_, groups)| groups.has(FieldGroup::Existence)) =>
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

/// What an agency would have held of an item from when on, by the ties that it has here: decided anew wherever something may have
/// changed. Of two changes at one moment, one comes after the other.
fn would_have_held(
    registry: &Registry,
    item: &Item,
    agency: AgencyNumber,
) -> Vec<(Moment, Groups)> {
    let Some(first) = item.history.first() else {
        return Vec::new();
    };
    let until = |at: Moment| item.changes.iter().filter(|(by, _)| *by <= at).count();
    let turns = registry.turns_after(0).iter().map(|(_, at)| *at);
    let ties = item.ties.iter().filter(|tie| tie.agency == agency);
    let moments = turns.chain(ties.flat_map(Tie::turns));
    let mut steps: Vec<(Moment, usize)> = moments.map(|at| (at, until(at))).collect();
    steps.extend(item.changes.iter().map(|(at, _)| *at).zip(1..));
    steps.retain(|(at, _)| *at > first.since);
    // While it waited for another event nobody had it.
    let before = item.changes.iter().filter(|(by, _)| *by < first.since);
    steps.extend((before.count()..=until(first.since)).map(|changes| (first.since, changes)));
    steps.sort_unstable();
    let timeless = Timeless::of(item);
    let held = steps
        .into_iter()
        .map(|(at, changes)| (at, timeless.entitled(registry, agency, changes, at)));
    held.collect()
}
