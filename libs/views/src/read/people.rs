//! Finding a person or place, as one reader may: the connected component of strong identifiers over the items that this reader
//! may see, computed anew for each question. A conflict of dates of birth keeps two records apart.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{codes::IdentifierScheme, people::Identifier};
use diogel_sharing::{groups::FieldGroup, permit::Disclosed};

use super::{Reader, Seen};
use crate::{
    chunks,
    fold::Folded,
    keys::{self, Hashed},
    rows::{Label, Posting},
    store::{Store, StoreError},
};

/// A component grows to at most so many identifiers; a real person has a handful.
const MOST_IDENTIFIERS: usize = 64;

/// What a reader may find about the people and places of a question.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Items, newest first, with the labels by which each names the person or place.
    pub items: Vec<(Seen, Vec<String>)>,
    /// The person's id for this reader alone, of the first person that was found; none if there is none.
    pub reader_person_id: Option<String>,
}

impl<S: Store> Folded<S> {
    /// Everything that the reader may know about whoever or whatever has one of these identifiers. `pressing`: only what a
    /// pre-visit check has to read. Each identifier is searched for itself: a household's are of several people.
    pub fn about(
        &self,
        reader: &Reader,
        identifiers: &[Identifier],
        pressing: bool,
    ) -> Result<About, StoreError> {
        let mut search = Search {
            views: self,
            reader,
            seen: BTreeMap::new(),
            is_where: false,
        };
        let mut about = About::default();
        let mut found: BTreeMap<u64, BTreeSet<Label>> = BTreeMap::new();
        for identifier in identifiers {
            search.is_where = identifier.scheme == IdentifierScheme::Uprn;
            let component = search.component(self.index.identifier(identifier))?;
            if about.reader_person_id.is_none() {
                let anchor = search.anchor(&component)?;
                about.reader_person_id =
                    anchor.map(|hash| self.index.reader_person(reader.agency.as_str(), &hash));
            }
            for (_, posting) in component.occurrences {
                let is_found = !search.is_where || search.names(&posting)?;
                if is_found && (posting.pressing || !pressing) {
                    let labels = found.entry(posting.position).or_default();
                    labels.insert(posting.label);
                }
            }
        }
        for (position, labels) in found.into_iter().rev() {
            about.items.extend(search.named(position, &labels)?);
        }
        Ok(about)
    }
}

impl<S: Store> Folded<S> {
    /// Where these very identifiers occur in items of which the reader gets precautions alone, with their labels. Nothing leads
    /// on from there: a claim opens what it names.
    pub(crate) fn doors(
        &self,
        reader: &Reader,
        identifiers: &[Identifier],
    ) -> Result<BTreeMap<u64, BTreeSet<String>>, StoreError> {
        let mut found: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
        for identifier in identifiers {
            let prefix = keys::postings(&self.index.identifier(identifier));
            for (_, row) in self
                .store
                .scan(&prefix, &keys::after(&prefix), usize::MAX)?
            {
                let entries: Vec<Posting> = chunks::decode(&row)?;
                let open = |posting: &&Posting| posting.pressing && posting.door.has(reader.number);
                for posting in entries.iter().filter(open) {
                    let labels = found.entry(posting.position).or_default();
                    labels.insert(posting.label.text());
                }
            }
        }
        Ok(found)
    }
}

/// The disclosed content really shows who or where the label is: the group wasn't withdrawn since it was indexed.
fn names(seen: &Seen, label: Label) -> bool {
    let Some(disclosed) = &seen.disclosed else {
        return false;
    };
    let (content, label) = (disclosed.content(), label.text());
    let mut people = content.people().iter();
    let mut places = content.places().iter();
    people.any(|p| p.label == label && p.identity.is_some())
        || places.any(|p| p.label == label && p.details.is_some())
}

/// The identifiers that belong together for this reader.
#[derive(Default)]
struct Component {
    known: BTreeSet<Hashed>,
    /// Where each occurs.
    occurrences: Vec<(Hashed, Posting)>,
    /// The date of birth, as the index stands for it.
    born: Option<[u8; 8]>,
}

