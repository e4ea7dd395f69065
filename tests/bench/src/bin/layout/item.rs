//! An event's rows in the shared layouts: all in one, or a short head for look-ups beside the body.

use serde::{Deserialize, Serialize};

use crate::event::{Event, IdHash, Redacted};
use crate::look::Seen;
use crate::store::Outcome;

/// What a head keeps of each copy's content, in bytes: kind, dates, place, whom to call.
const BRIEF: usize = 64;

/// An event's row, every redacted copy in it.
#[derive(Deserialize, Serialize)]
struct Item<'a> {
    originator: u8,
    position: u64,
    ordered_at: u64,
    id: IdHash,
    #[serde(borrow)]
    copies: Vec<Copy<'a>>,
}

/// One copy, or what the head keeps of it.
#[derive(Deserialize, Serialize)]
struct Copy<'a> {
    groups: u16,
    audiences: u64,
    /// Length of the content, wherever it lies.
    length: u32,
    content: &'a str,
}

/// The whole event as one row.
pub fn whole(event: &Event) -> Outcome<Vec<u8>> {
    row(event, usize::MAX)
}

/// The head: what a look-up answers with.
pub fn head(event: &Event) -> Outcome<Vec<u8>> {
    row(event, BRIEF)
}

/// The body that goes with a head.
pub fn body(event: &Event) -> Outcome<Vec<u8>> {
    let copies: Vec<&str> = event
        .copies
        .iter()
        .map(|copy| copy.content.as_str())
        .collect();
    Ok(postcard::to_stdvec(&copies)?)
}

fn row(event: &Event, most: usize) -> Outcome<Vec<u8>> {
    Ok(postcard::to_stdvec(&Item {
        originator: event.originator,
        position: event.position,
        ordered_at: 1_700_000_000_000 + event.position,
        id: u128::from(event.position).to_be_bytes(),
        copies: event.copies.iter().map(|copy| kept(copy, most)).collect(),
    })?)
}

fn kept(copy: &Redacted, most: usize) -> Copy<'_> {
    Copy {
        groups: copy.groups,
        audiences: copy.audiences,
        length: copy.content.len() as u32,
        content: &copy.content[..most.min(copy.content.len())],
    }
}

/// The reader's copy in a row, where there is one.
pub fn visible(row: &[u8], reader: u8) -> Outcome<Option<Seen>> {
    let item: Item<'_> = postcard::from_bytes(row)?;
    let copy = item
        .copies
        .iter()
        .find(|copy| copy.audiences >> reader & 1 == 1);
    Ok(copy.map(|copy| Seen {
        position: item.position,
        bytes: copy.length as usize,
    }))
}
