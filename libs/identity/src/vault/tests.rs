//! The vault's rules, held against its file.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::PathBuf;

use super::slot::SLOT_BYTES;
use super::*;

type Stored = Vec<([u8; 16], Wrapped)>;

fn path_in(dir: &tempfile::TempDir) -> PathBuf {
    dir.path().join("vault.keys")
}

fn id(n: u8) -> [u8; 16] {
    [n; 16]
}

/// Wraps keys for events 0 to `count`; content key n is 32 times n.
fn wrapped(vault: &Vault, count: u8) -> Stored {
    let key = |n| ContentKey::from_bytes([n; 32]);
    (0..count)
        .map(|n| (id(n), vault.wrap(&id(n), &key(n)).unwrap()))
        .collect()
}

fn slot_key_on_disk(path: &PathBuf, slot: u32) -> Vec<u8> {
    let at = slot as usize * SLOT_BYTES + 16;
    fs::read(path).unwrap()[at..at + 32].to_vec()
}

fn readable(vault: &Vault, stored: &Stored) -> bool {
    stored.iter().all(|(event, wrapped)| {
        vault
            .unwrap(event, wrapped)
            .is_ok_and(|key| key.as_bytes() == &[event[0]; 32])
    })
}

#[test]
fn a_wrapped_key_comes_back_also_after_a_reopen_and_through_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let stored = wrapped(&vault, 200);
    assert!(readable(&vault, &stored));
    drop(vault);
    let vault = Vault::open(path_in(&dir)).unwrap();
    assert!(readable(&vault, &stored));
    let bytes = stored[9].1.to_bytes();
    assert_eq!(bytes.len(), Wrapped::LENGTH);
    assert_eq!(Wrapped::from_bytes(&bytes).unwrap(), stored[9].1);
    assert!(matches!(
        Wrapped::from_bytes(&bytes[1..]),
        Err(VaultError::NotWrapped)
    ));
}

#[test]
fn the_file_is_its_owners_alone() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let mode = fs::metadata(path_in(&dir)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    drop(vault);
    fs::set_permissions(path_in(&dir), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(
        Vault::open(path_in(&dir)),
        Err(VaultError::Io { .. })
    ));
}

#[test]
fn two_processes_never_share_a_vault() {
    let dir = tempfile::tempdir().unwrap();
    let _vault = Vault::open(path_in(&dir)).unwrap();
    assert!(matches!(
        Vault::open(path_in(&dir)),
        Err(VaultError::InUse(_))
    ));
}

#[test]
fn a_wrapped_key_opens_for_its_own_event_and_slot_only() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let stored = wrapped(&vault, 65);
    let (event, mut wrapped) = stored[3].clone();
    assert!(matches!(
        vault.unwrap(&id(4), &wrapped),
        Err(VaultError::Damaged { slot: 0 })
    ));
    wrapped.slot = 1;
    assert!(matches!(
        vault.unwrap(&event, &wrapped),
        Err(VaultError::Damaged { slot: 1 })
    ));
    wrapped.slot = 2;
    assert!(matches!(
        vault.unwrap(&event, &wrapped),
        Err(VaultError::NoSuchSlot { slot: 2 })
    ));
    wrapped.slot = 0;
    wrapped.bytes[20] ^= 1;
    assert!(matches!(
        vault.unwrap(&event, &wrapped),
        Err(VaultError::Damaged { slot: 0 })
    ));
}

#[test]
fn a_slot_takes_64_events_and_slots_go_on_past_those_made_ahead() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let key = ContentKey::from_bytes([1; 32]);
    let slots: Vec<u32> = (0..64 * 64 + 65)
        .map(|_| vault.wrap(&id(1), &key).unwrap().slot)
        .collect();
    assert_eq!(slots[63], 0);
    assert_eq!(slots[64], 1);
    assert_eq!(slots.last(), Some(&65));
}

#[test]
fn prepare_makes_slots_ahead_only_when_they_run_short() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let length = || fs::metadata(path_in(&dir)).unwrap().len();
    vault.prepare().unwrap();
    assert_eq!(length(), 64 * 64);
    let key = ContentKey::from_bytes([1; 32]);
    (0..64 * 40).for_each(|_| drop(vault.wrap(&id(1), &key).unwrap()));
    vault.prepare().unwrap();
    assert_eq!(length(), 2 * 64 * 64);
}

#[test]
fn erasing_one_key_destroys_its_slot_and_keeps_the_survivors() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let stored = wrapped(&vault, 10);
    let secret = slot_key_on_disk(&path_in(&dir), 0);
    let survivors: Stored = stored
        .iter()
        .filter(|(event, _)| event != &id(4))
        .cloned()
        .collect();
    let rewrapped = vault.rewrap(&survivors).unwrap();
    vault.destroy_slot(0).unwrap();
    vault.destroy_slot(0).unwrap();
    drop(vault);
    let file = fs::read(path_in(&dir)).unwrap();
    assert!(
        !file
            .windows(8)
            .any(|window| secret.windows(8).any(|part| part == window))
    );
    let vault = Vault::open(path_in(&dir)).unwrap();
    assert!(readable(&vault, &rewrapped));
    assert!(matches!(
        vault.unwrap(&id(4), &stored[4].1),
        Err(VaultError::Destroyed { slot: 0 })
    ));
}

