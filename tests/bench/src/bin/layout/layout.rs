//! The layouts as one type: folding a batch of events, and finding a person's newest visible events.

use crate::event::{Event, IdHash};
use crate::look::Seen;
use crate::options::Shape;
use crate::per_audience::{self, PerAudience};
use crate::shared::{Form, Shared};
use crate::store::{Outcome, Row, Snapshot};

/// A layout with what it keeps in memory between batches.
pub enum Layout {
    /// The naive baseline.
    PerAudience(PerAudience),
    /// Shared rows, with packed or single postings.
    Shared(Box<Shared>),
}

impl Layout {
    /// An empty view in the given shape.
    pub fn new(shape: Shape, sweep: u64) -> Self {
        match shape {
            Shape::PerAudience => Self::PerAudience(PerAudience::new()),
            Shape::Shared => Self::shared(Form::Packed, sweep),
            Shape::SharedInline => Self::shared(Form::Inline, sweep),
            Shape::SharedSplit => Self::shared(Form::Split, sweep),
        }
    }

    fn shared(form: Form, sweep: u64) -> Self {
        Self::Shared(Box::new(Shared::new(form, sweep)))
    }

    /// Folds a batch into rows, checkpoint included; answers how many of them are new.
    pub fn fold(
        &mut self,
        now: &dyn Snapshot,
        events: &[Event],
        rows: &mut Vec<Row>,
    ) -> Outcome<u64> {
        match self {
            Self::PerAudience(layout) => layout.fold(events, rows),
            Self::Shared(layout) => layout.fold(now, events, rows),
        }
    }

    /// The rows that a rebuild kept back; answers how many are new.
    pub fn finish(&mut self, now: &dyn Snapshot, rows: &mut Vec<Row>) -> Outcome<u64> {
        match self {
            Self::PerAudience(_) => Ok(0),
            Self::Shared(layout) => layout.index(now, rows),
        }
    }

    /// From now on every row is written with its batch.
    pub fn stop_sweeping(&mut self) {
        if let Self::Shared(layout) = self {
            layout.stop_sweeping();
        }
    }

    /// The newest events, at most `most`, that name the identifier and that the reader may see.
    pub fn find(
        &self,
        now: &dyn Snapshot,
        id: &IdHash,
        reader: u8,
        most: usize,
    ) -> Outcome<Vec<Seen>> {
        match self {
            Self::PerAudience(_) => per_audience::find(now, id, reader, most),
            Self::Shared(layout) => layout.find(now, id, reader, most),
        }
    }
}
