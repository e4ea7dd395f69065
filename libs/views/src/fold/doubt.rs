//! A key was withdrawn after a compromise: what came after the last good event may not be the agency's. It keeps its place and
//! stays visible, because a true warning among it would be missed, and every reader is told to ask the agency.

use std::sync::Arc;

use diogel_domain::{board::KeyWithdrawn, effect::Effect};

use super::apply::Step;
use crate::{
    input::ChainPlace,
    keys,
    rows::{ChangeKind, Item},
    store::{Store, StoreError},
};

impl<S: Store> Step<'_, '_, S> {
    /// Looks back to the agency's last event that isn't in doubt, however long ago it was.
    pub(super) fn doubt(
        &mut self,
        position: u64,
        withdrawn: &KeyWithdrawn,
    ) -> Result<(), StoreError> {
        let last_good = ChainPlace {
            epoch: withdrawn.last_good_epoch,
            seq: withdrawn.last_good_seq,
        };
        let mut shown = Vec::new();
        for at in (1..position).rev() {
            let item: Option<Item> = self.pending.read(&keys::item(at))?;
            let item = item.ok_or(StoreError::Missing)?;
            if item.originator != withdrawn.agency {
                continue;
            }
            if item.place <= last_good {
                break;
            }
            if item.effect == Effect::Effective {
                shown.push((at, self.as_told(at)?.holders()));
            }
        }
        let registry = Arc::make_mut(self.registry);
        registry.doubt(&withdrawn.agency, last_good, position);
        for (at, holders) in shown.into_iter().rev() {
            self.change(holders, at, ChangeKind::Changed)?;
        }
        Ok(())
    }
}
