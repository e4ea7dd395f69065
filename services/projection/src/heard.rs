//! What is known of each agency's chain from the outside: its claims, its gaps and forks, and up to when it has been heard. The
//! clock of "heard to" is the agency's reconciliation, never the last event: a quiet agency isn't a silent one. Refuses to
//! promise a moment before the very event that the agency named as its last one is folded.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_event_log::entry::{Digest, Place};

/// Three reconciliations without a word make an agency silent, in seconds.
const SILENT_AFTER: i64 = 15;
/// Behind for longer than this, with nothing arriving, is a gap: the log lost something, in seconds.
const STUCK_AFTER: i64 = 4;
/// What was asked for and doesn't help is asked for again after this at the most, in seconds.
const LONGEST_PAUSE: i64 = 3_600;
/// What arrives and waits for its content key is no gap; admission says so at each try, in seconds.
const WAITS_FOR: i64 = 15;

/// The head of an agency's journal, as the agency says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) place: Place,
    pub(crate) hash: Digest,
}

/// How a chain stands.
#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    /// The journal's head, as the agency said last.
    journal: Option<Place>,
    /// The journal's head as last claimed, and since when it was.
    claim: Option<(Head, Moment)>,
    /// Everything accepted up to this moment has been folded.
    to: Option<Moment>,
    /// When the agency was last heard, by the projection's clock.
    last: Option<Moment>,
    /// A genuine event came whose predecessor is missing.
    gap: bool,
    forked: bool,
    /// The furthest place in the log that is the agency's own: signed, and continuing its chain.
    seen: Option<Place>,
    /// When that was last said.
    seen_at: Option<Moment>,
    /// Since when the journal has more than was admitted.
    behind: Option<Behind>,
    /// The furthest place in the log whose predecessor is missing.
    beyond_gap: Option<Place>,
}

/// A chain that stands still.
#[derive(Debug, Clone, Copy)]
struct Behind {
    /// The last admitted place.
    at: Place,
    /// When it was first seen there, or last asked for more.
    since: Moment,
    /// Asked again after so many seconds: twice as many each time, because each asking fills the log once more.
    pause: i64,
    /// It was asked because a gap was seen.
    for_gap: bool,
}

/// Every agency's.
#[derive(Debug, Default)]
pub(crate) struct HeardBoard(Mutex<BTreeMap<AgencyId, Heard>>);

/// How a chain stands, as far as it is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outline {
    /// The journal's head, as the agency said last.
    pub(crate) journal: Option<Place>,
    pub(crate) last: Option<Moment>,
    pub(crate) to: Option<Moment>,
    pub(crate) silent: bool,
    pub(crate) forked: bool,
    /// It was asked to send again.
    pub(crate) resending: bool,
}

/// What a reader is told of an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeardTo {
    pub(crate) at: Option<Moment>,
    pub(crate) silent: bool,
}

impl HeardBoard {
    fn with<T>(&self, agency: &AgencyId, change: impl FnOnce(&mut Heard) -> T) -> T {
        let mut board = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(board.entry(agency.clone()).or_default())
    }

    /// The agency claims that its journal's head was this one at this moment. A clock that runs ahead promises nothing: the
    /// claim then counts from the moment that the agency was heard before, since it read its head after that.
    pub(crate) fn claimed(&self, agency: &AgencyId, head: Head, at: Moment, now: Moment) {
        self.with(agency, |heard| {
            heard.journal = Some(head.place);
            let before = heard.last.replace(now);
            let since = if at <= now { Some(at) } else { before };
            heard.claim = since.map(|since| (head, since));
        });
    }

    /// This event has been folded: a claim that named it as the last one is fulfilled.
    pub(crate) fn folded(&self, agency: &AgencyId, event: Head) {
        self.with(agency, |heard| {
            if let Some((_, since)) = heard.claim.take_if(|(head, _)| *head == event) {
                heard.to = heard.to.max(Some(since));
            }
        });
    }

