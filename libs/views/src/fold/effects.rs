//! What an effective event does to earlier ones, and what it sets free that waited for it.

use diogel_domain::{
    content::{Kind, ReferenceRole},
    effect::Effect,
    ids::EventId,
};

use super::apply::Step;
use diogel_sharing::{change::Change, groups::Groups};

use crate::{
    index, keys,
    rows::{ChangeKind, FoldOutcome, Item, ItemState},
    store::{Store, StoreError},
};

impl<S: Store> Step<'_, '_, S> {
    /// Corrects, supersedes, erases or shares anew what the event refers to.
    pub(super) fn draw_consequences(
        &mut self,
        position: u64,
        item: &Item,
    ) -> Result<(), StoreError> {
        for reference in item.references() {
            let target = reference.event_id;
            match reference.role {
                ReferenceRole::Corrects => self.correct(position, item, target)?,
                ReferenceRole::Supersedes | ReferenceRole::Changes => {
                    self.supersede(position, target)?;
                }
                ReferenceRole::Erases => self.erase(position, target)?,
                ReferenceRole::Claim => {
                    let (claim, _) = self.find(target)?.ok_or(StoreError::Missing)?;
                    self.answer_claim(position, item, claim, self.now)?;
                }
                ReferenceRole::Shares => self.share_anew(item, target)?,
                ReferenceRole::Answers => self.answer(position, item, target)?,
                ReferenceRole::Acknowledges => self.acknowledge(item, target)?,
                ReferenceRole::StepOf => self.took_step(position, item)?,
                ReferenceRole::RestsOn | ReferenceRole::Concerns | ReferenceRole::Requests => {}
            }
        }
        match item.kind {
            Some(Kind::InvolvementClaimed) => self.claim(position, item, self.now),
            Some(Kind::MeetingScheduled | Kind::MeetingChanged) => {
                self.meet(position, item, self.now)
            }
            Some(_) | None => Ok(()),
        }?;
        self.tie_claims(position, item)
    }

    /// The originator changed who sees an event of its own.
    fn share_anew(&mut self, by: &Item, target: EventId) -> Result<(), StoreError> {
        let Some(change) = by.header.change.clone() else {
            return Ok(());
        };
        let (at, mut item) = self.find(target)?.ok_or(StoreError::Missing)?;
        if let Change::Widen(grants) = &change {
            self.tie_meetings(at, &mut item, grants.iter())?;
        }
        item.changes.push((self.now, change));
        self.redecide(at, &mut item, self.now)
    }

    /// A request is answered by the originator of what it asks for, and by nobody else.
    fn answer(&mut self, by: u64, answer: &Item, request: EventId) -> Result<(), StoreError> {
        let (at, mut item) = self.find(request)?.ok_or(StoreError::Missing)?;
        let references = item.references().iter();
        let mut asked = references.filter(|r| r.role == ReferenceRole::Requests);
        let Some(asked) = asked.next().map(|r| r.event_id) else {
            return Ok(());
        };
        let owner = self.find(asked)?.map(|(_, of)| of.originator);
        let mut shares = answer.references().iter();
        let instead = shares.find(|r| r.role == ReferenceRole::Shares);
        // What is shared instead of what was asked for is no answer.
        let other = instead.is_some_and(|instead| instead.event_id != asked);
        if owner.as_ref() != Some(&answer.originator) || other {
            return Ok(());
        }
        // A change by which the asker holds nothing of what it asked for grants nothing, whatever it is called.
        let holds = match self.registry.number(&item.originator) {
            Some(by) => self.item_of(asked)?.held_by(by).meet(item.header.asked),
            None => Groups::NONE,
        };
        item.state = match answer.kind {
            Some(Kind::AudienceChanged) if !holds.is_empty() => ItemState::Granted(by),
            _ => ItemState::Declined(by),
        };
        self.pending.write(keys::item(at), &item)?;
        self.change(item.holders(), at, ChangeKind::Changed)
    }

    fn item_of(&mut self, event: EventId) -> Result<Item, StoreError> {
        let found = self.find(event)?;
        found.map(|(_, item)| item).ok_or(StoreError::Missing)
    }

    /// A reader's system took what it was told. Kept also of one who was told nothing, where it is never asked for: whether it was
    /// may rest on an involvement that is erased before a rebuild (P4).
    fn acknowledge(&mut self, by: &Item, target: EventId) -> Result<(), StoreError> {
        let (at, mut item) = self.find(target)?.ok_or(StoreError::Missing)?;
        let agency = self.registry.number(&by.originator);
        let Some(agency) = agency else {
            return Ok(());
        };
        item.acknowledged.retain(|(of, _)| *of != agency);
        item.acknowledged.push((agency, self.now));
        self.pending.write(keys::item(at), &item)?;
        self.mark_untaken(at, &item)
    }

    /// What was wrong goes from every view; that it was wrong is told to everyone who held any of it.
    fn correct(&mut self, by: u64, correction: &Item, target: EventId) -> Result<(), StoreError> {
        let state = match correction.kind {
            Some(Kind::EnteredInError) => ItemState::EnteredInError(by),
            _ => ItemState::Corrected(by),
        };
        let (at, mut item) = self.find(target)?.ok_or(StoreError::Missing)?;
        self.purge(at, &mut item)?;
        if let ItemState::Corrected(_) = state {
            self.hand_steps_on(&mut item, by, self.now)?;
        } else {
            self.end_steps(&item, state)?;
            self.note_withdrawn(&item)?;
        }
        self.untake(at, &item)?;
        item.state = state;
        self.pending.write(keys::item(at), &item)?;
        self.keep_running(at, &item)?;
        self.mark_untaken(at, &item)?;
        // Whoever ever knew of it may act on it still.
        self.change(item.ever_holders(), at, ChangeKind::Changed)?;
        match item.kind {
            Some(Kind::MeetingScheduled | Kind::MeetingChanged) => {
                self.attend(by, item.event_id, &[], self.now)
            }
            Some(_) | None => Ok(()),
        }
    }

