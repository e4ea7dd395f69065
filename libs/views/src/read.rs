//! Reading a view. Every item goes through a decision made now, narrowed to what was stored: there is no other way to content
//! (P6). Hidden, without effect and unknown all answer `None`.

use std::sync::Arc;

use diogel_domain::{
    content::{Kind, Matter},
    effect::Effect,
    ids::{AgencyId, EventId},
    lifecycle::alert::AlertStanding,
    times::Moment,
};
use diogel_sharing::{
    AtTheDoor,
    agreement::Rules,
    decide::{Question, Relation},
    groups::Groups,
    permit::{Disclosed, Permit},
};

use crate::{
    audiences::AgencyNumber,
    chunks,
    fold::Folded,
    keys::{self, Hashed},
    registry::Registry,
    rows::{Item, ItemState, OutcomeRow},
    standing,
    store::{Store, StoreError},
    ties::Standing,
};

mod acknowledging;
mod chronology;
mod explain;
mod known;
mod lists;
mod people;
mod preview;
mod room;
mod trace;
mod trial;
mod unresolved;

pub use acknowledging::Outstanding;
pub(crate) use acknowledging::{asked, asks_to_take};
pub use chronology::{Dated, KnownTo, Stand};
pub use explain::{Explained, Line};
pub use known::KnownReaders;
pub use lists::Which;
pub use people::{About, Found};
pub use preview::{Draft, Preview, Table};
pub use room::Member;
pub use trace::Trace;
pub use trial::{Moved, Over, Trial};
pub use unresolved::Unresolved;

/// Who reads, at one moment, under the rules of that moment.
#[derive(Debug, Clone)]
pub struct Reader {
    agency: AgencyId,
    number: AgencyNumber,
    registry: Arc<Registry>,
    now: Moment,
    as_of: Option<Moment>,
    /// The person who asks, as the index stands for the name.
    person: Option<Hashed>,
}

impl Reader {
    /// The reading agency.
    pub const fn agency(&self) -> &AgencyId {
        &self.agency
    }

    /// The moment of the read.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// The groups stored for the reader at a moment, and a permit of that moment.
    fn permit_at(&self, item: &Item, at: Moment, make: MakePermit) -> Option<(Groups, Permit)> {
        let stored = item.held_at(self.number, at);
        let standing = Standing::of(item, self.number, at);
        let question = item.question(at)?;
        let (rules, relation) = (self.registry.rules(), standing.relation());
        let permit = make(rules, &question, &self.agency, relation, stored)?;
        Some((stored, permit))
    }

    /// What is withheld by name is seen by whoever gives another one, and by nobody who gives none.
    fn is_withheld_by_name(&self, item: &Item) -> bool {
        let restricted = item.audience().is_some_and(|a| a.restricted_by_person);
        let named = |person: &Hashed| !item.seeds.withheld.contains(person);
        // Of what was erased nobody knows the names any more, and everybody has to remove it.
        let known = !item.copies.is_empty() || !item.seeds.withheld.is_empty();
        restricted && known && !self.person.as_ref().is_some_and(named)
    }

    /// The moment that is asked about, if it isn't now.
    pub const fn asked_as_of(&self) -> Option<Moment> {
        self.as_of
    }

    /// The same reader, asking as of a time: what its agency held then, with content as far as it may see it now.
    #[must_use]
    pub fn as_of(self, at: Option<Moment>) -> Self {
        // What is to come nobody holds yet.
        let as_of = at.map(|at| at.min(self.now));
        Self { as_of, ..self }
    }

    /// The moment that is asked about.
    pub fn at(&self) -> Moment {
        self.as_of.unwrap_or(self.now)
    }

    /// The registry that the read goes by.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }
}

/// An item as a reader may see it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its position.
    pub position: u64,
    /// Its facts. Its copies stay closed; content is in `disclosed`.
    pub item: Item,
    /// What the reader may see.
    pub permit: Permit,
    /// What it says, as far as the permit goes; none when the content was corrected away, or its key is destroyed.
    pub disclosed: Option<Disclosed>,
    /// Signed with a key that was withdrawn later, after the last event that the Board called good: its originator has to be asked.
    pub doubtful: bool,
    /// The reader's system was told something of it that it hasn't acknowledged.
    pub acknowledgement_asked: bool,
    /// When something of what it may see ends next, or how the item stands changes, by the clock alone: whoever was sent the item has to
    /// look again.
    pub ends: Option<Moment>,
    /// How it stands, by the steps that the reader may see and by the clock; none: it has no lifecycle.
    pub standing: Option<standing::Standing>,
    /// Those steps, in their order.
    pub steps: Vec<EventId>,
    /// For deciding what others may see of it; none: it is looked up again.
    undisclosed: Option<Undisclosed>,
}

