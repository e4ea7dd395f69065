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
    rows::{ChangeKind, Item},
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
        let mut trial = Trial {
            at,
            ..Trial::default()
        };
        let mut take = |item: &Item| {
            if item.effect == Effect::Effective {
                trial.looked_at += 1;
                trial.take(item, registry, &tried);
            }
        };
        let all = match over {
            Over::Own => self.each_of_own(reader, most, &mut take)?,
            Over::All => self.each_latest(most, &mut take)?,
        };
        trial.all = all;
        Ok(Ok(trial))
    }

    /// The reader's own events among the latest changes of its own view: how many others publish decides nothing of it (P6). Says whether
    /// that is all.
    fn each_of_own(
        &self,
        reader: &Reader,
        most: u64,
        take: &mut impl FnMut(&Item),
    ) -> Result<bool, StoreError> {
        let first = self.last_change(reader)?.saturating_sub(most);
        let mut after = first;
        loop {
            let changes = self.changes(reader, after, AT_ONCE)?;
            let Some((last, _)) = changes.last() else {
                return Ok(first == 0);
            };
            after = *last;
            for (_, change) in changes.iter().filter(|(_, c)| c.kind == ChangeKind::Shown) {
                let row = self.store.get(&keys::item(change.position))?;
                let item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
                let own = item.filter(|item| item.originator == *reader.agency());
                if let Some(mut item) = own {
                    item.ties = self.ties_known_to(reader, &item)?;
                    take(&item);
                }
            }
        }
    }

    /// Everybody's latest events. Says whether that is all.
    fn each_latest(&self, most: u64, take: &mut impl FnMut(&Item)) -> Result<bool, StoreError> {
        let first = self.checkpoint().position.saturating_sub(most) + 1;
        let mut from = keys::item(first);
        let end = keys::after(&[keys::ITEMS]);
        loop {
            let rows = self.store.scan(&from, &end, AT_ONCE)?;
            let Some((last, _)) = rows.last() else {
                return Ok(first == 1);
            };
            from = [last.as_slice(), &[0]].concat();
            for (_, row) in &rows {
                take(&postcard::from_bytes(row)?);
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
