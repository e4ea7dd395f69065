//! What an asker may know of how another agency came by an event, and lost it: by its originator's audience and changes, by the rules, and
//! by those ties alone that the asker may know of. Refuses to let a hidden tie show in any moment, in what was told, or in who read.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    content::Matter,
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_sharing::{
    decide::{Question, decide, entitlement},
    groups::Groups,
};

use super::{Reader, asks_to_take};
use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    rows::{Held, Item},
    store::{Store, StoreError},
    ties::{Standing, Tie, TiedBy},
};

/// One event, as far as the asker may know who gets it: without the ties that are hidden from it.
pub(super) struct KnownItem<'a> {
    reader: &'a Reader,
    pub(super) item: Item,
    /// Agencies with a tie that is hidden, or that held something which no known tie explains, and since when.
    hidden: BTreeMap<AgencyNumber, Moment>,
}

/// One agency's way with such an event.
pub(super) struct Way<'a> {
    known: &'a KnownItem<'a>,
    number: AgencyNumber,
    agency: &'a AgencyId,
}

impl<S: Store> Folded<S> {
    /// An event that the reader knows, or knew, without what it may not know of others. None: it knows nothing of it.
    pub(super) fn known_item<'a>(
        &self,
        reader: &'a Reader,
        event: EventId,
    ) -> Result<Option<KnownItem<'a>>, StoreError> {
        let Some(mut item) = self.known(reader, event)? else {
            return Ok(None);
        };
        let history = self.history(event)?;
        let known = self.ties_known_to(reader, &item)?;
        let hidden = item.ties.iter().filter(|tie| !known.contains(tie));
        let hidden: Vec<_> = hidden.map(|tie| (tie.agency, tie.span.from)).collect();
        item.ties = known;
        let mut known = KnownItem {
            reader,
            item,
            hidden: BTreeMap::new(),
        };
        known.hide(hidden);
        known.hide_the_unexplained(&history);
        Ok(Some(known))
    }

    /// The ties of others that a reader may know of: claims and meetings that it sees. Who is concerned by its own claim is
    /// never told; whom it asked for access, it knows. Its own are no secret to it.
    pub(super) fn ties_known_to(
        &self,
        reader: &Reader,
        item: &Item,
    ) -> Result<Vec<Tie>, StoreError> {
        let mut known = Vec::new();
        for tie in &item.ties {
            let may = tie.agency == reader.number
                || match &tie.by {
                    TiedBy::Claim { position, .. } => self.knows_claim(reader, *position)?,
                    TiedBy::Meeting { said, .. } => self.says_to(reader, *said)?,
                    TiedBy::Lead => false,
                    TiedBy::Concern => {
                        let matter = item.kind.and_then(diogel_domain::content::Kind::matter);
                        let own = item.originator == *reader.agency();
                        own && matches!(matter, Some(Matter::AccessRequest | Matter::Step))
                            && item.of.is_none_or(|of| of.follows.is_none())
                    }
                };
            if may {
                known.push(tie.clone());
            }
        }
        Ok(known)
    }

    /// The reader may know that an agency attends a meeting: it does itself, or sees what said so.
    pub(super) fn knows_attendance(&self, reader: &Reader, tie: &Tie) -> Result<bool, StoreError> {
        match tie.by {
            TiedBy::Meeting { said, .. } if tie.agency != reader.number => {
                self.says_to(reader, said)
            }
            _ => Ok(true),
        }
    }

    fn says_to(&self, reader: &Reader, said: u64) -> Result<bool, StoreError> {
        Ok(self.see(reader, said)?.is_some())
    }

    /// The readers of an event, as far as its originator may know of them. None: it isn't the reader's own.
    pub fn known_readers<'a>(
        &self,
        originator: &'a Reader,
        event: EventId,
    ) -> Result<Option<KnownReaders<'a>>, StoreError> {
        // Whose it is first: the rest is work.
        let known = self.known(originator, event)?;
        if known.is_none_or(|item| item.originator != *originator.agency()) {
            return Ok(None);
        }
        Ok(self.known_item(originator, event)?.map(KnownReaders))
    }
}

/// Who may be told of as having read an event.
pub struct KnownReaders<'a>(KnownItem<'a>);

impl KnownReaders<'_> {
    /// Its originator may know that this agency read something of it at a moment.
    pub fn may_have_read(&self, agency: &AgencyId, at: Moment) -> bool {
        let way = self.0.way(agency);
        way.is_some_and(|way| !way.groups(at).is_empty())
    }

    /// Its originator may know that this agency asked for it at a moment, and was refused. What a hidden tie had told it, it asks for
    /// as well.
    pub fn may_have_asked(&self, agency: &AgencyId, at: Moment) -> bool {
        let number = self.0.reader.registry.number(agency);
        let hidden = number.and_then(|number| self.0.hidden.get(&number));
        hidden.is_none_or(|since| at < *since)
    }
}