/// An item's row with what its reader may not know. Never for an answer: nothing prints it.
#[derive(Clone)]
struct Undisclosed(Box<Item>);

impl std::fmt::Debug for Undisclosed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Undisclosed")
    }
}

/// What of the items that are found.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    /// Those that are about one of these, and the rest isn't opened; none: all.
    matters: Option<&'a [Matter]>,
    /// It is going to be asked what others may see of them.
    for_others: bool,
}

impl Wanted<'_> {
    const ALL: Self = Self {
        matters: None,
        for_others: false,
    };
}

/// What whoever ever knew of an item is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Which event.
    pub event_id: EventId,
    /// Its hash.
    pub hash: [u8; 32],
    /// How it stands.
    pub state: ItemState,
}

impl Seen {
    /// What it is about.
    pub fn matter(&self) -> Option<Matter> {
        self.item.kind.and_then(Kind::matter)
    }

    /// It has a course and isn't over, as the reader sees it.
    pub fn is_open(&self) -> bool {
        let standing = self.standing.as_ref();
        self.item.state.stands() && standing.is_some_and(|standing| !standing.is_over())
    }

    /// Of what has lapsed the story is gone: renewing it needs a fresh assessment (PRACTICE, section 10, "Danger at once").
    fn leave_the_story_out(&mut self) {
        let rest = Groups::ALL.without(Groups::STORY);
        if let Some(permit) = self.permit.meet(rest) {
            self.permit = permit;
            self.disclosed = self.disclosed.take().and_then(|d| d.narrowed(rest));
        }
    }
}

impl<S: Store> Folded<S> {
    /// A reader; none if the Board doesn't know the agency, or suspended it.
    pub fn reader(&self, agency: &AgencyId, now: Moment) -> Option<Reader> {
        let registry = self.registry();
        let number = registry.number(agency)?;
        let active = registry.agency(agency).is_some_and(|a| !a.is_suspended());
        active.then(|| Reader {
            person: None,
            as_of: None,
            agency: agency.clone(),
            number,
            registry,
            now,
        })
    }

    /// The same reader, on behalf of a person: what is withheld from nobody of that name is seen too. An empty name names nobody.
    #[must_use]
    pub fn on_behalf_of(&self, reader: Reader, person: &str) -> Reader {
        let named = !person.trim().is_empty();
        Reader {
            person: named.then(|| self.index.professional(person)),
            ..reader
        }
    }

    /// The item at a position, as far as the reader may see it. Who else was told, or wasn't, and references to what this reader
    /// can't see are left out of its facts.
    pub fn see(&self, reader: &Reader, position: u64) -> Result<Option<Seen>, StoreError> {
        self.see_of(reader, position, Wanted::ALL)
    }

