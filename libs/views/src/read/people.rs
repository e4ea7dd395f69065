//! Finding a person or place, as one reader may: the connected component of strong identifiers over the items that this reader
//! may see, computed anew for each question. A conflict of dates of birth keeps two records apart.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{codes::IdentifierScheme, content::Matter, ids::EventId, people::Identifier};
use diogel_sharing::{groups::FieldGroup, permit::Disclosed};

use super::{Reader, Seen, Wanted};
use crate::{
    chunks,
    fold::Folded,
    keys::{self, Hashed},
    rows::{Label, Posting},
    spread,
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
        let mut search = Search::new(self, reader);
        let components = search.components(identifiers)?;
        let mut about = About::default();
        for component in &components {
            if about.reader_person_id.is_none() {
                let anchor = search.anchor(component)?;
                about.reader_person_id =
                    anchor.map(|hash| self.index.reader_person(reader.agency.as_str(), &hash));
            }
        }
        let mut found = search.found(components, pressing);
        found.wanted.for_others = true;
        about.items = found.all()?;
        Ok(about)
    }

    /// The same items, each opened only when it is its turn: a page opens no more than it holds (P12).
    pub fn found<'a>(
        &'a self,
        reader: &'a Reader,
        identifiers: &[Identifier],
        pressing: bool,
    ) -> Result<Found<'a, S>, StoreError> {
        let mut search = Search::new(self, reader);
        let components = search.components(identifiers)?;
        Ok(search.found(components, pressing))
    }
}

/// Items about somebody, newest first, with the labels by which each names the person or place.
pub struct Found<'a, S> {
    views: &'a Folded<S>,
    reader: &'a Reader,
    labels: BTreeMap<u64, BTreeSet<By>>,
    wanted: Wanted<'a>,
}

/// A label, and whether it was found by where somebody is: then that has to be visible too.
type By = (Label, bool);

impl<'a, S: Store> Found<'a, S> {
    /// Of these alone; the rest isn't opened.
    #[must_use]
    pub fn only(self, matters: &'a [Matter]) -> Self {
        let wanted = Wanted {
            matters: Some(matters),
            ..self.wanted
        };
        Self { wanted, ..self }
    }

    /// All of them, in their order, at once.
    fn all(&self) -> Result<Vec<(Seen, Vec<String>)>, StoreError> {
        let items: Vec<_> = self.labels.iter().rev().collect();
        let named = spread::each(&items, |(position, labels)| self.named(**position, labels))?;
        Ok(named.into_iter().flatten().collect())
    }

    /// Goes on after an event, and answers it as it would have come; none: it isn't one of these items, or the reader doesn't see
    /// it any more.
    pub fn skip_to(&mut self, event: EventId) -> Result<Option<Seen>, StoreError> {
        let Some(position) = self.views.position(event)? else {
            return Ok(None);
        };
        let labels = self.labels.split_off(&position).remove(&position);
        let named = labels.map_or(Ok(None), |labels| self.named(position, &labels))?;
        Ok(named.map(|(seen, _)| seen))
    }

    /// The item at a position with those of the labels that the reader may see.
    fn named(
        &self,
        position: u64,
        labels: &BTreeSet<By>,
    ) -> Result<Option<(Seen, Vec<String>)>, StoreError> {
        let seen = self.views.see_of(self.reader, position, self.wanted)?;
        Ok(seen.and_then(|seen| {
            let named = Named::of(&seen);
            let shown = labels.iter().filter(|by| named.shows(**by));
            let labels: BTreeSet<String> = shown.map(|(label, _)| label.text()).collect();
            (!labels.is_empty()).then(|| (seen, labels.into_iter().collect()))
        }))
    }
}

impl<S: Store> Iterator for Found<'_, S> {
    type Item = Result<(Seen, Vec<String>), StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((position, labels)) = self.labels.pop_last() {
            if let Some(named) = self.named(position, &labels).transpose() {
                return Some(named);
            }
        }
        None
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

/// Of whom, and of where, disclosed content really tells: the group wasn't withdrawn since it was indexed.
#[derive(Default)]
struct Named {
    labels: BTreeSet<String>,
    /// Where they are, too.
    places: bool,
}

impl Named {
    fn of(seen: &Seen) -> Self {
        let content = seen.disclosed.iter().map(Disclosed::content);
        let labels = content.flat_map(|content| {
            let people = content.people().iter().filter(|p| p.identity.is_some());
            let places = content.places().iter().filter(|p| p.details.is_some());
            let people = people.map(|person| person.label.clone());
            people.chain(places.map(|place| place.label.clone()))
        });
        let groups = seen.disclosed.as_ref().map(Disclosed::groups);
        Self {
            labels: labels.collect(),
            places: groups.is_some_and(|groups| groups.has(FieldGroup::Place)),
        }
    }

    fn shows(&self, (label, by_where): By) -> bool {
        self.labels.contains(&label.text()) && (self.places || !by_where)
    }
}

/// The identifiers that belong together for this reader.
#[derive(Default)]
struct Component {
    /// What was asked for says where.
    by_where: bool,
    known: BTreeSet<Hashed>,
    /// Where each occurs.
    occurrences: Vec<(Hashed, Posting)>,
    /// The date of birth, as the index stands for it.
    born: Option<[u8; 8]>,
}

struct Search<'a, S> {
    views: &'a Folded<S>,
    reader: &'a Reader,
    /// Whom each opened item names, and not what it says: there may be very many of them.
    named: BTreeMap<u64, Named>,
}

impl<'a, S: Store> Search<'a, S> {
    const fn new(views: &'a Folded<S>, reader: &'a Reader) -> Self {
        Self {
            views,
            reader,
            named: BTreeMap::new(),
        }
    }

    fn components(&mut self, identifiers: &[Identifier]) -> Result<Vec<Component>, StoreError> {
        let asked = identifiers.iter();
        asked
            .map(|identifier| {
                let by_where = identifier.scheme == IdentifierScheme::Uprn;
                self.component(self.views.index.identifier(identifier), by_where)
            })
            .collect()
    }

    fn found(self, components: Vec<Component>, pressing: bool) -> Found<'a, S> {
        let mut labels: BTreeMap<u64, BTreeSet<By>> = BTreeMap::new();
        for component in components {
            let occurrences = component.occurrences.into_iter();
            for (_, posting) in occurrences.filter(|(_, posting)| posting.pressing || !pressing) {
                let of_item = labels.entry(posting.position).or_default();
                of_item.insert((posting.label, component.by_where));
            }
        }
        Found {
            views: self.views,
            reader: self.reader,
            labels,
            wanted: Wanted::ALL,
        }
    }

    /// The reader may see, now, who or where the posting's label is.
    fn names(&mut self, posting: &Posting, by_where: bool) -> Result<bool, StoreError> {
        let by = (posting.label, by_where);
        if let Some(named) = self.named.get(&posting.position) {
            return Ok(named.shows(by));
        }
        let seen = self.views.see(self.reader, posting.position)?;
        let named = seen.as_ref().map(Named::of).unwrap_or_default();
        let found = named.shows(by);
        self.named.insert(posting.position, named);
        Ok(found)
    }

    /// Grows a component from one identifier over what the reader may see.
    fn component(&mut self, asked: Hashed, by_where: bool) -> Result<Component, StoreError> {
        let mut component = Component {
            by_where,
            ..Component::default()
        };
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
        Ok(!(widens || speaks) || self.names(posting, component.by_where)?)
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
            if self.names(posting, component.by_where)? {
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
