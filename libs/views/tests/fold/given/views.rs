//! When and then: folding a story, and looking into what came of it.

use std::{ops::ControlFlow, sync::Arc};

use diogel_domain::{ids::EventId, people::Identifier, times::Moment};
use diogel_views::{
    CopyKeys, FoldInput, Folded, IndexKey, Reader, Seen, Which,
    check::Finding,
    read::About,
    rows::{ChangeKind, FoldOutcome, Item},
    store::{MemoryStore, Row, Store, StoreError, Write},
};

use super::{Story, agency, keys::Keys};

/// A store that the test can look into beside the view.
#[derive(Clone, Default)]
pub struct Shared(Arc<MemoryStore>);

impl Shared {
    pub fn rows(&self) -> Vec<Row> {
        self.0.scan(&[], &[u8::MAX; 8], usize::MAX).unwrap()
    }

    /// Some row holds these bytes.
    pub fn holds(&self, text: &str) -> bool {
        let found = |bytes: &[u8]| bytes.windows(text.len()).any(|w| w == text.as_bytes());
        self.rows()
            .iter()
            .any(|(key, value)| found(key) || found(value))
    }
}

impl Store for Shared {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.get(key)
    }
    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Vec<Row>, StoreError> {
        self.0.scan(from, to, limit)
    }
    fn last(&self, from: &[u8], to: &[u8]) -> Result<Option<Row>, StoreError> {
        self.0.last(from, to)
    }
    fn write(&self, batch: Vec<Write>) -> Result<(), StoreError> {
        self.0.write(batch)
    }
}

pub fn key() -> IndexKey {
    IndexKey::new(&[7; 32])
}

pub fn empty<S: Store>(store: S) -> Folded<S> {
    empty_with(store, Keys::default())
}

pub fn empty_with<S: Store>(store: S, keys: impl CopyKeys + 'static) -> Folded<S> {
    Folded::open(store, key(), Box::new(keys)).unwrap()
}

/// Folds everything in one batch.
pub fn folded(inputs: &[FoldInput]) -> Folded<Shared> {
    let views = empty(Shared::default());
    views.fold(inputs).unwrap();
    sweep(&views);
    views
}

/// Carries every change of the rules through.
pub fn sweep<S: Store>(views: &Folded<S>) {
    while views.sweep(7).unwrap() {}
}

/// Folds in batches of these sizes, over and over.
pub fn folded_in(inputs: &[FoldInput], sizes: &[usize]) -> Folded<Shared> {
    let views = empty(Shared::default());
    in_batches(&views, inputs, sizes);
    views
}

pub fn in_batches<S: Store>(views: &Folded<S>, mut rest: &[FoldInput], sizes: &[usize]) {
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            return sweep(views);
        }
        // However far a sweep has come when the next event arrives, the outcome is the same.
        views.sweep(*size as u64).unwrap();
        let (batch, more) = rest.split_at((*size).clamp(1, rest.len()));
        views.fold(batch).unwrap();
        rest = more;
    }
}

/// None: two swept views say the same. Otherwise the first item that differs, cut short.
pub fn differing(one: &Shared, other: &Shared) -> Option<String> {
    if empty(one.clone()).digest().unwrap() == empty(other.clone()).digest().unwrap() {
        return None;
    }
    let items = |of: &Shared| of.scan(b"I", b"J", usize::MAX).unwrap();
    let said = items(one)
        .into_iter()
        .zip(items(other))
        .find_map(|(one, other)| {
            let [one, other] = [one.1, other.1].map(|row| item_of(&row));
            let at = one.iter().zip(&other).position(|(a, b)| a != b)?;
            Some(format!("item {}: {} / {}", one[0], one[at], other[at]))
        });
    let said = said.unwrap_or_else(|| "no item, but something else".to_owned());
    Some(said.chars().take(300).collect())
}

