//! The writer: one thread, the only one that writes. It takes what waits, applies all of it, makes it durable with one fsync,
//! then answers everybody: an answer means the fsync is over (P1). After a failed commit it stops for good.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diogel_identity::Vault;
use redb::{Database, Durability, WriteTransaction};
use tokio::sync::{mpsc, oneshot, watch};

use super::apply::{Batch, NextEpoch, Outgoing};
use super::draft::{Appended, Draft, Imported, Outcome};
use super::error::JournalError;
use super::files::{self, WAL};
use super::open::Checker;
use super::recover;
use super::state::{Head, State};
use super::wal::Wal;
use crate::entry::Place;

/// At most so many commands share a commit: bounds how long the first of them waits, and the memory (24 MiB of events).
const COMMANDS_PER_COMMIT: usize = 512;
/// How long a commit waits for callers of the one before, who are likely to come again: without it they'd fall into two
/// groups, each waiting for the other's fsync. A lone caller is never made to wait.
const LINGER: Duration = Duration::from_micros(150);
/// The stream's mark rides with the next commit, but is never further behind than this: after a crash so many entries are
/// offered again.
const STREAMED_UNSAVED: u64 = 512;

type Answer<T> = oneshot::Sender<Result<T, JournalError>>;

/// What the writer is asked to do.
pub(super) enum Command {
    Append {
        draft: Box<Draft>,
        epoch: NextEpoch,
        answer: Answer<Appended>,
    },
    AppendAll {
        drafts: Vec<Draft>,
        answer: Answer<Vec<Result<Appended, JournalError>>>,
    },
    Import {
        entries: Vec<Imported>,
        answer: Answer<Head>,
    },
    Outcomes {
        outcomes: Vec<Outcome>,
        answer: Answer<()>,
    },
    Streamed {
        place: Place,
        answer: Answer<()>,
    },
}

/// What the writer tells everybody after each commit.
pub(super) struct Published {
    pub(super) head: watch::Sender<Head>,
    pub(super) streamed: watch::Sender<Place>,
    pub(super) last_outcome: AtomicU64,
    pub(super) commands: AtomicU64,
    pub(super) commits: AtomicU64,
}

impl Published {
    pub(super) fn new(state: State) -> Self {
        Self {
            head: watch::Sender::new(state.head),
            streamed: watch::Sender::new(state.streamed),
            last_outcome: AtomicU64::new(state.last_outcome),
            commands: AtomicU64::new(0),
            commits: AtomicU64::new(0),
        }
    }

    /// The stream's mark before the head: who wakes at the head forwards from the mark on.
    fn publish(&self, state: State) {
        self.last_outcome
            .store(state.last_outcome, Ordering::Release);
        self.streamed
            .send_if_modified(|mark| std::mem::replace(mark, state.streamed) != state.streamed);
        self.head
            .send_if_modified(|head| std::mem::replace(head, state.head) != state.head);
    }
}

/// An answer that waits for the commit. Dropped without being given, it tells its caller that the journal stopped.
type Pending = Box<dyn FnOnce()>;

pub(super) struct Writer {
    pub(super) db: Arc<Database>,
    pub(super) wal: Wal,
    pub(super) vault: Vault,
    pub(super) check: Checker,
    pub(super) published: Arc<Published>,
    pub(super) state: State,
    /// The mark as it is on the disk.
    pub(super) streamed_saved: Place,
    /// The vault could make no slots ahead, last time.
    pub(super) vault_failed: bool,
}

