//! Alerts about the people and places around the person of the meeting: the dog at home, the partner who threatened a worker.
//! And what their parents and carers need to take part. Found only by what everybody in the room may see, and nothing else:
//! another's incidents belong to another page (PRACTICE, section 5).

use std::collections::BTreeSet;

use diogel_contract::refusal::Refusal;
use diogel_domain::{
    codes::PersonRole,
    content::Matter,
    ids::EventId,
    people::{Identifier, Person, Place},
};
use diogel_summary::Source;
use diogel_views::{
    Folded, Reader,
    read::{About, Found},
    store::Store,
};

use crate::reading::broken;

/// So many identifiers of people and places around a person are searched by; a household has a dozen or two.
const IDENTIFIERS: usize = 64;

/// So many identifiers of parents and carers.
const CARERS: usize = 16;

/// Alerts around the person that none of these sources is yet. Their labels name somebody else, so they come without.
pub(super) fn alerts<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    sources: &[Source],
) -> Result<About, Refusal> {
    let identifiers: Vec<Identifier> = around(sources).into_iter().take(IDENTIFIERS).collect();
    let found = views.found(reader, &identifiers, true).map_err(broken)?;
    others(found.only(&[Matter::HazardAlert]), sources)
}

/// Those that no source is yet, without labels.
fn others<S: Store>(found: Found<'_, S>, sources: &[Source]) -> Result<About, Refusal> {
    let known: BTreeSet<EventId> = sources.iter().map(|s| s.event_id).collect();
    let mut about = About::default();
    for found in found {
        let (seen, _) = found.map_err(broken)?;
        if !known.contains(&seen.item.event_id) {
            about.items.push((seen, Vec::new()));
        }
    }
    Ok(about)
}

/// What parents and carers need to take part, and which advocacy they were offered.
pub(super) fn needs<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    sources: &[Source],
) -> Result<About, Refusal> {
    let carers = sources.iter().flat_map(|source| {
        let people = source.disclosed.content().people().iter();
        let carers = people.filter(|p| p.role == PersonRole::ParentOrCarer && is_around(source, p));
        carers.filter_map(|p| p.identity.as_ref())
    });
    let identifiers: BTreeSet<Identifier> =
        carers.flat_map(|i| i.identifiers.iter().cloned()).collect();
    let identifiers: Vec<Identifier> = identifiers.into_iter().take(CARERS).collect();
    let found = views.found(reader, &identifiers, false).map_err(broken)?;
    let needs = [Matter::EngagementNeeds, Matter::Advocacy];
    others(found.only(&needs), sources)
}

fn around(sources: &[Source]) -> BTreeSet<Identifier> {
    let mut found = BTreeSet::new();
    for source in sources {
        let content = source.disclosed.content();
        let people = content.people().iter().filter(|p| is_around(source, p));
        let identities = people.filter_map(|p| p.identity.as_ref());
        found.extend(identities.flat_map(|i| i.identifiers.iter().cloned()));
        found.extend(content.places().iter().filter_map(uprn));
    }
    found
}

/// Whoever lives or acts around the person. Another child, and whoever is merely named, has a page of their own.
fn is_around(source: &Source, person: &Person) -> bool {
    let role = match person.role {
        PersonRole::ParentOrCarer
        | PersonRole::Partner
        | PersonRole::HouseholdMember
        | PersonRole::WhoseBehaviour => true,
        PersonRole::ChildAtRisk
        | PersonRole::AdultAtRisk
        | PersonRole::SuspectedVictim
        | PersonRole::Other => false,
    };
    role && !source.labels.contains(&person.label)
}

fn uprn(place: &Place) -> Option<Identifier> {
    place.details.as_ref().and_then(|d| d.uprn.clone())
}
