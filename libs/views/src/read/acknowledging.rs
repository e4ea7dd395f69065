//! What a reader's system still has to take: that less of an item is shared with its agency, or that what it holds was wrong. Counted
//! from what was held, not from what was sent, so that it is the same after a restart and for each replica.

use std::ops::ControlFlow;

use diogel_domain::{codes::Sector, content::Kind, ids::AgencyId, times::Moment};

use diogel_sharing::groups::{FieldGroup, Groups};

use super::{Reader, Told, known::Way};
use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    keys::{self, Mark},
    registry::Registry,
    rows::{Item, ItemState},
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
    /// What is outstanding of the reader's own events, and what its own systems have still to take: of the events before position
    /// `before`, newest first, each offered to `take` as [`Self::newest`] does. Answers the position to go on from; 0 when there is
    /// no more.
    pub fn outstanding(
        &self,
        reader: &Reader,
        before: u64,
        mut take: impl FnMut(Outstanding) -> ControlFlow<()>,
    ) -> Result<u64, StoreError> {
        self.each_marked(reader, Mark::Untaken, before, |position| {
            let outstanding = self.outstanding_at(reader, position)?;
            Ok(outstanding.map_or(ControlFlow::Continue(()), &mut take))
        })
    }

    /// What is outstanding of the event at a position, for this reader.
    pub fn outstanding_at(
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
        let mut steps = steps.iter();
        let knew = steps.any(|(_, groups)| groups.has(FieldGroup::Existence));
        if own || !knew {
            return Ok(false);
        }
        // A change of the rules asks for nothing until the sweep is done: what it comes to is told of one item sooner and of another
        // later, by what else happens to them (P6).
        let registry = self.registry();
        let untold = registry.turns_after(self.swept());
        let asked = way.narrowed(untold).max(self.was_wrong(item)?);
        let asked = asked.max(reviews(item, &registry, way.number()));
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

    fn asked(&self, item: &Item, agency: AgencyNumber) -> Result<Option<Moment>, StoreError> {
        let wrong = self.was_wrong(item)?;
        Ok(asked(item, &self.registry(), agency, wrong))
    }

    pub(crate) fn ordered_at(&self, position: u64) -> Result<Option<Moment>, StoreError> {
        let row = self.store.get(&keys::item(position))?;
        let item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(item.map(|item| item.ordered_at))
    }
}

/// Whoever comes to hold less of an item has to take that. Who never knew that there is one was told nothing: precautions at its door
/// are found.
pub(crate) fn asks_to_take(before: Groups, after: Groups) -> bool {
    before.has(FieldGroup::Existence) && !after.covers(before)
}

/// When an agency was last told that it has to take something of an item; `wrong`: when it was said that the item was; none: never.
pub(crate) fn asked(
    item: &Item,
    registry: &Registry,
    agency: AgencyNumber,
    wrong: Option<Moment>,
) -> Option<Moment> {
    let narrowed = item.history.windows(2).rev().find_map(|step| {
        let (before, after) = (step[0].by(agency), step[1].by(agency));
        asks_to_take(before, after).then_some(step[1].since)
    });
    let held = item.ever_holders().has(agency);
    let reviews = reviews(item, registry, agency);
    narrowed.max(wrong.filter(|_| held)).max(reviews)
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
