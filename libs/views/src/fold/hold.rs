//! Who holds what of an item: decided at its position, and again whenever something changes what it rests on. Rows, copies, index
//! and the holders' changes follow in the same batch, so that no item is ever shown half.

use std::collections::BTreeMap;

use diogel_domain::{effect::Effect, ids::EventId, times::Moment};
use diogel_sharing::{
    decide::{Question, entitlement},
    groups::{FieldGroup, Groups},
};

use super::{apply::Step, involvement::tie_leads, owed::Owed};
use crate::{
    audiences::{AgencyNumber, AgencySet},
    index::{self, Moved},
    keys::{self, Hashed},
    read::asks_to_take,
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
        let mut by_claim = AgencySet::NONE;
        let timeless = item.timeless();
        if let (Some(question), Some((audience, changes))) = (item.question(now), &timeless) {
            let question = Question {
                audience,
                changes,
                ..question
            };
            for (number, agency) in (0..).zip(self.registry.agencies()) {
                let agency = &agency.facts.agency;
                let rules = self.registry.rules();
                let by = |standing: &Standing| {
                    entitlement(rules, &question, agency, standing.relation())
                };
                let standing = Standing::of(item, number, now);
                let groups = by(&standing);
                if !groups.is_empty() {
                    let agencies = held.entry(groups).or_default();
                    *agencies = agencies.with(number);
                }
                if groups == Groups::PRECAUTIONS
                    && standing.is_involved()
                    && by(&standing.without_claims()).is_empty()
                {
                    by_claim = by_claim.with(number);
                }
            }
        }
        Held {
            since: now,
            groups: held.into_iter().collect(),
            by_claim,
        }
    }

    /// An item, by every change of the rules until here. Who is to be told of one waits for the sweep, and keeps its place in the
    /// index until then.
    pub(super) fn item(&mut self, position: u64) -> Result<Item, StoreError> {
        let (item, deciding) = self.brought_up(position)?;
        if !deciding.changed.is_empty() {
            let waiting: Vec<Owed> = deciding.owed().copied().collect();
            self.pending.write(keys::owed(position), &waiting)?;
            let moved = deciding.moved(position, &item, &waiting);
            index::replace(self.pending, moved.into_iter().collect())?;
        }
        Ok(item)
    }

    /// An item, by every change of the rules until here, and what these have made different. What the item passes through on the way
    /// is kept with its times, but nobody ever sees it: row and copies are made once, of how it stands in the end.
    pub(super) fn brought_up(&mut self, position: u64) -> Result<(Item, Deciding), StoreError> {
        let item: Option<Item> = self.pending.read(&keys::item(position))?;
        let mut item = item.ok_or(StoreError::Missing)?;
        let mut deciding = Deciding::of(self.owed(position)?);
        let turns = self.registry.turns_after(item.decided_to.max(position));
        let Some((last, _)) = turns.last() else {
            return Ok((item, deciding));
        };
        item.decided_to = *last;
        let moments: Vec<Moment> = turns.iter().map(|(_, at)| *at).collect();
        for at in moments {
            tie_leads(self.registry, &mut item, at);
            self.hold_again(position, &mut item, at, &mut deciding);
        }
        if deciding.is_different {
            item.renew_copies(self.keys)?;
        }
        self.pending.write(keys::item(position), &item)?;
        self.mark_decided(position, &item, deciding.asks)?;
        Ok((item, deciding))
    }

    /// The item of an event.
    pub(super) fn find(&mut self, event: EventId) -> Result<Option<(u64, Item)>, StoreError> {
        let Some(position) = self.pending.read::<u64>(&keys::event(event))? else {
            return Ok(None);
        };
        Ok(Some((position, self.item(position)?)))
    }

    /// Decides again as of now, writes the item, carries out what has become different, and tells it.
    pub(super) fn redecide(
        &mut self,
        position: u64,
        item: &mut Item,
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut deciding = Deciding::of(self.owed(position)?);
        self.hold_again(position, item, now, &mut deciding);
        if deciding.is_different {
            item.renew_copies(self.keys)?;
        }
        self.pending.write(keys::item(position), item)?;
        self.mark_decided(position, item, deciding.asks)?;
        let moved = deciding.moved(position, item, &deciding.waiting);
        index::replace(self.pending, moved.into_iter().collect())?;
        let told = deciding.changed.iter();
        let told = told.fold(AgencySet::NONE, |told, owed| told.with(owed.agency));
        self.pay(position, told)?;
        deciding
            .changed
            .iter()
            .try_for_each(|owed| self.tell_change(position, owed))?;
        self.lead_steps(item, now)
    }

    /// Decides again as of now, and notes what has become different.
    fn hold_again(&self, position: u64, item: &mut Item, now: Moment, deciding: &mut Deciding) {
        if matches!(item.effect, Effect::WithoutEffect(_)) || item.question(now).is_none() {
            return;
        }
        let held = self.entitled(item, now);
        let last = item.history.last();
        let is_same = |last: &Held| last.groups == held.groups && last.by_claim == held.by_claim;
        if last.is_some_and(is_same) {
            return;
        }
        deciding.is_different = true;
        // What waits is in no index, and nobody was told of it.
        if item.effect == Effect::Effective {
            deciding.note(position, item, &held);
        }
        item.history.push(held);
    }

    /// Changes an item's audience or ties, decides again and writes it.
    pub(super) fn with_item(
        &mut self,
        position: u64,
        now: Moment,
        change: impl FnOnce(&mut Item),
    ) -> Result<(), StoreError> {
        let mut item = self.item(position)?;
        let waiting = self.owed(position)?;
        let before = index::postings(position, &item, &waiting);
        change(&mut item);
        // A tie may open the door and nothing else.
        if item.effect == Effect::Effective {
            let after = index::postings(position, &item, &waiting);
            let moved = Moved {
                position,
                before,
                after,
            };
            index::replace(self.pending, vec![moved])?;
        }
        self.redecide(position, &mut item, now)
    }
}

