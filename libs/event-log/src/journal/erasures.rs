//! The vault beside a journal, at open: whether it is this journal's, and that every erasure of the journal is final in it.
//! Before the first wrap, so that nothing is ever wrapped under a slot that this destroys.

use std::collections::BTreeSet;

use diogel_identity::{Vault, VaultError};
use redb::{ReadTransaction, ReadableTable};

use super::error::JournalError;
use super::files::VAULT;
use super::keys::{EventRow, StoredKey};
use super::tables::{DOOMED, EVENTS, SLOTS};

/// Of the oldest and of the newest wrapped keys so many are tried.
const KEYS_TRIED: usize = 16;

/// Refuses another journal's vault: events would be sealed into it, and lost when the right one is put back. An older copy of
/// the right one is an alarm, no reason to accept no more events: it may be the only one left.
pub(super) fn check_vault(txn: &ReadTransaction, vault: &Vault) -> Result<(), JournalError> {
    let slots = txn.open_table(SLOTS)?;
    refuse_anothers(txn, &slots, vault)?;
    let held = slots.last()?.map(|row| row.0.value().0);
    let doomed = txn.open_table(DOOMED)?;
    let emptied = doomed.last()?.map(|row| row.0.value());
    let missing = held
        .max(emptied)
        .map_or(Ok(0), |named| vault.follow(named))?;
    if missing > 0 {
        tracing::error!(
            slots = missing,
            "vault.keys is older than the journal: keys are lost here"
        );
    }
    report_damaged_slots(&slots, vault)
}

/// By the oldest keys, which an older copy has too, and the newest: of another's vault not one opens.
fn refuse_anothers(
    txn: &ReadTransaction,
    slots: &Slots,
    vault: &Vault,
) -> Result<(), JournalError> {
    let events = txn.open_table(EVENTS)?;
    let (mut opens, mut anothers) = (false, false);
    let oldest = slots.iter()?.take(KEYS_TRIED);
    for row in oldest.chain(slots.iter()?.rev().take(KEYS_TRIED)) {
        let event_id = *row?.0.value().1;
        let Some(row) = events.get(&event_id)? else {
            continue;
        };
        if let StoredKey::Wrapped(wrapped) = EventRow::from_bytes(row.value())?.key {
            let found = vault.unwrap(&event_id, &wrapped);
            opens |= found.is_ok();
            anothers |= matches!(found, Err(VaultError::Damaged { .. }));
        }
    }
    if anothers && !opens {
        let what = format!("{VAULT} is another journal's: none of the keys tried opens");
        return Err(JournalError::damaged(None, what));
    }
    Ok(())
}

/// Destroys the emptied slots that aren't destroyed: a crash came between an erasure's commit and its end, or `vault.keys` is
/// an older copy.
pub(super) fn finish(txn: &ReadTransaction, vault: &Vault) -> Result<(), JournalError> {
    let (doomed, slots) = (txn.open_table(DOOMED)?, txn.open_table(SLOTS)?);
    let mut left = BTreeSet::new();
    for row in doomed.iter()? {
        let slot = row?.0.value();
        if !vault.is_destroyed(slot) && keys_under(&slots, slot)? == 0 {
            left.insert(slot);
        }
    }
    Ok(vault.destroy_slots(&left)?)
}

/// Keys under a damaged slot are lost here: an alarm, but no reason to accept no more events.
fn report_damaged_slots(slots: &Slots, vault: &Vault) -> Result<(), JournalError> {
    for slot in vault.damaged_slots() {
        let keys = keys_under(slots, slot)?;
        if keys > 0 {
            tracing::error!(
                slot,
                keys,
                "a slot of the vault is damaged: restore vault.keys"
            );
        }
    }
    Ok(())
}

type Slots = redb::ReadOnlyTable<(u32, &'static [u8; 16]), ()>;

fn keys_under(slots: &Slots, slot: u32) -> Result<usize, JournalError> {
    Ok(slots.range((slot, &[0; 16])..=(slot, &[0xff; 16]))?.count())
}
