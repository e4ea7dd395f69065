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
        let timeless = item.timeless();
        if let (Some(question), Some((audience, changes))) = (item.question(now), &timeless) {
            let question = Question {
                audience,
                changes,
                ..question
            };
            for (number, agency) in (0..).zip(self.registry.agencies()) {
                let standing = Standing::of(item, number, now);
                let agency = &agency.facts.agency;
                let rules = self.registry.rules();
                let groups = entitlement(rules, &question, agency, standing.relation());
                if !groups.is_empty() {
                    let agencies = held.entry(groups).or_default();
                    *agencies = agencies.with(number);
                }
            }
        }
        Held {
            since: now,
            groups: held.into_iter().collect(),
        }
    }

    /// An item, by every change of the rules until here.
    pub(super) fn item(&mut self, position: u64) -> Result<Item, StoreError> {
        let BroughtUp { item, moved, owed } = self.brought_up(position)?;
        index::replace(self.pending, moved.into_iter().collect())?;
        self.owe(position, owed)?;
        Ok(item)
    }

    /// An item, by every change of the rules until here, how the index has to follow, and who is to be told. What the item passes
    /// through on the way is kept with its times, but nobody ever sees it: rows, copies and index are made once, of how it stands in
    /// the end.
    pub(super) fn brought_up(&mut self, position: u64) -> Result<BroughtUp, StoreError> {
        let item: Option<Item> = self.pending.read(&keys::item(position))?;
        let mut item = item.ok_or(StoreError::Missing)?;
        let turns = self.registry.turns_after(item.decided_to.max(position));
        let Some((last, _)) = turns.last() else {
            return Ok(BroughtUp {
                item,
                moved: None,
                owed: Vec::new(),
            });
        };
        item.decided_to = *last;
        let moments: Vec<Moment> = turns.iter().map(|(_, at)| *at).collect();
        let mut redecided = Redecided::default();
        for at in moments {
            tie_leads(self.registry, &mut item, at);
            self.hold_again(position, &mut item, at, &mut redecided);
        }
        let (moved, owed) = self.carry_out(position, &mut item, redecided)?;
        self.pending.write(keys::item(position), &item)?;
        Ok(BroughtUp { item, moved, owed })
    }

    /// The item of an event.
    pub(super) fn find(&mut self, event: EventId) -> Result<Option<(u64, Item)>, StoreError> {
        let Some(position) = self.pending.read::<u64>(&keys::event(event))? else {
            return Ok(None);
        };
        Ok(Some((position, self.item(position)?)))
    }

    /// Decides again as of now, carries out what has become different, and tells it. The item's row is the caller's to write.
    pub(super) fn redecide(
        &mut self,
        position: u64,
        item: &mut Item,
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut redecided = Redecided::default();
        self.hold_again(position, item, now, &mut redecided);
        let (moved, owed) = self.carry_out(position, item, redecided)?;
        index::replace(self.pending, moved.into_iter().collect())?;
        for owed in owed {
            let agency = AgencySet::NONE.with(owed.agency);
            self.change(agency, position, owed.kind)?;
        }
        Ok(())
    }

    /// Decides again as of now, and notes what has become different.
    fn hold_again(&self, position: u64, item: &mut Item, now: Moment, redecided: &mut Redecided) {
        if matches!(item.effect, Effect::WithoutEffect(_)) || item.question(now).is_none() {
            return;
        }
        let held = self.entitled(item, now);
        let last = item.history.last();
        if last.is_some_and(|last| last.groups == held.groups) {
            return;
        }
        if redecided.before.is_none() {
            redecided.before = Some(index::postings(position, item));
        }
        let changed = changed(item, &held).into_iter();
        redecided.changed.extend(changed.map(|(agency, kind)| Owed {
            agency,
            kind,
            since: now,
            before: item.held_by(agency),
        }));
        item.history.push(held);
    }

    /// Copies, as the item stands now. Answers how the index has to follow, and who is to be told what.
    fn carry_out(
        &self,
        position: u64,
        item: &mut Item,
        redecided: Redecided,
    ) -> Result<(Option<Moved>, Vec<Owed>), StoreError> {
        let Some(before) = redecided.before else {
            return Ok((None, Vec::new()));
        };
        item.renew_copies(self.keys)?;
        if item.effect != Effect::Effective {
            return Ok((None, Vec::new()));
        }
        let moved = Moved {
            position,
            before,
            after: index::postings(position, item),
        };
        Ok((Some(moved), redecided.changed))
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
            let after = index::postings(position, &item);
            let moved = Moved {
                position,
                before,
                after,
            };
            index::replace(self.pending, vec![moved])?;
        }
        self.redecide(position, &mut item, now)?;
        self.pending.write(keys::item(position), &item)
    }
}

/// An item by the rules in force.
pub(super) struct BroughtUp {
    pub item: Item,
    /// How the index has to follow.
    pub moved: Option<Moved>,
    /// Who is to be told what.
    pub owed: Vec<Owed>,
}

/// What decisions made again have changed of an item.
#[derive(Default)]
struct Redecided {
    /// Its postings before the first of them; none: nothing has changed.
    before: Option<Vec<(Hashed, Posting)>>,
    /// For whom it has become different, one decision after the other.
    changed: Vec<Owed>,
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
