//! Why: who gets which groups of an event, and why not more. To its originator about everybody; to anybody else who knows, or knew, of
//! it about themselves alone. Refuses to let anything show that the asker may not know: an involvement that is told to others only
//! is left out of the decision that is shown.

use diogel_domain::{
    content::Matter,
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
    audiences::AgencyNumber,
    fold::Folded,
    rows::{Held, Item},
    store::{Store, StoreError},
    ties::{Standing, Tie, TiedBy},
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
        let Some(mut item) = self.known(reader, event)? else {
            return Ok(None);
        };
        let all = item.originator == reader.agency;
        if all {
            item.ties = self.ties_known_to(reader, &item)?;
        }
        let agencies = (0..).zip(reader.registry.agencies());
        let told = agencies.filter(|(number, _)| all || *number == reader.number);
        let mut lines = Vec::new();
        for (number, agency) in told {
            lines.extend(self.line(reader, &item, number, &agency.facts.agency)?);
        }
        Ok(Some(Explained {
            event_id: item.event_id,
            lines,
        }))
    }

    /// Whether the reader, an event's originator, may know that the agency gets anything of it.
    pub fn may_know_recipient(
        &self,
        reader: &Reader,
        event: EventId,
        agency: &AgencyId,
    ) -> Result<bool, StoreError> {
        let explained = self.explain(reader, event)?;
        let mut lines = explained.into_iter().flat_map(|explained| explained.lines);
        Ok(lines.any(|line| line.agency == *agency && !line.groups.is_empty()))
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

    /// The ties of others that an originator may know of: claims and meetings that it sees. Who is concerned by its own claim is
    /// never told; whom it asked for access, it knows.
    pub(super) fn ties_known_to(
        &self,
        reader: &Reader,
        item: &Item,
    ) -> Result<Vec<Tie>, StoreError> {
        let mut known = Vec::new();
        for tie in &item.ties {
            let may = match &tie.by {
                TiedBy::Claim { position, .. } => self.knows_claim(reader, *position)?,
                TiedBy::Meeting(meeting) => self.see_event(reader, *meeting)?.is_some(),
                TiedBy::Lead => false,
                TiedBy::Concern => {
                    let matter = item.kind.and_then(diogel_domain::content::Kind::matter);
                    matter == Some(Matter::AccessRequest)
                }
            };
            if may {
                known.push(tie.clone());
            }
        }
        Ok(known)
    }

    fn line(
        &self,
        reader: &Reader,
        item: &Item,
        number: AgencyNumber,
        agency: &AgencyId,
    ) -> Result<Option<Line>, StoreError> {
        let standing = Standing::of(item, number, reader.at());
        let Some(question) = item.question(reader.at()) else {
            return Ok(None);
        };
        let rules = reader.registry.rules();
        let mut decision = decide(rules, &question, agency, standing.relation());
        if item.originator != reader.agency {
            without_others(&mut decision);
        }
        let groups = decision.groups.meet(item.held_at(number, reader.at()));
        let told = !groups.is_empty() || *agency == reader.agency;
        let outstanding = told
            && if item.originator == reader.agency {
                self.is_outstanding(reader, item, number)?
            } else {
                self.is_unacknowledged(item, number)?
            };
        let line = Line::of(&decision, agency.clone(), groups, outstanding);
        Ok(Some(line))
    }

    /// The reader may know of a claim: who claims, and about whom.
    pub(super) fn knows_claim(&self, reader: &Reader, claim: u64) -> Result<bool, StoreError> {
        let seen = self.see(reader, claim)?;
        Ok(seen.is_some_and(|seen| seen.permit.groups().has(FieldGroup::Identity)))
    }
}

/// That nobody was named would say whether anybody else was.
fn without_others(decision: &mut Decision<'_>) {
    for why in &mut decision.reasons {
        if *why == Why::OriginatorOnly {
            *why = Why::NotGranted;
        }
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
