//! The index of people and places: keyed hashes of identifiers to where they occur. Identifiers themselves are sealed content;
//! the index holds hashes only, and says for each occurrence who may know of it.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{people::Identifier, times::Day};
use diogel_sharing::groups::{FieldGroup, Groups};
use ring::hmac;

use crate::{
    audiences::AgencySet,
    chunks,
    fold::Owed,
    keys::{self, Hashed},
    pending::Pending,
    rows::{Held, Item, Label, Posting},
    seeds::Occurrence,
    store::{Store, StoreError},
    ties::TiedBy,
};

/// The key of the index, and of the ids by which readers know people. Kept with the projection's secrets; another key means
/// another index, so the views are built anew with it.
#[derive(Clone)]
pub struct IndexKey(hmac::Key);

impl std::fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IndexKey")
    }
}

impl IndexKey {
    /// From 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// An identifier's hash.
    pub(crate) fn identifier(&self, identifier: &Identifier) -> Hashed {
        self.hash(b"identifier", &identifier.index_bytes())
    }

    /// What stands for a professional's name, as systems assert it: without regard to case and outer spaces.
    pub(crate) fn professional(&self, name: &str) -> Hashed {
        self.hash(b"professional", name.trim().to_lowercase().as_bytes())
    }

    /// What stands for a date of birth in a posting: it can be compared, not read.
    pub(crate) fn born(&self, born_on: Day) -> [u8; 8] {
        let hash = self.hash(b"born", &born_on.0.to_be_bytes());
        hash.first_chunk().copied().unwrap_or_default()
    }

    /// The id of a person for one reader alone: two readers can't compare theirs.
    pub(crate) fn reader_person(&self, reader: &str, anchor: &Hashed) -> String {
        let hashed = self.hash(b"reader", &[reader.as_bytes(), &[0], anchor].concat());
        hashed.iter().fold(String::with_capacity(32), |text, byte| {
            text + &format!("{byte:02x}")
        })
    }

    fn hash(&self, domain: &[u8], bytes: &[u8]) -> Hashed {
        let tag = hmac::sign(&self.0, &[domain, &[0], bytes].concat());
        let mut hash = Hashed::default();
        hash.iter_mut()
            .zip(tag.as_ref())
            .for_each(|(to, from)| *to = *from);
        hash
    }
}

/// What an item adds to the index: for each identifier's hash, its posting. A posting that nobody was given is left out. Who waits
/// to be told of a change keeps its place: it finds what it found before, as what it reads is what it read before.
pub(crate) fn postings(position: u64, item: &Item, waiting: &[Owed]) -> Vec<(Hashed, Posting)> {
    let mut held = item.history.last().cloned().unwrap_or_default();
    // What was owed first goes back furthest.
    for owed in waiting.iter().rev() {
        held.with(owed.agency, owed.before);
    }
    let people = holders(&held, FieldGroup::Identity);
    let places = holders(&held, FieldGroup::Place);
    let mut found: BTreeMap<(Hashed, Label), Posting> = BTreeMap::new();
    let mut add = |occurrence: Occurrence, agencies: AgencySet, door: AgencySet| {
        let posting = Posting {
            position,
            label: occurrence.label,
            agencies,
            door,
            pressing: item.seeds.pressing,
            others: occurrence.others,
            born: occurrence.born,
        };
        if !agencies.join(door).is_empty() {
            found.insert((occurrence.hash, occurrence.label), posting);
        }
    };
    for person in &item.seeds.people {
        person.occurrences().for_each(|found| {
            let door = at_the_door(item, &held, &found.hash);
            // Where somebody lives is for whoever may know both.
            let given = if found.is_where {
                people.meet(places)
            } else {
                people
            };
            add(found, given, door);
        });
    }
    for place in &item.seeds.places {
        add(place.occurrence(), places, AgencySet::NONE);
    }
    found
        .into_iter()
        .map(|((hash, _), posting)| (hash, posting))
        .collect()
}

fn holders(held: &Held, group: FieldGroup) -> AgencySet {
    let with = held.groups.iter().filter(|(groups, _)| groups.has(group));
    with.fold(AgencySet::NONE, |all, (_, agencies)| all.join(*agencies))
}

