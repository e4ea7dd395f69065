//! What agencies have to come back to: alerts and escalations that are open, and what wasn't taken. Kept by the fold, so that a list of
//! them doesn't look through what is over and done with, which the years add to. A mark shows nothing: whoever reads by marks decides
//! each item anew, and there may be a mark more than there is to show. Whoever may know how something stands may know of the step that
//! ended it, which is shared as it is.

use diogel_domain::{
    calendar::{Holidays, moment_of},
    content::{Kind, ReferenceRole},
    effect::Effect,
    ids::EventId,
    lifecycle::alert::{self, AlertStanding, Raised, of_alert},
    times::Moment,
};
use diogel_sharing::change::Change;
use serde::{Deserialize, Serialize};

use super::apply::Step;
use crate::{
    audiences::AgencyNumber,
    keys::{self, Mark},
    read::asked,
    rows::{Item, ItemState},
    seeds::Course,
    standing::MOST_CORRECTIONS,
    store::{Store, StoreError},
};

/// What an alert waits for from its agency, kept with the mark: what waits for nothing is left out of a list without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Awaits {
    /// Nobody has decided.
    pub(crate) decision: bool,
    /// From when on it is to be reviewed; none: it was never decided.
    pub(crate) review_from: Option<Moment>,
    /// The person objects.
    pub(crate) answer: bool,
    /// The reports that it rests on: once none of them stands, it is suspended.
    pub(crate) rests_on: Vec<EventId>,
}

impl<S: Store> Step<'_, '_, S> {
    pub(super) fn mark(&mut self, agency: AgencyNumber, mark: Mark, position: u64, holds: bool) {
        let key = keys::marked(agency, mark, position);
        if holds {
            self.pending.put(key, Vec::new());
        } else {
            self.pending.remove(key);
        }
    }

    /// Whether an item is open, for everybody who ever knew of it; and what it waits for, for the agency whose it is.
    pub(super) fn mark_open(
        &mut self,
        position: u64,
        item: &Item,
        open: bool,
    ) -> Result<(), StoreError> {
        let Some(mark) = item.kind.and_then(Kind::matter).and_then(Mark::open) else {
            return Ok(());
        };
        for agency in item.ever_holders().iter() {
            self.mark(agency, mark, position, open);
        }
        let own = self.registry.number(&item.originator);
        let Some(own) = own.filter(|_| mark == Mark::OpenAlert) else {
            return Ok(());
        };
        let awaits = if open { self.awaits(item)? } else { None };
        let key = keys::marked(own, Mark::OwnAlert, position);
        match awaits {
            Some(awaits) => self.pending.write(key, &awaits)?,
            None => self.pending.remove(key),
        }
        Ok(())
    }

    /// What an alert waits for, by what its agency knows of it; none: its safety isn't there, or is gone.
    fn awaits(&self, item: &Item) -> Result<Option<Awaits>, StoreError> {
        let mut steps = Vec::new();
        for step in item.steps.iter().filter(|step| step.stands) {
            let row: Option<Item> = self.pending.read(&keys::item(step.position))?;
            steps.extend(row.map(|row| (step.taken.deed, row.ordered_at, row.seeds.course)));
        }
        let steps = steps.iter().map(|(deed, at, course)| alert::Step {
            at: *at,
            deed: *deed,
            review_on: match course {
                Course::Step { review_on, .. } => *review_on,
                _ => None,
            },
            told: None,
        });
        let Course::Alert {
            decided_at,
            review_on,
        } = item.seeds.course
        else {
            return Ok(None);
        };
        let raised = Raised {
            at: item.ordered_at,
            decided_at,
            review_on: Some(review_on),
            told: None,
            groundless_since: None,
        };
        let clocks = self.registry.policy(self.now).alerts;
        let state = of_alert(
            raised,
            steps,
            clocks,
            self.now,
            Holidays::england_and_wales(),
        );
        let suspended = state.standing == AlertStanding::Suspended;
        let due = state.review_on.filter(|_| state.decided_at.is_some());
        let references = item.references().iter();
        let rests_on = references.filter(|r| r.role == ReferenceRole::RestsOn);
        Ok(Some(Awaits {
            decision: state.decided_at.is_none(),
            review_from: match due {
                // At once: no clock ends that.
                _ if suspended => Some(item.ordered_at),
                due => due.map(|day| moment_of(day.plus_days(1), 0)),
            },
            answer: state.disputed_since.is_some(),
            rests_on: rests_on.map(|r| r.event_id).collect(),
        }))
    }

    /// What rests on a report, or on one that it corrected, may have lost its ground.
    pub(super) fn note_withdrawn(&mut self, report: &Item) -> Result<(), StoreError> {
        let mut next = Some(report.event_id);
        for _ in 0..MOST_CORRECTIONS {
            let Some(event) = next else {
                break;
            };
            self.pending.put(keys::withdrawn(event), Vec::new());
            let position: Option<u64> = self.pending.read(&keys::event(event))?;
            let item = position.map(|at| self.pending.read::<Item>(&keys::item(at)));
            let item = item.transpose()?.flatten();
            next = item.and_then(|item| {
                let mut references = item.references().iter();
                let corrects = references.find(|r| r.role == ReferenceRole::Corrects);
                corrects.map(|r| r.event_id)
            });
        }
        Ok(())
    }

    /// Who hasn't taken what it was told of an item; its originator looks after them.
    pub(super) fn mark_untaken(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        if item.effect != Effect::Effective {
            return Ok(());
        }
        let wrong = match item.state {
            ItemState::Corrected(by) | ItemState::EnteredInError(by) | ItemState::Erased(by) => {
                let by: Option<Item> = self.pending.read(&keys::item(by))?;
                by.map(|by| by.ordered_at)
            }
            _ => None,
        };
        let own = self.registry.number(&item.originator);
        let mut any = false;
        for agency in item.ever_holders().iter().filter(|a| Some(*a) != own) {
            let asked: Option<Moment> = asked(item, self.registry, agency, wrong);
            let untaken = asked.is_some() && asked > item.acknowledged_by(agency);
            any |= untaken;
            self.mark(agency, Mark::Untaken, position, untaken);
        }
        if let Some(own) = own {
            let any = any || self.may_seem_less(position, item);
            self.mark(own, Mark::Untaken, position, any);
        }
        Ok(())
    }

    /// The same after a decision was made again.
    pub(super) fn mark_decided(
        &mut self,
        position: u64,
        item: &Item,
        asks: bool,
    ) -> Result<(), StoreError> {
        // Whoever comes to know of what was wrong is told that as well.
        if asks || item.state.is_wrong_or_gone() {
            return self.mark_untaken(position, item);
        }
        if item.effect == Effect::Effective
            && self.may_seem_less(position, item)
            && let Some(own) = self.registry.number(&item.originator)
        {
            self.mark(own, Mark::Untaken, position, true);
        }
        Ok(())
    }

    /// Somebody may hold less by all that the originator may know, and still as much by a tie that is hidden from it: that it sees as
    /// outstanding, or else the tie would show (P6).
    fn may_seem_less(&self, position: u64, item: &Item) -> bool {
        let narrows = |change: &Change| !matches!(change, Change::Widen(_));
        let ended = item.ties.iter().any(|tie| tie.span.until.is_some());
        let narrowed = item.changes.iter().any(|(_, change)| narrows(change));
        let turned = !self.registry.turns_after(position).is_empty();
        !item.ties.is_empty() && (ended || narrowed || turned)
    }
}
