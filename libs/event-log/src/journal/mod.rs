//! One agency's journal: what makes "accepted" true (P1). A folder with `journal.redb`, its write-ahead log `journal.wal`, and
//! `vault.keys`; one writer thread that commits what waits together, one fsync for all of it; the wrapped content key in the
//! same commit as its event. Owns idempotency, the chain's next place, erasure here, and who may open the folder. Refuses to look inside an
//! event (the caller composes and checks it), to write after a failed fsync, and to open what isn't whole.

mod apply;
mod change;
mod draft;
mod erasures;
mod error;
mod files;
mod handle;
mod keys;
mod open;
mod overlay;
#[cfg(test)]
mod power_tests;
mod read;
mod record;
mod recover;
mod state;
mod tables;
#[cfg(test)]
mod tests;
mod verify;
mod wal;
mod writer;

pub use draft::{
    Appended, Compose, Composed, Draft, Earlier, Imported, KeyState, Outcome, Request,
};
pub use error::{Damage, JournalError};
pub use handle::{Journal, JournalStats};
pub use open::{Checker, JournalName, JournalOptions, Links};
pub use state::Head;
pub use verify::{Verified, verify};
