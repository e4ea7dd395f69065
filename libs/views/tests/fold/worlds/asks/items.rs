//! The list, its pages, the watch's log, and each event for itself, alone and in a room with others.

use std::ops::ControlFlow;

use diogel_domain::{content::Matter, ids::EventId, lifecycle::alert::Awaited};
use diogel_views::{Seen, Which, rows::ItemState, store::Store};

use super::Asks;
use crate::given::views::newest;

impl<S: Store> Asks<'_, S> {
    pub(super) fn items(&mut self) {
        self.log();
        for size in [2, 100] {
            self.pages(size);
        }
        self.of_each_kind();
        for event in &self.questions.events {
            self.item(*event);
        }
    }

    fn log(&mut self) {
        let last = self.views.last_change(&self.reader).unwrap();
        self.says(format_args!("last change {last}"));
        let changes = self.views.changes(&self.reader, 0, usize::MAX).unwrap();
        for (number, change) in &changes {
            let told = self.views.told(&self.reader, change.position).unwrap();
            let told = told.map(|told| self.state(told.state));
            let event = self.event(change.position);
            self.says(format_args!(
                "change {number} {event} {:?}, told {told:?}",
                change.kind
            ));
        }
        for after in [1, last / 2, last] {
            let some = self.views.changes(&self.reader, after, 2).unwrap();
            let numbers: Vec<u64> = some.iter().map(|(number, _)| *number).collect();
            self.says(format_args!("after {after} {numbers:?}"));
        }
    }

    fn pages(&mut self, size: usize) {
        let mut before = u64::MAX;
        while before > 0 {
            let (page, next) = newest(self.views, &self.reader, before, size);
            // A page that a token leads to tells of what wasn't told on it, if it is empty.
            assert!(before == u64::MAX || !page.is_empty());
            let events: Vec<EventId> = page.iter().map(|seen| seen.item.event_id).collect();
            self.says(format_args!("page of {size}, next {next}: {events:?}"));
            before = next;
        }
    }

    fn of_each_kind(&mut self) {
        let courses = [Matter::HazardAlert, Matter::Escalation].map(Which::of);
        let each = Matter::ALL.iter().map(|matter| Which::of(*matter));
        let each = each.chain(courses.map(Which::open));
        let each = each.chain(courses.map(|which| which.open().own()));
        let each = each.chain(Awaited::ALL.iter().map(|what| Which::awaiting(*what)));
        for which in each.chain([Which::ALL.own()]).collect::<Vec<_>>() {
            let last = self.views.last_of(&self.reader, which).unwrap();
            let mut listed = Vec::new();
            let take = |seen: Seen| {
                listed.push(seen.item.event_id);
                ControlFlow::Continue(())
            };
            let next = self.views.newest(&self.reader, u64::MAX, which, take);
            assert_eq!(next.unwrap(), 0);
            // The end of what is open is a place in the order of all.
            let last = (!which.open).then_some(last);
            self.says(format_args!("{which:?}, last {last:?}: {listed:?}"));
        }
    }

    fn item(&mut self, event: EventId) {
        let seen = self.views.see_event(&self.reader, event).unwrap();
        let said = seen.as_ref().map(|seen| self.seen(seen));
        self.says(format_args!("event {event} {said:?}"));
        let position = self.positions.get(&event).copied();
        let told = position.and_then(|at| self.views.told(&self.reader, at).unwrap());
        let told = told.map(|told| self.state(told.state));
        self.says(format_args!("told of {event} {told:?}"));
        if let Some(seen) = seen {
            self.rooms(&seen);
        }
    }

    fn rooms(&mut self, seen: &Seen) {
        let companions = &self.questions.companions;
        let own = self.questions.reader.clone();
        for room in [&[][..], &companions[..1], &companions[..], &[own]] {
            let shown = self.views.see_in_room(&self.reader, seen, room).unwrap();
            let others = room.iter().filter(|id| **id != self.questions.reader);
            let others: Vec<_> = others.cloned().collect();
            self.says_in(
                &others,
                format_args!("{} with {others:?}: {shown:?}", seen.item.event_id),
            );
        }
    }

    /// All that an answer says, but for positions.
    pub(super) fn seen(&self, seen: &Seen) -> String {
        assert_eq!(self.event(seen.position), seen.item.event_id);
        let state = self.state(seen.item.state);
        let mut seen = seen.clone();
        (seen.position, seen.item.state) = (0, ItemState::Current);
        format!("{state} {seen:?}")
    }
}
