//! What everybody in a room may see of an item: the meet of the reader and all who attend, each decided now.

use diogel_domain::ids::{AgencyId, EventId};
use diogel_sharing::{
    groups::Groups,
    permit::{Disclosed, Permit},
    room,
};

use super::{Reader, Seen};
use crate::{
    fold::Folded,
    keys,
    rows::Item,
    store::{Store, StoreError},
    ties::Standing,
};

impl<S: Store> Folded<S> {
    /// The content of an item that the reader sees, narrowed to what every attending agency holds as well; none if one of them
    /// doesn't know that the item exists.
    pub fn see_in_room(
        &self,
        reader: &Reader,
        seen: &Seen,
        attending: &[AgencyId],
    ) -> Result<Option<Disclosed>, StoreError> {
        let Some(item) = self.item(seen.position)? else {
            return Ok(None);
        };
        // Whom a hidden tie gives it, nobody may find out by having them attend.
        let known = Item {
            ties: self.ties_known_to(reader, &item)?,
            ..item.clone()
        };
        let others = attending
            .iter()
            .map(|agency| groups_of(reader, &known, agency));
        let all = room::professionals(others.chain([seen.permit.groups()]));
        let Some(permit) = seen.permit.meet(all) else {
            return Ok(None);
        };
        self.disclosed(
            reader,
            &item,
            item.held_at(reader.number, reader.at()),
            &permit,
        )
    }

    /// The id of the event at a position: for telling a former holder what to remove.
    pub fn event_at(&self, position: u64) -> Result<Option<EventId>, StoreError> {
        let row = self.store.get(&keys::item(position))?;
        Ok(row
            .map(|row| postcard::from_bytes::<Item>(&row))
            .transpose()?
            .map(|item| item.event_id))
    }
}

/// What an agency holds of an item: now, and at the time that is asked about.
fn groups_of(reader: &Reader, item: &Item, agency: &AgencyId) -> Groups {
    let registry = reader.registry();
    let Some(number) = registry.number(agency) else {
        return Groups::NONE;
    };
    // Nobody knows who comes for it: what is withheld by name is not shown to unnamed people.
    let restricted = item.audience().is_some_and(|a| a.restricted_by_person);
    if restricted && agency != reader.agency() {
        return Groups::NONE;
    }
    let at = |moment| {
        let standing = Standing::of(item, number, moment);
        let permit = item.question(moment).and_then(|question| {
            let (rules, stored) = (registry.rules(), item.held_at(number, moment));
            Permit::for_read(rules, &question, agency, standing.relation(), stored)
        });
        permit.map_or(Groups::NONE, |permit| permit.groups())
    };
    at(reader.at()).meet(at(reader.now()))
}
