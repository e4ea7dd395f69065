//! Chronologies, in pages and as one document: what the views tell, with what the access log adds, when it was first seen. Owns where a
//! page ends.

mod document;

use diogel_contract::{refusal::Refusal, v1, write};
use diogel_domain::times::Moment;
use diogel_views::{
    Folded, Reader, Trace,
    read::{Dated, KnownTo, Stand},
    store::Store,
};

use crate::{
    accesses::{Accesses, unreadable},
    answers,
    cursor::Cursors,
    listing::{Room, no_token, page_end},
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
    pub(crate) fn page(
        &self,
        request: &v1::ChronologyRequest,
    ) -> Result<(v1::ChronologyResponse, Vec<Trace>), Refusal> {
        let identifiers = identifiers("identifiers", &request.identifiers)?;
        let all = self.views.chronology(self.reader, &identifiers);
        let all = all.map_err(broken)?;
        let mut answer = v1::ChronologyResponse {
            and_any_others_entitled: true,
            ..v1::ChronologyResponse::default()
        };
        let (mut room, mut traces) = (Room::of(request.page_size), Vec::new());
        let mut last = None;
        for stand in self.rest(&all, &request.page_token)? {
            let dated = self.views.dated(self.reader, stand.position);
            let Some(dated) = dated.map_err(broken)? else {
                continue;
            };
            let entry = self.entry(&dated)?;
            if !room.takes(&entry) {
                let last = last.map(|last| self.cursors.page_end(last));
                answer.next_page_token = last.unwrap_or_default();
                break;
            }
            traces.push(dated.seen.trace());
            answer.entries.push(entry);
            last = Some(stand.event);
        }
        Ok((answer, traces))
    }

    /// What comes after the page before.
    fn rest<'s>(&self, all: &'s [Stand], token: &str) -> Result<&'s [Stand], Refusal> {
        if token.is_empty() {
            return Ok(all);
        }
        let end = page_end(self.cursors, token)?;
        let at = all.iter().position(|stand| stand.event == end);
        at.and_then(|at| all.get(at + 1..)).ok_or_else(no_token)
    }

    fn entry(&self, dated: &Dated) -> Result<v1::ChronologyEntry, Refusal> {
        let known_to = self.known_to(dated)?.into_iter();
        Ok(v1::ChronologyEntry {
            item: Some(answers::item(&dated.seen)),
            occurred: dated.occurred.map(write::occurred),
            known_to: known_to.map(|(k, seen)| known_by(&k, seen)).collect(),
        })
    }

    /// Who knew of it, and when it was first seen there.
    fn known_to(&self, dated: &Dated) -> Result<Vec<(KnownTo, Option<Moment>)>, Refusal> {
        let known = self.views.known_to(self.reader, &dated.seen);
        let known = known.map_err(broken)?.into_iter().map(|known| {
            let first_seen = self.first_seen(dated, &known)?;
            Ok((known, first_seen))
        });
        known.collect()
    }

    /// Its originator needn't look at its own event to know of it.
    fn first_seen(&self, dated: &Dated, known: &KnownTo) -> Result<Option<Moment>, Refusal> {
        let item = &dated.seen.item;
        let since = known.held.first().map(|(since, _)| *since);
        let Some(since) = since.filter(|_| known.agency != item.originator) else {
            return Ok(None);
        };
        let accesses = self.accesses;
        let first = accesses.first_read(&known.agency, item.event_id, since);
        let first = first.map_err(unreadable)?;
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
