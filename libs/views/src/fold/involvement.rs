//! Involvement in the fold: a claim ties its agency to every item about the person, those that come later too; a confirmation counts
//! for the confirming agency's own items, or, by the lead agency, for all; closing ends it. Who is concerned is told of the claim.

use std::collections::BTreeSet;

use diogel_domain::{
    content::{Kind, Matter},
    effect::Effect,
    times::Moment,
};
use diogel_sharing::agreement::Span;
use serde::{Deserialize, Serialize};

use super::{Folded, apply::Step};
use crate::{
    audiences::{AgencyNumber, AgencySet},
    index,
    keys::{self, Hashed},
    registry::Registry,
    rows::{ChangeKind, Item, ItemState},
    store::{Store, StoreError},
    ties::{Confirmation, Tie, TiedBy},
};

/// Claims that are looked at for a draft, whoever is in it (P12).
const MOST_CLAIMS: usize = 256;

/// A claim, as far as later items need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ClaimRow {
    agency: AgencyNumber,
    /// Whom it names, as the index stands for identifiers.
    named: Vec<Hashed>,
    span: Span,
    /// By whom, and whether as a lead agency.
    confirmed: Vec<(Confirmation, bool)>,
    sensitive: bool,
}

impl<S: Store> Step<'_, '_, S> {
    /// A claim took effect.
    pub(super) fn claim(
        &mut self,
        position: u64,
        item: &Item,
        now: Moment,
    ) -> Result<(), StoreError> {
        let Some(agency) = self.registry.number(&item.originator) else {
            return Ok(());
        };
        let row = ClaimRow {
            agency,
            named: item.seeds.named(),
            span: Span::since(now),
            confirmed: Vec::new(),
            sensitive: item.header.sensitive,
        };
        self.pending.write(keys::claim(position), &row)?;
        let who = item.seeds.who();
        for hash in &who {
            self.pending
                .put(keys::at(&keys::claimed(hash), position), Vec::new());
        }
        for at in index::positions(self.pending, &who)? {
            self.tie_claim(at, position, &row, now)?;
        }
        let mut claim = self.item(position)?;
        tie_leads(self.registry, &mut claim, now);
        self.redecide(position, &mut claim, now)
    }

    /// Ties the open claims of its people's identifiers to an item that took effect.
    pub(super) fn tie_claims(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        let mut claims = BTreeSet::new();
        for hash in item.seeds.who() {
            let rows = self.pending.scan(&keys::claimed(&hash))?;
            claims.extend(rows.into_keys().filter_map(|key| position_of(&key)));
        }
        for claim in claims {
            let row: Option<ClaimRow> = self.pending.read(&keys::claim(claim))?;
            if let Some(row) = row.filter(|row| row.span.until.is_none()) {
                self.tie_claim(position, claim, &row, self.now)?;
            }
        }
        Ok(())
    }

    fn tie_claim(
        &mut self,
        at: u64,
        claim: u64,
        row: &ClaimRow,
        now: Moment,
    ) -> Result<(), StoreError> {
        let item = self.item(at)?;
        if !can_be_claimed(&item) || at == claim {
            return Ok(());
        }
        let own = self.registry.number(&item.originator);
        let tie = row.tie(claim, own, self.registry);
        self.pending
            .put(keys::at(&keys::tied(claim), at), Vec::new());
        self.with_item(at, now, |item| item.ties.push(tie))?;
        match own.filter(|own| *own != row.agency && !row.sensitive) {
            Some(own) => self.concern(claim, own, now),
            None => Ok(()),
        }
    }

    /// Tells an originator of a claim that opens something of its own. Of a sensitive one only the lead is told.
    fn concern(&mut self, claim: u64, agency: AgencyNumber, now: Moment) -> Result<(), StoreError> {
        let item = self.item(claim)?;
        if item
            .ties
            .iter()
            .any(|tie| tie.agency == agency && concerns(tie))
        {
            return Ok(());
        }
        let tie = Tie {
            agency,
            by: TiedBy::Concern,
            span: Span::since(now),
        };
        self.with_item(claim, now, |item| item.ties.push(tie))
    }

