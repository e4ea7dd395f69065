//! One event into rows: judged, decided for every agency, indexed, told to its originator.

use std::{collections::BTreeMap, sync::Arc};

use diogel_domain::{
    board::BoardEvent,
    content::{Content, EventReference, Kind, Matter, Open},
    effect::{Effect, Reason, Resolved, Target, judge},
    ids::{AgencyId, EventId},
};
use diogel_sharing::{decide::decide, groups::Groups, header::Header};

use crate::{
    audiences::AgencySet,
    chunks,
    copies::StoredCopy,
    copy_key::CopyKey,
    index::{self, IndexKey},
    input::{ContentState, FoldInput},
    keys,
    pending::Pending,
    registry::Registry,
    rows::{Change, ChangeKind, FoldOutcome, Item, ItemState, OutcomeRow},
    seeds::Seeds,
    store::{Store, StoreError},
};

/// The fold of one event, over the batch so far.
pub(super) struct Step<'a, 's, S> {
    pub pending: &'a mut Pending<'s, S>,
    /// Shared with the readers until an event of the Board changes it.
    pub registry: &'a mut Arc<Registry>,
    pub index: &'a IndexKey,
}

impl<S: Store> Step<'_, '_, S> {
    pub(super) fn fold(&mut self, input: &FoldInput) -> Result<(), StoreError> {
        let key = keys::event(input.event_id);
        // An id belongs to whoever came first with it: nobody takes the place of another's event (P7).
        let taken = self.pending.get(&key)?.is_some();
        let item = self.judged(input, taken)?;
        self.pending.write(keys::item(input.position), &item)?;
        if !taken {
            self.pending.write(key, &input.position)?;
        }
        match (item.kind, item.effect) {
            (None, _) => self.tell(&item.originator, item.event_id, FoldOutcome::Quarantined),
            (Some(kind), effect) => self.settle(input.position, &item, kind, effect),
        }
    }

    fn settle(
        &mut self,
        position: u64,
        item: &Item,
        kind: Kind,
        effect: Effect,
    ) -> Result<(), StoreError> {
        self.tell(&item.originator, item.event_id, FoldOutcome::Judged(effect))?;
        match effect {
            Effect::Effective => self.take_effect(position, item)?,
            Effect::Parked if kind == Kind::ContentErased => {
                self.forget(item)?;
                return self.park(position, item);
            }
            // Whatever waits for it waits on.
            Effect::Parked => return self.park(position, item),
            Effect::WithoutEffect(_) => {}
        }
        self.unpark(item.event_id)
    }

    /// The item with its effect and, unless it counts for nothing, its decisions and what is kept of its content.
    fn judged(&mut self, input: &FoldInput, taken: bool) -> Result<Item, StoreError> {
        let refused = taken || matches!(input.content, ContentState::NotUnderstood);
        let mut item = bare(input);
        let Some((kind, header)) = input.known.as_ref().filter(|_| !refused) else {
            return Ok(item);
        };
        item.kind = Some(*kind);
        item.audience.clone_from(&header.audience);
        item.references.clone_from(&header.references);
        item.effect = self.effect(input, *kind, header)?;
        if matches!(item.effect, Effect::WithoutEffect(_)) {
            return Ok(item);
        }
        self.decide(&mut item);
        if let ContentState::Open { content, key } = &input.content {
            self.keep(&mut item, content, key)?;
        }
        Ok(item)
    }

    fn effect(
        &mut self,
        input: &FoldInput,
        kind: Kind,
        header: &Header,
    ) -> Result<Effect, StoreError> {
        if matches!(input.content, ContentState::Lost) {
            return Ok(Effect::WithoutEffect(Reason::ContentLost));
        }
        if let (Kind::BoardEvent, Some(Open::Board(event))) = (kind, &header.open) {
            let registry = Arc::make_mut(self.registry);
            let effect = registry.apply(&input.agency, event, input.ordered_at);
            if let (BoardEvent::KeyWithdrawn(withdrawn), Effect::Effective) = (event, effect) {
                self.doubt(input.position, withdrawn)?;
            }
            return Ok(effect);
        }
        let resolved = self.resolve(&input.agency, &header.references)?;
        Ok(judge(&input.agency, kind, &resolved))
    }

    pub(super) fn judge_references(&self, item: &Item, kind: Kind) -> Result<Effect, StoreError> {
        Ok(judge(
            &item.originator,
            kind,
            &self.resolve(&item.originator, &item.references)?,
        ))
    }

