//! Keys of rows: one prefix byte a kind of row, numbers big-endian so that keys sort as numbers do.

use diogel_domain::{content::Matter, ids::EventId};

use crate::audiences::AgencyNumber;

/// A hashed identifier.
pub(crate) type Hashed = [u8; 16];

pub(crate) const CHECKPOINT: &[u8] = b"C";
pub(crate) const REGISTRY: &[u8] = b"R";
/// How far a change of the rules has been carried through.
pub(crate) const SWEEP: &[u8] = b"S";
pub(crate) const ITEMS: u8 = b'I';
pub(crate) const EVENTS: u8 = b'E';
pub(crate) const WAITING: u8 = b'W';
/// Postings of an identifier.
pub(crate) const POSTINGS: u8 = b'P';
/// Changes of an agency's view.
pub(crate) const CHANGES: u8 = b'L';
/// What of each kind an agency was shown.
pub(crate) const KINDS: u8 = b'J';
/// Outcomes told to an originator.
pub(crate) const OUTCOMES: u8 = b'O';
/// Claims of involvement, by position.
pub(crate) const CLAIMS: u8 = b'K';
/// Claims of an identifier, by position.
pub(crate) const CLAIMED: u8 = b'V';
/// Items that a claim is tied to, by position.
pub(crate) const TIED: u8 = b'T';
/// Meetings.
pub(crate) const MEETINGS: u8 = b'M';
/// Items that name a meeting, by position.
pub(crate) const NAMING: u8 = b'N';
/// What is still to be told of an item, by position.
pub(crate) const OWED: u8 = b'D';

/// Items whose clocks run: alerts and escalations that aren't over, by position.
pub(crate) const RUNNING: u8 = b'U';

/// Events that this version doesn't understand, by position.
pub(crate) const QUARANTINED: u8 = b'Y';

pub(crate) fn quarantined(position: u64) -> Vec<u8> {
    [&[QUARANTINED][..], &position.to_be_bytes()].concat()
}

/// What has a course of its own, by position: alerts, escalations, plans and requests for information, over or not.
pub(crate) const COURSES: u8 = b'F';

pub(crate) fn course(position: u64) -> Vec<u8> {
    [&[COURSES][..], &position.to_be_bytes()].concat()
}

/// Counts of a quarter.
pub(crate) const COUNTS: u8 = b'G';

pub(crate) fn counts(quarter: u32) -> Vec<u8> {
    [&[COUNTS][..], &quarter.to_be_bytes()].concat()
}

pub(crate) fn running(position: u64) -> Vec<u8> {
    [&[RUNNING][..], &position.to_be_bytes()].concat()
}

pub(crate) fn owed(position: u64) -> Vec<u8> {
    [&[OWED][..], &position.to_be_bytes()].concat()
}

pub(crate) fn claim(position: u64) -> Vec<u8> {
    [&[CLAIMS][..], &position.to_be_bytes()].concat()
}

/// Prefix of an identifier's claims.
pub(crate) fn claimed(identifier: &Hashed) -> Vec<u8> {
    [&[CLAIMED][..], identifier].concat()
}

/// Prefix of the items that a claim is tied to.
pub(crate) fn tied(claim: u64) -> Vec<u8> {
    [&[TIED][..], &claim.to_be_bytes()].concat()
}

pub(crate) fn meeting(id: EventId) -> Vec<u8> {
    [&[MEETINGS][..], &id.0].concat()
}

/// Prefix of the items that name a meeting.
pub(crate) fn naming(meeting: EventId) -> Vec<u8> {
    [&[NAMING][..], &meeting.0].concat()
}

/// Key of a position below a prefix.
pub(crate) fn at(prefix: &[u8], position: u64) -> Vec<u8> {
    [prefix, &position.to_be_bytes()].concat()
}

pub(crate) fn item(position: u64) -> Vec<u8> {
    [&[ITEMS][..], &position.to_be_bytes()].concat()
}

pub(crate) fn event(id: EventId) -> Vec<u8> {
    [&[EVENTS][..], &id.0].concat()
}

pub(crate) fn waiting(for_event: EventId, position: u64) -> Vec<u8> {
    [&[WAITING][..], &for_event.0, &position.to_be_bytes()].concat()
}

/// Prefix of an identifier's postings.
pub(crate) fn postings(identifier: &Hashed) -> Vec<u8> {
    [&[POSTINGS][..], identifier].concat()
}

/// Prefix of an agency's changes or outcomes.
pub(crate) fn log(kind: u8, agency: AgencyNumber) -> Vec<u8> {
    vec![kind, agency]
}

/// Prefix of what an agency was shown of one kind.
pub(crate) fn of_kind(agency: AgencyNumber, matter: Matter) -> Vec<u8> {
    vec![KINDS, agency, matter as u8]
}

/// What an agency has to come back to: a row for each item, by mark and position.
pub(crate) const MARKS: u8 = b'B';

/// Why it has to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// An alert that isn't over.
    OpenAlert,
    /// An escalation that isn't over.
    OpenEscalation,
    /// Its system, or of its own events another's, hasn't taken what it was told.
    Untaken,
    /// An alert of its own that isn't over; the row says what it waits for.
    OwnAlert,
}

impl Mark {
    /// Of what has a course; none: nothing else has.
    pub(crate) const fn open(matter: Matter) -> Option<Self> {
        match matter {
            Matter::HazardAlert => Some(Self::OpenAlert),
            Matter::Escalation => Some(Self::OpenEscalation),
            _ => None,
        }
    }
}

pub(crate) fn marked(agency: AgencyNumber, mark: Mark, position: u64) -> Vec<u8> {
    at(&marks(agency, mark), position)
}

/// Prefix of what an agency has to come back to for one reason.
pub(crate) fn marks(agency: AgencyNumber, mark: Mark) -> Vec<u8> {
    vec![MARKS, agency, mark as u8]
}

/// Reports that were entered in error, and what they corrected.
pub(crate) const WITHDRAWN: u8 = b'X';

pub(crate) fn withdrawn(event: EventId) -> Vec<u8> {
    [&[WITHDRAWN][..], &event.0].concat()
}

/// Key of a chunk below a prefix.
pub(crate) fn chunk(prefix: &[u8], number: u32) -> Vec<u8> {
    [prefix, &number.to_be_bytes()].concat()
}

/// The first key after everything below a prefix.
pub(crate) fn after(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return end;
        }
    }
    vec![u8::MAX; 64]
}