#[test]
fn no_key_goes_into_a_slot_that_is_being_erased() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let key = ContentKey::from_bytes([1; 32]);
    assert_eq!(vault.wrap(&id(1), &key).unwrap().slot, 0);
    vault.retire(0);
    assert_eq!(vault.wrap(&id(1), &key).unwrap().slot, 1);
    vault.destroy_slot(1).unwrap();
    assert_eq!(vault.wrap(&id(1), &key).unwrap().slot, 2);
    assert!(matches!(
        vault.destroy_slot(3),
        Err(VaultError::NoSuchSlot { slot: 3 })
    ));
}

#[test]
fn a_damaged_slot_is_refused_by_name_and_the_others_stay_readable() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let stored = wrapped(&vault, 100);
    drop(vault);
    let file = OpenOptions::new().write(true).open(path_in(&dir)).unwrap();
    file.write_all_at(&[0xAA; 3], 20).unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let refused = vault.unwrap(&stored[0].0, &stored[0].1).unwrap_err();
    assert!(matches!(refused, VaultError::SlotDamaged { slot: 0 }));
    assert!(refused.to_string().contains("slot 0"));
    assert!(readable(&vault, &stored[64..].to_vec()));
    assert_eq!(vault.damaged_slots(), vec![0]);
}

#[test]
fn a_torn_end_of_the_file_loses_nothing_that_was_used() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let stored = wrapped(&vault, 10);
    drop(vault);
    let file = OpenOptions::new().write(true).open(path_in(&dir)).unwrap();
    file.set_len(10 * 64 + 30).unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    assert!(readable(&vault, &stored));
    assert_eq!(vault.damaged_slots(), vec![10]);
    assert_eq!(wrapped(&vault, 1)[0].1.slot, 11);
}

#[test]
fn an_interrupted_erasure_is_finished_at_start() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(path_in(&dir)).unwrap();
    let stored = wrapped(&vault, 10);
    let secret = slot_key_on_disk(&path_in(&dir), 0);
    let rewrapped = vault.rewrap(&stored[1..]).unwrap();
    drop(vault); // the crash: survivors committed, slot not yet destroyed

    let vault = Vault::open(path_in(&dir)).unwrap();
    assert!(vault.unwrap(&stored[0].0, &stored[0].1).is_ok());
    let named: BTreeSet<u32> = rewrapped.iter().map(|(_, wrapped)| wrapped.slot).collect();
    let fresh = wrapped(&vault, 1);
    assert!(vault.retain_live(&named).unwrap().contains(&0));
    assert!(matches!(
        vault.unwrap(&stored[0].0, &stored[0].1),
        Err(VaultError::Destroyed { .. })
    ));
    assert!(readable(&vault, &rewrapped));
    assert!(readable(&vault, &fresh));
    let file = fs::read(path_in(&dir)).unwrap();
    assert!(!file.windows(32).any(|window| window == secret));
    assert!(vault.retain_live(&named).unwrap().is_empty());
}

#[test]
fn a_lost_vault_is_noticed_at_start_and_erases_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let named = BTreeSet::from([0]);
    let vault = Vault::open(path_in(&dir)).unwrap();
    assert!(matches!(
        vault.retain_live(&named),
        Err(VaultError::NoSuchSlot { slot: 0 })
    ));
}

#[test]
fn an_older_vault_gives_no_number_again() {
    let dir = tempfile::tempdir().unwrap();
    drop(Vault::open(path_in(&dir)).unwrap());
    let vault = Vault::open(path_in(&dir)).unwrap();
    assert_eq!(
        vault.follow(63).unwrap(),
        0,
        "all that the store names is here"
    );
    assert_eq!(vault.follow(70).unwrap(), 7);
    assert_eq!(wrapped(&vault, 1)[0].1.slot, 71);
    assert!((64..=70).all(|slot| vault.is_destroyed(slot)));
    assert!(!vault.is_destroyed(63));
    drop(vault);
    let vault = Vault::open(path_in(&dir)).unwrap();
    assert!((64..=70).all(|slot| vault.is_destroyed(slot)));
    assert!(matches!(
        vault.follow(u32::MAX),
        Err(VaultError::NoSuchSlot { .. })
    ));
    vault
        .destroy_slots(&BTreeSet::from([1, 2, u32::MAX]))
        .unwrap();
    assert!(vault.is_destroyed(1) && vault.is_destroyed(2));
}
