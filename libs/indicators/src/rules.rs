//! The numbers of disclosure control. Owns which count is small, how counts are rounded, and whose count it mustn't be; a board may
//! set stricter ones.

use serde::{Deserialize, Serialize};

/// What may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Counts below this aren't shown.
    pub small_below: u64,
    /// Other counts are shown to the nearest multiple of this; odd, so that there is always one nearest.
    pub nearest: u64,
    /// A count needs so many agencies that contribute to it.
    pub agencies: usize,
    /// No agency may make up more than so many per cent of a count.
    pub at_most_percent: u64,
    /// A percentage needs a denominator of at least this.
    pub percent_from: u64,
    /// A hidden count must leave its reader with at least so many values that it could have.
    pub candidates: u64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            small_below: 5,
            nearest: 5,
            agencies: 3,
            at_most_percent: 75,
            percent_from: 50,
            candidates: 3,
        }
    }
}

impl Rules {
    /// A count as it is shown, where it may be.
    pub const fn rounded(&self, count: u64) -> u64 {
        (count + self.nearest / 2) / self.nearest * self.nearest
    }

    /// Every count that is shown so: the lowest and the highest.
    pub const fn behind(&self, shown: u64) -> (u64, u64) {
        let half = self.nearest / 2;
        let lowest = shown.saturating_sub(half);
        let lowest = if lowest < self.small_below {
            self.small_below
        } else {
            lowest
        };
        (lowest, shown + half)
    }

    /// A count is small.
    pub const fn is_small(&self, count: u64) -> bool {
        count < self.small_below
    }

    /// Few enough agencies stand behind a count, or one of them for so much of it, that it would say something of one.
    pub fn is_one_agencys(&self, by_agency: &[u64]) -> bool {
        let total: u64 = by_agency.iter().sum();
        let contributing = by_agency.iter().filter(|count| **count > 0).count();
        let most = by_agency.iter().max().copied().unwrap_or(0);
        contributing < self.agencies || most * 100 > total * self.at_most_percent
    }

    /// Whole per cent, from the counts themselves; halves up.
    pub const fn percent(count: u64, of: u64) -> u64 {
        (count * 200 + of) / (2 * of)
    }

    /// Every count that gives this percentage of a known total: the lowest and the highest.
    pub const fn behind_percent(percent: u64, of: u64) -> (u64, u64) {
        // (2·100·count + of) / (2·of) = percent, rounded down.
        let least = (2 * of * percent).saturating_sub(of).div_ceil(200);
        let beyond = (2 * of * (percent + 1)).saturating_sub(of).div_ceil(200);
        (least, beyond.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_lies_among_those_that_are_shown_like_it() {
        let rules = Rules::default();
        for count in 5..500 {
            let (lowest, highest) = rules.behind(rules.rounded(count));
            assert!((lowest..=highest).contains(&count), "{count}");
            let apart = count.abs_diff(rules.rounded(count));
            assert!(apart <= 2, "{count}");
        }
        assert_eq!([3, 7, 8, 12].map(|n| rules.rounded(n)), [5, 5, 10, 10]);
    }

    #[test]
    fn the_counts_behind_a_percentage_are_exactly_those_that_give_it() {
        for of in 50..130 {
            for percent in 0..=100 {
                let (lowest, highest) = Rules::behind_percent(percent, of);
                for count in 0..=of {
                    let gives = Rules::percent(count, of) == percent;
                    assert_eq!(
                        gives,
                        (lowest..=highest).contains(&count),
                        "{count} of {of}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_count_of_two_agencies_or_mostly_of_one_is_theirs() {
        let rules = Rules::default();
        assert!(rules.is_one_agencys(&[10, 10]));
        assert!(rules.is_one_agencys(&[10, 10, 0]));
        assert!(rules.is_one_agencys(&[76, 12, 12]));
        assert!(!rules.is_one_agencys(&[75, 13, 12]));
        assert!(rules.is_one_agencys(&[]));
    }
}
