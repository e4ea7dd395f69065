//! What is known of each agency's chain from the outside: its claims, its gaps and forks, and up to when it has been heard. The
//! clock of "heard to" is the agency's reconciliation, never the last event: a quiet agency isn't a silent one.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_event_log::entry::Place;

/// Three reconciliations without a word make an agency silent, in seconds.
const SILENT_AFTER: i64 = 15;
/// Behind for longer than this, with nothing arriving, is a gap: the log lost something, in seconds.
const STUCK_AFTER: i64 = 4;

/// How a chain stands.
#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    /// The journal's head as last claimed, and when.
    claim: Option<(Place, Moment)>,
    /// Everything accepted up to this moment has been folded.
    to: Option<Moment>,
    /// When the agency was last heard, by the projection's clock.
    last: Option<Moment>,
    gap: bool,
    forked: bool,
    /// The last admitted place, and since when it is the last.
    admitted: Option<(Place, Moment)>,
}

/// Every agency's.
#[derive(Debug, Default)]
pub(crate) struct HeardBoard(Mutex<BTreeMap<AgencyId, Heard>>);

/// What a reader is told of an agency.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeardTo {
    pub(crate) at: Option<Moment>,
    pub(crate) silent: bool,
}

impl HeardBoard {
    fn with<T>(&self, agency: &AgencyId, change: impl FnOnce(&mut Heard) -> T) -> T {
        let mut board = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(board.entry(agency.clone()).or_default())
    }

    /// The agency claims that its journal's head was at this place at this moment.
    pub(crate) fn claimed(&self, agency: &AgencyId, head: Place, at: Moment, now: Moment) {
        self.with(agency, |heard| {
            heard.last = Some(now);
            // An agency's clock that runs ahead must not promise what hasn't been.
            heard.claim = Some((head, at.min(now)));
        });
    }

    /// Events up to this place have been admitted.
    pub(crate) fn admitted(&self, agency: &AgencyId, place: Place, now: Moment) {
        self.with(agency, |heard| {
            heard.admitted = Some((place, now));
            heard.gap = false;
            heard.forked = false;
        });
    }

    /// Events up to this place have been folded: claims up to it are fulfilled.
    pub(crate) fn folded(&self, agency: &AgencyId, place: Place) {
        self.with(agency, |heard| {
            if let Some((head, at)) = heard.claim.filter(|(head, _)| *head <= place) {
                heard.to = heard.to.max(Some(at));
                let _ = head;
            }
        });
    }

    pub(crate) fn gap(&self, agency: &AgencyId) {
        self.with(agency, |heard| heard.gap = true);
    }

    pub(crate) fn forked(&self, agency: &AgencyId) {
        self.with(agency, |heard| heard.forked = true);
    }

    pub(crate) fn is_forked(&self, agency: &AgencyId) -> bool {
        self.with(agency, |heard| heard.forked)
    }

    /// Something is missing: seen as a gap, or nothing has come for a while although the journal has more.
    pub(crate) fn misses(&self, agency: &AgencyId, now: Moment) -> bool {
        self.with(agency, |heard| {
            let since = heard.admitted.get_or_insert((Place::START, now)).1;
            let stuck = now >= since.plus_seconds(STUCK_AFTER);
            if stuck {
                // Ask once, then give what was asked for the time to come.
                heard.admitted = heard.admitted.map(|(place, _)| (place, now));
            }
            std::mem::take(&mut heard.gap) || stuck
        })
    }

    pub(crate) fn heard_to(&self, agency: &AgencyId, now: Moment) -> HeardTo {
        self.with(agency, |heard| HeardTo {
            at: heard.to,
            silent: heard
                .last
                .is_none_or(|last| now > last.plus_seconds(SILENT_AFTER)),
        })
    }
}