    /// More has been admitted: whatever was missing came.
    pub(crate) fn admitted(&self, agency: &AgencyId) {
        self.with(agency, |heard| heard.gap = false);
    }

    /// An event that the agency signed, and that continues its chain, is in the log.
    pub(crate) fn seen(&self, agency: &AgencyId, place: Place, now: Moment) {
        self.with(agency, |heard| {
            heard.seen = heard.seen.max(Some(place));
            heard.seen_at = Some(now);
        });
    }

    /// The log doesn't have any more what was seen in it.
    pub(crate) fn unseen(&self, agency: &AgencyId) {
        self.with(agency, |heard| heard.seen = None);
    }

    /// The furthest place that the agency has used, as far as it is known here; `admitted` at least.
    pub(crate) fn known(&self, agency: &AgencyId, admitted: Place) -> Place {
        self.with(agency, |heard| {
            heard.seen.map_or(admitted, |seen| seen.max(admitted))
        })
    }

    /// This event came, and one before it is missing.
    pub(crate) fn gap(&self, agency: &AgencyId, place: Place) {
        self.with(agency, |heard| {
            heard.gap = true;
            heard.beyond_gap = heard.beyond_gap.max(Some(place));
        });
    }

    /// The furthest place in the log that can't be admitted, because one before it is missing; of those after `admitted`.
    pub(crate) fn beyond_gap(&self, agency: &AgencyId, admitted: Place) -> Option<Place> {
        self.with(agency, |heard| {
            heard.beyond_gap = heard.beyond_gap.filter(|place| *place > admitted);
            heard.beyond_gap
        })
    }

    /// The chain stops here.
    pub(crate) fn forked(&self, agency: &AgencyId) {
        self.with(agency, |heard| heard.forked = true);
    }

    pub(crate) fn is_forked(&self, agency: &AgencyId) -> bool {
        self.with(agency, |heard| heard.forked)
    }

    /// The Board has decided how the chain goes on.
    pub(crate) fn goes_on(&self, agency: &AgencyId) {
        self.with(agency, |heard| {
            heard.forked = false;
            // What the withdrawn key signed beyond what was admitted is nobody's.
            heard.seen = None;
        });
    }

    /// Nothing is missing.
    pub(crate) fn complete(&self, agency: &AgencyId) {
        self.with(agency, |heard| heard.behind = None);
    }

    /// The journal has more than was admitted. Something is missing if that was seen as a gap, or if nothing has come for a
    /// while; asked for once, it then gets the time to come, and more of it each time.
    pub(crate) fn misses(&self, agency: &AgencyId, admitted: Place, now: Moment) -> bool {
        self.with(agency, |heard| {
            let waits = heard.seen.is_some_and(|seen| seen > admitted)
                && heard
                    .seen_at
                    .is_some_and(|at| now < at.plus_seconds(WAITS_FOR));
            let gap = std::mem::take(&mut heard.gap);
            let fresh = Behind {
                at: admitted,
                since: now,
                pause: STUCK_AFTER,
                for_gap: false,
            };
            let mut behind = heard.behind.filter(|b| b.at == admitted).unwrap_or(fresh);
            let for_gap = gap && !behind.for_gap;
            let missing = !waits && (for_gap || now >= behind.since.plus_seconds(behind.pause));
            if missing {
                behind.since = now;
                behind.pause = (behind.pause * 2).min(LONGEST_PAUSE);
                behind.for_gap |= for_gap;
            }
            heard.behind = Some(behind);
            missing
        })
    }

