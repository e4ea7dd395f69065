//! Lists of a view's items: where each kind of list lies, and how it is read in pages. Owns that a page looks at a bounded number of
//! entries, whatever the years have added (P12). Nothing is listed that isn't seen through a decision of now (P6).

use std::ops::ControlFlow;

use diogel_domain::{content::Matter, lifecycle::alert::Awaited, times::Moment};

use super::{Reader, Seen};
use crate::{
    audiences::AgencyNumber,
    chunks,
    fold::{Awaits, Folded},
    keys::{self, Mark},
    rows::{self, Change, ChangeKind},
    standing::Standing,
    store::{Store, StoreError},
};

/// Entries that one page looks at, at the most: a list that nothing matches comes to an end.
const ROWS_A_PAGE: u64 = 4096;
/// Entries that are read at a time.
const AT_ONCE: usize = 128;
const STEP: u64 = AT_ONCE as u64;

/// Which items of a view are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Which {
    /// Those about this; none: all.
    pub matter: Option<Matter>,
    /// Those that have a course and aren't over now, as the reader sees it.
    pub open: bool,
    /// Those of the reader's own agency.
    pub own: bool,
    /// Those that wait for this from the reader's agency; none: whatever they wait for.
    pub awaited: Option<Awaited>,
}

impl Which {
    /// All.
    pub const ALL: Self = Self {
        matter: None,
        open: false,
        own: false,
        awaited: None,
    };

    /// Those of a kind.
    pub const fn of(matter: Matter) -> Self {
        Self {
            matter: Some(matter),
            ..Self::ALL
        }
    }

    /// The reader's own alerts that wait for this.
    pub const fn awaiting(what: Awaited) -> Self {
        Self {
            awaited: Some(what),
            ..Self::of(Matter::HazardAlert).open().own()
        }
    }

    /// Of these, those that are open.
    #[must_use]
    pub const fn open(self) -> Self {
        Self { open: true, ..self }
    }

    /// Of these, the reader's own.
    #[must_use]
    pub const fn own(self) -> Self {
        Self { own: true, ..self }
    }

    /// An item is one of these.
    pub fn takes(self, reader: &Reader, seen: &Seen) -> bool {
        self.matter
            .is_none_or(|matter| seen.matter() == Some(matter))
            && (!self.open || seen.is_open())
            && (!self.own || seen.item.originator == reader.agency)
            && self.awaited.is_none_or(|what| seen.awaits(what))
    }

    fn lies(self, agency: AgencyNumber) -> Lies {
        let Some(matter) = self.matter else {
            return Lies::Log(keys::log(keys::CHANGES, agency));
        };
        match (self.awaited, Mark::open(matter).filter(|_| self.open)) {
            (Some(what), _) => Lies::Awaited(what),
            (None, Some(Mark::OpenAlert)) if self.own => Lies::Marked(Mark::OwnAlert),
            (None, Some(mark)) => Lies::Marked(mark),
            (None, None) => Lies::Log(keys::of_kind(agency, matter)),
        }
    }
}

/// Where a list's items are found.
enum Lies {
    /// In a log, by the number of their entry.
    Log(Vec<u8>),
    /// Under a mark, by their position.
    Marked(Mark),
    /// Under the mark of the agency's own alerts, which says what each waits for: what has waited longest comes first. Places count
    /// down from the largest number, so that a page begins before a place here as everywhere.
    Awaited(Awaited),
}

impl Seen {
    /// It waits for this from the agency whose it is, as the reader sees it.
    pub fn awaits(&self, what: Awaited) -> bool {
        let alert = self.matter() == Some(Matter::HazardAlert);
        match &self.standing {
            Some(Standing::Alert(state)) => alert && self.is_open() && state.awaits(what),
            _ => false,
        }
    }
}

impl<S: Store> Folded<S> {
    /// The number of the last change of the reader's view.
    pub fn last_change(&self, reader: &Reader) -> Result<u64, StoreError> {
        self.last_of(reader, Which::ALL)
    }

    /// Where a list ends: no page begins behind it.
    pub fn last_of(&self, reader: &Reader, which: Which) -> Result<u64, StoreError> {
        match which.lies(reader.number) {
            Lies::Log(log) => chunks::stored_length(&self.store, &log),
            Lies::Marked(_) => Ok(self.checkpoint().position),
            Lies::Awaited(_) => Ok(u64::MAX - 1),
        }
    }

    /// Up to `max` changes of the reader's view after number `after`.
    pub fn changes(
        &self,
        reader: &Reader,
        after: u64,
        max: usize,
    ) -> Result<Vec<(u64, Change)>, StoreError> {
        chunks::read(
            &self.store,
            &keys::log(keys::CHANGES, reader.number),
            after,
            max,
        )
    }

