//! Knowledge that came late, or perhaps never. Owns after how long; refuses to say why: that is for the review to ask.

use diogel_domain::times::Moment;
use diogel_texts::dates;

use super::{Known, gaps::days_between, story::Stand};

/// Later than by so many days is late: after a week every round of work, weekends and days off included, has come by once.
pub(super) const LATE_DAYS: usize = 7;

/// By how many days an event was published late, after the last day on which what it reports can have occurred; none: it wasn't.
pub(super) fn published_late(stand: &Stand<'_>) -> Option<usize> {
    stand.entry.occurred?;
    let published = dates::day(stand.entry.ordered_at);
    Some(days_between(stand.span.last, published)).filter(|days| *days > LATE_DAYS)
}

/// By how many days an agency could know late of an event, after it was published.
pub(super) fn shared_late(known: &Known, published: Moment) -> Option<usize> {
    late(published, known.available_at?)
}

/// By how many days an agency saw an event late, after it could.
pub(super) fn seen_late(known: &Known) -> Option<usize> {
    late(known.available_at?, known.first_seen?)
}

/// An agency could have known, and nothing says that it did. An acknowledgement says that it did.
pub(super) fn is_not_seen(known: &Known) -> bool {
    known.available_at.is_some() && known.first_seen.is_none() && known.acknowledged.is_none()
}

/// The same, for long: until now, or until it was taken back.
pub(super) fn is_long_not_seen(known: &Known, now: Moment) -> bool {
    let until = known.taken_back.unwrap_or(now);
    let long = known.available_at.and_then(|since| late(since, until));
    long.is_some() && is_not_seen(known)
}

fn late(earlier: Moment, later: Moment) -> Option<usize> {
    let days = days_between(dates::day(earlier), dates::day(later));
    Some(days).filter(|days| *days > LATE_DAYS)
}