    /// Another agency confirmed a claim, or took its confirmation back; or the claiming agency closed it.
    pub(super) fn answer_claim(
        &mut self,
        by: u64,
        event: &Item,
        claim: u64,
        now: Moment,
    ) -> Result<(), StoreError> {
        let row: Option<ClaimRow> = self.pending.read(&keys::claim(claim))?;
        let (Some(mut row), Some(agency)) = (row, self.registry.number(&event.originator)) else {
            return Ok(());
        };
        let state = if event.kind == Some(Kind::InvolvementConfirmed) {
            let all = self.registry.rules().leads(&event.originator, now);
            row.confirm(agency, all, now)
                .then_some(ItemState::Confirmed(by))
        } else if agency == row.agency {
            row.span.until = Some(now);
            Some(ItemState::Closed(by))
        } else {
            let before = self.item(claim)?.state;
            row.take_back(agency, now).then(|| row.state(before))
        };
        // What changes nothing is told to nobody.
        let Some(state) = state else {
            return Ok(());
        };
        self.carry_claim(claim, &row, now)?;
        let mut item = self.item(claim)?;
        if item.state.stands() {
            item.state = state;
            self.pending.write(keys::item(claim), &item)?;
        }
        let told = self.answer_tells(event, &item, agency, row.agency);
        self.change(told.meet(item.holders()), claim, ChangeKind::Changed)
    }

    /// To whom it is told that a claim was answered: that it is closed, to everybody; that somebody confirmed it, or took that back, to
    /// those two, to the leads, and to those for whose events it counts.
    fn answer_tells(
        &self,
        answer: &Item,
        claim: &Item,
        by: AgencyNumber,
        claims: AgencyNumber,
    ) -> AgencySet {
        let all = by == claims;
        let leads = claim.ties.iter().filter(|tie| tie.by == TiedBy::Lead);
        let two = AgencySet::NONE.with(by).with(claims);
        let told = leads.fold(two, |told, tie| told.with(tie.agency));
        let others = claim
            .holders()
            .iter()
            .filter(|other| all || self.registry.leads_for(by, *other, answer.ordered_at));
        others.fold(told, AgencySet::with)
    }

    /// A claim that was withdrawn, or whose content goes, is over: before its identifiers are forgotten.
    pub(super) fn end_claim(
        &mut self,
        claim: u64,
        item: &Item,
        now: Moment,
    ) -> Result<(), StoreError> {
        let row: Option<ClaimRow> = self.pending.read(&keys::claim(claim))?;
        if row.is_none() {
            return Ok(());
        }
        for at in self.tied(claim)? {
            self.with_item(at, now, |item| item.ties.retain(|tie| !tie.is_of(claim)))?;
            self.pending.remove(keys::at(&keys::tied(claim), at));
        }
        for hash in item.seeds.who() {
            self.pending.remove(keys::at(&keys::claimed(&hash), claim));
        }
        self.pending.remove(keys::claim(claim));
        Ok(())
    }

    /// The items that a claim is tied to, those that were corrected since among them.
    fn tied(&self, claim: u64) -> Result<Vec<u64>, StoreError> {
        let rows = self.pending.scan(&keys::tied(claim))?;
        Ok(rows
            .into_keys()
            .filter_map(|key| position_of(&key))
            .collect())
    }

    /// Brings every item that a claim is tied to up to the claim as it stands now.
    fn carry_claim(&mut self, claim: u64, row: &ClaimRow, now: Moment) -> Result<(), StoreError> {
        self.pending.write(keys::claim(claim), row)?;
        for at in self.tied(claim)? {
            let own = self
                .item(at)
                .map(|item| self.registry.number(&item.originator))?;
            let counting = row.confirmations(own, self.registry);
            self.with_item(at, now, |item| {
                for tie in &mut item.ties {
                    if let TiedBy::Claim {
                        position,
                        confirmed,
                        named: _,
                    } = &mut tie.by
                        && *position == claim
                    {
                        tie.span = row.span;
                        confirmed.clone_from(&counting);
                    }
                }
            })?;
        }
        Ok(())
    }