    /// Items of the reader's view, newest first (what is awaited: oldest first), from those before a place in their list on. Each is
    /// offered to `take`, until it breaks off: with that item the next page begins. Answers the place to go on from; 0 when there is no
    /// more. So many are looked at that a page may hold few items, even none, and still go on.
    pub fn newest(
        &self,
        reader: &Reader,
        before: u64,
        which: Which,
        mut take: impl FnMut(Seen) -> ControlFlow<()>,
    ) -> Result<u64, StoreError> {
        let mut offer = |position| {
            let listed = self.listed(reader, position, which)?;
            Ok(listed.map_or(ControlFlow::Continue(()), &mut take))
        };
        match which.lies(reader.number) {
            Lies::Log(log) => self.each_shown(&log, before, offer),
            Lies::Marked(mark) => self.each_marked(reader, mark, before, &mut offer),
            Lies::Awaited(what) => self.each_awaited(reader, what, before, &mut offer),
        }
    }

    fn each_shown(
        &self,
        log: &[u8],
        before: u64,
        mut take: impl FnMut(u64) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<u64, StoreError> {
        let last = chunks::stored_length(&self.store, log)?;
        let mut end = before.saturating_sub(1).min(last);
        let first = end.saturating_sub(ROWS_A_PAGE);
        while end > first {
            let start = end.saturating_sub(STEP).max(first);
            let step = usize::try_from(end - start).unwrap_or(usize::MAX);
            let changes: Vec<(u64, Change)> = chunks::read(&self.store, log, start, step)?;
            for (number, change) in changes.into_iter().rev() {
                if change.kind == ChangeKind::Shown && take(change.position)?.is_break() {
                    return Ok(number + 1);
                }
            }
            end = start;
        }
        Ok(if end == 0 { 0 } else { end + 1 })
    }

    /// What isn't asked for is left out by its head: opening it takes many times as long.
    fn listed(
        &self,
        reader: &Reader,
        position: u64,
        which: Which,
    ) -> Result<Option<Seen>, StoreError> {
        if which.own && !self.is_own(reader, position)? {
            return Ok(None);
        }
        let seen = self.see(reader, position)?;
        Ok(seen.filter(|seen| which.takes(reader, seen)))
    }

    fn is_own(&self, reader: &Reader, position: u64) -> Result<bool, StoreError> {
        let row = self.store.get(&keys::item(position))?;
        let head = row.as_deref().map(rows::head_of).transpose()?;
        Ok(head.is_some_and(|(originator, _)| originator == reader.agency))
    }

    /// Offers the positions of what the reader's agency has to come back to, newest first, until one is refused: with that the next
    /// page begins. Answers the position to go on from; 0 when there is no more.
    pub(super) fn each_marked(
        &self,
        reader: &Reader,
        mark: Mark,
        before: u64,
        mut take: impl FnMut(u64) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<u64, StoreError> {
        let mut left = ROWS_A_PAGE;
        let mut end = before;
        for position in self.marked(reader.number, mark, before) {
            if left == 0 {
                return Ok(end);
            }
            (left, end) = (left - 1, position?);
            if take(end)?.is_break() {
                return Ok(end + 1);
            }
        }
        Ok(0)
    }

    /// Where an agency's marked items stand, newest first, before a position.
    fn marked(
        &self,
        agency: AgencyNumber,
        mark: Mark,
        before: u64,
    ) -> impl Iterator<Item = Result<u64, StoreError>> {
        let first = keys::marked(agency, mark, 0);
        let mut end = keys::marked(agency, mark, before);
        std::iter::from_fn(move || {
            let row = self.store.last(&first, &end).transpose()?;
            Some(row.map(|(key, _)| {
                let position = position_of(&key);
                end = key;
                position
            }))
        })
    }

    /// Offers the positions of the agency's own alerts that may wait for something, the oldest first, as [`Self::each_marked`] does.
    fn each_awaited(
        &self,
        reader: &Reader,
        what: Awaited,
        before: u64,
        mut take: impl FnMut(u64) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<u64, StoreError> {
        let end = keys::after(&keys::marks(reader.number, Mark::OwnAlert));
        let mut from = u64::MAX - before;
        let mut left = ROWS_A_PAGE;
        while left > 0 {
            let start = keys::marked(reader.number, Mark::OwnAlert, from);
            let rows = self.store.scan(&start, &end, AT_ONCE)?;
            if rows.is_empty() {
                return Ok(0);
            }
            left = left.saturating_sub(STEP);
            for (key, row) in &rows {
                let position = position_of(key);
                let awaits: Awaits = postcard::from_bytes(row)?;
                if self.may_wait(&awaits, what, reader.now)? && take(position)?.is_break() {
                    return Ok(u64::MAX - position);
                }
                from = position + 1;
            }
        }
        Ok(u64::MAX - from)
    }

    /// What it rests on may be withdrawn at any time, and suspends it: whether it was is looked up.
    fn may_wait(&self, awaits: &Awaits, what: Awaited, now: Moment) -> Result<bool, StoreError> {
        match what {
            Awaited::Decision => return Ok(awaits.decision),
            Awaited::Answer => return Ok(awaits.answer),
            Awaited::Review if awaits.review_from.is_some_and(|from| from <= now) => {
                return Ok(true);
            }
            Awaited::Review => {}
        }
        for event in &awaits.rests_on {
            if self.store.get(&keys::withdrawn(*event))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn position_of(key: &[u8]) -> u64 {
    let position = key.last_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(position)
}
