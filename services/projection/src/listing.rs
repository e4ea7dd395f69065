//! Pages of a view's items. Owns what a page token says: a number in the reader's own list, or the event that the page
//! before ended with. Refuses a token whose event the reader doesn't see: what it can't see must not place a page (P6).

use std::ops::ControlFlow;

use diogel_contract::{refusal::Refusal, v1};
use diogel_domain::{content::Matter, ids::EventId, lifecycle::alert::Awaited};
use diogel_views::{Folded, Reader, Seen, Trace, Which, store::Store};
use prost::{Message, length_delimiter_len};

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
    /// One page.
    pub(crate) fn page(
        &self,
        request: &v1::ListItemsRequest,
    ) -> Result<(v1::ListItemsResponse, Vec<Trace>), Refusal> {
        let mut page = ItemPage {
            reader: self.reader,
            items: Vec::new(),
            traces: Vec::new(),
            which: which(request)?,
            room: Room::of(request.page_size),
        };
        let next_page_token = if request.identifiers.is_empty() {
            self.of_all(&request.page_token, &mut page)?
        } else {
            self.about(request, &mut page)?
        };
        let answer = v1::ListItemsResponse {
            items: page.items,
            next_page_token,
        };
        Ok((answer, page.traces))
    }

    fn of_all(&self, token: &str, page: &mut ItemPage<'_>) -> Result<String, Refusal> {
        let which = page.which;
        let last = self.views.last_of(self.reader, which).map_err(broken)?;
        let places = self.cursors.of(List::Items(which), self.reader.agency());
        let before = page_before(&places, token, last)?;
        let take = |seen: Seen| {
            if page.takes(&seen) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        };
        let number = self.views.newest(self.reader, before, which, take);
        next_page(&places, number.map_err(broken)?)
    }

    fn about(
        &self,
        request: &v1::ListItemsRequest,
        page: &mut ItemPage<'_>,
    ) -> Result<String, Refusal> {
        let identifiers = identifiers("identifiers", &request.identifiers)?;
        let found = self.views.found(self.reader, &identifiers, false);
        let mut found = found.map_err(broken)?;
        let mut last = None;
        if !request.page_token.is_empty() {
            let end = page_end(self.cursors, &request.page_token)?;
            let ended = found.skip_to(end).map_err(broken)?;
            ended.filter(|seen| page.wants(seen)).ok_or_else(no_token)?;
        }
        for item in found {
            let (seen, _) = item.map_err(broken)?;
            if !page.takes(&seen) {
                return Ok(last.map_or_else(String::new, |last| self.cursors.page_end(last)));
            }
            if page.wants(&seen) {
                last = Some(seen.item.event_id);
            }
        }
        Ok(String::new())
    }
}

/// A page under way.
struct ItemPage<'a> {
    reader: &'a Reader,
    items: Vec<v1::Item>,
    traces: Vec<Trace>,
    which: Which,
    room: Room,
}

impl ItemPage<'_> {
    fn wants(&self, seen: &Seen) -> bool {
        self.which.takes(self.reader, seen)
    }

    /// False: the next page begins with this item.
    fn takes(&mut self, seen: &Seen) -> bool {
        if !self.wants(seen) {
            return true;
        }
        let item = answers::item(seen);
        let taken = self.room.takes(&item);
        if taken {
            self.traces.push(seen.trace());
            self.items.push(item);
        }
        taken
    }
}

/// Bytes of an answer's entries at the most, unless a single one is longer: a client takes messages of 4 MiB, and whoever publishes
/// must not be able to make an answer that nobody takes (P12).
pub(crate) const ANSWER_BYTES: usize = 2 << 20;

/// What a page has room for.
pub(crate) struct Room {
    entries: usize,
    bytes: usize,
    is_empty: bool,
}

impl Room {
    /// By what was asked for.
    pub(crate) fn of(page_size: u32) -> Self {
        Self {
            entries: self::page_size(page_size),
            bytes: ANSWER_BYTES,
            is_empty: true,
        }
    }

    /// Takes an entry in, if there is room.
    pub(crate) fn takes(&mut self, entry: &impl Message) -> bool {
        let entries = self.entries.checked_sub(1);
        let bytes = self.bytes.checked_sub(entry_bytes(entry));
        let bytes = bytes.or(self.is_empty.then_some(0));
        let Some((entries, bytes)) = entries.zip(bytes) else {
            return false;
        };
        (self.entries, self.bytes, self.is_empty) = (entries, bytes, false);
        true
    }
}

/// What an entry adds to an answer: itself, its field's number and its length.
pub(crate) fn entry_bytes(entry: &impl Message) -> usize {
    let length = entry.encoded_len();
    1 + length_delimiter_len(length) + length
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

/// The event that a page ended with, by the token that it gave.
pub(crate) fn page_end(cursors: &Cursors, token: &str) -> Result<EventId, Refusal> {
    cursors.ended_with(token).ok_or_else(no_token)
}

fn which(request: &v1::ListItemsRequest) -> Result<Which, Refusal> {
    let kind = request.kind.as_str();
    let matter = Matter::from_code(kind);
    if matter.is_none() && !kind.is_empty() {
        let kinds: Vec<&str> = Matter::ALL.iter().map(|matter| matter.code()).collect();
        let rule = format!("must be empty, or one of {}", kinds.join(", "));
        return Err(Refusal::field("kind", &rule));
    }
    let courses = matches!(matter, Some(Matter::HazardAlert | Matter::Escalation));
    if request.open && !courses {
        return Err(Refusal::field(
            "open",
            "goes with kind hazard_alert or escalation: other items have no end",
        ));
    }
    if request.open && request.as_of.is_some() {
        return Err(Refusal::field(
            "open",
            "says what is open now; leave as_of out, or open",
        ));
    }
    let Some(awaited) = awaited(request, matter)? else {
        return Ok(Which {
            matter,
            open: request.open,
            own: request.own,
            awaited: None,
        });
    };
    Ok(Which::awaiting(awaited))
}

fn awaited(
    request: &v1::ListItemsRequest,
    matter: Option<Matter>,
) -> Result<Option<Awaited>, Refusal> {
    let refused = |rule| Err(Refusal::field("awaited", rule));
    if request.awaited == 0 {
        return Ok(None);
    }
    let Some(awaited) = Awaited::from_number(request.awaited) else {
        return refused(
            "must be AWAITED_DECISION, AWAITED_REVIEW or AWAITED_ANSWER, or be left out",
        );
    };
    if matter != Some(Matter::HazardAlert) {
        return refused("goes with kind hazard_alert: nothing else waits for these");
    }
    if request.as_of.is_some() {
        return refused("says what is awaited now; leave as_of out, or awaited");
    }
    Ok(Some(awaited))
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
