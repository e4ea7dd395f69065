//! Whether whole numbers can be found for the edges of a network, each within its bounds, so that what comes into a node goes out of
//! it. Owns the one algorithm behind the audit: a circulation with lower bounds, by maximum flow (Hoffman 1960; Edmonds and Karp
//! 1972). Tables with their sums are such networks, so that what it answers is exact for whole counts.

use std::collections::VecDeque;

/// More than any count.
pub(crate) const UNBOUNDED: u64 = 1 << 40;

/// An edge with its bounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) least: u64,
    pub(crate) most: u64,
}

/// A residual arc: where it leads, what it has room for, and its opposite.
struct Arc {
    to: usize,
    room: u64,
    opposite: usize,
}

struct Residual {
    arcs: Vec<Arc>,
    out: Vec<Vec<usize>>,
}

impl Residual {
    fn new(nodes: usize) -> Self {
        Self {
            arcs: Vec::new(),
            out: (0..nodes).map(|_| Vec::new()).collect(),
        }
    }

    fn add(&mut self, from: usize, to: usize, room: u64) {
        let at = self.arcs.len();
        for (from, to, room, opposite) in [(from, to, room, at + 1), (to, from, 0, at)] {
            self.out[from].push(self.arcs.len());
            self.arcs.push(Arc { to, room, opposite });
        }
    }

    /// Sends as much as one shortest path has room for; 0: there is none.
    fn augment(&mut self, source: usize, sink: usize) -> u64 {
        let mut by: Vec<Option<usize>> = self.out.iter().map(|_| None).collect();
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for &arc in &self.out[node] {
                let to = self.arcs[arc].to;
                if self.arcs[arc].room > 0 && to != source && by[to].is_none() {
                    by[to] = Some(arc);
                    queue.push_back(to);
                }
            }
        }
        let mut path = Vec::new();
        let mut node = sink;
        while node != source {
            let Some(arc) = by[node] else { return 0 };
            path.push(arc);
            node = self.arcs[self.arcs[arc].opposite].to;
        }
        let room = path.iter().map(|arc| self.arcs[*arc].room).min();
        let room = room.unwrap_or(0);
        for arc in path {
            self.arcs[arc].room -= room;
            let opposite = self.arcs[arc].opposite;
            self.arcs[opposite].room += room;
        }
        room
    }
}

/// There is a circulation.
pub(crate) fn is_feasible(nodes: usize, edges: &[Edge]) -> bool {
    if edges.iter().any(|edge| edge.least > edge.most) {
        return false;
    }
    let (source, sink) = (nodes, nodes + 1);
    let mut residual = Residual::new(nodes + 2);
    let mut needed = 0;
    for edge in edges {
        residual.add(edge.from, edge.to, edge.most - edge.least);
        if edge.least > 0 {
            residual.add(source, edge.to, edge.least);
            residual.add(edge.from, sink, edge.least);
            needed += edge.least;
        }
    }
    let mut sent = 0;
    loop {
        match residual.augment(source, sink) {
            0 => return sent == needed,
            more => sent += more,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: usize, to: usize, least: u64, most: u64) -> Edge {
        Edge {
            from,
            to,
            least,
            most,
        }
    }

    #[test]
    fn what_must_come_in_must_find_a_way_out() {
        let pair = |least, most| [edge(0, 1, 3, 5), edge(1, 0, least, most)];
        assert!(is_feasible(2, &pair(0, 4)));
        assert!(is_feasible(2, &pair(5, 9)));
        assert!(!is_feasible(2, &pair(6, 9)));
        assert!(!is_feasible(2, &pair(0, 2)));
        assert!(!is_feasible(2, &[edge(0, 1, 3, 2)]));
    }

    #[test]
    fn a_table_with_its_sums_is_such_a_network() {
        // Two cells of 0 to 4 that add up to 7: one of them may be 3, and neither 2.
        let table = |first: (u64, u64)| {
            [
                edge(0, 1, 7, 7),
                edge(1, 2, first.0, first.1),
                edge(1, 3, 0, 4),
                edge(2, 4, 0, UNBOUNDED),
                edge(3, 4, 0, UNBOUNDED),
                edge(4, 0, 0, UNBOUNDED),
            ]
        };
        assert!(is_feasible(5, &table((3, 3))));
        assert!(!is_feasible(5, &table((2, 2))));
    }
}
