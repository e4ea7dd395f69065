//! What everybody in a room may see of an item: the meet of the reader and all who attend, each decided now; and what of that the
//! family may be told.

use diogel_domain::{
    content::{Content, Kind},
    ids::{AgencyId, EventId},
    people::Identifier,
};
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

/// A member of the family who attends: by all identifiers that are known of them. Without any, they may be anybody whom an event names.
pub type Member = Vec<Identifier>;

impl<S: Store> Folded<S> {
    /// The content of an item that the reader sees, narrowed to what every attending agency holds as well; none if one of them
    /// doesn't know that the item exists.
    pub fn see_in_room(
        &self,
        reader: &Reader,
        seen: &Seen,
        attending: &[AgencyId],
    ) -> Result<Option<Disclosed>, StoreError> {
        let Some(disclosed) = &seen.disclosed else {
            return Ok(None);
        };
        if attending.is_empty() {
            return Ok(Some(disclosed.clone()));
        }
        let Some(item) = self.undisclosed(seen)? else {
            return Ok(None);
        };
        let all = self.groups_in_room(reader, seen, item, attending)?;
        Ok(disclosed.narrowed(all))
    }

    /// What of it these members of the family may be told together, with these agencies at the table; none: nothing.
    pub fn tell_family(
        &self,
        reader: &Reader,
        seen: &Seen,
        attending: &[AgencyId],
        members: &[Member],
    ) -> Result<Option<Disclosed>, StoreError> {
        let (Some(disclosed), Some(item)) = (&seen.disclosed, self.undisclosed(seen)?) else {
            return Ok(None);
        };
        let (Some(audience), Some(matter)) =
            (item.audience().cloned(), item.kind.and_then(Kind::matter))
        else {
            return Ok(None);
        };
        let audience = &audience;
        let all = self.groups_in_room(reader, seen, item, attending)?;
        let told = members.iter().flat_map(|member| {
            let labels = labels_of(member, disclosed.content());
            if labels.is_empty() {
                return vec![room::family_unknown(all, matter, audience)];
            }
            let labels = labels.into_iter();
            labels
                .map(|label| room::family(all, matter, audience, Some(label)))
                .collect()
        });
        // The meet of nobody is empty.
        let told = disclosed.narrowed(room::professionals(told));
        Ok(told.and_then(Disclosed::for_family))
    }

    fn undisclosed(&self, seen: &Seen) -> Result<Option<Item>, StoreError> {
        match &seen.undisclosed {
            Some(row) => Ok(Some((*row.0).clone())),
            None => self.item(seen.position),
        }
    }

    fn groups_in_room(
        &self,
        reader: &Reader,
        seen: &Seen,
        item: Item,
        attending: &[AgencyId],
    ) -> Result<Groups, StoreError> {
        // Whom a hidden tie gives it, nobody may find out by having them attend.
        let known = Item {
            ties: self.ties_known_to(reader, &item)?,
            ..item
        };
        let others = attending
            .iter()
            .map(|agency| groups_of(reader, &known, agency));
        Ok(room::professionals(others.chain([seen.permit.groups()])))
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

/// The labels by which content names somebody.
fn labels_of<'c>(member: &Member, content: &'c Content) -> Vec<&'c str> {
    let people = content.people().iter().filter(|person| {
        let identity = person.identity.as_ref();
        let identifiers = identity.map_or(&[][..], |identity| &identity.identifiers);
        identifiers.iter().any(|own| member.contains(own))
    });
    people.map(|person| person.label.as_str()).collect()
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
    let now = at(reader.now());
    if reader.asked_as_of().is_none() {
        return now;
    }
    at(reader.at()).meet(now)
}