    fn see_of(
        &self,
        reader: &Reader,
        position: u64,
        wanted: Wanted<'_>,
    ) -> Result<Option<Seen>, StoreError> {
        let Some((mut item, stored, permit)) =
            self.permitted(reader, position, Permit::for_read)?
        else {
            return Ok(None);
        };
        let matter = item.kind.and_then(Kind::matter);
        let is_one = |of: &[Matter]| matter.is_some_and(|matter| of.contains(&matter));
        if !wanted.matters.is_none_or(is_one) {
            return Ok(None);
        }
        let disclosed = self.disclosed(reader, &item, stored, &permit)?;
        let acknowledgement_asked = self.is_unacknowledged(&item, reader.number)?;
        item.copies.clear();
        let undisclosed = wanted
            .for_others
            .then(|| Undisclosed(Box::new(item.clone())));
        item.forget_everything();
        let mut seen = Seen {
            undisclosed,
            acknowledgement_asked,
            ends: item.ends_after(reader.now, &reader.agency),
            doubtful: reader
                .registry
                .is_doubtful(&item.originator, item.place, position),
            position,
            item,
            permit,
            disclosed,
            standing: None,
            steps: Vec::new(),
        };
        if matches!(seen.item.state, ItemState::Confirmed(_))
            && !self.tells_confirmed(position, &seen.item, reader.number)?
        {
            seen.item.state = ItemState::Current;
        }
        if reader.as_of.is_some() {
            seen.item.state = self.state_at(seen.item.state, reader.at())?;
        }
        without_recipients(&mut seen.item);
        if seen.item.originator != reader.agency {
            let reported = seen.item.kind == Some(Kind::EmergencyDisclosed);
            let mut visible = Vec::new();
            for reference in std::mem::take(&mut seen.item.header.references) {
                // Which event was disclosed is what whoever reviews the disclosure is told.
                if reported || self.is_visible(reader, reference.event_id)? {
                    visible.push(reference);
                }
            }
            seen.item.header.references = visible;
            without_audience(&mut seen.item);
            if !reported {
                seen.item.header.change = None;
            }
        }
        let steps = self.steps_taken(reader, &seen.item)?;
        (seen.item.of, seen.item.steps) = (None, Vec::new());
        seen.standing = self.standing(reader, &seen, &steps)?;
        if self.has_lapsed(reader, &seen)? {
            seen.leave_the_story_out();
        }
        seen.steps = steps.iter().map(|step| step.item.event_id).collect();
        let turns = seen.standing.as_ref().and_then(standing::Standing::turns);
        seen.ends = seen.ends.into_iter().chain(turns).min();
        Ok(Some(seen))
    }

    /// Whether an alert of another agency's has lapsed: as of the moment that is asked about, or since.
    fn has_lapsed(&self, reader: &Reader, seen: &Seen) -> Result<bool, StoreError> {
        let lapsed = |standing: &Option<standing::Standing>| matches!(standing, Some(standing::Standing::Alert(state)) if state.standing == AlertStanding::Lapsed);
        let disclosed = seen.disclosed.as_ref().map(Disclosed::content);
        let alert = disclosed.is_some_and(|content| content.hazard_alert().is_some());
        if seen.item.originator == reader.agency || !alert {
            return Ok(false);
        }
        if lapsed(&seen.standing) || reader.as_of.is_none() {
            return Ok(lapsed(&seen.standing));
        }
        let now = self.see(&reader.clone().as_of(None), seen.position)?;
        Ok(now.is_some_and(|now| lapsed(&now.standing)))
    }

    /// How an item stood at a moment: what came later didn't stand yet.
    fn state_at(&self, state: ItemState, at: Moment) -> Result<ItemState, StoreError> {
        let Some(by) = state.by() else {
            return Ok(state);
        };
        let later = self.ordered_at(by)?.is_none_or(|ordered| ordered > at);
        Ok(if later { ItemState::Current } else { state })
    }

    /// What a permit opens. As of a time, it opens no more than one of now would: an address that was withdrawn never comes back.
    fn disclosed(
        &self,
        reader: &Reader,
        item: &Item,
        stored: Groups,
        permit: &Permit,
    ) -> Result<Option<Disclosed>, StoreError> {
        if reader.as_of.is_none() {
            return item.open(stored, permit, &*self.keys);
        }
        let now = reader.permit_at(item, reader.now, Permit::for_read);
        match now.and_then(|(_, now)| now.meet(permit.groups())) {
            Some(both) => item.open(item.held_by(reader.number), &both, &*self.keys),
            None => Ok(None),
        }
    }

    /// The row with the groups stored for the reader and a permit of now, its copies still sealed.
    pub(crate) fn permitted(
        &self,
        reader: &Reader,
        position: u64,
        make: MakePermit,
    ) -> Result<Option<(Item, Groups, Permit)>, StoreError> {
        let Some(item) = self.item(position)? else {
            return Ok(None);
        };
        let effective = item.effect == Effect::Effective;
        if !effective || reader.is_withheld_by_name(&item) {
            return Ok(None);
        }
        let permitted = reader.permit_at(&item, reader.at(), make);
        Ok(permitted.map(|(stored, permit)| (item, stored, permit)))
    }

    /// The item of an event.
    pub fn see_event(&self, reader: &Reader, event: EventId) -> Result<Option<Seen>, StoreError> {
        let position = self.position(event)?;
        position.map_or(Ok(None), |at| self.see(reader, at))
    }

