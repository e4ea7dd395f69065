//! The journal's handle: what the services call. Writes go to the writer's thread, reads to blocking threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

use diogel_identity::Vault;
use redb::Database;
use tokio::sync::{mpsc, oneshot, watch};

use super::apply::NextEpoch;
use super::draft::{Appended, Draft, Earlier, Imported, KeyState, Outcome};
use super::error::JournalError;
use super::open::{self, JournalOptions, Opened};
use super::read;
use super::state::Head;
use super::writer::{Command, Published, Writer};
use crate::entry::{Digest, Entry, Place};

/// So many commands may wait; callers beyond them wait for room.
const COMMANDS_WAITING: usize = 1024;

/// An open journal; clones share it. When the last clone is dropped, the drop waits for the writer to end (one commit at
/// most) and the folder is free for the next to open.
#[derive(Clone)]
pub struct Journal {
    shared: Arc<Shared>,
}

struct Shared {
    folder: PathBuf,
    commands: Option<mpsc::Sender<Command>>,
    writer: Option<JoinHandle<()>>,
    db: Arc<Database>,
    vault: Vault,
    published: Arc<Published>,
}

/// How well commits are shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalStats {
    /// Commands answered since the journal was opened: appends, imports, outcomes, marks.
    pub commands: u64,
    /// Commits, each one fsync.
    pub commits: u64,
}

impl Journal {
    /// Opens the journal in `folder`, or makes a new one there if the folder is empty or missing. Blocks: after a crash the
    /// whole file is read and verified. Every open checks the last 1,000 entries, refuses files that don't belong
    /// together, finishes an interrupted erasure, and turns a panic of the store into an error.
    ///
    /// # Errors
    /// [`JournalError::InUse`], [`JournalError::Foreign`], [`JournalError::Format`], [`JournalError::Incomplete`],
    /// [`JournalError::Damaged`], which names the entry, and those of files.
    pub fn open(folder: impl AsRef<Path>, options: &JournalOptions) -> Result<Self, JournalError> {
        Self::start(folder.as_ref(), open::open(folder.as_ref(), options)?)
    }

