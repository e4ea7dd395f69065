//! Whether anything hidden follows from what is shown. Owns the reader that this is asked of: it knows every total that is shown
//! exactly, not only rounded, and of each small count that is hidden that it is small. Whoever knows less can follow nothing more.
//! Sums over categories and over periods are a network with bounds, so that the answer is exact for whole counts.
//!
//! What it doesn't protect from: a reader who runs this program over every table that there could be, and asks for which of them it
//! would have hidden just these. What was hidden for another's sake says, in rare corners, that it had to be.

use serde::{Deserialize, Serialize};

use crate::flow::{Edge, UNBOUNDED, is_feasible};
use crate::release::{Column, Shape, Shown, Year};
use crate::rules::Rules;

/// What the strongest reader knows of a count that is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Hidden {
    /// It is small.
    Small,
    /// It isn't: it was hidden for another reason.
    Other,
}

/// The lowest and the highest that a count may be.
type Bounds = (u64, u64);

fn bounds(rules: &Rules, shown: Shown, hidden: Option<Hidden>) -> Bounds {
    match (shown, hidden) {
        (Shown::Count(count), _) => rules.behind(count),
        // It looks like any other.
        (Shown::Hidden, Some(Hidden::Other)) => (0, UNBOUNDED),
        (Shown::Hidden, _) => (0, rules.small_below.saturating_sub(1)),
    }
}

/// A cell's bounds, its percentage counted in.
fn cell(rules: &Rules, column: &Column, at: usize) -> Bounds {
    let shown = column.released.cells[at];
    let (least, most) = bounds(rules, shown.shown, column.hidden[at]);
    match shown.percent {
        None => (least, most),
        Some(percent) => {
            let (lowest, highest) = Rules::behind_percent(percent, column.all());
            (least.max(lowest), most.min(highest))
        }
    }
}

/// A total's bounds: exact where it is shown at all.
fn total(rules: &Rules, column: &Column) -> Bounds {
    match column.released.total {
        Shown::Count(_) => (column.all(), column.all()),
        Shown::Hidden => bounds(rules, Shown::Hidden, column.hidden_total),
    }
}

/// A network, and the edges of it that stand for hidden counts, each with the count itself.
struct Network {
    nodes: usize,
    edges: Vec<Edge>,
    hidden: Vec<(usize, u64)>,
}

impl Network {
    fn add(&mut self, (from, to): (usize, usize), (least, most): Bounds, hides: Option<u64>) {
        self.hidden
            .extend(hides.map(|count| (self.edges.len(), count)));
        self.edges.push(Edge {
            from,
            to,
            least,
            most,
        });
    }

    fn allows(&self, edge: usize, count: u64) -> bool {
        let mut edges = self.edges.clone();
        if !(edges[edge].least..=edges[edge].most).contains(&count) {
            return false;
        }
        (edges[edge].least, edges[edge].most) = (count, count);
        is_feasible(self.nodes, &edges)
    }

    /// Every hidden count could have so many values. What is possible lies without gaps around the truth: sums of whole counts
    /// within bounds are a totally unimodular system.
    fn hides(&self, candidates: u64) -> bool {
        self.hidden.iter().all(|(edge, count)| {
            let up = (1..candidates)
                .take_while(|more| self.allows(*edge, count + more))
                .count();
            let down = (1..candidates)
                .take_while(|less| {
                    count
                        .checked_sub(*less)
                        .is_some_and(|n| self.allows(*edge, n))
                })
                .count();
            up + down + 1 >= usize::try_from(candidates).unwrap_or(usize::MAX)
        })
    }
}

/// Nothing hidden of one period follows from what is shown of it.
pub(crate) fn column(rules: &Rules, column: &Column) -> bool {
    network(rules, std::slice::from_ref(column), None).hides(rules.candidates)
}

/// Nothing hidden of the periods, nor of their year, follows from both.
pub(crate) fn year(rules: &Rules, year: &Year) -> bool {
    network(rules, &year.columns, Some(&year.year)).hides(rules.candidates)
}

/// Source → period → category → sink → source. Where an event may count in several categories nothing adds up to a total, and each
/// period has a source of its own for each category.
fn network(rules: &Rules, columns: &[Column], year: Option<&Column>) -> Network {
    let categories = columns.first().map_or(0, |column| column.hidden.len());
    let (source, sink, first) = (0, 1, 2);
    let category = |at| first + columns.len() + at;
    let mut network = Network {
        nodes: first + columns.len() + categories,
        edges: Vec::new(),
        hidden: Vec::new(),
    };
    for (period, column) in columns.iter().enumerate() {
        let adds_up = column.shape == Shape::One;
        let node = first + period;
        let all = if adds_up {
            total(rules, column)
        } else {
            (0, UNBOUNDED)
        };
        let hides = column.released.total == Shown::Hidden;
        network.add(
            (source, node),
            all,
            (adds_up && hides).then(|| column.all()),
        );
        for at in 0..categories {
            let hides = column.hidden[at].map(|_| column.count(at));
            network.add((node, category(at)), cell(rules, column, at), hides);
        }
    }
    for at in 0..categories {
        let (sum, hides) = match year {
            None => ((0, UNBOUNDED), None),
            Some(year) => {
                let hides = year.hidden[at].map(|_| year.count(at));
                (cell(rules, year, at), hides)
            }
        };
        network.add((category(at), sink), sum, hides);
    }
    let adds_up = year.filter(|year| year.shape == Shape::One);
    let all = adds_up.map_or((0, UNBOUNDED), |year| total(rules, year));
    network.add((sink, source), all, None);
    network
}