    /// What a visitor needs at the door, where the reader may know that alone.
    pub(crate) fn at_the_door(
        &self,
        reader: &Reader,
        position: u64,
    ) -> Result<Option<(Trace, Item, AtTheDoor)>, StoreError> {
        let permitted = self.permitted(reader, position, Permit::for_door)?;
        let Some((item, stored, permit)) = permitted else {
            return Ok(None);
        };
        // As of a time, no more than now.
        if reader.as_of.is_some() {
            let now = reader.permit_at(&item, reader.now, Permit::for_door);
            if now.is_none() {
                return Ok(None);
            }
        }
        let door = item.at_the_door(stored, &permit, &*self.keys)?;
        Ok(door.map(|door| (Trace::at_the_door(&item, &permit), item, door)))
    }

    /// The person who asks mustn't know of the event, whatever the agency may.
    pub fn withholds_by_name(&self, reader: &Reader, event: EventId) -> Result<bool, StoreError> {
        let Some(position) = self.position(event)? else {
            return Ok(false);
        };
        let row = self.store.get(&keys::item(position))?;
        let item: Option<Item> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(item.is_some_and(|item| reader.is_withheld_by_name(&item)))
    }

    /// The reader may know of an event.
    pub fn is_visible(&self, reader: &Reader, event: EventId) -> Result<bool, StoreError> {
        Ok(self.state_of(reader, event)?.is_some())
    }

    /// How an event stands that the reader may see, without what it says.
    pub(crate) fn state_of(
        &self,
        reader: &Reader,
        event: EventId,
    ) -> Result<Option<ItemState>, StoreError> {
        let Some(position) = self.position(event)? else {
            return Ok(None);
        };
        let permitted = self.permitted(reader, position, Permit::for_read)?;
        let state = permitted.map(|(item, ..)| item.state);
        let then = state.map(|state| self.state_at(state, reader.at()));
        then.transpose()
    }

    fn position(&self, event: EventId) -> Result<Option<u64>, StoreError> {
        let row = self.store.get(&keys::event(event))?;
        Ok(row.map(|row| postcard::from_bytes(&row)).transpose()?)
    }

    /// Which event it is and how it stands, for whoever was ever given any of it, also where [`Self::see`] answers nothing any
    /// more: that something was wrong, or is gone, is told to all who held it.
    pub fn told(&self, reader: &Reader, position: u64) -> Result<Option<Told>, StoreError> {
        let item = self.item(position)?;
        let held = |item: &Item| {
            item.effect == Effect::Effective
                && item.ever_holders().has(reader.number)
                && !reader.is_withheld_by_name(item)
        };
        Ok(item.filter(held).map(|item| Told {
            event_id: item.event_id,
            hash: item.hash,
            state: match item.state {
                // Who confirmed a claim isn't told by what retracts it.
                ItemState::Confirmed(_) => ItemState::Current,
                state if state.is_wrong_or_gone() => state,
                state if item.holders().has(reader.number) => state,
                _ => ItemState::Current,
            },
        }))
    }

    /// What became of an agency's events, after outcome number `after`; nothing for an agency that is suspended.
    pub fn outcomes(
        &self,
        agency: &AgencyId,
        after: u64,
        max: usize,
    ) -> Result<Vec<(u64, OutcomeRow)>, StoreError> {
        let Some(reader) = self.reader(agency, Moment::default()) else {
            return Ok(Vec::new());
        };
        let log = keys::log(keys::OUTCOMES, reader.number);
        chunks::read(&self.store, &log, after, max)
    }
}

/// How a permit is made of a decision.
type MakePermit = fn(&Rules, &Question<'_>, &AgencyId, Relation<'_>, Groups) -> Option<Permit>;

/// Who holds it is told by `explain` alone, which decides who may know.
fn without_recipients(item: &mut Item) {
    item.history.clear();
    item.ties.clear();
    item.acknowledged.clear();
    item.decided_to = 0;
}

/// Whom else it was for is the originator's to say.
fn without_audience(item: &mut Item) {
    item.changes.clear();
    item.header.labels.clear();
    if let Some(audience) = &mut item.header.audience {
        audience.grants.clear();
        audience.originator_only = false;
        audience.withheld.clear();
        audience.family_attendees.clear();
    }
}