/// What decisions made again, one after the other, have changed of an item.
pub(super) struct Deciding {
    /// Somebody holds something else.
    is_different: bool,
    /// Somebody has to take that it holds less.
    asks: bool,
    /// Who waited already to be told of a change of the rules.
    pub waiting: Vec<Owed>,
    /// Its postings before the first of them; none: they are as they were.
    before: Option<Vec<(Hashed, Posting)>>,
    /// For whom it has become different.
    pub changed: Vec<Owed>,
}

impl Deciding {
    const fn of(waiting: Vec<Owed>) -> Self {
        Self {
            is_different: false,
            asks: false,
            waiting,
            before: None,
            changed: Vec::new(),
        }
    }

    fn note(&mut self, position: u64, item: &Item, held: &Held) {
        if self.before.is_none() {
            self.before = Some(index::postings(position, item, &self.waiting));
        }
        let changed = changed(item, held);
        let asks = |owed: &Owed| asks_to_take(owed.before.groups, held.by(owed.agency));
        self.asks |= changed.iter().any(asks);
        self.changed.extend(changed);
    }

    /// Everybody who is to be told, of what came first first.
    pub(super) fn owed(&self) -> impl Iterator<Item = &Owed> {
        self.waiting.iter().chain(&self.changed)
    }

    /// How the index has to follow, where only these wait on.
    pub(super) fn moved(&self, position: u64, item: &Item, waiting: &[Owed]) -> Option<Moved> {
        let before = match &self.before {
            Some(before) => before.clone(),
            None if self.waiting.len() == waiting.len() => return None,
            None => index::postings(position, item, &self.waiting),
        };
        let after = index::postings(position, item, waiting);
        Some(Moved {
            position,
            before,
            after,
        })
    }
}

/// For whom it has become different, and how.
fn changed(item: &Item, held: &Held) -> Vec<Owed> {
    let last = item.history.last().cloned().unwrap_or_default();
    let both = last.groups.iter().chain(&held.groups);
    let concerned = both.fold(AgencySet::NONE, |all, (_, agencies)| all.join(*agencies));
    let ever = item.ever_holders();
    let owed = concerned.iter().filter_map(|agency| {
        let (before, after) = (last.holding(agency), held.holding(agency));
        let owed = Owed {
            agency,
            kind: kind(before.groups, after.groups, ever.has(agency)),
            since: held.since,
            before,
        };
        (before != after).then_some(owed)
    });
    owed.collect()
}

/// One who never knew of it is shown it, one who knows no more is told to remove it. Who knew nothing and knows nothing is told
/// nothing: precautions at the door are found, not told.
fn kind(before: Groups, after: Groups, ever: bool) -> Option<ChangeKind> {
    let knows = |groups: Groups| groups.has(FieldGroup::Existence);
    match (knows(before), knows(after)) {
        (_, true) if !ever => Some(ChangeKind::Shown),
        (_, true) => Some(ChangeKind::Changed),
        (true, false) => Some(ChangeKind::Retracted),
        (false, false) => None,
    }
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