/// Who finds precautions by this very identifier: whoever gets them without knowing what of; and whoever claims to be involved with
/// whom it names, also where it knows more of the item, but not whom it is about. A claim opens what it named, and nothing by anybody
/// else who is in the item: not either where it is closed, and what it opened was given for good.
fn at_the_door(item: &Item, held: &Held, identifier: &Hashed) -> AgencySet {
    let (mut open, mut ever) = (AgencySet::NONE, AgencySet::NONE);
    for tie in &item.ties {
        if let TiedBy::Claim { named, .. } = &tie.by
            && named.contains(identifier)
        {
            ever = ever.with(tie.agency);
            if tie.span.until.is_none() {
                open = open.with(tie.agency);
            }
        }
    }
    let elsewhere = held.by_claim.without(ever);
    let at = held.groups.iter().map(|(groups, agencies)| {
        let anonymous = groups.has(FieldGroup::Precautions) && !groups.has(FieldGroup::Identity);
        match anonymous {
            true if *groups == Groups::PRECAUTIONS => agencies.without(elsewhere),
            true => agencies.meet(open),
            false => AgencySet::NONE,
        }
    });
    at.fold(AgencySet::NONE, AgencySet::join)
}

/// Adds an item's postings.
pub(crate) fn add<S: Store>(
    pending: &mut Pending<'_, S>,
    postings: &[(Hashed, Posting)],
) -> Result<(), StoreError> {
    for (hash, posting) in postings {
        chunks::append(pending, &keys::postings(hash), posting)?;
    }
    Ok(())
}

/// What an item had added to the index, and what it adds now.
pub(crate) struct Moved {
    pub position: u64,
    pub before: Vec<(Hashed, Posting)>,
    pub after: Vec<(Hashed, Posting)>,
}

/// Puts what items add now in the place of what they had added. Each identifier's postings are gone through once, for all the items
/// that name it; a posting that stays, for others than before, stays where it stands.
pub(crate) fn replace<S: Store>(
    pending: &mut Pending<'_, S>,
    moved: Vec<Moved>,
) -> Result<(), StoreError> {
    let mut by_hash: BTreeMap<Hashed, Replacing> = BTreeMap::new();
    for item in moved {
        if item.before == item.after {
            continue;
        }
        for (hash, _) in item.before {
            by_hash.entry(hash).or_default().from.insert(item.position);
        }
        for (hash, posting) in item.after {
            let of = by_hash.entry(hash).or_default();
            of.to.insert((posting.position, posting.label), posting);
        }
    }
    for (hash, mut replacing) in by_hash {
        if !replacing.from.is_empty() {
            replacing.in_place(pending, &hash)?;
        }
        for posting in replacing.to.values() {
            chunks::append(pending, &keys::postings(&hash), posting)?;
        }
    }
    Ok(())
}

/// One identifier's postings that are put in the place of others.
#[derive(Default)]
struct Replacing {
    /// Of these items.
    from: BTreeSet<u64>,
    /// By these.
    to: BTreeMap<(u64, Label), Posting>,
}

impl Replacing {
    /// What finds its place isn't left in `to`; what finds none there any more is removed.
    fn in_place<S: Store>(
        &mut self,
        pending: &mut Pending<'_, S>,
        hash: &Hashed,
    ) -> Result<(), StoreError> {
        for (key, row) in pending.scan(&keys::postings(hash))? {
            let mut entries: Vec<Posting> = chunks::decode(&row)?;
            let ours = |entry: &Posting| self.from.contains(&entry.position);
            if !entries.iter().any(ours) {
                continue;
            }
            entries.retain_mut(|entry| {
                if !self.from.contains(&entry.position) {
                    return true;
                }
                let to = self.to.remove(&(entry.position, entry.label));
                to.map(|to| *entry = to).is_some()
            });
            if entries.is_empty() {
                pending.remove(key);
            } else {
                pending.put(key, chunks::encode(&entries)?);
            }
        }
        Ok(())
    }
}

/// Every item that has one of these hashes.
pub(crate) fn positions<S: Store>(
    pending: &Pending<'_, S>,
    hashes: &BTreeSet<Hashed>,
) -> Result<BTreeSet<u64>, StoreError> {
    let mut found = BTreeSet::new();
    for hash in hashes {
        for row in pending.scan(&keys::postings(hash))?.into_values() {
            let entries: Vec<Posting> = chunks::decode(&row)?;
            found.extend(entries.into_iter().map(|posting| posting.position));
        }
    }
    Ok(found)
}

/// Removes what an item had added: after an erasure or a correction, nothing leads to it any more.
pub(crate) fn remove<S: Store>(
    pending: &mut Pending<'_, S>,
    position: u64,
    postings: &[(Hashed, Posting)],
) -> Result<(), StoreError> {
    for (hash, _) in postings {
        for (key, row) in pending.scan(&keys::postings(hash))? {
            let entries: Vec<Posting> = chunks::decode(&row)?;
            let kept: Vec<_> = entries.iter().filter(|e| e.position != position).collect();
            if kept.is_empty() {
                // Not even the hash stays.
                pending.remove(key);
            } else if kept.len() < entries.len() {
                pending.put(key, chunks::encode(&kept)?);
            }
        }
    }
    Ok(())
}
