//! Who holds what of an item: decided at its position, and again whenever something changes what it rests on. Rows, copies, index
//! and the holders' changes follow in the same batch, so that no item is ever shown half.

use std::collections::BTreeMap;

use diogel_domain::{effect::Effect, ids::EventId, times::Moment};
use diogel_sharing::{
    audience::Audience,
    change::Change,
    decide::{Question, entitlement},
    groups::{FieldGroup, Groups},
};

use super::{apply::Step, involvement::tie_leads, owed::Owed};
use crate::{
    audiences::{AgencyNumber, AgencySet},
    index,
    keys::{self, Hashed},
    registry::Registry,
    rows::{ChangeKind, Held, Item, Posting},
    store::{Store, StoreError},
    ties::Standing,
};

impl<S: Store> Step<'_, '_, S> {
    /// What every agency is entitled to, as of a moment, whatever ends with time: that is the reads' to see, or else whoever happens
    /// to touch an item would show by it that its time is over (P4, P6).
    pub(super) fn entitled(&self, item: &Item, now: Moment) -> Held {
        let mut held: BTreeMap<Groups, AgencySet> = BTreeMap::new();
        let timeless = Timeless::of(item);
        for (number, _) in (0..).zip(self.registry.agencies()) {
            let changes = item.changes.len();
            let groups = timeless.entitled(self.registry, number, changes, now);
            if !groups.is_empty() {
                let agencies = held.entry(groups).or_default();
                *agencies = agencies.with(number);
            }
        }
        Held {
            since: now,
            groups: held.into_iter().collect(),
        }
    }

    /// An item, by every change of the rules until here.
    pub(super) fn item(&mut self, position: u64) -> Result<Item, StoreError> {
        let item: Option<Item> = self.pending.read(&keys::item(position))?;
        let mut item = item.ok_or(StoreError::Missing)?;
        let turns = self.registry.turns_after(item.decided_to.max(position));
        let turns: Vec<(u64, Moment)> = turns.to_vec();
        for (turn, at) in turns {
            tie_leads(self.registry, &mut item, at);
            let before = item.history.last().cloned();
            let changed = self.decide_again(position, &mut item, at)?;
            let owed = changed.into_iter().map(|(agency, kind)| Owed {
                agency,
                kind,
                since: at,
                before: before.as_ref().map_or(Groups::NONE, |held| held.by(agency)),
            });
            self.owe(position, owed.collect())?;
            item.decided_to = turn;
            self.pending.write(keys::item(position), &item)?;
        }
        Ok(item)
    }

    /// The item of an event.
    pub(super) fn find(&mut self, event: EventId) -> Result<Option<(u64, Item)>, StoreError> {
        let Some(position) = self.pending.read::<u64>(&keys::event(event))? else {
            return Ok(None);
        };
        Ok(Some((position, self.item(position)?)))
    }

    /// Decides again as of now, carries out what has become different, and tells it.
    pub(super) fn redecide(
        &mut self,
        position: u64,
        item: &mut Item,
        now: Moment,
    ) -> Result<(), StoreError> {
        for (agency, kind) in self.decide_again(position, item, now)? {
            self.change(AgencySet::NONE.with(agency), position, kind)?;
        }
        Ok(())
    }

    /// The same, but for the telling: answers who is to be told what.
    fn decide_again(
        &mut self,
        position: u64,
        item: &mut Item,
        now: Moment,
    ) -> Result<Vec<(AgencyNumber, ChangeKind)>, StoreError> {
        if matches!(item.effect, Effect::WithoutEffect(_)) || item.question(now).is_none() {
            return Ok(Vec::new());
        }
        let held = self.entitled(item, now);
        if item
            .history
            .last()
            .is_some_and(|last| last.groups == held.groups)
        {
            return Ok(Vec::new());
        }
        let changed = changed(item, &held);
        let before = index::postings(position, item);
        item.history.push(held);
        item.renew_copies(self.keys)?;
        self.pending.write(keys::item(position), item)?;
        if item.effect != Effect::Effective {
            return Ok(Vec::new());
        }
        self.post_again(position, &before, &index::postings(position, item))?;
        Ok(changed)
    }