    pub(super) fn start(folder: &Path, opened: Opened) -> Result<Self, JournalError> {
        let (commands, waiting) = mpsc::channel(COMMANDS_WAITING);
        let published = Arc::new(Published::new(opened.state));
        let writer = Writer {
            db: Arc::clone(&opened.db),
            wal: opened.wal,
            vault: opened.vault.clone(),
            check: opened.check,
            published: Arc::clone(&published),
            state: opened.state,
            streamed_saved: opened.state.streamed,
            vault_failed: false,
        };
        let thread = std::thread::Builder::new().name("journal".into());
        let thread = thread
            .spawn(move || writer.run(waiting))
            .map_err(|source| JournalError::Io {
                path: folder.to_owned(),
                source,
            })?;
        let shared = Shared {
            folder: folder.to_owned(),
            commands: Some(commands),
            writer: Some(thread),
            db: opened.db,
            vault: opened.vault,
            published,
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// Waits until the journal takes nothing any more: a commit failed, and only opening it again tells what is on the disk.
    pub async fn stopped(&self) {
        if let Some(commands) = &self.shared.commands {
            commands.closed().await;
        }
    }

    /// Whether it takes nothing any more.
    pub fn is_stopped(&self) -> bool {
        let commands = self.shared.commands.as_ref();
        commands.is_none_or(mpsc::Sender::is_closed)
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// Appends an event; when it answers, the event and its wrapped content key are on the disk. If the caller drops the call,
    /// the event may still be appended; the same request is then answered with it.
    ///
    /// # Errors
    /// [`JournalError::Stopped`]; [`JournalError::EventIdTaken`] and [`JournalError::NothingToErase`], with nothing
    /// written; [`JournalError::Vault`].
    pub async fn append(&self, draft: Draft) -> Result<Appended, JournalError> {
        let draft = Box::new(draft);
        self.ask(|answer| Command::Append {
            draft,
            epoch: NextEpoch::Same,
            answer,
        })
        .await
    }

    /// Appends events in their order, in one commit, up to the first that is refused: what comes after it isn't appended, so that the
    /// order has no hole. Answers one result for each that was tried.
    ///
    /// # Errors
    /// [`JournalError::Stopped`]; the results' are those of [`Self::append`].
    pub async fn append_all(
        &self,
        drafts: Vec<Draft>,
    ) -> Result<Vec<Result<Appended, JournalError>>, JournalError> {
        self.ask(|answer| Command::AppendAll { drafts, answer })
            .await
    }

    /// Appends what the stream has beyond the head of a journal restored from a copy, oldest first; it counts as streamed. Of what
    /// the journal has already, only a content key that was lost is taken; so an interrupted import can be repeated.
    ///
    /// # Errors
    /// As [`Self::append`]; [`JournalError::NotChained`] names the entry that doesn't follow: those before it are kept.
    pub async fn import(&self, entries: Vec<Imported>) -> Result<Head, JournalError> {
        self.ask(|answer| Command::Import { entries, answer }).await
    }

    /// Appends the first event of the next epoch; it names the last event of this one as the one before. To be called after
    /// [`Self::import`], since nothing of the old epoch can be imported later.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub async fn open_epoch(&self, draft: Draft) -> Result<Appended, JournalError> {
        let draft = Box::new(draft);
        self.ask(|answer| Command::Append {
            draft,
            epoch: NextEpoch::New,
            answer,
        })
        .await
    }

    /// Everything up to `place` is safe in the stream. Only ever rises, never beyond the head. Saved with the next commit: after
    /// a crash up to 512 entries (and those since the last append) may be offered again.
    ///
    /// # Errors
    /// [`JournalError::Stopped`].
    pub async fn record_streamed(&self, place: Place) -> Result<(), JournalError> {
        self.ask(|answer| Command::Streamed { place, answer }).await
    }

    /// Keeps what the fold made of events, per event the outcome with the highest number, and forgets the requests that they say.
    ///
    /// # Errors
    /// [`JournalError::Stopped`].
    pub async fn record_outcomes(&self, outcomes: Vec<Outcome>) -> Result<(), JournalError> {
        self.ask(|answer| Command::Outcomes { outcomes, answer })
            .await
    }

    /// Waits until what was asked before is done, also what was asked by a caller who has gone since.
    ///
    /// # Errors
    /// [`JournalError::Stopped`].
    pub async fn settled(&self) -> Result<(), JournalError> {
        self.record_streamed(Place::START).await
    }

    /// The last entry that is on the disk.
    pub fn head(&self) -> Head {
        *self.shared.published.head.borrow()
    }

    /// Follows the head; marked as seen now.
    pub fn changed(&self) -> watch::Receiver<Head> {
        self.shared.published.head.subscribe()
    }

    /// The last place that the stream has acknowledged.
    pub fn streamed(&self) -> Place {
        *self.shared.published.streamed.borrow()
    }

    /// Follows [`Self::streamed`].
    pub fn streamed_changed(&self) -> watch::Receiver<Place> {
        self.shared.published.streamed.subscribe()
    }

    /// The highest number among the outcomes; 0 before the first.
    pub fn last_outcome(&self) -> u64 {
        self.shared.published.last_outcome.load(Ordering::Acquire)
    }

    /// How well commits are shared.
    pub fn stats(&self) -> JournalStats {
        let Published {
            commands, commits, ..
        } = &*self.shared.published;
        JournalStats {
            commands: commands.load(Ordering::Relaxed),
            commits: commits.load(Ordering::Relaxed),
        }
    }

    /// Up to `max` entries after `after`, oldest first, through all epochs; fewer when they pass 4 MiB together.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] names the entry; those before it are answered by a smaller `max`.
    pub async fn read(&self, after: Place, max: usize) -> Result<Vec<Entry>, JournalError> {
        self.reading(move |db, _| read::entries_after(db, after, max))
            .await
    }

    /// The entry at `place`.
    ///
    /// # Errors
    /// [`JournalError::Damaged`].
    pub async fn at(&self, place: Place) -> Result<Option<Entry>, JournalError> {
        self.reading(move |db, _| read::entry_at(db, place)).await
    }

    /// The entry of an event.
    ///
    /// # Errors
    /// [`JournalError::Damaged`].
    pub async fn find(&self, event_id: [u8; 16]) -> Result<Option<Entry>, JournalError> {
        self.reading(move |db, _| read::entry_of(db, &event_id))
            .await
    }

    /// The earlier request under this key. Requests are kept as long as the journal, but for those that an outcome had forgotten.
    ///
    /// # Errors
    /// [`JournalError::Damaged`].
    pub async fn find_request(&self, key: Digest) -> Result<Option<Earlier>, JournalError> {
        self.reading(move |db, _| read::earlier(db, &key)).await
    }

    /// The content keys of these events, in their order. One that the vault can't give any more is unknown, the others aren't.
    ///
    /// # Errors
    /// [`JournalError::Damaged`]; [`JournalError::Vault`].
    pub async fn content_keys(
        &self,
        event_ids: &[[u8; 16]],
    ) -> Result<Vec<KeyState>, JournalError> {
        let event_ids = event_ids.to_vec();
        self.reading(move |db, vault| read::content_keys(db, vault, &event_ids))
            .await
    }

    /// The content key of one event, on the caller's own thread: for reads that open what is sealed under it one by one, where a
    /// blocking thread each would cost more than the look-up. Blocks for some microseconds; behind an erasure or new slots of the
    /// vault, for their fsync.
    ///
    /// # Errors
    /// As [`Self::content_keys`].
    pub fn content_key_now(&self, event_id: [u8; 16]) -> Result<KeyState, JournalError> {
        let Shared { db, vault, .. } = &*self.shared;
        // The store may panic on pages that were damaged under it.
        let read = AssertUnwindSafe(|| read::content_keys(db, vault, &[event_id]));
        let states = catch_unwind(read)
            .map_err(|_| JournalError::damaged(None, "the store could not be read"))?;
        Ok(states?.pop().unwrap_or(KeyState::Unknown))
    }

    /// What the fold made of an event, as far as it was heard.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn outcome(&self, event_id: [u8; 16]) -> Result<Option<Outcome>, JournalError> {
        self.reading(move |db, _| read::outcome(db, &event_id))
            .await
    }

    async fn ask<T>(
        &self,
        command: impl FnOnce(oneshot::Sender<Result<T, JournalError>>) -> Command,
    ) -> Result<T, JournalError> {
        let (answer, answered) = oneshot::channel();
        let commands = self.shared.commands.as_ref().ok_or(JournalError::Stopped)?;
        commands
            .send(command(answer))
            .await
            .map_err(|_| JournalError::Stopped)?;
        answered.await.map_err(|_| JournalError::Stopped)?
    }

    async fn reading<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Database, &Vault) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let shared = Arc::clone(&self.shared);
        let read = tokio::task::spawn_blocking(move || read(&shared.db, &shared.vault));
        // The store may panic on pages that were damaged under it.
        read.await
            .map_err(|_| JournalError::damaged(None, "the store could not be read"))?
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        drop(self.commands.take());
        if let Some(writer) = self.writer.take() {
            // If it panicked it is over too.
            let _ = writer.join();
        }
    }
}