    /// An item's content goes: its originator is concerned no more by claims that are about nothing else of its own.
    pub(super) fn untie(&mut self, item: &Item, now: Moment) -> Result<(), StoreError> {
        let own = self.registry.number(&item.originator);
        let claims = item.ties.iter().filter_map(|tie| match tie.by {
            TiedBy::Claim { position, .. } => Some(position),
            TiedBy::Meeting { .. } | TiedBy::Concern | TiedBy::Lead => None,
        });
        for claim in claims.collect::<BTreeSet<u64>>() {
            if !self.is_about(claim, item)? {
                self.with_item(claim, now, |claim| {
                    let mut ties = claim.ties.iter_mut();
                    if let Some(tie) = ties.find(|t| Some(t.agency) == own && concerns(t)) {
                        tie.span.until = Some(now);
                    }
                })?;
            }
        }
        Ok(())
    }

    /// The claim is about something else of the item's originator that still says who it is about.
    fn is_about(&mut self, claim: u64, item: &Item) -> Result<bool, StoreError> {
        for at in self.tied(claim)? {
            let other = self.item(at)?;
            if other.originator == item.originator && !other.seeds.who().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Lead agencies are told of every claim, as of each change of the rules: never because of what somebody published.
pub(super) fn tie_leads(registry: &Registry, item: &mut Item, now: Moment) {
    if item.kind != Some(Kind::InvolvementClaimed) || item.effect != Effect::Effective {
        return;
    }
    let own = registry.number(&item.originator);
    for (number, agency) in (0..).zip(registry.agencies()) {
        let leads = registry.rules().leads(&agency.facts.agency, now);
        let mut ties = item.ties.iter_mut();
        let open = ties.find(|t| t.agency == number && t.by == TiedBy::Lead && is_open(t));
        match open {
            Some(tie) if !leads => tie.span.until = Some(now),
            None if leads && own != Some(number) => item.ties.push(Tie {
                agency: number,
                by: TiedBy::Lead,
                span: Span::since(now),
            }),
            Some(_) | None => {}
        }
    }
}

impl<S: Store> Folded<S> {
    /// How open claims about people would tie their agencies to a new item of this originator, as far as it may know: by the claims
    /// that `may_know` answers yes to.
    pub(crate) fn claims_about(
        &self,
        who: &BTreeSet<Hashed>,
        originator: AgencyNumber,
        may_know: impl Fn(u64) -> Result<bool, StoreError>,
    ) -> Result<Vec<Tie>, StoreError> {
        let mut claims = BTreeSet::new();
        for hash in who {
            let prefix = keys::claimed(hash);
            let left = MOST_CLAIMS.saturating_sub(claims.len());
            let rows = self.store.scan(&prefix, &keys::after(&prefix), left)?;
            claims.extend(rows.into_iter().filter_map(|(key, _)| position_of(&key)));
        }
        let mut ties = Vec::new();
        for claim in claims {
            let Some(row) = self.store.get(&keys::claim(claim))? else {
                continue;
            };
            let row: ClaimRow = postcard::from_bytes(&row)?;
            if row.span.until.is_none() && may_know(claim)? {
                ties.push(row.tie(claim, Some(originator), &self.registry()));
            }
        }
        Ok(ties)
    }
}

impl<S: Store> Folded<S> {
    /// The reader may be told that a claim is confirmed: its own agency, a lead, whoever confirmed it, and those for whose events that
    /// counts. That an originator confirmed it for itself alone is its own affair.
    pub(crate) fn tells_confirmed(
        &self,
        claim: u64,
        item: &Item,
        reader: AgencyNumber,
    ) -> Result<bool, StoreError> {
        let registry = self.registry();
        let led = item.ties.iter();
        let mut led = led.filter(|tie| tie.agency == reader && tie.by == TiedBy::Lead);
        if registry.number(&item.originator) == Some(reader) || led.any(is_open) {
            return Ok(true);
        }
        let row = self.store.get(&keys::claim(claim))?;
        let row: Option<ClaimRow> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(row.is_some_and(|row| {
            let counting = row.confirmations(Some(reader), &registry);
            counting.iter().any(|c| c.span.until.is_none())
        }))
    }
}

impl ClaimRow {
    /// How the claim at a position ties its agency to an item of this originator.
    fn tie(&self, position: u64, originator: Option<AgencyNumber>, registry: &Registry) -> Tie {
        Tie {
            agency: self.agency,
            by: TiedBy::Claim {
                position,
                named: self.named.clone(),
                confirmed: self.confirmations(originator, registry),
            },
            span: self.span,
        }
    }

    /// Those that count for this originator's items: its own, and that of an agency which led under a protocol of both when it
    /// confirmed.
    fn confirmations(
        &self,
        originator: Option<AgencyNumber>,
        registry: &Registry,
    ) -> Vec<Confirmation> {
        let counts = self.confirmed.iter().filter(|(confirmation, lead)| {
            let by = confirmation.by;
            let leads = |originator| registry.leads_for(by, originator, confirmation.span.from);
            originator == Some(by) || *lead && originator.is_some_and(leads)
        });
        counts.map(|(c, _)| c.clone()).collect()
    }

    /// False: it was confirmed so already.
    fn confirm(&mut self, by: AgencyNumber, all: bool, now: Moment) -> bool {
        let mut open = self.confirmed.iter().filter(|(c, _)| is_by(c, by));
        if open.any(|(_, before)| *before || !all) {
            return false;
        }
        let span = Span::since(now);
        self.confirmed.push((Confirmation { by, span }, all));
        true
    }

    /// False: it wasn't confirmed.
    fn take_back(&mut self, by: AgencyNumber, now: Moment) -> bool {
        let mut taken = false;
        for (confirmation, _) in self.confirmed.iter_mut().filter(|(c, _)| is_by(c, by)) {
            confirmation.span.until = Some(now);
            taken = true;
        }
        taken
    }

    /// How it stands after a confirmation was taken back.
    fn state(&self, before: ItemState) -> ItemState {
        let mut open = self.confirmed.iter();
        if open.any(|(c, _)| c.span.until.is_none()) {
            before
        } else {
            ItemState::Current
        }
    }
}

fn is_by(confirmation: &Confirmation, agency: AgencyNumber) -> bool {
    confirmation.by == agency && confirmation.span.until.is_none()
}

const fn is_open(tie: &Tie) -> bool {
    tie.span.until.is_none()
}

fn concerns(tie: &Tie) -> bool {
    tie.by == TiedBy::Concern && is_open(tie)
}

/// A claim is about what happened and what is planned, not about other claims and what is said about sharing.
fn can_be_claimed(item: &Item) -> bool {
    let matter = item.kind.and_then(Kind::matter);
    matter.is_some_and(|matter| match matter {
        Matter::Incident
        | Matter::HazardAlert
        | Matter::Escalation
        | Matter::Correction
        | Matter::Meeting
        | Matter::SafetyPlan
        | Matter::Contact
        | Matter::EngagementNeeds
        | Matter::Advocacy
        | Matter::ChangeClaimed
        | Matter::Strength => true,
        // What a step is taken on can be.
        Matter::Step
        | Matter::Involvement
        | Matter::AccessRequest
        | Matter::SharingDecision
        | Matter::EmergencyDisclosure
        | Matter::InformationRequest => false,
    })
}

fn position_of(key: &[u8]) -> Option<u64> {
    key.last_chunk::<8>().copied().map(u64::from_be_bytes)
}
