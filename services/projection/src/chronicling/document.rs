//! A chronology as one document. Owns what of the views' answer goes into it; refuses more than a document holds.

use std::collections::BTreeMap;

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1, write,
};
use diogel_domain::{
    codes::{FamilyHandling, Purpose},
    content::ReferenceRole,
    crisp::Policy,
    ids::EventId,
    times::Moment,
};
use diogel_summary::{Entry, EntryState, Known, Review, chronicle, to_csv};
use diogel_views::{
    Trace,
    read::{Dated, KnownTo, Seen},
    rows::ItemState,
    store::Store,
};

use super::Chronicle;
use crate::{
    document_form::{self, Form, bounded},
    reading::{broken, identifiers},
    summary,
};

/// Events of one document.
const EVENTS: usize = 2_000;

impl<S: Store> Chronicle<'_, S> {
    /// The whole chronology, in the form that is asked for.
    pub(crate) fn document(
        &self,
        request: &v1::ChronologyDocumentRequest,
    ) -> Result<(v1::ChronologyDocumentResponse, Vec<Trace>), Refusal> {
        let identifiers = identifiers("identifiers", &request.identifiers)?;
        let form = document_form::of_chronology(request.form)?;
        let purpose = match request.purpose {
            0 => Purpose::BoardGovernance,
            number => Purpose::from_number(number)
                .ok_or_else(|| Refusal::field("purpose", "is no known code"))?,
        };
        let all = self.views.chronology(self.reader, &identifiers);
        let all = all.map_err(broken)?;
        if all.len() > EVENTS {
            let rule = "has more than 2,000 events; Chronology answers it page by page";
            return Err(Refusal::field("identifiers", rule));
        }
        let (mut entries, mut traces) = (Vec::new(), Vec::new());
        for stand in all {
            let dated = self.views.dated(self.reader, stand.position);
            let Some(dated) = dated.map_err(broken)? else {
                continue;
            };
            traces.push(dated.seen.trace());
            entries.extend(self.told(dated, stand.labels)?);
        }
        let review = Review {
            reader: self.reader.agency().clone(),
            names: summary::names(self.reader),
            made_at: self.reader.now(),
            as_of: self.reader.asked_as_of(),
            policies: self.policies(&entries),
            purpose,
            language: summary::language(&request.language)?,
            about: None,
        };
        let (text, document) = match form {
            Form::Csv => (bounded(csv(&review, &entries)?)?, None),
            form => form.of(&chronicle(&review, &entries))?,
        };
        let answer = v1::ChronologyDocumentResponse {
            text,
            document,
            made_at: Some(write::timestamp(self.reader.now())),
            and_any_others_entitled: true,
        };
        Ok((answer, traces))
    }

    /// The policy at each moment that a clock may run from, and now.
    fn policies(&self, entries: &[Entry]) -> BTreeMap<Moment, Policy> {
        let registry = self.reader.registry();
        let moments = entries.iter().map(|entry| entry.ordered_at);
        moments
            .chain([self.reader.at()])
            .map(|at| (at, registry.policy(at).clone()))
            .collect()
    }

    /// None: of what it is the document knows nothing.
    fn told(&self, dated: Dated, labels: Vec<String>) -> Result<Option<Entry>, Refusal> {
        let Some(matter) = dated.seen.matter() else {
            return Ok(None);
        };
        let known = self.known_to(&dated)?.into_iter();
        let known = known.map(|(known, first_seen)| known_of(known, first_seen));
        let known = known.collect();
        let Dated { seen, occurred } = dated;
        Ok(Some(Entry {
            event_id: seen.item.event_id,
            originator: seen.item.originator.clone(),
            recorded_at: seen.item.recorded_at,
            ordered_at: seen.item.ordered_at,
            occurred,
            family: seen
                .item
                .audience()
                .map_or(FamilyHandling::No, |a| a.family),
            state: state(seen.item.state),
            matter,
            labels,
            concerns: concerns(&seen),
            doubtful: seen.doubtful,
            disclosed: seen.disclosed,
            known,
        }))
    }
}

fn csv(review: &Review, entries: &[Entry]) -> Result<String, Refusal> {
    to_csv(review, entries).map_err(|error| {
        tracing::error!(%error, "a chronology as CSV");
        Refusal::new(Reason::Internal)
    })
}

fn known_of(known: KnownTo, first_seen: Option<Moment>) -> Known {
    let last = known.held.last().filter(|(_, groups)| groups.is_empty());
    Known {
        available_at: known.available(),
        first_seen,
        acknowledged: known.acknowledged,
        taken_back: last.map(|(since, _)| *since),
        agency: known.agency,
    }
}

const fn state(state: ItemState) -> EntryState {
    match state {
        ItemState::Corrected(_) => EntryState::Corrected,
        ItemState::EnteredInError(_) => EntryState::EnteredInError,
        ItemState::Superseded(_) => EntryState::Superseded,
        ItemState::Erased(_) => EntryState::Erased,
        ItemState::Current
        | ItemState::Granted(_)
        | ItemState::Declined(_)
        | ItemState::Confirmed(_)
        | ItemState::Closed(_) => EntryState::Stands,
    }
}

/// The event that it is a step of, corrects, takes the place of, changes or shares: one that the reader may know.
fn concerns(seen: &Seen) -> Option<EventId> {
    let mut references = seen.item.references().iter();
    let of = references.find(|reference| {
        matches!(
            reference.role,
            ReferenceRole::StepOf
                | ReferenceRole::Corrects
                | ReferenceRole::Supersedes
                | ReferenceRole::Changes
                | ReferenceRole::Shares
        )
    });
    of.map(|reference| reference.event_id)
}
