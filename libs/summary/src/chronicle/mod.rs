//! A chronology for a practice review: what is known to one agency about one person, in the order in which it occurred, and who
//! knew of each event when. Owns the order, what counts as a gap, as late and as perhaps never seen. Refuses to say more of who knew
//! than it is given: what isn't told is never worded as "never saw". Refuses to repeat what was entered in error, which may be about
//! somebody else. Never for the family.

mod entry;
mod gaps;
mod known;
mod late;
mod line;
mod overview;
mod page;
mod said;
mod sheet;
mod span;
mod story;
mod timeline;

pub use entry::{Entry, EntryState, Known, Review};

use crate::Document;
use story::Story;

/// Makes the chronology. The same review and entries, in whichever order, make the same document.
pub fn chronicle(review: &Review, entries: &[Entry]) -> Document {
    Story::told(review, entries, page::document)
}

/// Makes the chronology as a spreadsheet: CSV (RFC 4180) in UTF-8 with a mark in front, by which Excel knows it. A row for each
/// agency that knew of an event, dates in ISO 8601, no cell that a spreadsheet would take for a formula. A row's last column
/// says for whom it is and how to handle it, since rows get sorted and copied apart.
///
/// # Errors
/// None is known: it is written to memory. What `csv` would say, if it couldn't be.
pub fn to_csv(review: &Review, entries: &[Entry]) -> Result<String, csv::Error> {
    Story::told(review, entries, sheet::csv)
}