    fn supersede(&mut self, by: u64, target: EventId) -> Result<(), StoreError> {
        let (at, mut item) = self.find(target)?.ok_or(StoreError::Missing)?;
        item.state = ItemState::Superseded(by);
        self.pending.write(keys::item(at), &item)?;
        self.keep_running(at, &item)?;
        self.change(item.holders(), at, ChangeKind::Changed)
    }

    fn erase(&mut self, by: u64, target: EventId) -> Result<(), StoreError> {
        let (at, mut item) = self.find(target)?.ok_or(StoreError::Missing)?;
        let before = item.holders();
        self.purge_for_good(at, &mut item)?;
        self.end_steps(&item, ItemState::Erased(by))?;
        item.state = ItemState::Erased(by);
        self.pending.write(keys::item(at), &item)?;
        self.keep_running(at, &item)?;
        // A step's words are gone, which may have named the next review; its deed isn't.
        if let Some(of) = item.of {
            let ground = self.item(of.position)?;
            self.keep_running(of.position, &ground)?;
        }
        self.mark_untaken(at, &item)?;
        self.tell(&item.originator.clone(), item.event_id, FoldOutcome::Erased)?;
        // Who knew of it by what is sealed alone was told already.
        let told = before.without(item.holders());
        self.change(item.ever_holders().without(told), at, ChangeKind::Retracted)
    }

    /// Takes an item's content away, and what anybody knew of it by its content alone: a rebuild doesn't find it any more (P4).
    pub(super) fn purge_for_good(
        &mut self,
        position: u64,
        item: &mut Item,
    ) -> Result<(), StoreError> {
        self.purge(position, item)?;
        item.forget_everything();
        // Those of a step that is shared as what it is taken on rest on the content of that.
        if item.of.is_none_or(|of| of.follows.is_none()) {
            let ties = std::mem::take(&mut item.ties);
            let in_clear = ties.into_iter().filter(|tie| tie.is_in_clear(item));
            item.ties = in_clear.collect();
        }
        self.redecide(position, item, self.now)
    }

    /// Takes an item's content out of the views and the index.
    pub(super) fn purge(&mut self, position: u64, item: &mut Item) -> Result<(), StoreError> {
        if item.kind == Some(Kind::InvolvementClaimed) {
            self.end_claim(position, item, self.now)?;
        }
        let postings = index::postings(position, item, &self.owed(position)?);
        if item.effect == Effect::Effective {
            self.tally.take(item, self.registry);
        }
        item.forget_content();
        index::remove(self.pending, position, &postings)?;
        self.pending.write(keys::item(position), item)?;
        self.untie(item, self.now)
    }

    /// An erasure that waits: the keys of what it names are gone already, so the bytes go at once, and a rebuild, which can't
    /// open them any more, comes out the same (P4). Its holders are told when it takes effect.
    pub(super) fn forget(&mut self, erasure: &Item) -> Result<(), StoreError> {
        for reference in erasure.references() {
            let Some((at, mut item)) = self.find(reference.event_id)? else {
                continue;
            };
            let own = item.originator == erasure.originator;
            let meant = reference.hash.is_none_or(|seen| seen == item.hash);
            if own && meant && reference.role == ReferenceRole::Erases {
                self.purge_for_good(at, &mut item)?;
            }
        }
        Ok(())
    }

    /// Keeps a note for each event that this one waits for.
    pub(super) fn park(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        for reference in item.references() {
            let arrived = self.find(reference.event_id)?;
            if arrived.is_none_or(|(_, target)| target.effect == Effect::Parked) {
                self.pending
                    .put(keys::waiting(reference.event_id, position), Vec::new());
            }
        }
        Ok(())
    }

    /// Judges again what waited for this event, at its own position.
    pub(super) fn unpark(&mut self, event: EventId) -> Result<(), StoreError> {
        let mut arrived = vec![event];
        while let Some(event) = arrived.pop() {
            let prefix = keys::waiting(event, 0);
            let prefix = &prefix[..prefix.len() - 8];
            for key in self.pending.scan(prefix)?.into_keys() {
                let position = key.last_chunk::<8>().copied().map(u64::from_be_bytes);
                self.pending.remove(key);
                let position = position.ok_or(StoreError::Missing)?;
                arrived.extend(self.judge_again(position)?);
            }
        }
        Ok(())
    }

    /// Answers the event's id if it waits no longer.
    fn judge_again(&mut self, position: u64) -> Result<Option<EventId>, StoreError> {
        let key = keys::item(position);
        let mut item = self.item(position)?;
        let Some(kind) = item.kind.filter(|_| item.effect == Effect::Parked) else {
            return Ok(None);
        };
        let effect = self.judge_references(&item, kind)?;
        if effect == Effect::Parked {
            return Ok(None);
        }
        item.effect = effect;
        // Nobody had it before; who has it is decided now.
        item.history.clear();
        if effect == Effect::Effective {
            self.inherit(&mut item)?;
            self.tie_originator(&mut item)?;
            self.set_out(&mut item)?;
            if item.audience().is_some() {
                let held = self.entitled(&item, self.now);
                item.history.push(held);
                item.renew_copies(self.keys)?;
            }
        } else {
            item.forget_everything();
        }
        self.pending.write(key, &item)?;
        self.tell(
            &item.originator.clone(),
            item.event_id,
            FoldOutcome::Judged(effect),
        )?;
        if effect == Effect::Effective {
            self.take_effect(position, &item)?;
        }
        Ok(Some(item.event_id))
    }
}
