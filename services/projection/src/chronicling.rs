//! Pages of a chronology: what the views tell, with what the access log adds, when it was first seen. Owns where a page ends.

use diogel_contract::{refusal::Refusal, v1, write};
use diogel_domain::times::Moment;
use diogel_views::{
    Folded, Reader, Trace,
    read::{Dated, KnownTo},
    store::Store,
};

use crate::{
    accesses::{Accesses, unreadable},
    answers,
    cursor::Cursors,
    listing::{after, page_size},
    reading::{broken, identifiers},
};

/// One reader's chronology.
pub(crate) struct Chronicle<'a, S> {
    pub(crate) views: &'a Folded<S>,
    pub(crate) accesses: &'a Accesses,
    pub(crate) reader: &'a Reader,
    pub(crate) cursors: &'a Cursors,
}

impl<S: Store> Chronicle<'_, S> {
    /// One page, the earliest first.
    pub(crate) async fn page(
        &self,
        request: &v1::ChronologyRequest,
    ) -> Result<(v1::ChronologyResponse, Vec<Trace>), Refusal> {
        let identifiers = identifiers("identifiers", &request.identifiers)?;
        let all = self.views.chronology(self.reader, &identifiers);
        let all = all.map_err(broken)?.into_iter();
        let size = page_size(request.page_size);
        let event = |dated: &Dated| dated.seen.item.event_id;
        let (page, next) = after(all, &request.page_token, self.cursors, size, event)?;
        let mut entries = Vec::new();
        for dated in &page {
            entries.push(self.entry(dated).await?);
        }
        let traces = page.iter().map(|dated| dated.seen.trace()).collect();
        let answer = v1::ChronologyResponse {
            entries,
            next_page_token: next,
            and_any_others_entitled: true,
        };
        Ok((answer, traces))
    }

    async fn entry(&self, dated: &Dated) -> Result<v1::ChronologyEntry, Refusal> {
        let known = self.views.known_to(self.reader, &dated.seen);
        let mut known_to = Vec::new();
        for known in known.map_err(broken)? {
            let first_seen = self.first_seen(dated, &known).await?;
            known_to.push(known_by(&known, first_seen));
        }
        Ok(v1::ChronologyEntry {
            item: Some(answers::item(&dated.seen)),
            occurred: dated.occurred.map(write::occurred),
            known_to,
        })
    }

    /// Its originator needn't look at its own event to know of it.
    async fn first_seen(&self, dated: &Dated, known: &KnownTo) -> Result<Option<Moment>, Refusal> {
        let item = &dated.seen.item;
        let since = known.held.first().map(|(since, _)| *since);
        let Some(since) = since.filter(|_| known.agency != item.originator) else {
            return Ok(None);
        };
        let accesses = self.accesses;
        let first = accesses.first_read(&known.agency, item.event_id, since);
        let first = first.await.map_err(unreadable)?;
        Ok(first.filter(|at| *at <= self.reader.at()))
    }
}

fn known_by(known: &KnownTo, first_seen: Option<Moment>) -> v1::KnownTo {
    let held = known.held.iter().map(|(since, groups)| v1::HeldSince {
        since: Some(write::timestamp(*since)),
        groups: write::numbers(*groups),
    });
    v1::KnownTo {
        agency: known.agency.to_string(),
        available_at: known.available().map(write::timestamp),
        first_seen_at: first_seen.map(write::timestamp),
        acknowledged_at: known.acknowledged.map(write::timestamp),
        held: held.collect(),
        groups: write::numbers(known.groups),
    }
}
