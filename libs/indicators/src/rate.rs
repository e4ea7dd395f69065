//! The rate of reports per contact: rising reports may mean better reporting, or more contact. Owns when it may be said: where agencies
//! that publish their contacts made nine tenths of the reports, and from totals that are shown, so that it says nothing new of either.

use crate::{
    release::{Column, Shown},
    rules::Rules,
};

/// Feeds of contacts cover so many per cent of the reports (PRACTICE, section 10, "Statistics").
const COVERED_FROM: u64 = 90;

/// Reports per 100 contacts of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The agencies that publish contacts made enough of the reports.
    pub covered: bool,
    /// Whole; none: it may not be said.
    pub per_hundred: Option<u64>,
}

impl Rate {
    /// From the tables of reports and of contacts of one period.
    pub fn new(rules: &Rules, reports: &Column, contacts: &Column) -> Self {
        let by = |column: &Column, agency: usize| {
            let total = column.counts.total.get(agency);
            total.copied().unwrap_or(0)
        };
        let agencies = reports.counts.total.len();
        let all = reports.all();
        let with_feed: u64 = (0..agencies)
            .filter(|agency| by(contacts, *agency) > 0)
            .map(|agency| by(reports, agency))
            .sum();
        let covered = all > 0 && with_feed * 100 >= all * COVERED_FROM;
        let shown = |column: &Column| matches!(column.released.total, Shown::Count(_));
        let of = contacts.all();
        let may = covered && shown(reports) && shown(contacts) && of >= rules.percent_from;
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
}
