//! Stretches in which nothing is known to the reader to have happened. A gap is a question, never a finding: it isn't evidence that
//! nothing happened, and the line says so.

use diogel_domain::times::Day;

use super::span::Span;

/// A longer stretch than this is a gap: six weeks, the longest that the procedures let pass between two meetings of a core group
/// (PRACTICE, section 5, "Clocks").
pub(super) const GAP_DAYS: usize = 42;

/// A stretch of days, both ends within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gap {
    /// Its first day.
    pub(super) from: Day,
    /// Its last day.
    pub(super) to: Day,
}

impl Gap {
    /// How many days it has.
    pub(super) fn days(self) -> usize {
        days_between(self.from, self.to.plus_days(1))
    }

    /// Between the last day on which something may have occurred and the next.
    fn between(known: Day, next: Day) -> Option<Self> {
        let gap = Self {
            from: known.plus_days(1),
            to: next.plus_days(-1),
        };
        (gap.days() > GAP_DAYS).then_some(gap)
    }
}

/// How many days later the second is; 0 if it isn't.
pub(super) fn days_between(earlier: Day, later: Day) -> usize {
    usize::try_from(later.0.saturating_sub(earlier.0)).unwrap_or(0)
}

/// Every gap from the first span to this day, in order. What can have occurred within a stretch fills it. Before the first of all
/// there is none: nobody says that there was anything to know.
pub(super) fn gaps(spans: impl IntoIterator<Item = Span>, until: Day) -> Vec<Gap> {
    let mut spans: Vec<Span> = spans.into_iter().collect();
    spans.sort_unstable();
    let end = until.plus_days(1);
    let (mut gaps, mut known) = (Vec::new(), None::<Day>);
    for span in spans {
        gaps.extend(known.and_then(|known| Gap::between(known, span.first.min(end))));
        known = known.max(Some(span.last));
    }
    gaps.extend(known.and_then(|known| Gap::between(known, end)));
    gaps
}

#[cfg(test)]
mod tests;
