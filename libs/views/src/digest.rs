//! A digest over everything that a view says, independent of how rows happen to be packed, and of how far a change of the rules had
//! been carried through when something else came: two rebuilds have the same, and the view kept up event by event has it too (P4).
//!
//! Left out is what an erasure takes from a rebuild for good: who came to hold something by an involvement whose content is gone
//! now, and gave it back since. What is held now, by whom, and that each of them was shown it, is all in.

use std::collections::{BTreeMap, BTreeSet};

use ring::digest::{Context, SHA256};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    audiences::AgencySet,
    chunks,
    fold::Folded,
    keys,
    rows::{Change, ChangeKind, Item, OutcomeRow, Posting},
    store::{Row, Store, StoreError},
};

/// Rows read at a time.
const STEP: usize = 4096;

impl<S: Store> Folded<S> {
    /// SHA-256 over the view's logical content. Of a view that is swept.
    pub fn digest(&self) -> Result<[u8; 32], StoreError> {
        let mut context = Context::new(&SHA256);
        for key in [keys::CHECKPOINT, keys::REGISTRY] {
            context.update(&self.store.get(key)?.unwrap_or_default());
        }
        self.each(keys::ITEMS, |(key, value)| {
            let item: Item = postcard::from_bytes(&value)?;
            add(&mut context, &key);
            add(&mut context, &postcard::to_allocvec(&said(item))?);
            Ok(())
        })?;
        for prefix in [
            keys::EVENTS,
            keys::WAITING,
            keys::MEETINGS,
            keys::NAMING,
            keys::RUNNING,
            keys::COUNTS,
        ] {
            self.each(prefix, |(key, value)| {
                add(&mut context, &key);
                add(&mut context, &value);
                Ok(())
            })?;
        }
        let held = self.held()?;
        for prefix in [keys::CHANGES, keys::KINDS] {
            self.logs(prefix, &mut context, |log, changes: Vec<Change>| {
                shown(log, &changes, &held)
            })?;
        }
        self.logs(keys::OUTCOMES, &mut context, |_, rows: Vec<OutcomeRow>| {
            rows
        })?;
        self.logs(
            keys::POSTINGS,
            &mut context,
            |_, mut postings: Vec<Posting>| {
                postings.sort_by_key(|posting| (posting.position, posting.label));
                postings
            },
        )?;
        let mut digest = [0; 32];
        digest.copy_from_slice(context.finish().as_ref());
        Ok(digest)
    }

    /// Who knows of which item, now.
    fn held(&self) -> Result<BTreeMap<u64, AgencySet>, StoreError> {
        let mut held = BTreeMap::new();
        self.each(keys::ITEMS, |(key, value)| {
            let item: Item = postcard::from_bytes(&value)?;
            let position = key.last_chunk::<8>().copied().unwrap_or_default();
            held.insert(u64::from_be_bytes(position), item.holders());
            Ok(())
        })?;
        Ok(held)
    }

    /// What each log says, chunk borders left out, logs without entries too. One log at a time: an index is larger than memory.
    fn logs<T: DeserializeOwned, U: Serialize>(
        &self,
        prefix: u8,
        context: &mut Context,
        says: impl Fn(&[u8], Vec<T>) -> Vec<U>,
    ) -> Result<(), StoreError> {
        let mut log = Vec::new();
        let mut entries = Vec::new();
        let mut end = |log: &[u8], entries: &mut Vec<T>| {
            let said = says(log, std::mem::take(entries));
            if !said.is_empty() {
                add(context, log);
                add(context, &postcard::to_allocvec(&said)?);
            }
            Ok::<(), StoreError>(())
        };
        self.each(prefix, |(key, value)| {
            let of = &key[..key.len().saturating_sub(4)];
            if log != of {
                end(&log, &mut entries)?;
                log = of.to_vec();
            }
            entries.extend(chunks::decode::<T>(&value)?);
            Ok(())
        })?;
        end(&log, &mut entries)
    }

    fn each(
        &self,
        prefix: u8,
        mut with: impl FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let end = keys::after(&[prefix]);
        let mut from = vec![prefix];
        loop {
            let rows = self.store.scan(&from, &end, STEP)?;
            let Some((last, _)) = rows.last() else {
                return Ok(());
            };
            from = [last.as_slice(), &[0]].concat();
            rows.into_iter().try_for_each(&mut with)?;
        }
    }
}

/// An item without what led to it.
fn said(mut item: Item) -> Item {
    item.history.drain(..item.history.len().saturating_sub(1));
    item.history
        .iter_mut()
        .for_each(|held| held.since = item.ordered_at);
    item.ties.clear();
    item.decided_to = 0;
    item
}

/// What the agency of a log was shown and still knows of.
fn shown(log: &[u8], changes: &[Change], held: &BTreeMap<u64, AgencySet>) -> Vec<u64> {
    let agency = log.get(1).copied().unwrap_or_default();
    let shown = changes
        .iter()
        .filter(|change| change.kind == ChangeKind::Shown);
    let still = |position: &u64| held.get(position).is_some_and(|held| held.has(agency));
    let positions = shown.map(|change| change.position).filter(still);
    positions.collect::<BTreeSet<u64>>().into_iter().collect()
}

fn add(context: &mut Context, bytes: &[u8]) {
    context.update(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    context.update(bytes);
}