    /// What an agency wasn't given is for it as if it hadn't arrived: the answer to a reference tells nobody that something is
    /// there (P6).
    fn resolve(
        &self,
        by: &AgencyId,
        references: &[EventReference],
    ) -> Result<Vec<Resolved>, StoreError> {
        let number = self.registry.number(by);
        let known = |item: &Item| {
            item.originator == *by || number.is_some_and(|n| !item.held_by(n).is_empty())
        };
        let resolve = |reference: &EventReference| {
            let found = self.find(reference.event_id)?;
            let target = found.filter(|(_, item)| known(item)).and_then(|(_, item)| {
                Some(Target {
                    kind: item.kind?,
                    hash: item.hash,
                    current: item.state == ItemState::Current,
                    erased: matches!(item.state, ItemState::Erased(_)),
                    effect: item.effect,
                    agency: item.originator,
                })
            });
            Ok(Resolved {
                role: reference.role,
                hash_seen: reference.hash,
                target,
            })
        };
        references.iter().map(resolve).collect()
    }

    pub(super) fn find(&self, event: EventId) -> Result<Option<(u64, Item)>, StoreError> {
        let Some(position) = self.pending.read::<u64>(&keys::event(event))? else {
            return Ok(None);
        };
        let item = self
            .pending
            .read(&keys::item(position))?
            .ok_or(StoreError::Missing)?;
        Ok(Some((position, item)))
    }

    /// Decides for every agency.
    fn decide(&self, item: &mut Item) {
        let mut held: BTreeMap<Groups, AgencySet> = BTreeMap::new();
        if let Some(question) = item.question(item.ordered_at) {
            for (number, agency) in (0..).zip(self.registry.agencies()) {
                let decision = decide(self.registry.rules(), question, &agency.facts.agency);
                if !decision.groups.is_empty() {
                    let agencies = held.entry(decision.groups).or_default();
                    *agencies = agencies.with(number);
                }
            }
        }
        item.held = held.into_iter().collect();
    }

    /// Keeps what the index needs, and one sealed copy for each distinct set of groups.
    fn keep(&self, item: &mut Item, content: &Content, key: &CopyKey) -> Result<(), StoreError> {
        let copy = |(groups, _): &(Groups, AgencySet)| {
            let copy = StoredCopy::new(item.event_id, content, *groups, key)?;
            Ok((*groups, copy))
        };
        item.copies = item
            .held
            .iter()
            .map(copy)
            .collect::<Result<_, StoreError>>()?;
        item.seeds = Seeds::new(self.index, content);
        Ok(())
    }

    /// It counts: indexed, shown to its holders, and its consequences drawn.
    pub(super) fn take_effect(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        index::add(self.pending, &index::postings(position, item))?;
        if item
            .kind
            .and_then(Kind::matter)
            .is_some_and(|m| m != Matter::Correction)
        {
            self.change(item.holders(), position, ChangeKind::Shown)?;
        }
        self.draw_consequences(position, item)
    }

    pub(super) fn change(
        &mut self,
        agencies: AgencySet,
        position: u64,
        kind: ChangeKind,
    ) -> Result<(), StoreError> {
        for agency in agencies.iter() {
            let change = Change { position, kind };
            chunks::append(self.pending, &keys::log(keys::CHANGES, agency), &change)?;
        }
        Ok(())
    }

    pub(super) fn tell(
        &mut self,
        originator: &AgencyId,
        event_id: EventId,
        outcome: FoldOutcome,
    ) -> Result<(), StoreError> {
        // The very first event registers the Board; until then there is nobody to tell.
        if let Some(number) = self.registry.number(originator) {
            let row = OutcomeRow { event_id, outcome };
            chunks::append(self.pending, &keys::log(keys::OUTCOMES, number), &row)?;
        }
        Ok(())
    }
}

fn bare(input: &FoldInput) -> Item {
    Item {
        event_id: input.event_id,
        originator: input.agency.clone(),
        kind: None,
        place: input.place,
        recorded_at: input.recorded_at,
        ordered_at: input.ordered_at,
        hash: input.hash,
        audience: None,
        references: Vec::new(),
        effect: Effect::WithoutEffect(Reason::WrongKind),
        state: ItemState::Current,
        held: Vec::new(),
        copies: Vec::new(),
        seeds: Seeds::default(),
    }
}
