//! Who somebody is for the reader, what it knows of them, and the pre-visit check.

use diogel_domain::people::Identifier;
use diogel_views::store::Store;

use super::Asks;
use crate::given::{
    content::{local, uprn},
    random::{REFERENCES, UPRNS},
    views::checked,
};

impl<S: Store> Asks<'_, S> {
    pub(super) fn people(&mut self) {
        for identifiers in asked_for() {
            let about = self.views.about(&self.reader, &identifiers, false);
            let about = about.unwrap();
            let id = about.reader_person_id;
            self.says(format_args!("{identifiers:?} is {id:?}"));
            for (seen, labels) in &about.items {
                let event = seen.item.event_id;
                let groups = seen.permit.groups();
                self.says(format_args!("about {labels:?} {event} {groups:?}"));
            }
            let found = checked(self.views, &self.reader, &identifiers);
            self.says(format_args!("check {found:?}"));
        }
    }
}

/// Each identifier, and some together.
fn asked_for() -> Vec<Vec<Identifier>> {
    let mut asked: Vec<Vec<Identifier>> = REFERENCES.iter().map(|r| vec![local(r)]).collect();
    asked.extend(UPRNS.iter().map(|u| vec![uprn(u)]));
    asked.push(vec![local("T-1"), local("T-2"), uprn("100")]);
    asked.push(vec![uprn("200"), local("T-3"), local("T-1")]);
    asked
}