impl Writer {
    /// Until every handle is gone, or a commit fails; then the channel closes, and callers learn that the journal stopped.
    pub(super) fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut expected = 1;
        while let Some(first) = commands.blocking_recv() {
            let batch = gather(&mut commands, first, expected);
            expected = batch.len();
            if let Err(error) = self.commit(batch) {
                tracing::error!(%error, "the journal stops: a commit failed");
                return;
            }
        }
        if let Err(error) = self.finish() {
            tracing::warn!(%error, "the journal was not closed cleanly: the next open recovers it");
        }
    }

    fn commit(&mut self, batch: Vec<Command>) -> Result<(), JournalError> {
        self.published
            .commands
            .fetch_add(batch.len() as u64, Ordering::Relaxed);
        for answer in self.write(batch)? {
            answer();
        }
        self.prepare_slots();
        Ok(())
    }

    /// Ahead, so that an append seldom waits for it. Said once: the append that needs a slot fails with the reason.
    fn prepare_slots(&mut self) {
        match self.vault.prepare() {
            Err(error) if !self.vault_failed => {
                tracing::warn!(%error, "the vault could not make slots ahead");
                self.vault_failed = true;
            }
            Err(_) => {}
            Ok(()) => self.vault_failed = false,
        }
    }

    fn write(&mut self, commands: Vec<Command>) -> Result<Vec<Pending>, JournalError> {
        let txn = self.db.begin_write()?;
        let mut batch = Batch::new(&txn, &self.vault, self.check, self.state)?;
        let pending = commands
            .into_iter()
            .map(|command| apply(&mut batch, command));
        let pending = pending.collect::<Result<Vec<_>, _>>()?;
        self.state = batch.state();
        // A batch of repeats costs no fsync, nor does the stream's mark by itself.
        if batch.is_empty() && !self.mark_is_overdue() {
            drop(batch);
            txn.abort()?;
            self.published.publish(self.state);
        } else {
            let outgoing = batch.finish()?;
            self.make_durable(txn, &outgoing.changes)?;
            // At once: readers see the entries already, and whatever comes of the vault, they are in the journal.
            self.published.publish(self.state);
            self.after_commit(&outgoing)?;
        }
        Ok(pending)
    }

    fn mark_is_overdue(&self) -> bool {
        let (mark, saved) = (self.state.streamed, self.streamed_saved);
        mark.epoch != saved.epoch || mark.seq.saturating_sub(saved.seq) >= STREAMED_UNSAVED
    }

    /// First the log, then the store, so that nobody reads what a crash could still undo. The store's own fsync comes when the log is
    /// full.
    fn make_durable(
        &mut self,
        mut txn: WriteTransaction,
        changes: &[u8],
    ) -> Result<(), JournalError> {
        if !self.wal.fits(changes.len()) {
            recover::checkpoint(txn, &mut self.wal)?;
            // These changes are in no frame: an older copy of the store would lack them. This shows that it is older.
            return self.append(&[]);
        }
        self.append(changes)?;
        txn.set_durability(Durability::None)?;
        Ok(txn.commit()?)
    }

    fn append(&mut self, changes: &[u8]) -> Result<(), JournalError> {
        let appended = self.wal.append(changes);
        appended.map_err(files::io(WAL.as_ref()))
    }

    fn after_commit(&mut self, outgoing: &Outgoing) -> Result<(), JournalError> {
        self.published.commits.fetch_add(1, Ordering::Relaxed);
        self.streamed_saved = outgoing.state.streamed;
        // Before anybody is answered: an answer to an erasure says that the key is gone. If this fails, the next open finishes it:
        // the slots are listed as doomed.
        self.vault.destroy_slots(&outgoing.emptied)?;
        Ok(())
    }

    /// After this the next open has nothing to recover.
    fn finish(mut self) -> Result<(), JournalError> {
        if self.state.streamed == self.streamed_saved && self.wal.is_empty() {
            return Ok(());
        }
        let txn = self.db.begin_write()?;
        Batch::new(&txn, &self.vault, self.check, self.state)?.finish()?;
        recover::checkpoint(txn, &mut self.wal)
    }
}

fn apply(batch: &mut Batch<'_>, command: Command) -> Result<Pending, JournalError> {
    match command {
        Command::Append {
            draft,
            epoch,
            answer,
        } => settle(answer, batch.append(*draft, epoch)),
        Command::AppendAll { drafts, answer } => settle(answer, append_all(batch, drafts)),
        Command::Import { entries, answer } => settle(answer, batch.import(entries)),
        Command::Outcomes { outcomes, answer } => settle(answer, batch.outcomes(&outcomes)),
        Command::Streamed { place, answer } => {
            batch.streamed(place);
            settle(answer, Ok(()))
        }
    }
}

/// Up to the first that is refused.
fn append_all(
    batch: &mut Batch<'_>,
    drafts: Vec<Draft>,
) -> Result<Vec<Result<Appended, JournalError>>, JournalError> {
    let mut tried = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match batch.append(draft, NextEpoch::Same) {
            Err(error) if error.is_fatal() => return Err(error),
            Err(refused) => {
                tried.push(Err(refused));
                break;
            }
            Ok(appended) => tried.push(Ok(appended)),
        }
    }
    Ok(tried)
}

/// A refusal is that caller's own; a failure of the store is everybody's.
fn settle<T: 'static>(
    answer: Answer<T>,
    result: Result<T, JournalError>,
) -> Result<Pending, JournalError> {
    match result {
        Err(error) if error.is_fatal() => Err(error),
        result => Ok(Box::new(move || {
            // The caller may have gone; the event stays, and the caller's retry is answered with it.
            let _ = answer.send(result);
        })),
    }
}

/// What waits already, and shortly what is likely to come.
fn gather(commands: &mut mpsc::Receiver<Command>, first: Command, expected: usize) -> Vec<Command> {
    let mut batch = vec![first];
    let until = Instant::now() + LINGER;
    while batch.len() < COMMANDS_PER_COMMIT {
        match commands.try_recv() {
            Ok(command) => batch.push(command),
            Err(_) if batch.len() < expected && Instant::now() < until => std::thread::yield_now(),
            Err(_) => break,
        }
    }
    batch
}
