//! Folds the load into a store, batch by batch, and stops at the bounds; then, where asked, goes on as a
//! live view does, in small batches.

use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use crate::event::{self, Draw, Event};
use crate::layout::Layout;
use crate::options::Options;
use crate::progress::Progress;
use crate::report::Report;
use crate::store::{Outcome, Row, Store};

/// Rows in one piece of a sweep.
const PIECE: usize = 20_000;

/// A load under way.
struct Load<'a> {
    options: &'a Options,
    draw: Draw,
    layout: Layout,
}

/// Loads every event; false when it gave up.
pub fn run(
    options: &Options,
    store: &mut dyn Store,
    folder: &Path,
    report: &mut Report,
) -> Outcome<bool> {
    let (draw, layout) = (
        Draw::new(options.seed),
        Layout::new(options.layout, options.sweep),
    );
    let mut load = Load {
        options,
        draw,
        layout,
    };
    let complete = load.rebuild(store, folder, report)?;
    if complete && options.live > 0 {
        load.live(store, report)?;
    }
    Ok(complete)
}

impl Load<'_> {
    fn rebuild(
        &mut self,
        store: &mut dyn Store,
        folder: &Path,
        report: &mut Report,
    ) -> Outcome<bool> {
        let mut progress = Progress::begin(self.options);
        let mut position = 0;
        while position < self.options.events {
            let end = (position + self.options.batch).min(self.options.events);
            let events = self.events(position..end);
            let mut rows = Vec::new();
            let mut new = self
                .layout
                .fold(store.read()?.as_ref(), &events, &mut rows)?;
            if end == self.options.events {
                new += self.layout.finish(store.read()?.as_ref(), &mut rows)?;
            }
            progress.count(&rows, new);
            write(rows, self.options.sweep > 0, store)?;
            position = end;
            if !report.loaded(&mut progress, position, folder)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Small batches on top of a loaded store: what one costs once the view is large.
    fn live(&mut self, store: &mut dyn Store, report: &mut Report) -> Outcome<()> {
        self.layout.stop_sweeping();
        let mut times = Vec::new();
        let end = self.options.events + self.options.live;
        for position in (self.options.events..end).step_by(self.options.live_batch as usize) {
            let events = self.events(position..(position + self.options.live_batch).min(end));
            let started = Instant::now();
            let mut rows = Vec::new();
            self.layout
                .fold(store.read()?.as_ref(), &events, &mut rows)?;
            write(rows, false, store)?;
            times.push(started.elapsed());
        }
        times.sort_unstable();
        report.lived(self.options.live, &times)
    }

    fn events(&mut self, positions: Range<u64>) -> Vec<Event> {
        let persons = self.options.persons();
        positions
            .map(|at| event::event(&mut self.draw, at, persons))
            .collect()
    }
}

/// Writes in key order: one batch, or, for a rebuild's sweep, pieces that keep the store's memory low.
fn write(mut rows: Vec<Row>, in_pieces: bool, store: &mut dyn Store) -> Outcome<()> {
    rows.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    if !in_pieces {
        return store.write(rows);
    }
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        store.write(rows.by_ref().take(PIECE).collect())?;
    }
    Ok(())
}
