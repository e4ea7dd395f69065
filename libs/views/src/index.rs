//! The index of people and places: keyed hashes of identifiers to where they occur. Identifiers themselves are sealed content;
//! the index holds hashes only, and says for each occurrence who may know of it.

use std::collections::BTreeMap;

use diogel_domain::{
    codes::IdentifierScheme,
    content::Content,
    people::{Identifier, Person, Place},
    times::Day,
};
use diogel_sharing::groups::FieldGroup;
use ring::hmac;

use crate::{
    audiences::AgencySet,
    chunks,
    keys::{self, Hashed},
    pending::Pending,
    rows::{Item, Label, Posting},
    store::{Store, StoreError},
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

    /// What stands for a date of birth in a posting: it can be compared, not read.
    fn born(&self, born_on: Day) -> [u8; 8] {
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

/// What an item adds to the index: for each identifier's hash, its posting. Made from the whole content, or from the item's copies
/// together: both answer the same, because a posting that nobody was given is left out.
pub(crate) fn postings(
    key: &IndexKey,
    position: u64,
    item: &Item,
    contents: &[Content],
) -> Vec<(Hashed, Posting)> {
    let people = holders(item, FieldGroup::Identity);
    let places = holders(item, FieldGroup::Place);
    let pressing = contents.iter().any(is_pressing);
    let mut found: BTreeMap<(Hashed, Label), Posting> = BTreeMap::new();
    let mut add = |(hash, label, others, born), agencies: AgencySet| {
        let posting = Posting {
            position,
            label,
            agencies,
            pressing,
            others,
            born,
        };
        if !agencies.is_empty() {
            found.insert((hash, label), posting);
        }
    };
    for content in contents {
        let of_people = content.people().iter().flat_map(|p| of_person(key, p));
        of_people.for_each(|occurrence| add(occurrence, people));
        let of_places = content.places().iter().filter_map(|p| of_place(key, p));
        of_places.for_each(|occurrence| add(occurrence, places));
    }
    found
        .into_iter()
        .map(|((hash, _), posting)| (hash, posting))
        .collect()
}

/// An identifier's hash, the label, the identifiers that it leads on to, the date of birth.
type Occurrence = (Hashed, Label, Vec<Hashed>, Option<[u8; 8]>);

fn of_person(key: &IndexKey, person: &Person) -> Vec<Occurrence> {
    let (Some(identity), Some(label)) = (&person.identity, Label::new(&person.label)) else {
        return Vec::new();
    };
    // A UPRN says where, not who: it finds, but it never makes one person of those who live there.
    let (where_, who): (Vec<&Identifier>, Vec<&Identifier>) = identity
        .identifiers
        .iter()
        .partition(|i| i.scheme == IdentifierScheme::Uprn);
    let who: Vec<Hashed> = who.into_iter().map(|i| key.identifier(i)).collect();
    let born = identity.born_on.map(|day| key.born(day));
    let others = |hash| who.iter().copied().filter(move |o| *o != hash).collect();
    let found_by = who.iter().map(|hash| (*hash, label, others(*hash), born));
    let found_at = where_
        .into_iter()
        .map(|i| (key.identifier(i), label, Vec::new(), None));
    found_by.chain(found_at).collect()
}

fn of_place(key: &IndexKey, place: &Place) -> Option<Occurrence> {
    let uprn = place.details.as_ref()?.uprn.as_ref()?;
    let label = Label::new(&place.label)?;
    Some((key.identifier(uprn), label, Vec::new(), None))
}

/// A pre-visit check has to read it.
fn is_pressing(content: &Content) -> bool {
    let danger = content
        .incident()
        .and_then(|r| r.safety.as_ref())
        .is_some_and(|s| s.danger_at_once);
    danger || content.hazard_alert().is_some()
}

fn holders(item: &Item, group: FieldGroup) -> AgencySet {
    let with = item.held.iter().filter(|(groups, _)| groups.has(group));
    with.fold(AgencySet::NONE, |all, (_, agencies)| all.join(*agencies))
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
