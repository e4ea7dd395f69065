//! What a new or changed protocol would do: the decision that is made today, and the one that would be made under it, over the events of
//! today. Nothing is stored. An originator learns of its own events what it may know anyway; over all of them only counts are made.

use std::collections::BTreeMap;

use diogel_domain::{
    content::{Kind, Matter},
    effect::{Effect, Reason},
    ids::AgencyId,
    times::Moment,
};
use diogel_sharing::decide::decide;

use super::Reader;
use crate::{
    fold::Folded,
    keys,
    registry::Registry,
    rows::Item,
    store::{Store, StoreError},
    ties::Standing,
};

/// Rows that one scan reads.
const AT_ONCE: usize = 1024;

/// Over whose events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The reader's own.
    Own,
    /// Everybody's, for counts alone.
    All,
}

/// Of how many events an agency would get more, or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// A group more at least.
    pub widened: u64,
    /// A group less at least.
    pub narrowed: u64,
}

impl Moved {
    const fn add(&mut self, widened: u64, narrowed: u64) {
        self.widened += widened;
        self.narrowed += narrowed;
    }
}

/// What it would do.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    /// By kind of event and recipient; nobody for whom nothing changes.
    pub moved: BTreeMap<(Matter, AgencyId), Moved>,
    /// The same by kind of event and originator: whether a count is one agency's.
    pub of: BTreeMap<(Matter, AgencyId), Moved>,
    /// Events that were looked at.
    pub looked_at: u64,
    /// There are no others.
    pub all: bool,
    /// As of when.
    pub at: Moment,
}

impl<S: Store> Folded<S> {
    /// Tries a protocol's file over the latest events, so many at most.
    ///
    /// # Errors
    /// Of the store. Within: why the Board couldn't adopt it.
    pub fn try_protocol(
        &self,
        reader: &Reader,
        file: &str,
        over: Over,
        most: u64,
    ) -> Result<Result<Trial, Reason>, StoreError> {
        let registry = reader.registry();
        let (tried, at) = match registry.as_if(file, reader.now()) {
            Ok(tried) => tried,
            Err(reason) => return Ok(Err(reason)),
        };
        let last = self.checkpoint().position;
        let first = last.saturating_sub(most) + 1;
        let mut trial = Trial {
            all: first == 1,
            at,
            ..Trial::default()
        };
        let mut from = keys::item(first);
        let end = keys::after(&[keys::ITEMS]);
        loop {
            let rows = self.store.scan(&from, &end, AT_ONCE)?;
            let Some((last, _)) = rows.last() else {
                return Ok(Ok(trial));
            };
            from = [last.as_slice(), &[0]].concat();
            for (_, row) in &rows {
                let mut item: Item = postcard::from_bytes(row)?;
                let own = item.originator == *reader.agency();
                if item.effect != Effect::Effective || (over == Over::Own && !own) {
                    continue;
                }
                if over == Over::Own {
                    item.ties = self.ties_known_to(reader, &item)?;
                }
                trial.looked_at += 1;
                trial.take(&item, registry, &tried);
            }
        }
    }
}

impl Trial {
    fn take(&mut self, item: &Item, registry: &Registry, tried: &Registry) {
        let matter = item.kind.and_then(Kind::matter);
        let (Some(matter), Some(question)) = (matter, item.question(self.at)) else {
            return;
        };
        for (number, agency) in (0..).zip(registry.agencies()) {
            let agency = &agency.facts.agency;
            if *agency == item.originator {
                continue;
            }
            let standing = Standing::of(item, number, self.at);
            let groups = |of: &Registry| {
                let rules = of.rules();
                decide(rules, &question, agency, standing.relation()).groups
            };
            let (before, after) = (groups(registry), groups(tried));
            if before == after {
                continue;
            }
            let wider = u64::from(!after.without(before).is_empty());
            let narrower = u64::from(!before.without(after).is_empty());
            let to = self.moved.entry((matter, agency.clone())).or_default();
            to.add(wider, narrower);
            let of = (matter, item.originator.clone());
            self.of.entry(of).or_default().add(wider, narrower);
        }
    }
}
