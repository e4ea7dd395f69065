//! The tables of `journal.redb`. Every row's form is written down here and kept readable for ever (P11); a changed form gets a
//! new [`FORMAT`] and an upgrade. Integers inside values are little endian.

use redb::TableDefinition;

/// Written at creation, checked at open.
pub(super) const FORMAT: u32 = 1;

/// (epoch, seq) → checksum (8 bytes), event id (16), digest (32), event. See `record`.
pub(super) const ENTRIES: TableDefinition<'_, (u32, u64), &[u8]> = TableDefinition::new("entries");

/// event id → epoch (4), seq (8), key state (1), and the wrapped key where the state is 1. See `keys`.
pub(super) const EVENTS: TableDefinition<'_, &[u8; 16], &[u8]> = TableDefinition::new("events");

/// (slot of the vault, event id whose key is wrapped under it).
pub(super) const SLOTS: TableDefinition<'_, (u32, &[u8; 16]), ()> = TableDefinition::new("slots");

/// Slots of the vault that erasures have emptied: committed with the erasure, kept for good. So each open finishes what a crash
/// interrupted, destroys again what an older copy of the vault brings back, and never takes a slot that merely this copy
/// doesn't know.
pub(super) const DOOMED: TableDefinition<'_, u32, ()> = TableDefinition::new("doomed");

/// request key → request hash, recorded at (µs), epoch, seq.
pub(super) const REQUESTS: TableDefinition<'_, &[u8; 32], (&[u8; 32], i64, u32, u64)> =
    TableDefinition::new("requests");

/// event id → number, state, reason.
pub(super) const OUTCOMES: TableDefinition<'_, &[u8; 16], (u64, u8, &str)> =
    TableDefinition::new("outcomes");

/// name → value; the names are below.
pub(super) const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");

/// u32.
pub(super) const META_FORMAT: &str = "format";
/// UTF-8.
pub(super) const META_BOARD: &str = "board";
/// UTF-8.
pub(super) const META_AGENCY: &str = "agency";
/// Epoch (4), seq (8), digest (32), streamed epoch (4), streamed seq (8), last outcome (8).
pub(super) const META_STATE: &str = "state";
/// Generation of the write-ahead log that follows this state (8).
pub(super) const META_GENERATION: &str = "wal generation";
/// Key of the frames in the write-ahead log (32).
pub(super) const META_WAL_KEY: &str = "wal key";
