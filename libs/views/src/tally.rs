//! Counts for the Board's indicators, kept by the fold: by quarter of publication, table, category and agency. Owns that an event counts
//! from when it takes effect until its content goes; refuses to say what may be shown of a count: `libs/indicators` does.

use std::collections::BTreeMap;

use diogel_domain::{codes::Sector, effect::Effect};
use diogel_indicators::{Counted, Nature, Quarter, Table};

use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    keys,
    pending::Pending,
    registry::Registry,
    rows::Item,
    store::{Store, StoreError},
};

/// Of one quarter: how often, by what and by whom.
pub type QuarterCounts = BTreeMap<(Counted, AgencyNumber), u64>;

/// What a batch counts, more or less than before.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<Quarter, BTreeMap<(Counted, AgencyNumber), i64>>);

impl Tally {
    /// The item counts.
    pub(crate) fn add(&mut self, item: &Item, registry: &Registry) {
        self.count(item, registry, 1);
    }

    /// It counts no more.
    pub(crate) fn take(&mut self, item: &Item, registry: &Registry) {
        self.count(item, registry, -1);
    }

    fn count(&mut self, item: &Item, registry: &Registry, by: i64) {
        if item.seeds.counted.is_empty() {
            return;
        }
        let Some(agency) = registry.agency(&item.originator) else {
            return;
        };
        let Some(number) = registry.number(&item.originator) else {
            return;
        };
        let (quarter, month) = Quarter::of(item.ordered_at);
        let counts = self.0.entry(quarter).or_default();
        let counted = item.seeds.counted.iter().filter(|counted| {
            Table::from_number(counted.table)
                .is_some_and(|table| table.nature() == Nature::Published)
        });
        for counted in counted {
            let category = match counted.table {
                table if table == Table::IncidentsMonth.number() => month,
                table if table == Table::IncidentsSector.number() => sector(agency.facts.sector),
                _ => counted.category,
            };
            let counted = Counted {
                category,
                ..*counted
            };
            *counts.entry((counted, number)).or_default() += by;
        }
    }

    /// Writes the counts with the batch that they are of.
    pub(crate) fn settle<S: Store>(self, pending: &mut Pending<'_, S>) -> Result<(), StoreError> {
        for (quarter, changes) in self.0 {
            let key = keys::counts(quarter.number());
            let mut counts: QuarterCounts = pending.read(&key)?.unwrap_or_default();
            for (what, by) in changes {
                let count = counts.entry(what).or_default();
                *count = count.saturating_add_signed(by);
            }
            counts.retain(|_, count| *count > 0);
            if counts.is_empty() {
                pending.remove(key);
            } else {
                pending.write(key, &counts)?;
            }
        }
        Ok(())
    }
}

fn sector(sector: Sector) -> u8 {
    let place = Sector::ALL.iter().position(|one| *one == sector);
    u8::try_from(place.unwrap_or(0)).unwrap_or(0)
}

impl<S: Store> Folded<S> {
    /// The first quarter in which anything counts.
    ///
    /// # Errors
    /// Of the store.
    pub fn first_counted(&self) -> Result<Option<Quarter>, StoreError> {
        let prefix = [keys::COUNTS];
        let first = self.store.scan(&prefix, &keys::after(&prefix), 1)?;
        let key = first.into_iter().next().map(|(key, _)| key);
        let number = key.and_then(|key| key.last_chunk::<4>().copied());
        Ok(number.map(|number| Quarter::from_number(u32::from_be_bytes(number))))
    }

    /// The same counts, made anew from every item: what those kept by the fold must equal.
    ///
    /// # Errors
    /// Of the store.
    pub fn recounted(&self) -> Result<BTreeMap<Quarter, QuarterCounts>, StoreError> {
        let registry = self.registry();
        let mut tally = Tally::default();
        for position in 1..=self.checkpoint().position {
            let row = self.store.get(&keys::item(position))?;
            let item: Item = postcard::from_bytes(&row.ok_or(StoreError::Missing)?)?;
            if item.effect == Effect::Effective {
                tally.add(&item, &registry);
            }
        }
        let counted = tally.0.into_iter().map(|(quarter, counts)| {
            let counts = counts
                .into_iter()
                .map(|(what, count)| (what, count.unsigned_abs()));
            (quarter, counts.collect())
        });
        Ok(counted.collect())
    }

    /// What was published in a quarter and still counts, as of the checkpoint.
    ///
    /// # Errors
    /// Of the store.
    pub fn counts(&self, quarter: Quarter) -> Result<QuarterCounts, StoreError> {
        let row = self.store.get(&keys::counts(quarter.number()))?;
        let counts = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(counts.unwrap_or_default())
    }
}
