//! Why: who gets which groups of an event, and why not more. To its originator about everybody; to anybody else who knows, or knew, of
//! it about themselves alone. Refuses to let anything show that the asker may not know: an involvement that is told to others only
//! is left out of the decision that is shown.

use diogel_domain::{
    effect::Effect,
    ids::{AgencyId, EventId},
};
use diogel_sharing::{
    decide::{Decision, decide},
    groups::{FieldGroup, Groups},
    why::{Citation, Cited, Why},
};

use super::Reader;
use crate::{
    fold::Folded,
    rows::{Held, Item},
    store::{Store, StoreError},
    ties::Standing,
};

/// One agency's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The agency.
    pub agency: AgencyId,
    /// What it gets.
    pub groups: Groups,
    /// Why, for each group in the order of [`FieldGroup::ALL`], with the flow.
    pub reasons: Vec<(FieldGroup, Why, Option<Citation>)>,
    /// It was told something that it hasn't acknowledged.
    pub outstanding: bool,
}

/// What the asker may know of who gets what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The event.
    pub event_id: EventId,
    /// By agency.
    pub lines: Vec<Line>,
}

impl<S: Store> Folded<S> {
    /// Explains an event as of the reader's moment. None: the reader knows nothing of it, and never did.
    pub fn explain(
        &self,
        reader: &Reader,
        event: EventId,
    ) -> Result<Option<Explained>, StoreError> {
        let Some(known) = self.known_item(reader, event)? else {
            return Ok(None);
        };
        let mut lines = Vec::new();
        for way in known.ways() {
            let Some(question) = known.item.question(reader.at()) else {
                continue;
            };
            let standing = Standing::of(&known.item, way.number(), reader.at());
            let rules = reader.registry.rules();
            let mut decision = decide(rules, &question, way.agency(), standing.relation());
            if known.item.originator != reader.agency {
                without_others(&mut decision);
            }
            let outstanding = self.is_outstanding(&known.item, &way)?;
            let (agency, groups) = (way.agency().clone(), way.groups(reader.at()));
            lines.push(Line::of(&decision, agency, groups, outstanding));
        }
        Ok(Some(Explained {
            event_id: event,
            lines,
        }))
    }

    pub(super) fn known(
        &self,
        reader: &Reader,
        event: EventId,
    ) -> Result<Option<Item>, StoreError> {
        let Some(position) = self.position(event)? else {
            return Ok(None);
        };
        let item = self.item(position)?;
        let known = |item: &Item| {
            let until = item.history.iter().filter(|held| held.since <= reader.at());
            let mut knowing = until.map(Held::knowing);
            item.effect == Effect::Effective
                && !reader.is_withheld_by_name(item)
                && knowing.any(|knowing| knowing.has(reader.number))
        };
        Ok(item.filter(known))
    }

    /// The reader may know of a claim: who claims, and about whom.
    pub(super) fn knows_claim(&self, reader: &Reader, claim: u64) -> Result<bool, StoreError> {
        let seen = self.see(reader, claim)?;
        Ok(seen.is_some_and(|seen| seen.permit.groups().has(FieldGroup::Identity)))
    }
}

/// That nobody was named, or that it was taken from everybody, would say how it is with others.
fn without_others(decision: &mut Decision<'_>) {
    for why in &mut decision.reasons {
        *why = match *why {
            Why::OriginatorOnly => Why::NotGranted,
            Why::Withdrawn => Why::Narrowed,
            other => other,
        };
    }
}

impl Line {
    pub(super) fn of(
        decision: &Decision<'_>,
        agency: AgencyId,
        groups: Groups,
        outstanding: bool,
    ) -> Self {
        let reasons = FieldGroup::ALL.map(|group| {
            let citation = decision.flows[group as usize].map(Cited::to_owned);
            (group, decision.why(group), citation)
        });
        Self {
            agency,
            groups,
            reasons: reasons.into(),
            outstanding,
        }
    }
}
