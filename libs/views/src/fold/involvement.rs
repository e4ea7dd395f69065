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
    audiences::AgencyNumber,
    index,
    keys::{self, Hashed},
    registry::Registry,
    rows::{ChangeKind, Item, ItemState},
    store::{Store, StoreError},
    ties::{Confirmation, Tie, TiedBy},
};

/// Claims that are looked at for one identifier of a draft (P12).
const MOST_CLAIMS: usize = 256;

/// A claim, as far as later items need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ClaimRow {
    agency: AgencyNumber,
    span: Span,
    /// By whom, and whether for everybody's items.
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
        self.redecide(position, &mut claim, now)?;
        self.pending.write(keys::item(position), &claim)
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
        let tie = row.tie(claim, own);
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
        self.change(item.holders(), claim, ChangeKind::Changed)
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
            self.with_item(at, now, |item| {
                for tie in &mut item.ties {
                    if let TiedBy::Claim {
                        position,
                        confirmed,
                    } = &mut tie.by
                        && *position == claim
                    {
                        tie.span = row.span;
                        *confirmed = row.confirmations(own);
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
            TiedBy::Meeting(_) | TiedBy::Concern | TiedBy::Lead => None,
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
            let rows = self
                .store
                .scan(&prefix, &keys::after(&prefix), MOST_CLAIMS)?;
            claims.extend(rows.into_iter().filter_map(|(key, _)| position_of(&key)));
        }
        let mut ties = Vec::new();
        for claim in claims {
            let Some(row) = self.store.get(&keys::claim(claim))? else {
                continue;
            };
            let row: ClaimRow = postcard::from_bytes(&row)?;
            if row.span.until.is_none() && may_know(claim)? {
                ties.push(row.tie(claim, Some(originator)));
            }
        }
        Ok(ties)
    }
}

impl ClaimRow {
    /// How the claim at a position ties its agency to an item of this originator.
    fn tie(&self, position: u64, originator: Option<AgencyNumber>) -> Tie {
        Tie {
            agency: self.agency,
            by: TiedBy::Claim {
                position,
                confirmed: self.confirmations(originator),
            },
            span: self.span,
        }
    }

    /// Those that count for this originator's items: its own, and the lead's.
    fn confirmations(&self, originator: Option<AgencyNumber>) -> Vec<Confirmation> {
        let counts = self.confirmed.iter();
        let counts = counts.filter(|(c, all)| *all || originator == Some(c.by));
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
        | Matter::Meeting => true,
        Matter::Involvement
        | Matter::AccessRequest
        | Matter::SharingDecision
        | Matter::EmergencyDisclosure => false,
    })
}

fn position_of(key: &[u8]) -> Option<u64> {
    key.last_chunk::<8>().copied().map(u64::from_be_bytes)
}
