//! One event into rows: judged, decided for every agency, indexed, told to its originator.

use std::sync::Arc;

use diogel_domain::{
    board::BoardEvent,
    content::{Content, EventReference, Kind, Matter, Open, ReferenceRole},
    effect::{Effect, Reason, Resolved, Target, judge},
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_sharing::{
    agreement::Span,
    audience::{AudienceTexts, Grant, Recipient},
    change::Change as AudienceChange,
    decide::{Question, Relation, entitlement},
    groups::{FieldGroup, Groups},
    header::Header,
    remains::Remains,
};

use crate::{
    audiences::AgencySet,
    chunks,
    copy_key::{CopyKey, CopyKeys},
    fold::{hold::knows_in_clear, inherited::inherited},
    index::{self, IndexKey},
    input::{ContentState, FoldInput},
    keys,
    pending::Pending,
    registry::Registry,
    rows::{Change, ChangeKind, FoldOutcome, Item, ItemState, OutcomeRow},
    seeds::Seeds,
    stock,
    store::{Store, StoreError},
    tally::Tally,
    ties::{Tie, TiedBy},
};

/// So often the audience of an event, or who attends a meeting, may be changed: what is told of it is decided at each of them.
const MOST_CHANGES: usize = 256;

/// The fold of one event, over the batch so far.
pub(super) struct Step<'a, 's, S> {
    pub pending: &'a mut Pending<'s, S>,
    /// Shared with the readers until an event of the Board changes it.
    pub registry: &'a mut Arc<Registry>,
    pub index: &'a IndexKey,
    /// Of copies that are made anew.
    pub keys: &'a dyn CopyKeys,
    /// When the event was ordered.
    pub now: Moment,
    /// Nothing is owed of the rules up to this position.
    pub swept: u64,
    /// What the batch counts.
    pub tally: &'a mut Tally,
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
            (None, _) => {
                let key = keys::quarantined(input.position);
                self.pending.put(key, Vec::new());
                self.tell(&item.originator, item.event_id, FoldOutcome::Quarantined)
            }
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
        item.header.clone_from(header);
        item.effect = self.effect(input, *kind, header)?;
        if matches!(item.effect, Effect::WithoutEffect(_)) {
            return Ok(item);
        }
        if item.effect == Effect::Effective {
            self.set_out(&mut item)?;
        }
        if let Some(audience) = &header.audience {
            if item.effect == Effect::Effective {
                self.inherit(&mut item)?;
            }
            self.tie_meetings(input.position, &mut item, audience.grants.iter())?;
            if item.effect == Effect::Effective {
                self.tie_originator(&mut item)?;
            }
        }
        if item.audience().is_some() {
            let held = self.entitled(&item, input.ordered_at);
            item.history.push(held);
        }
        if let ContentState::Open {
            content,
            texts,
            key,
        } = &input.content
        {
            self.keep(&mut item, content, texts, key)?;
        }
        Ok(item)
    }

    /// What corrects an event is kept from those from whom that is kept.
    pub(super) fn inherit(&mut self, item: &mut Item) -> Result<(), StoreError> {
        let references = item.references().iter();
        let corrected = references.filter(|r| r.role == ReferenceRole::Corrects);
        for reference in corrected.cloned().collect::<Vec<_>>() {
            let Some((_, of)) = self.find(reference.event_id)? else {
                continue;
            };
            item.changes
                .extend(inherited(self.registry, &of, item, self.now));
        }
        Ok(())
    }

    /// The originator of what access is asked for is told of it, once the request counts.
    pub(super) fn tie_originator(&mut self, item: &mut Item) -> Result<(), StoreError> {
        let references = item.references().iter();
        let asked = references.filter(|r| r.role == ReferenceRole::Requests);
        for reference in asked.cloned().collect::<Vec<_>>() {
            let found = self.find(reference.event_id)?;
            let originator = found.and_then(|(_, of)| self.registry.number(&of.originator));
            item.ties.extend(originator.map(|agency| Tie {
                agency,
                by: TiedBy::Concern,
                span: Span::since(self.now),
            }));
        }
        Ok(())
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
        if let Some(open) = &header.open
            && let Some(effect) = self.rule(input, kind, open)?
        {
            return Ok(effect);
        }
        if !may_change(kind, header.change.as_ref()) {
            return Ok(Effect::WithoutEffect(Reason::WrongKind));
        }
        if let Some(attendance) = &header.attendance {
            let known = |agency| self.registry.number(agency).is_some();
            if !attendance.attending.iter().all(known) {
                return Ok(Effect::WithoutEffect(Reason::UnknownAttendee));
            }
            if self.turns_of_meeting(&header.references)? >= MOST_CHANGES {
                return Ok(Effect::WithoutEffect(Reason::ChangedTooOften));
            }
        }
        if kind == Kind::InvolvementClaimed && !self.can_be_told(&input.agency, header) {
            return Ok(Effect::WithoutEffect(Reason::NobodyToTell));
        }
        let resolved = self.resolve(&input.agency, &header.references)?;
        let effect = judge(&input.agency, kind, &resolved);
        self.fits(&input.agency, kind, header, effect)
    }

    /// Takes effect as far as what it refers to allows.
    fn fits(
        &mut self,
        by: &AgencyId,
        kind: Kind,
        header: &Header,
        effect: Effect,
    ) -> Result<Effect, StoreError> {
        if effect != Effect::Effective {
            return Ok(effect);
        }
        if kind == Kind::Stepped
            && let Some(reason) = self.step_refused(by, header)?
        {
            return Ok(Effect::WithoutEffect(reason));
        }
        for reference in &header.references {
            let found = self.find(reference.event_id)?;
            let own = found.filter(|(_, item)| item.originator == *by);
            if let Some(reason) = own.and_then(|(_, of)| unfit(kind, header, reference.role, &of)) {
                return Ok(Effect::WithoutEffect(reason));
            }
        }
        Ok(effect)
    }

    /// Some other agency could be told of a claim, by the protocols that bind the claiming one. Bound by none, it opens nothing.
    fn can_be_told(&self, by: &AgencyId, header: &Header) -> bool {
        let Some(audience) = &header.audience else {
            return false;
        };
        let rules = self.registry.rules();
        let others = self.registry.agencies().iter().map(|a| &a.facts.agency);
        let mut others = others.filter(|other| *other != by);
        let question = Question {
            originator: by,
            matter: Matter::Involvement,
            audience,
            changes: &[],
            published: self.now,
            now: self.now,
        };
        let told = |other: &AgencyId| {
            let relation = Relation {
                concerned: true,
                ..Relation::default()
            };
            entitlement(rules, &question, other, relation).has(FieldGroup::Existence)
        };
        let bound = |other: &AgencyId| {
            let mut agreements = rules.agreements.values();
            agreements.any(|agreement| agreement.in_force(by, other, self.now).is_some())
        };
        others.clone().any(told) || !others.any(bound)
    }

    /// What changes the rules themselves; none: something else.
    fn rule(
        &mut self,
        input: &FoldInput,
        kind: Kind,
        open: &Open,
    ) -> Result<Option<Effect>, StoreError> {
        let (from, at) = (&input.agency, input.ordered_at);
        let registry = Arc::make_mut(self.registry);
        let (applied, turns) = match (kind, open) {
            (Kind::BoardEvent, Open::Board(event)) => {
                let applied = registry.apply(from, event, at);
                if let (BoardEvent::KeyWithdrawn(withdrawn), Effect::Effective) =
                    (event, applied.effect)
                {
                    self.doubt(input.position, withdrawn)?;
                }
                (applied, changes_sharing(event))
            }
            (Kind::ProtocolSigned, Open::ProtocolSigned(signature)) => {
                (registry.sign(from, signature, at), true)
            }
            (Kind::ProtocolLeft, Open::ProtocolLeft(protocol)) => {
                (registry.leave(from, protocol, at), true)
            }
            _ => return Ok(None),
        };
        if turns && applied.changed {
            Arc::make_mut(self.registry).turn(input.position, at);
        }
        Ok(Some(applied.effect))
    }

    pub(super) fn judge_references(
        &mut self,
        item: &Item,
        kind: Kind,
    ) -> Result<Effect, StoreError> {
        let resolved = self.resolve(&item.originator, item.references())?;
        let effect = judge(&item.originator, kind, &resolved);
        self.fits(&item.originator, kind, &item.header, effect)
    }

    /// What an agency wasn't given is for it as if it hadn't arrived: the answer to a reference tells nobody that something is
    /// there (P6). Who has it by involvement, which is sealed, shows that by the hash.
    fn resolve(
        &mut self,
        by: &AgencyId,
        references: &[EventReference],
    ) -> Result<Vec<Resolved>, StoreError> {
        let mut resolved = Vec::new();
        for reference in references {
            let found = self.find(reference.event_id)?;
            let known = found.filter(|(_, item)| self.knows(by, reference, item));
            let target = known.and_then(|(_, item)| {
                Some(Target {
                    kind: item.kind?,
                    hash: item.hash,
                    current: item.state.stands(),
                    withdrawn: matches!(item.state, ItemState::EnteredInError(_)),
                    erased: matches!(item.state, ItemState::Erased(_)),
                    effect: item.effect,
                    agency: item.originator,
                })
            });
            resolved.push(Resolved {
                role: reference.role,
                hash_seen: reference.hash,
                target,
            });
        }
        Ok(resolved)
    }

    /// Knows of it, or knew of it once.
    fn knows(&self, by: &AgencyId, reference: &EventReference, item: &Item) -> bool {
        let moments = item.changes.iter().map(|(at, _)| *at);
        let mut moments = moments.chain([item.ordered_at, self.now]);
        item.originator == *by
            || reference.hash == Some(item.hash)
            || self.registry.number(by).is_some_and(|number| {
                moments.any(|at| knows_in_clear(self.registry, item, number, at))
            })
    }

    /// Keeps what the index needs, and the sealed copies.
    fn keep(
        &self,
        item: &mut Item,
        content: &Content,
        texts: &AudienceTexts,
        key: &CopyKey,
    ) -> Result<(), StoreError> {
        let withheld = std::mem::take(&mut item.seeds.withheld);
        item.seeds = Seeds::new(self.index, content, texts, item.ordered_at);
        // A step is withheld from those from whom what it is taken on is.
        item.seeds.withheld.extend(withheld);
        item.keep_copies(&Remains::of(content, texts, Groups::ALL), key)
    }

    /// It counts: indexed, shown to its holders, and its consequences drawn.
    pub(super) fn take_effect(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        index::add(self.pending, &index::postings(position, item, &[]))?;
        self.tally.add(item, self.registry);
        self.keep_running(position, item)?;
        if stock::has_course(item) {
            self.pending.put(keys::course(position), Vec::new());
        }
        let shown = item.kind.and_then(Kind::matter);
        if shown.is_some_and(|m| m != Matter::Correction) {
            self.change(item.holders(), position, ChangeKind::Shown)?;
        }
        if item.kind == Some(Kind::EmergencyDisclosed) {
            self.mark_untaken(position, item)?;
        }
        self.draw_consequences(position, item)
    }

    pub(super) fn change(
        &mut self,
        agencies: AgencySet,
        position: u64,
        kind: ChangeKind,
    ) -> Result<(), StoreError> {
        self.pay(position, agencies)?;
        self.log(agencies, Change { position, kind })
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

/// Why an agency's event can't take effect on one of its own that it refers to.
fn unfit(kind: Kind, header: &Header, role: ReferenceRole, of: &Item) -> Option<Reason> {
    let audience = of.audience();
    let escalation = of.kind.and_then(Kind::matter) == Some(Matter::Escalation);
    // A corrected escalation names its parties itself.
    if escalation && kind.matter() != Some(Matter::Escalation) {
        let party = |grant: &Grant| match &grant.to {
            Recipient::Agency(agency) => {
                let party = audience.is_some_and(|a| a.is_party(agency));
                party || Groups::GLIMPSE.covers(grant.granted())
            }
            Recipient::Sector(_) | Recipient::Involved(_) | Recipient::Meeting(_) => false,
        };
        let mut grants = header.audience.iter().flat_map(|a| &a.grants);
        if !grants.all(party) {
            return Some(Reason::BeyondItsParties);
        }
    }
    if role != ReferenceRole::Shares {
        return None;
    }
    // It is shared as what it is taken on: that is what is widened, narrowed and disclosed.
    if of.of.is_some_and(|of| of.follows.is_some()) {
        return Some(Reason::WrongKind);
    }
    if of.changes.len() >= MOST_CHANGES {
        return Some(Reason::ChangedTooOften);
    }
    // What is shared needs a purpose and a basis: an event that was kept to its originator may have none.
    let widens = matches!(header.change, Some(AudienceChange::Widen(_)));
    let without = audience.is_some_and(|a| a.purpose.is_none() || a.lawful_basis.is_none());
    (widens && without).then_some(Reason::NothingToShareFor)
}

/// A disclosure beyond the protocols is an event of its own, of which the Board is told; whatever else changes an audience isn't one.
const fn may_change(kind: Kind, change: Option<&AudienceChange>) -> bool {
    let emergency = matches!(kind, Kind::EmergencyDisclosed);
    match change {
        Some(AudienceChange::Disclose(_)) => emergency,
        Some(_) => matches!(kind, Kind::AudienceChanged),
        None => !emergency && !matches!(kind, Kind::AudienceChanged),
    }
}

/// Registering or suspending an agency changes nothing of what others hold; the rest does.
const fn changes_sharing(event: &BoardEvent) -> bool {
    match event {
        BoardEvent::ProtocolAdopted(_)
        | BoardEvent::ProtocolEnded(_)
        | BoardEvent::AgencyRegistered(_) => true,
        BoardEvent::AgencyStatusChanged { .. }
        | BoardEvent::KeyWithdrawn(_)
        | BoardEvent::CrispPolicyAdopted(_) => false,
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
        header: Header::default(),
        changes: Vec::new(),
        effect: Effect::WithoutEffect(Reason::WrongKind),
        state: ItemState::Current,
        of: None,
        steps: Vec::new(),
        history: Vec::new(),
        ties: Vec::new(),
        acknowledged: Vec::new(),
        decided_to: input.position,
        copies: Vec::new(),
        seeds: Seeds::default(),
    }
}
