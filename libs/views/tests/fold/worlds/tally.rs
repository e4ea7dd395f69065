//! What was compared, so that the test can't be true of nothing.

use std::collections::BTreeMap;

use diogel_domain::content::Kind;
use diogel_views::FoldInput;

use super::{asks::Answers, difference::Sort, history::kind, pair::Pair};

/// Counts over many pairs.
#[derive(Debug, Default)]
pub struct Tally {
    /// Pairs of worlds, by what differs.
    pub pairs: BTreeMap<Sort, usize>,
    /// Hidden events that were left out, or said something else, by kind.
    pub hidden: BTreeMap<Option<Kind>, usize>,
    /// Lines that were the same.
    pub lines: usize,
    /// Lines in which the reader was shown something.
    pub shown: usize,
    /// Pairs that were compared in a room with somebody else too.
    pub rooms: usize,
    /// What a reader noticed, told.
    pub faults: Vec<String>,
}

impl Tally {
    pub fn add(&mut self, pair: &Pair, answers: &Answers, lines: usize, rooms: usize) {
        let difference = &pair.difference;
        *self.pairs.entry(difference.sort).or_default() += 1;
        let edited = difference.edits.iter().map(|edit| &edit.becomes);
        let left_out = pair
            .one
            .iter()
            .filter(|i| difference.left_out.contains(&i.event_id));
        for hidden in left_out.chain(edited) {
            *self.hidden.entry(kind_of(hidden)).or_default() += 1;
        }
        self.lines += lines;
        let shown = answers.0.iter();
        self.shown += shown.filter(|(_, line)| line.contains("Seen {")).count();
        self.rooms += usize::from(rooms > 0);
    }

    pub fn join(mut self, other: Self) -> Self {
        for (sort, count) in other.pairs {
            *self.pairs.entry(sort).or_default() += count;
        }
        for (kind, count) in other.hidden {
            *self.hidden.entry(kind).or_default() += count;
        }
        self.lines += other.lines;
        self.shown += other.shown;
        self.rooms += other.rooms;
        self.faults.extend(other.faults);
        self
    }

    pub fn cases(&self) -> usize {
        self.pairs.values().sum()
    }

    /// Fails where some sort of difference, or some kind of event, was hardly there.
    pub fn proves_something(&self, at_least: usize) {
        for sort in Sort::ALL {
            let pairs = self.pairs.get(&sort).copied().unwrap_or_default();
            assert!(pairs >= at_least, "{pairs} pairs of {sort:?}: {self:#?}");
        }
        for kind in Kind::ALL.iter().filter(|kind| can_be_hidden(**kind)) {
            let hidden = self.hidden.get(&Some(*kind)).copied().unwrap_or_default();
            assert!(hidden >= at_least, "{hidden} hidden {kind:?}: {self:#?}");
        }
        let cases = self.cases();
        assert!(
            self.shown > cases && self.rooms > at_least && self.lines > 100 * cases,
            "{self:#?}"
        );
    }
}

fn kind_of(input: &FoldInput) -> Option<Kind> {
    kind(input)
}

/// Rules are told to everybody; these stories correct no escalation and know nothing of keys.
const fn can_be_hidden(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::BoardEvent
            | Kind::ProtocolSigned
            | Kind::ProtocolLeft
            | Kind::KeyNamed
            | Kind::EpochOpened
            | Kind::EscalationCorrected
    )
}