impl<'a> KnownItem<'a> {
    /// Those of whom it may speak: its originator is told of everybody, everybody else of itself.
    pub(super) fn ways(&'a self) -> impl Iterator<Item = Way<'a>> {
        // Of a step on another's event, whose audience it has, of itself too.
        let lent = self
            .item
            .of
            .is_some_and(|of| of.follows.is_some() && !of.own);
        let all = self.item.originator == self.reader.agency && !lent;
        let agencies = (0..).zip(self.reader.registry.agencies());
        let told = agencies.filter(move |(number, _)| all || *number == self.reader.number);
        told.map(|(number, agency)| Way {
            known: self,
            number,
            agency: &agency.facts.agency,
        })
    }

    fn way(&'a self, agency: &'a AgencyId) -> Option<Way<'a>> {
        let number = self.reader.registry.number(agency)?;
        Some(Way {
            known: self,
            number,
            agency,
        })
    }

    /// Whoever held more than the known ties give was given it by one that is hidden now, or that is over and forgotten. The history
    /// is the one that was decided: what waits to be told of a change of the rules explains nothing, and hides nothing.
    fn hide_the_unexplained(&mut self, history: &[Held]) {
        let agencies = self.reader.registry.agencies();
        let unexplained = (0..).zip(agencies).filter_map(|(number, agency)| {
            let way = Way {
                known: self,
                number,
                agency: &agency.facts.agency,
            };
            let mut history = history.iter();
            let first = history.find(|held| !way.entitled(held.since).covers(held.by(number)));
            first.map(|held| (number, held.since))
        });
        let unexplained: Vec<_> = unexplained.collect();
        self.hide(unexplained);
    }

    fn hide(&mut self, agencies: Vec<(AgencyNumber, Moment)>) {
        for (agency, since) in agencies {
            let first = self.hidden.entry(agency).or_insert(since);
            *first = since.min(*first);
        }
    }

    /// The moments at which something that is known may have changed who holds what.
    fn moments(&self) -> BTreeSet<Moment> {
        let first = self.item.history.first().map(|held| held.since);
        let changes = self.item.changes.iter().map(|(at, _)| *at);
        let turns = self.reader.registry.turns_after(0).iter();
        let ties = self.item.ties.iter().flat_map(Tie::turns);
        let moments = changes.chain(turns.map(|(_, at)| *at));
        let moments = moments.chain(ties).chain(first);
        let (first, last) = (first.unwrap_or_default(), self.reader.at());
        moments.filter(|at| (first..=last).contains(at)).collect()
    }
}

impl Way<'_> {
    /// The agency.
    pub(super) const fn agency(&self) -> &AgencyId {
        self.agency
    }

    pub(super) const fn number(&self) -> AgencyNumber {
        self.number
    }

    /// What it held when, step by step, whatever ends with time; nothing to begin with.
    pub(super) fn steps(&self) -> Vec<(Moment, Groups)> {
        let mut steps: Vec<(Moment, Groups)> = Vec::new();
        for at in self.known.moments() {
            let held = self.known.item.held_at(self.number, at);
            let groups = self.entitled(at).meet(held);
            if steps.last().map_or(Groups::NONE, |(_, before)| *before) != groups {
                steps.push((at, groups));
            }
        }
        steps
    }

    /// When its system last acknowledged the event.
    pub(super) fn acknowledged(&self, until: Moment) -> Option<Moment> {
        let acknowledged = self.known.item.acknowledged_by(self.number);
        acknowledged.filter(|at| *at <= until)
    }

    /// When it was last told that less is shared with it. By these changes of the rules nobody was told anything yet.
    pub(super) fn narrowed(&self, untold: &[(u64, Moment)]) -> Option<Moment> {
        let steps = self.steps();
        let is_told = |at: Moment| untold.iter().all(|(_, turned)| *turned != at);
        let mut less = steps.windows(2).rev();
        let less = less.find(|step| asks_to_take(step[0].1, step[1].1) && is_told(step[1].0));
        less.map(|step| step[1].0)
    }

    /// What it held at a moment.
    pub(super) fn groups(&self, at: Moment) -> Groups {
        let KnownItem { reader, item, .. } = self.known;
        let standing = Standing::of(item, self.number, at);
        let rules = reader.registry.rules();
        item.question(at).map_or(Groups::NONE, |question| {
            let decision = decide(rules, &question, self.agency, standing.relation());
            decision.groups.meet(item.held_at(self.number, at))
        })
    }

    /// What it was entitled to at a moment, whatever ends with time.
    fn entitled(&self, at: Moment) -> Groups {
        let KnownItem { reader, item, .. } = self.known;
        let timeless = item.timeless();
        let (Some(question), Some((audience, changes))) = (item.question(at), &timeless) else {
            return Groups::NONE;
        };
        let question = Question {
            audience,
            changes,
            ..question
        };
        let standing = Standing::of(item, self.number, at);
        let rules = reader.registry.rules();
        entitlement(rules, &question, self.agency, standing.relation())
    }
}
