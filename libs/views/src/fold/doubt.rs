//! A key was withdrawn after a compromise: what came after the last good event may not be the agency's. It keeps its place and
//! stays visible, because a true warning among it would be missed, and every reader is told to ask the agency.

use diogel_domain::{board::KeyWithdrawn, effect::Effect};

use super::apply::Step;
use crate::{
    keys,
    rows::{ChangeKind, Item},
    store::{Store, StoreError},
};

impl<S: Store> Step<'_, '_, S> {
    /// Looks back to the last good event, however long ago it was; one that isn't there leaves every event of the agency in doubt.
    pub(super) fn doubt(
        &mut self,
        position: u64,
        withdrawn: &KeyWithdrawn,
    ) -> Result<(), StoreError> {
        let mut first = position;
        let mut shown = Vec::new();
        while first > 1 {
            let before = self.pending.read::<Item>(&keys::item(first - 1))?;
            let before = before.ok_or(StoreError::Missing)?;
            if before.originator == withdrawn.agency {
                if before.hash == withdrawn.last_good_hash {
                    break;
                }
                if before.effect == Effect::Effective {
                    shown.push((first - 1, before.holders()));
                }
            }
            first -= 1;
        }
        let registry = std::sync::Arc::make_mut(self.registry);
        registry.doubt(&withdrawn.agency, first, position);
        for (at, holders) in shown.into_iter().rev() {
            self.change(holders, at, ChangeKind::Changed)?;
        }
        Ok(())
    }
}