    fn post_again(
        &mut self,
        position: u64,
        before: &[(Hashed, Posting)],
        after: &[(Hashed, Posting)],
    ) -> Result<(), StoreError> {
        if before == after {
            return Ok(());
        }
        index::remove(self.pending, position, before)?;
        index::add(self.pending, after)
    }

    /// Changes an item's audience or ties, decides again and writes it.
    pub(super) fn with_item(
        &mut self,
        position: u64,
        now: Moment,
        change: impl FnOnce(&mut Item),
    ) -> Result<(), StoreError> {
        let mut item = self.item(position)?;
        let before = index::postings(position, &item);
        change(&mut item);
        // A tie may open the door and nothing else.
        if item.effect == Effect::Effective {
            self.post_again(position, &before, &index::postings(position, &item))?;
        }
        self.redecide(position, &mut item, now)?;
        self.pending.write(keys::item(position), &item)
    }
}

/// An item with its audience, and how that was changed, as if nothing of it ended with time.
pub(crate) struct Timeless<'i> {
    item: &'i Item,
    audience: Option<Audience>,
    changes: Vec<(Moment, Change)>,
}

impl<'i> Timeless<'i> {
    pub(crate) fn of(item: &'i Item) -> Self {
        let mut audience = item.audience().cloned();
        if let Some(audience) = &mut audience {
            audience.until = None;
        }
        let mut changes = item.changes.clone();
        for (_, change) in &mut changes {
            if let Change::Disclose(disclosure) = change {
                disclosure.until = None;
            }
        }
        Self {
            item,
            audience,
            changes,
        }
    }

    /// What an agency is entitled to after so many changes, as of a moment.
    pub(crate) fn entitled(
        &self,
        registry: &Registry,
        number: AgencyNumber,
        changes: usize,
        now: Moment,
    ) -> Groups {
        let agency = registry.agencies().get(usize::from(number));
        let (Some(agency), Some(question), Some(audience)) =
            (agency, self.item.question(now), &self.audience)
        else {
            return Groups::NONE;
        };
        let question = Question {
            audience,
            changes: self.changes.get(..changes).unwrap_or_default(),
            ..question
        };
        let standing = Standing::of(self.item, number, now);
        let (rules, agency) = (registry.rules(), &agency.facts.agency);
        entitlement(rules, &question, agency, standing.relation())
    }
}

/// For whom it has become different, and how: one who never knew of it is shown it, one who knows no more is told to remove it.
fn changed(item: &Item, held: &Held) -> Vec<(AgencyNumber, ChangeKind)> {
    let (ever, before, after) = (item.ever_holders(), item.holders(), held.knowing());
    let concerned = before.join(after);
    let kind = |agency: AgencyNumber| match (before.has(agency), after.has(agency)) {
        (_, true) if !ever.has(agency) => Some(ChangeKind::Shown),
        (true, false) => Some(ChangeKind::Retracted),
        _ => (item.held_by(agency) != held.by(agency)).then_some(ChangeKind::Changed),
    };
    let each = concerned.iter();
    each.filter_map(|agency| Some((agency, kind(agency)?)))
        .collect()
}

/// Knows that the event exists, as far as that stands in clear: what involvement opens is sealed, and may be erased before a rebuild.
pub(super) fn knows_in_clear(
    registry: &Registry,
    item: &Item,
    agency: AgencyNumber,
    at: Moment,
) -> bool {
    let agencies = registry.agencies();
    let Some(known) = agencies.get(usize::from(agency)) else {
        return false;
    };
    let standing = Standing::in_clear(item, agency, at);
    item.question(at).is_some_and(|question| {
        let id = &known.facts.agency;
        let groups = entitlement(registry.rules(), &question, id, standing.relation());
        groups.has(FieldGroup::Existence)
    })
}
