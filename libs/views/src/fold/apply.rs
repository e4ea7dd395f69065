//! One event into rows: judged, decided for every agency, indexed, told to its originator.

use std::{collections::BTreeMap, slice, sync::Arc};

use diogel_domain::{
    content::{Content, EventReference, Kind, Matter, Open},
    effect::{Effect, Reason, Resolved, Target, judge},
    ids::{AgencyId, EventId},
};
use diogel_sharing::{decide::decide, groups::Groups, header::Header};

use crate::{
    audiences::AgencySet,
    chunks,
    copies::StoredCopy,
    index::{self, IndexKey},
    input::{ContentState, FoldInput},
    keys,
    pending::Pending,
    registry::Registry,
    rows::{Change, ChangeKind, FoldOutcome, Item, ItemState, OutcomeRow},
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
        let (item, content) = self.judged(input, taken)?;
        self.pending.write(keys::item(input.position), &item)?;
        if !taken {
            self.pending.write(key, &input.position)?;
        }
        let content = content.map_or(&[][..], slice::from_ref);
        match (item.kind, item.effect) {
            (None, _) => self.tell(&item.originator, item.event_id, FoldOutcome::Quarantined),
            (Some(kind), effect) => self.settle(input.position, &item, kind, content, effect),
        }
    }

    fn settle(
        &mut self,
        position: u64,
        item: &Item,
        kind: Kind,
        content: &[Content],
        effect: Effect,
    ) -> Result<(), StoreError> {
        self.tell(&item.originator, item.event_id, FoldOutcome::Judged(effect))?;
        match effect {
            Effect::Effective => self.take_effect(position, item, content)?,
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

    /// The item with its effect and, unless it counts for nothing, its decisions and copies.
    fn judged<'i>(
        &mut self,
        input: &'i FoldInput,
        taken: bool,
    ) -> Result<(Item, Option<&'i Content>), StoreError> {
        let content = match &input.content {
            ContentState::Open(content) => Some(content.as_ref()),
            ContentState::None | ContentState::Erased | ContentState::NotUnderstood => None,
        };
        let refused = taken || matches!(input.content, ContentState::NotUnderstood);
        let mut item = bare(input);
        let Some((kind, header)) = input.known.as_ref().filter(|_| !refused) else {
            return Ok((item, None));
        };
        item.kind = Some(*kind);
        item.audience.clone_from(&header.audience);
        item.references.clone_from(&header.references);
        item.effect = self.effect(input, *kind, header)?;
        if !matches!(item.effect, Effect::WithoutEffect(_)) {
            self.decide(&mut item, content)?;
        }
        Ok((item, content))
    }

    fn effect(
        &mut self,
        input: &FoldInput,
        kind: Kind,
        header: &Header,
    ) -> Result<Effect, StoreError> {
        if let (Kind::BoardEvent, Some(Open::Board(event))) = (kind, &header.open) {
            let registry = Arc::make_mut(self.registry);
            return Ok(registry.apply(&input.agency, event, input.ordered_at));
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

    /// Decides for every agency, and keeps one copy for each distinct set of groups.
    fn decide(&self, item: &mut Item, content: Option<&Content>) -> Result<(), StoreError> {
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
        if let Some(content) = content {
            let copy = |groups: &Groups| Ok((*groups, StoredCopy::new(content, *groups)?));
            item.copies = held.keys().map(copy).collect::<Result<_, StoreError>>()?;
        }
        item.held = held.into_iter().collect();
        Ok(())
    }

    /// It counts: indexed, shown to its holders, and its consequences drawn.
    pub(super) fn take_effect(
        &mut self,
        position: u64,
        item: &Item,
        content: &[Content],
    ) -> Result<(), StoreError> {
        let postings = index::postings(self.index, position, item, content);
        index::add(self.pending, &postings)?;
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
        recorded_at: input.recorded_at,
        ordered_at: input.ordered_at,
        hash: input.hash,
        audience: None,
        references: Vec::new(),
        effect: Effect::WithoutEffect(Reason::WrongKind),
        state: ItemState::Current,
        held: Vec::new(),
        copies: Vec::new(),
    }
}
