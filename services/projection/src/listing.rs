//! Pages of a view's items. Owns what a page token says: a change number of the reader's own view, or the event that the page
//! before ended with. Refuses a token whose event the reader doesn't see: what it can't see must not place a page (P6).

use diogel_contract::{refusal::Refusal, v1};
use diogel_domain::{content::Matter, ids::EventId};
use diogel_views::{Folded, Reader, Seen, Trace, store::Store};

use crate::{
    answers,
    cursor::{Cursor, PageEnd},
    reading::{broken, identifiers},
};

const DEFAULT_PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// One reader's list.
pub(crate) struct Listing<'a, S> {
    pub(crate) views: &'a Folded<S>,
    pub(crate) reader: &'a Reader,
    pub(crate) generation: u64,
}

impl<S: Store> Listing<'_, S> {
    /// One page, newest first.
    pub(crate) fn page(
        &self,
        request: &v1::ListItemsRequest,
    ) -> Result<(v1::ListItemsResponse, Vec<Trace>), Refusal> {
        let size = page_size(request.page_size);
        let matter = matter(&request.kind)?;
        let wanted = |seen: &Seen| matter.is_none_or(|m| seen.matter() == Some(m));
        let (items, next_page_token) = if request.identifiers.is_empty() {
            self.of_all(&request.page_token, size, wanted)?
        } else {
            self.about(request, size, wanted)?
        };
        let page = v1::ListItemsResponse {
            items: items.iter().map(answers::item).collect(),
            next_page_token,
        };
        Ok((page, items.iter().map(Seen::trace).collect()))
    }

    fn of_all(
        &self,
        token: &str,
        size: usize,
        wanted: impl Fn(&Seen) -> bool,
    ) -> Result<(Vec<Seen>, String), Refusal> {
        let last = self.views.last_change(self.reader).map_err(broken)?;
        let before = if token.is_empty() {
            last + 1
        } else {
            Cursor::from_text(token)
                .filter(|c| c.generation == self.generation && c.number <= last + 1)
                .ok_or_else(no_token)?
                .number
        };
        let newest = self.views.newest(self.reader, before, size, wanted);
        let (items, number) = newest.map_err(broken)?;
        let next = Cursor {
            generation: self.generation,
            number,
        };
        let next = (number > 0).then(|| next.to_text());
        Ok((items, next.unwrap_or_default()))
    }

    fn about(
        &self,
        request: &v1::ListItemsRequest,
        size: usize,
        wanted: impl Fn(&Seen) -> bool,
    ) -> Result<(Vec<Seen>, String), Refusal> {
        let identifiers = identifiers("identifiers", &request.identifiers)?;
        let about = self.views.about(self.reader, &identifiers, false);
        let items = about.map_err(broken)?.items.into_iter();
        let items = items.map(|(seen, _)| seen).filter(wanted);
        let event = |seen: &Seen| seen.item.event_id;
        after(items, &request.page_token, self.generation, size, event)
    }
}

/// The page after the event that the page before ended with, and the token of the next: empty after the last.
pub(crate) fn after<T>(
    mut items: impl Iterator<Item = T>,
    token: &str,
    generation: u64,
    size: usize,
    event: impl Fn(&T) -> EventId,
) -> Result<(Vec<T>, String), Refusal> {
    if !token.is_empty() {
        let end = PageEnd::from_text(token)
            .filter(|end| end.generation == generation)
            .ok_or_else(no_token)?;
        let found = items.any(|item| event(&item).0 == end.event);
        found.then_some(()).ok_or_else(no_token)?;
    }
    let page: Vec<T> = items.by_ref().take(size).collect();
    let more = items.next().and(page.last());
    let next = more.map(|last| PageEnd {
        generation,
        event: event(last).0,
    });
    let next = next.map(PageEnd::to_text);
    Ok((page, next.unwrap_or_default()))
}

fn matter(kind: &str) -> Result<Option<Matter>, Refusal> {
    let matter = Matter::from_code(kind);
    if matter.is_none() && !kind.is_empty() {
        return Err(Refusal::field(
            "kind",
            "must be incident, hazard_alert, escalation or correction",
        ));
    }
    Ok(matter)
}

/// Entries of a page, by what was asked for.
pub(crate) fn page_size(asked: u32) -> usize {
    match usize::try_from(asked).unwrap_or(LARGEST_PAGE) {
        0 => DEFAULT_PAGE,
        size => size.min(LARGEST_PAGE),
    }
}

/// What is said of a token that this list didn't give.
pub(crate) fn no_token() -> Refusal {
    Refusal::field(
        "page_token",
        "is no token of this list; start again without it",
    )
}
