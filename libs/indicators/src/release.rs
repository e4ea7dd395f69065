//! Releasing a table: what each count is shown as. Owns the order in which more is hidden until nothing hidden follows from what is
//! shown. What was released stays as it is: a later release is audited together with all that came before it.

use serde::{Deserialize, Serialize};

use crate::audit::{self, Hidden};
use crate::rules::Rules;

/// How a table's counts hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Each event counts in one category: the categories add up to the total.
    One,
    /// An event may count in several: they don't add up.
    Several,
}

/// Counts of one period, by category and by contributing agency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// For each category, in the table's order, for each agency that contributed.
    pub cells: Vec<Vec<u64>>,
    /// All of the period's events, for each agency.
    pub total: Vec<u64>,
}

impl Counts {
    fn cell(&self, at: usize) -> u64 {
        self.cells[at].iter().sum()
    }

    fn all(&self) -> u64 {
        self.total.iter().sum()
    }
}

/// What somebody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shown {
    /// Rounded.
    Count(u64),
    /// `*`: small, of too few agencies, or hidden so that another one stays hidden. Which of these isn't said.
    Hidden,
}

/// A whole percentage of the total; none where there may be none.
pub type Percent = Option<u64>;

/// A category of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Its count.
    pub shown: Shown,
    /// Of the total.
    pub percent: Percent,
}

/// A table of one period, as it was released.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Released {
    /// In the table's order.
    pub cells: Vec<Cell>,
    /// All of them.
    pub total: Shown,
}

/// A period's table with what is known of it here: the counts beside what was shown of them. Kept where nobody reads it: the year's
/// release is audited by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The counts themselves; they leave this crate no more.
    pub(crate) counts: Counts,
    /// What was shown.
    pub released: Released,
    /// Why each hidden cell is.
    pub(crate) hidden: Vec<Option<Hidden>>,
    pub(crate) hidden_total: Option<Hidden>,
    pub(crate) shape: Shape,
}

/// Why a count can't be shown by itself.
fn reason(rules: &Rules, by_agency: &[u64]) -> Option<Hidden> {
    let count = by_agency.iter().sum();
    if rules.is_small(count) {
        Some(Hidden::Small)
    } else if rules.is_one_agencys(by_agency) {
        Some(Hidden::Other)
    } else {
        None
    }
}

impl Column {
    /// Releases a period's table. Nothing of an earlier period is tied to it, until their year is released.
    pub fn release(rules: &Rules, shape: Shape, counts: Counts) -> Self {
        let hidden = counts
            .cells
            .iter()
            .map(|cell| reason(rules, cell))
            .collect();
        let mut column = Self {
            hidden_total: reason(rules, &counts.total),
            released: Released {
                cells: Vec::new(),
                total: Shown::Hidden,
            },
            hidden,
            counts,
            shape,
        };
        column.show(rules, true);
        if !audit::column(rules, &column) {
            column.show(rules, false);
        }
        while !audit::column(rules, &column) && column.hide_more() {
            column.show(rules, false);
        }
        column
    }

    /// Hides the smallest count that is still shown; where none is, the total. Says whether there was anything left to hide.
    fn hide_more(&mut self) -> bool {
        let shown = (0..self.hidden.len()).filter(|at| self.hidden[*at].is_none());
        let next = shown.min_by_key(|at| (self.counts.cell(*at), *at));
        let hiding = match next {
            Some(at) => &mut self.hidden[at],
            None => &mut self.hidden_total,
        };
        let was_shown = hiding.is_none();
        *hiding = hiding.or(Some(Hidden::Other));
        was_shown
    }

    /// The total is hidden in another table that divides the same events: then it is here too, and so are percentages of it. Whoever
    /// knows less can follow nothing more.
    pub(crate) fn hide_total(&mut self, rules: &Rules) {
        self.hidden_total = self.hidden_total.or(Some(Hidden::Other));
        self.show(rules, false);
    }

    fn show(&mut self, rules: &Rules, percents: bool) {
        let shown = |hidden: Option<Hidden>, count| match hidden {
            None => Shown::Count(rules.rounded(count)),
            Some(_) => Shown::Hidden,
        };
        let all = self.counts.all();
        let base = percents && self.hidden_total.is_none() && all >= rules.percent_from;
        let cells = self.hidden.iter().enumerate().map(|(at, hidden)| {
            let count = self.counts.cell(at);
            Cell {
                shown: shown(*hidden, count),
                percent: (base && hidden.is_none()).then(|| Rules::percent(count, all)),
            }
        });
        self.released = Released {
            cells: cells.collect(),
            total: shown(self.hidden_total, all),
        };
    }

    pub(crate) fn count(&self, at: usize) -> u64 {
        self.counts.cell(at)
    }

    pub(crate) fn all(&self) -> u64 {
        self.counts.all()
    }
}

/// A year of periods, with the year's own table.
#[derive(Debug, Clone)]
pub struct Year {
    /// The periods that add up to it, as they were released.
    pub columns: Vec<Column>,
    /// The year's table: sums over the periods.
    pub year: Column,
}

impl Year {
    /// Releases the year of these periods, which stay as they are. By whom each event was reported has to be given for the year
    /// itself: which agencies contribute is another question over twelve months.
    pub fn release(rules: &Rules, columns: Vec<Column>, counts: Counts) -> Self {
        let shape = columns
            .first()
            .map_or(Shape::Several, |column| column.shape);
        let mut year = Self {
            columns,
            year: Column::release(rules, shape, counts),
        };
        if !audit::year(rules, &year) {
            year.year.show(rules, false);
        }
        while !audit::year(rules, &year) && year.year.hide_more() {
            year.year.show(rules, false);
        }
        year
    }
}
