//! Readers of whole releases who try to tell a hidden count, by exhaustive search over all small tables there are. They know the rules,
//! every total that is shown exactly and not only rounded, and of each small count that is hidden that it is small: more than anybody
//! has. Each hidden count leaves them three values at least.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::collections::BTreeSet;

use diogel_indicators::{Column, Counts, Percent, Rules, Shape, Shown, Year};

/// Values that a hidden count could have, at least.
const CANDIDATES: usize = 3;

/// The counts, reported by so many agencies that none stands out.
fn spread(cells: &[u64]) -> Counts {
    let by = |count: u64| {
        let (each, more) = (count / 4, count % 4);
        (0..4)
            .map(|agency| each + u64::from(agency < more))
            .collect::<Vec<u64>>()
    };
    let cells: Vec<Vec<u64>> = cells.iter().map(|count| by(*count)).collect();
    let of = |agency: usize| cells.iter().map(|cell| cell[agency]).sum();
    Counts {
        total: (0..4).map(of).collect(),
        cells,
    }
}

fn tables(cells: usize, most: u64) -> Vec<Vec<u64>> {
    (0..cells).fold(vec![Vec::new()], |tables, _| {
        let longer = tables.into_iter().flat_map(|table: Vec<u64>| {
            (0..=most).map(move |count| [table.clone(), vec![count]].concat())
        });
        longer.collect()
    })
}

/// What somebody knows of a count, whose truth decides only whether a hidden one is small.
struct Known {
    shown: Shown,
    percent: Percent,
    truth: u64,
}

impl Known {
    fn allows(&self, rules: &Rules, count: u64, of: u64) -> bool {
        let alike = match self.shown {
            Shown::Count(shown) => !rules.is_small(count) && rules.rounded(count) == shown,
            Shown::Hidden => rules.is_small(count) || !rules.is_small(self.truth),
        };
        alike
            && self
                .percent
                .is_none_or(|percent| of > 0 && Rules::percent(count, of) == percent)
    }
}

fn known(column: &Column, table: &[u64]) -> Vec<Known> {
    let cells = column.released.cells.iter().zip(table);
    cells
        .map(|(cell, truth)| Known {
            shown: cell.shown,
            percent: cell.percent,
            truth: *truth,
        })
        .collect()
}

/// A table could have been released so.
fn fits(rules: &Rules, column: &Column, truth: &[u64], table: &[u64]) -> bool {
    let (all, of) = (table.iter().sum::<u64>(), truth.iter().sum::<u64>());
    let total = match column.released.total {
        Shown::Count(_) => all == of,
        Shown::Hidden => rules.is_small(all) || !rules.is_small(of),
    };
    // Where everything is hidden, large counts are too: no mark says that its count is small.
    let hidden = |shown: Shown| shown == Shown::Hidden;
    let all_hidden = column.released.cells.iter().all(|cell| hidden(cell.shown));
    if all_hidden && hidden(column.released.total) {
        return true;
    }
    let cells = known(column, truth);
    total
        && cells
            .iter()
            .zip(table)
            .all(|(known, count)| known.allows(rules, *count, all))
}

fn values(tables: &[&Vec<u64>], at: usize) -> usize {
    tables
        .iter()
        .map(|table| table[at])
        .collect::<BTreeSet<u64>>()
        .len()
}

/// Every table of so many cells is released and attacked. What is tried out as an answer goes further than what is released, so that
/// nothing is taken for impossible that only wasn't tried.
fn attack(cells: usize, most: u64, beyond: u64) {
    let rules = Rules::default();
    let candidates = tables(cells, beyond);
    for truth in tables(cells, most) {
        let column = Column::release(&rules, Shape::One, spread(&truth));
        let hidden = |at: &usize| column.released.cells[*at].shown == Shown::Hidden;
        let hidden: Vec<usize> = (0..cells).filter(hidden).collect();
        if hidden.is_empty() {
            continue;
        }
        let fits = |table: &&Vec<u64>| fits(&rules, &column, &truth, table);
        let possible: Vec<&Vec<u64>> = candidates.iter().filter(fits).collect();
        for at in hidden {
            let left = values(&possible, at);
            assert!(left >= CANDIDATES, "{truth:?} {:?}: {at}", column.released);
        }
    }
}

#[test]
fn of_no_table_of_two_or_three_cells_does_a_hidden_count_follow() {
    attack(2, 30, 40);
    attack(3, 13, 22);
}

