//! Involvement in the fold: a claim ties its agency to every item about the person, those that come later too; a confirmation counts
//! for the confirming agency's own items, or, by the lead agency, for all; closing ends it. Who is concerned is told of the claim.

use std::collections::BTreeSet;

use diogel_domain::{
    content::{Kind, Matter},
    times::Moment,
};
use diogel_sharing::agreement::Span;
use serde::{Deserialize, Serialize};

use super::apply::Step;
use crate::{
    audiences::AgencyNumber,
    index, keys,
    rows::{ChangeKind, Item, ItemState},
    store::{Store, StoreError},
    ties::{Confirmation, Tie, TiedBy},
};

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
        let about = index::positions(self.pending, &who)?;
        for at in about {
            self.tie_claim(at, position, &row, now)?;
        }
        self.concern(position, now)
    }

    /// Ties the claims of its people's identifiers to a new item.
    pub(super) fn tie_claims(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        let mut claims = BTreeSet::new();
        for hash in item.seeds.who() {
            let rows = self.pending.scan(&keys::claimed(&hash))?;
            claims.extend(rows.into_keys().filter_map(|key| position_of(&key)));
        }
        for claim in claims {
            let row: Option<ClaimRow> = self.pending.read(&keys::claim(claim))?;
            if let Some(row) = row.filter(|row| row.span.until.is_none()) {
                self.tie_claim(position, claim, &row, item.ordered_at)?;
                self.concern(claim, item.ordered_at)?;
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
        let counts = |(confirmation, all): &(Confirmation, bool)| {
            (*all || own == Some(confirmation.by)).then(|| confirmation.clone())
        };
        let tie = Tie {
            agency: row.agency,
            by: TiedBy::Claim {
                position: claim,
                confirmed: row.confirmed.iter().filter_map(counts).collect(),
            },
            span: row.span,
        };
        self.with_item(at, now, |item| item.ties.push(tie))
    }

    /// Tells those concerned of a claim: the originators of what it opens, unless it is sensitive; the lead agencies always.
    fn concern(&mut self, claim: u64, now: Moment) -> Result<(), StoreError> {
        let item = self.item(claim)?;
        let rules = self.registry.rules();
        let agencies = (0..).zip(self.registry.agencies());
        let leads = agencies.filter(|(_, agency)| rules.leads(&agency.facts.agency, now));
        let mut concerned: BTreeSet<AgencyNumber> = leads.map(|(number, _)| number).collect();
        if !item.header.sensitive {
            for at in index::positions(self.pending, &item.seeds.who())? {
                let about = self.item(at)?;
                let originator = self.registry.number(&about.originator);
                concerned.extend(originator.filter(|_| can_be_claimed(&about)));
            }
        }
        let told = |tie: &Tie| tie.by == TiedBy::Concern && tie.span.until.is_none();
        let own = self.registry.number(&item.originator);
        let before: BTreeSet<_> = item
            .ties
            .iter()
            .filter(|t| told(t))
            .map(|t| t.agency)
            .collect();
        let new: Vec<_> = concerned
            .iter()
            .filter(|a| Some(**a) != own && !before.contains(a))
            .collect();
        let gone = before.iter().any(|agency| !concerned.contains(agency));
        if new.is_empty() && !gone {
            return Ok(());
        }
        self.with_item(claim, now, |item| {
            for tie in item
                .ties
                .iter_mut()
                .filter(|t| told(t) && !concerned.contains(&t.agency))
            {
                tie.span.until = Some(now);
            }
            item.ties.extend(new.into_iter().map(|agency| Tie {
                agency: *agency,
                by: TiedBy::Concern,
                span: Span::since(now),
            }));
        })
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
            let span = Span::since(now);
            row.confirmed.push((Confirmation { by: agency, span }, all));
            Some(ItemState::Confirmed(by))
        } else if agency == row.agency {
            row.span.until = Some(now);
            Some(ItemState::Closed(by))
        } else {
            let own = row.confirmed.iter_mut().filter(|(c, _)| c.by == agency);
            own.for_each(|(c, _)| c.span.until = c.span.until.or(Some(now)));
            None
        };
        self.carry_claim(claim, &row, now)?;
        let mut item = self.item(claim)?;
        if let Some(state) = state.filter(|_| item.state.stands()) {
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
        let Some(mut row) = row else {
            return Ok(());
        };
        row.span.until = row.span.until.or(Some(now));
        self.carry_claim(claim, &row, now)?;
        for hash in item.seeds.who() {
            self.pending.remove(keys::at(&keys::claimed(&hash), claim));
        }
        self.pending.remove(keys::claim(claim));
        Ok(())
    }

    /// Brings every item that a claim is tied to up to the claim as it stands now.
    fn carry_claim(&mut self, claim: u64, row: &ClaimRow, now: Moment) -> Result<(), StoreError> {
        self.pending.write(keys::claim(claim), row)?;
        let who = self.item(claim)?.seeds.who();
        for at in index::positions(self.pending, &who)? {
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
                        let counts = row.confirmed.iter();
                        let counts = counts.filter(|(c, all)| *all || own == Some(c.by));
                        *confirmed = counts.map(|(c, _)| c.clone()).collect();
                    }
                }
            })?;
        }
        Ok(())
    }

    /// An item's content goes: whoever was concerned by claims because of it alone is concerned no more.
    pub(super) fn untie(&mut self, item: &Item, now: Moment) -> Result<(), StoreError> {
        let claims = item.ties.iter().filter_map(|tie| match tie.by {
            TiedBy::Claim { position, .. } => Some(position),
            TiedBy::Meeting(_) | TiedBy::Concern => None,
        });
        for claim in claims.collect::<BTreeSet<u64>>() {
            self.concern(claim, now)?;
        }
        Ok(())
    }
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
