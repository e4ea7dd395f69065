//! Rates per contact: of reports, because rising reports may mean better reporting, or more contact; of checks before visits, because
//! whoever goes should have looked. Owns when a rate may be said: where agencies that publish their contacts made nine tenths of what is
//! counted, and from figures that are shown, so that it says nothing new of either.

use crate::{
    release::{Column, Shown},
    rules::Rules,
};

/// Feeds of contacts cover so many per cent of the reports (PRACTICE, section 10, "Statistics").
const COVERED_FROM: u64 = 90;

/// Reports, or checks, per 100 contacts of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The agencies that publish contacts made enough of what is counted.
    pub covered: bool,
    /// Whole; none: it may not be said.
    pub per_hundred: Option<u64>,
}

impl Rate {
    /// From the tables of reports and of contacts of one period.
    pub fn new(rules: &Rules, reports: &Column, contacts: &Column) -> Self {
        let all = (&contacts.counts.total, contacts.released.total);
        Self::of(rules, reports, &contacts.counts.total, all)
    }

    /// From the tables of checks before visits and of contacts by whether they were at home, which is the first of its categories.
    pub fn of_checks(rules: &Rules, checks: &Column, contacts: &Column) -> Self {
        let home = contacts.counts.cells.first();
        let shown = contacts.released.cells.first();
        let (Some(home), Some(shown)) = (home, shown) else {
            return Self {
                covered: false,
                per_hundred: None,
            };
        };
        Self::of(rules, checks, &contacts.counts.total, (home, shown.shown))
    }

    /// Of what is counted, for each hundred of what it is counted by, which agencies with a feed make up.
    fn of(
        rules: &Rules,
        counted: &Column,
        feeds: &[u64],
        (by, by_shown): (&Vec<u64>, Shown),
    ) -> Self {
        let agencies = counted.counts.total.iter().enumerate();
        let has_feed = |agency: usize| feeds.get(agency).is_some_and(|contacts| *contacts > 0);
        let with_feed: u64 = agencies
            .filter(|(agency, _)| has_feed(*agency))
            .map(|(_, count)| count)
            .sum();
        let all = counted.all();
        let covered = all > 0 && with_feed * 100 >= all * COVERED_FROM;
        let shown = |shown: Shown| matches!(shown, Shown::Count(_));
        let of: u64 = by.iter().sum();
        let are_shown = shown(counted.released.total) && shown(by_shown);
        let may = covered && are_shown && of >= rules.percent_from;
        Self {
            covered,
            per_hundred: may.then(|| Rules::percent(all, of)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Counts, Shape};

    fn column(total: [u64; 4]) -> Column {
        let counts = Counts {
            cells: vec![total.to_vec(), vec![0; 4]],
            total: total.to_vec(),
        };
        Column::release(&Rules::default(), Shape::One, counts)
    }

    fn rate(reports: [u64; 4], contacts: [u64; 4]) -> Rate {
        Rate::new(&Rules::default(), &column(reports), &column(contacts))
    }

    #[test]
    fn a_rate_needs_feeds_of_nine_tenths_and_totals_that_are_shown() {
        let covered = rate([10, 12, 14, 4], [100, 120, 90, 0]);
        assert_eq!(covered.per_hundred, Some(13));
        assert!(covered.covered);
        let not_covered = rate([10, 12, 14, 5], [100, 120, 90, 0]);
        assert_eq!(
            (not_covered.covered, not_covered.per_hundred),
            (false, None)
        );
        let few_contacts = rate([10, 12, 14, 4], [16, 16, 17, 0]);
        assert_eq!(
            (few_contacts.covered, few_contacts.per_hundred),
            (true, None)
        );
        let one_agencys = rate([10, 12, 14, 4], [10, 10, 200, 1]);
        assert_eq!(one_agencys.per_hundred, None, "its total is hidden");
        assert_eq!(rate([0; 4], [100; 4]).per_hundred, None);
    }

    #[test]
    fn checks_are_counted_by_the_contacts_at_home_alone() {
        let rules = Rules::default();
        let contacts = |home: [u64; 4], elsewhere: [u64; 4]| {
            let total = home.iter().zip(&elsewhere).map(|(a, b)| a + b);
            let counts = Counts {
                cells: vec![home.to_vec(), elsewhere.to_vec()],
                total: total.collect(),
            };
            Column::release(&rules, Shape::One, counts)
        };
        let checks = column([20, 24, 28, 8]);
        let rate = |contacts: &Column| Rate::of_checks(&rules, &checks, contacts).per_hundred;
        let half = contacts([40, 48, 56, 16], [70, 40, 30, 100]);
        assert_eq!(rate(&half), Some(50));
        let hidden = contacts([1, 1, 150, 1], [70, 40, 30, 100]);
        assert_eq!(rate(&hidden), None, "most of them are one agency's");
        let few = contacts([12, 14, 10, 9], [70, 40, 30, 100]);
        assert_eq!(rate(&few), None);
        let no_feed = contacts([40, 0, 56, 60], [70, 0, 30, 100]);
        assert!(!Rate::of_checks(&rules, &checks, &no_feed).covered);
    }
}