#[test]
fn percentages_give_no_hidden_count_away() {
    let rules = Rules::default();
    let all = |from: u64, to: u64, small: u64| {
        (from..to)
            .flat_map(move |a| (0..small).flat_map(move |b| (0..small).map(move |c| vec![a, b, c])))
    };
    let candidates: Vec<Vec<u64>> = all(35, 75, 16).collect();
    for truth in all(46, 62, 8) {
        let column = Column::release(&rules, Shape::One, spread(&truth));
        let fits = |table: &&Vec<u64>| fits(&rules, &column, &truth, table);
        let possible: Vec<&Vec<u64>> = candidates.iter().filter(fits).collect();
        for (at, cell) in column.released.cells.iter().enumerate() {
            // Of a large count that is hidden the range goes beyond what is tried out.
            if cell.shown == Shown::Hidden && truth[at] < 16 {
                assert!(
                    values(&possible, at) >= CANDIDATES,
                    "{truth:?} {:?}",
                    column.released
                );
            }
        }
    }
}

/// Two quarters of two categories, and their year: the quarters were released before, each by itself.
#[test]
fn quarter_after_quarter_and_their_year_no_hidden_count_follows() {
    let rules = Rules::default();
    let (truths, candidates) = (tables(2, 7), tables(2, 15));
    let release = |truth: &[u64]| Column::release(&rules, Shape::One, spread(truth));
    for first in &truths {
        for second in &truths {
            let sum: Vec<u64> = first.iter().zip(second).map(|(a, b)| a + b).collect();
            let quarters = [release(first), release(second)];
            let year = Year::release(&rules, quarters.to_vec(), spread(&sum));
            let fitting = |quarter: &Column, truth: &[u64]| -> Vec<&Vec<u64>> {
                let fits = |table: &&Vec<u64>| fits(&rules, quarter, truth, table);
                candidates.iter().filter(fits).collect()
            };
            let (a, b) = (fitting(&quarters[0], first), fitting(&quarters[1], second));
            let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b)));
            let possible: Vec<Vec<u64>> = pairs
                .map(|(a, b)| [a[0], a[1], b[0], b[1], a[0] + b[0], a[1] + b[1]].to_vec())
                .filter(|all| fits(&rules, &year.year, &sum, &all[4..]))
                .collect();
            let possible: Vec<&Vec<u64>> = possible.iter().collect();
            let released = [
                &quarters[0].released,
                &quarters[1].released,
                &year.year.released,
            ];
            let shown = released.iter().flat_map(|released| &released.cells);
            for (at, cell) in shown.enumerate() {
                if cell.shown == Shown::Hidden {
                    let left = values(&possible, at);
                    assert!(
                        left >= CANDIDATES,
                        "{first:?} {second:?} {at}: {released:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_hidden_is_little_where_there_is_much() {
    let rules = Rules::default();
    let column = Column::release(&rules, Shape::One, spread(&[240, 120, 63, 31, 14, 3]));
    let shown: Vec<Shown> = column
        .released
        .cells
        .iter()
        .map(|cell| cell.shown)
        .collect();
    assert_eq!(shown[..5], [240, 120, 65, 30, 15].map(Shown::Count));
    assert_eq!(shown[5], Shown::Hidden);
    assert_eq!(column.released.total, Shown::Count(470));
}

#[test]
fn percentages_stand_where_nothing_follows_from_them() {
    let rules = Rules::default();
    let column = Column::release(&rules, Shape::One, spread(&[240, 120, 63, 31]));
    let percents: Vec<Percent> = column
        .released
        .cells
        .iter()
        .map(|cell| cell.percent)
        .collect();
    assert_eq!(percents, [53, 26, 14, 7].map(Some));
    // Less than 50 in all: none.
    let few = Column::release(&rules, Shape::One, spread(&[20, 20]));
    assert!(few.released.cells.iter().all(|cell| cell.percent.is_none()));
}

#[test]
fn a_count_of_one_agency_is_hidden_and_its_total_keeps_it_so() {
    let rules = Rules::default();
    let mut counts = spread(&[60, 40, 0]);
    counts.cells[2] = vec![30, 0, 0, 0];
    counts.total[0] += 30;
    let column = Column::release(&rules, Shape::One, counts);
    assert_eq!(column.released.cells[2].shown, Shown::Hidden);
    // 130 less two rounded counts would be 30, give or take 4.
    assert_eq!(column.released.total, Shown::Count(130));
}
