//! Pages of a view's items. Owns what a page token says: a change number of the reader's own view, or the event that the page
//! before ended with. Refuses a token whose event the reader doesn't see: what it can't see must not place a page (P6).

use diogel_contract::{refusal::Refusal, v1};
use diogel_domain::{content::Matter, ids::EventId};
use diogel_views::{Folded, Reader, Seen, Trace, store::Store};

use crate::{
    answers,
    cursor::{Cursors, List, Place, Places},
    reading::{broken, identifiers},
};

const DEFAULT_PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// One reader's list.
pub(crate) struct Listing<'a, S> {
    pub(crate) views: &'a Folded<S>,
    pub(crate) reader: &'a Reader,
    pub(crate) cursors: &'a Cursors,
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
        let places = self.cursors.of(List::Items, self.reader.agency());
        let before = page_before(&places, token, last)?;
        let newest = self.views.newest(self.reader, before, size, wanted);
        let (items, number) = newest.map_err(broken)?;
        Ok((items, next_page(&places, number)?))
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
        after(items, &request.page_token, self.cursors, size, event)
    }
}

/// Before which number a page begins, by its token: the first after the last of all.
pub(crate) fn page_before(places: &Places<'_>, token: &str, last: u64) -> Result<u64, Refusal> {
    if token.is_empty() {
        return Ok(last + 1);
    }
    match places.place(token) {
        Place::At(number) if number <= last + 1 => Ok(number),
        Place::At(_) | Place::OfAnotherView | Place::None => Err(no_token()),
    }
}

/// The token of the page before a number: empty after the last.
pub(crate) fn next_page(places: &Places<'_>, number: u64) -> Result<String, Refusal> {
    match number {
        0 => Ok(String::new()),
        number => places.text(number),
    }
}

/// The page after the event that the page before ended with, and the token of the next: empty after the last.
pub(crate) fn after<T>(
    mut items: impl Iterator<Item = T>,
    token: &str,
    cursors: &Cursors,
    size: usize,
    event: impl Fn(&T) -> EventId,
) -> Result<(Vec<T>, String), Refusal> {
    if !token.is_empty() {
        let end = cursors.ended_with(token).ok_or_else(no_token)?;
        let found = items.any(|item| event(&item) == end);
        found.then_some(()).ok_or_else(no_token)?;
    }
    let page: Vec<T> = items.by_ref().take(size).collect();
    let more = items.next().and(page.last());
    let next = more.map(|last| cursors.page_end(event(last)));
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