    /// What whoever runs the hub is told of a chain.
    pub(crate) fn outline(&self, agency: &AgencyId, now: Moment) -> Outline {
        let told = self.heard_to(agency, now);
        self.with(agency, |heard| Outline {
            journal: heard.journal,
            last: heard.last,
            to: told.at,
            silent: told.silent,
            forked: heard.forked,
            resending: heard
                .behind
                .is_some_and(|behind| behind.pause > STUCK_AFTER),
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_790_000_000_000_000);

    fn housing() -> AgencyId {
        AgencyId::new("housing").unwrap()
    }

    fn head(seq: u64) -> Head {
        let place = Place { epoch: 1, seq };
        Head {
            place,
            hash: [u8::try_from(seq).unwrap(); 32],
        }
    }

    fn at(heard: &HeardBoard) -> Option<Moment> {
        heard.heard_to(&housing(), NOW).at
    }

    #[test]
    fn nothing_is_promised_before_the_very_head_is_folded() {
        let (board, agency) = (HeardBoard::default(), housing());
        board.claimed(&agency, head(3), NOW, NOW);
        board.folded(&agency, head(2));
        assert_eq!(at(&board), None);
        let other = Head {
            hash: [9; 32],
            ..head(3)
        };
        board.folded(&agency, other);
        assert_eq!(at(&board), None, "another event at its place");
        board.folded(&agency, head(3));
        assert_eq!(at(&board), Some(NOW));
    }

    #[test]
    fn a_clock_that_runs_ahead_promises_no_more_than_what_was_heard() {
        let (board, agency) = (HeardBoard::default(), housing());
        let ahead = NOW.plus_seconds(3600);
        board.claimed(&agency, head(1), ahead, NOW);
        board.folded(&agency, head(1));
        assert_eq!(at(&board), None);
        board.claimed(&agency, head(1), ahead, NOW.plus_seconds(5));
        board.folded(&agency, head(1));
        assert_eq!(at(&board), Some(NOW));
    }

    #[test]
    fn what_was_just_accepted_is_no_gap_however_long_it_was_quiet() {
        let (board, agency) = (HeardBoard::default(), housing());
        let place = head(5).place;
        board.complete(&agency);
        let later = NOW.plus_seconds(86_400);
        assert!(!board.misses(&agency, place, later));
        assert!(!board.misses(&agency, place, later.plus_seconds(3)));
    }

    #[test]
    fn p2_what_does_not_come_is_missed_and_then_given_time() {
        let (board, agency) = (HeardBoard::default(), housing());
        let place = head(5).place;
        assert!(!board.misses(&agency, place, NOW));
        assert!(board.misses(&agency, place, NOW.plus_seconds(5)));
        assert!(!board.misses(&agency, place, NOW.plus_seconds(6)));
        assert!(
            !board.misses(&agency, head(6).place, NOW.plus_seconds(10)),
            "it moves"
        );
        board.gap(&agency, head(8).place);
        assert!(
            board.misses(&agency, head(6).place, NOW.plus_seconds(11)),
            "seen"
        );
    }

    #[test]
    fn what_asking_does_not_mend_is_asked_for_less_and_less() {
        let (board, agency) = (HeardBoard::default(), housing());
        let mut asked = 0;
        for second in 0..3_600 {
            board.gap(&agency, head(9).place);
            let now = NOW.plus_seconds(second);
            asked += u32::from(board.misses(&agency, head(5).place, now));
        }
        assert!((5..15).contains(&asked), "{asked} times in an hour");
    }

    #[test]
    fn what_waits_for_its_content_key_is_not_asked_for_again() {
        let (board, agency) = (HeardBoard::default(), housing());
        let place = head(5).place;
        for second in 0..60 {
            let now = NOW.plus_seconds(second);
            board.seen(&agency, head(6).place, now);
            assert!(!board.misses(&agency, place, now));
        }
        // The log lost it, or admission ended.
        assert!(board.misses(&agency, place, NOW.plus_seconds(90)));
    }

    #[test]
    fn an_agency_is_silent_after_three_reconciliations() {
        let (board, agency) = (HeardBoard::default(), housing());
        assert!(board.heard_to(&agency, NOW).silent);
        board.claimed(&agency, head(1), NOW, NOW);
        assert!(!board.heard_to(&agency, NOW.plus_seconds(15)).silent);
        assert!(board.heard_to(&agency, NOW.plus_seconds(16)).silent);
    }
}
