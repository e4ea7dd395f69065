//! The audiences' change logs, numbered densely per audience and packed into chunks. The tails stay in
//! memory; each batch rewrites those that grew.

use crate::event::{AGENCIES, Event};
use crate::keys;
use crate::store::{Outcome, Row};

/// Changes in a full chunk.
const FULL: usize = 128;

/// One audience's log.
#[derive(Clone, Default)]
struct Tail {
    /// Changes so far: the next number.
    count: u64,
    /// The chunk that still takes changes: distance of positions, kind of change.
    open: Vec<(u64, u8)>,
    /// Position of the last change.
    last: u64,
    /// Whether this batch added any.
    grown: bool,
}

/// The change logs of a view.
pub struct Changes([Tail; AGENCIES as usize]);

impl Changes {
    /// Logs without a change.
    pub fn new() -> Self {
        Self(std::array::from_fn(|_| Tail::default()))
    }

    /// Numbers the event's change for each of its audiences; answers how many rows are new.
    pub fn add(&mut self, event: &Event, rows: &mut Vec<Row>) -> Outcome<u64> {
        let mut new = 0;
        let audiences = event.audiences();
        for (audience, tail) in (0..AGENCIES).zip(&mut self.0) {
            if audiences >> audience & 1 == 0 {
                continue;
            }
            if tail.open.len() == FULL {
                rows.push(tail.row(audience)?);
                tail.open.clear();
            }
            new += u64::from(tail.open.is_empty());
            tail.push(event.position);
        }
        Ok(new)
    }

    /// The tails that grew since the last time, and the numbers reached.
    pub fn tails(&mut self, rows: &mut Vec<Row>) -> Outcome<[u64; AGENCIES as usize]> {
        for (audience, tail) in (0..AGENCIES).zip(&mut self.0) {
            if std::mem::take(&mut tail.grown) {
                rows.push(tail.row(audience)?);
            }
        }
        Ok(std::array::from_fn(|audience| self.0[audience].count))
    }
}

impl Tail {
    fn push(&mut self, position: u64) {
        let base = if self.open.is_empty() { 0 } else { self.last };
        self.open.push((position - base, 0));
        self.last = position;
        self.count += 1;
        self.grown = true;
    }

    fn row(&self, audience: u8) -> Outcome<Row> {
        let chunk = u32::try_from((self.count - 1) / FULL as u64)?;
        Ok((
            keys::changes(audience, chunk),
            postcard::to_stdvec(&self.open)?,
        ))
    }
}