struct Search<'a, S> {
    views: &'a Folded<S>,
    reader: &'a Reader,
    seen: BTreeMap<u64, Option<Seen>>,
    /// What is searched for says where: that has to be visible too.
    is_where: bool,
}

impl<S: Store> Search<'_, S> {
    fn see(&mut self, position: u64) -> Result<Option<&Seen>, StoreError> {
        if !self.seen.contains_key(&position) {
            let seen = self.views.see(self.reader, position)?;
            self.seen.insert(position, seen);
        }
        Ok(self.seen.get(&position).and_then(Option::as_ref))
    }

    /// The reader may see, now, who or where the posting's label is.
    fn names(&mut self, posting: &Posting) -> Result<bool, StoreError> {
        let is_where = self.is_where;
        let seen = self.see(posting.position)?;
        Ok(seen.is_some_and(|seen| {
            let place = |disclosed: &Disclosed| disclosed.groups().has(FieldGroup::Place);
            names(seen, posting.label) && (!is_where || seen.disclosed.as_ref().is_some_and(place))
        }))
    }

    /// The item at a position with those of the labels that the reader may see.
    fn named(
        &mut self,
        position: u64,
        labels: &BTreeSet<Label>,
    ) -> Result<Option<(Seen, Vec<String>)>, StoreError> {
        self.see(position)?;
        let seen = self.seen.remove(&position).flatten();
        Ok(seen.and_then(|seen| {
            let shown = labels.iter().filter(|label| names(&seen, **label));
            let shown: Vec<String> = shown.map(|label| label.text()).collect();
            (!shown.is_empty()).then_some((seen, shown))
        }))
    }

    /// Grows a component from one identifier over what the reader may see.
    fn component(&mut self, asked: Hashed) -> Result<Component, StoreError> {
        let mut component = Component::default();
        let mut open = vec![asked];
        while let Some(hash) = open.pop() {
            if component.known.len() >= MOST_IDENTIFIERS || !component.known.insert(hash) {
                continue;
            }
            for posting in self.postings(&hash)? {
                if !self.counts(&component, &posting)? {
                    continue;
                }
                let conflict =
                    matches!((component.born, posting.born), (Some(a), Some(b)) if a != b);
                if !conflict {
                    component.born = component.born.or(posting.born);
                    open.extend(&posting.others);
                }
                // What was asked for is never kept back; what was only reached may be somebody else's.
                if !conflict || hash == asked {
                    component.occurrences.push((hash, posting));
                }
            }
        }
        Ok(component)
    }

    /// Whatever would widen the component or speak for or against it has to be visible now. The rest is looked at when it is
    /// shown: a check needn't open everything that was ever said of somebody.
    fn counts(&mut self, component: &Component, posting: &Posting) -> Result<bool, StoreError> {
        let mut others = posting.others.iter();
        let widens = others.any(|other| !component.known.contains(other));
        let speaks = posting.born.is_some() && posting.born != component.born;
        Ok(!(widens || speaks) || self.names(posting)?)
    }

    /// The identifier that a person's id is made from: the first, by hash, that the reader may see now.
    fn anchor(&mut self, component: &Component) -> Result<Option<Hashed>, StoreError> {
        let mut people: Vec<_> = component
            .occurrences
            .iter()
            .filter(|(_, posting)| posting.label.is_person())
            .collect();
        people.sort_by_key(|(hash, _)| *hash);
        for (hash, posting) in people {
            if self.names(posting)? {
                return Ok(Some(*hash));
            }
        }
        Ok(None)
    }

    /// The identifier's occurrences that the reader was given.
    fn postings(&self, hash: &Hashed) -> Result<Vec<Posting>, StoreError> {
        let prefix = keys::postings(hash);
        let end = keys::after(&prefix);
        let mut found = Vec::new();
        for (_, row) in self.views.store.scan(&prefix, &end, usize::MAX)? {
            let entries: Vec<Posting> = chunks::decode(&row)?;
            let given = |posting: &Posting| posting.agencies.has(self.reader.number);
            found.extend(entries.into_iter().filter(given));
        }
        // Deciding again moves a posting to the end: the answer must not show it.
        found.sort_by_key(|posting| (posting.position, posting.label));
        Ok(found)
    }
}
