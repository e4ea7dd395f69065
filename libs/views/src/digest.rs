//! A digest over everything that a view says, independent of how rows happen to be packed: two rebuilds have the same, and the
//! view kept up event by event has it too (P4).

use ring::digest::{Context, SHA256};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    chunks,
    fold::Folded,
    keys,
    rows::{Change, OutcomeRow, Posting},
    store::{Row, Store, StoreError},
};

/// Rows read at a time.
const STEP: usize = 4096;

impl<S: Store> Folded<S> {
    /// SHA-256 over the view's logical content.
    pub fn digest(&self) -> Result<[u8; 32], StoreError> {
        let mut context = Context::new(&SHA256);
        for key in [keys::CHECKPOINT, keys::REGISTRY] {
            context.update(&self.store.get(key)?.unwrap_or_default());
        }
        for prefix in [keys::ITEMS, keys::EVENTS, keys::WAITING] {
            self.each(prefix, |(key, value)| {
                add(&mut context, &key);
                add(&mut context, &value);
                Ok(())
            })?;
        }
        self.logs::<Change>(keys::CHANGES, &mut context)?;
        self.logs::<OutcomeRow>(keys::OUTCOMES, &mut context)?;
        self.logs::<Posting>(keys::POSTINGS, &mut context)?;
        let mut digest = [0; 32];
        digest.copy_from_slice(context.finish().as_ref());
        Ok(digest)
    }

    /// Entries by log, chunk borders left out, logs without entries too. One log at a time: an index is larger than memory.
    fn logs<T: DeserializeOwned + Serialize>(
        &self,
        prefix: u8,
        context: &mut Context,
    ) -> Result<(), StoreError> {
        let mut log = Vec::new();
        let mut packed = Vec::new();
        self.each(prefix, |(key, value)| {
            let of = &key[..key.len().saturating_sub(4)];
            if log != of {
                add_log(context, &log, &packed);
                log = of.to_vec();
                packed.clear();
            }
            for entry in chunks::decode::<T>(&value)? {
                packed = postcard::to_extend(&entry, std::mem::take(&mut packed))?;
            }
            Ok(())
        })?;
        add_log(context, &log, &packed);
        Ok(())
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

fn add_log(context: &mut Context, log: &[u8], packed: &[u8]) {
    if !packed.is_empty() {
        add(context, log);
        add(context, packed);
    }
}

fn add(context: &mut Context, bytes: &[u8]) {
    context.update(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    context.update(bytes);
}
