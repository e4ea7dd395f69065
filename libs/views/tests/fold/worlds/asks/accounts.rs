//! Who gets what and why, and what is still to be taken.

use diogel_views::store::Store;

use super::Asks;
use crate::given::views::take_up_to;

impl<S: Store> Asks<'_, S> {
    pub(super) fn accounts(&mut self) {
        for event in &self.questions.events {
            let explained = self.views.explain(&self.reader, *event).unwrap();
            self.says(format_args!("explain {event} {explained:?}"));
            let seen = self.views.see_event(&self.reader, *event).unwrap();
            let known = seen.map(|seen| self.views.known_to(&self.reader, &seen).unwrap());
            self.says(format_args!("known {event} {known:?}"));
        }
        for size in [1, 100] {
            self.outstanding(size);
        }
    }

    fn outstanding(&mut self, size: usize) {
        let mut before = u64::MAX;
        while before > 0 {
            let mut page = Vec::new();
            let take = take_up_to(size, &mut page);
            let next = self.views.outstanding(&self.reader, before, take).unwrap();
            assert!(before == u64::MAX || !page.is_empty());
            let after = next.checked_sub(1).map(|at| self.event(at));
            self.says(format_args!("outstanding, {size} a page, next {after:?}"));
            for of in page {
                let state = self.state(of.told.state);
                let (event, agencies) = (of.told.event_id, of.agencies);
                self.says(format_args!("outstanding {event} {state} {agencies:?}"));
            }
            before = next;
        }
    }
}