/// What the digest has of an item, part by part.
fn item_of(row: &[u8]) -> Vec<String> {
    let item: Item = postcard::from_bytes(row).unwrap();
    let held = item.history.last().map(|held| &held.groups);
    vec![
        format!("{} {:?} {:?}", item.event_id, item.kind, item.originator),
        format!("{:?}", item.effect),
        format!("{:?}", item.state),
        format!("{held:?}"),
        format!("{:?}", item.changes),
        format!("{item:?}")
            .split_once("copies")
            .map_or_else(String::new, |(_, c)| c.to_owned()),
        format!("{item:?}")
            .split_once("acknowledged")
            .map_or_else(String::new, |(_, c)| {
                c.split_once("decided_to")
                    .map_or_else(String::new, |(a, _)| a.to_owned())
            }),
    ]
}

/// What one agency sees at the story's end.
pub struct Eyes<'v> {
    pub views: &'v Folded<Shared>,
    pub reader: Reader,
}

pub fn eyes<'v>(views: &'v Folded<Shared>, of: &str, now: Moment) -> Eyes<'v> {
    let reader = views.reader(&agency(of), now).unwrap();
    Eyes { views, reader }
}

/// None: it is suspended.
pub fn eyes_if_active<'v>(views: &'v Folded<Shared>, of: &str, now: Moment) -> Option<Eyes<'v>> {
    let reader = views.reader(&agency(of), now)?;
    Some(Eyes { views, reader })
}

impl Eyes<'_> {
    pub fn see(&self, event: EventId) -> Option<Seen> {
        self.views.see_event(&self.reader, event).unwrap()
    }

    pub fn about(&self, identifiers: &[Identifier]) -> About {
        self.views.about(&self.reader, identifiers, false).unwrap()
    }

    /// The events about somebody, newest first.
    pub fn events_about(&self, identifiers: &[Identifier]) -> Vec<EventId> {
        let about = self.about(identifiers);
        about
            .items
            .iter()
            .map(|(seen, _)| seen.item.event_id)
            .collect()
    }

    pub fn check(&self, identifiers: &[Identifier]) -> Vec<Finding> {
        checked(self.views, &self.reader, identifiers)
    }

    /// Events on the first page of the list.
    pub fn list(&self) -> Vec<EventId> {
        let page = newest(self.views, &self.reader, u64::MAX, 100);
        page.0.iter().map(|seen| seen.item.event_id).collect()
    }

    /// The view's changes, by event.
    pub fn changes(&self, story: &Story) -> Vec<(u64, EventId, ChangeKind)> {
        let changes = self.views.changes(&self.reader, 0, usize::MAX).unwrap();
        let event = |position: u64| {
            story
                .inputs
                .iter()
                .find(|i| i.position == position)
                .unwrap()
                .event_id
        };
        changes
            .into_iter()
            .map(|(number, change)| (number, event(change.position), change.kind))
            .collect()
    }
}

/// All findings of a check.
pub fn checked<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    identifiers: &[Identifier],
) -> Vec<Finding> {
    let checked = views.check(reader, identifiers, usize::MAX, |_| 1).unwrap();
    assert!(!checked.more);
    checked.findings
}

/// Takes up to `most` of what is offered.
pub fn take_up_to<T>(most: usize, taken: &mut Vec<T>) -> impl FnMut(T) -> ControlFlow<()> {
    move |next| {
        if taken.len() == most {
            return ControlFlow::Break(());
        }
        taken.push(next);
        ControlFlow::Continue(())
    }
}

/// A page of the list, and where the next one begins.
pub fn newest<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    before: u64,
    most: usize,
) -> (Vec<Seen>, u64) {
    let mut page = Vec::new();
    let next = views.newest(reader, before, Which::ALL, take_up_to(most, &mut page));
    (page, next.unwrap())
}

/// What an agency was told of one of its events, in order.
pub fn outcomes(views: &Folded<Shared>, of: &str, event: EventId) -> Vec<FoldOutcome> {
    let rows = views.outcomes(&agency(of), 0, usize::MAX).unwrap();
    let own = rows.into_iter().filter(|(_, row)| row.event_id == event);
    own.map(|(_, row)| row.outcome).collect()
}
