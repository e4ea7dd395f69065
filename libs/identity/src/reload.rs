//! What is in force of some files, and its replacement without a restart: certificates and revocation list, and allowlists.
//! Owns watching the files and telling who is still admitted; refuses contents that don't parse or don't fit: the old state
//! stays, with a warning, and whoever asks is told since when there is doubt.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration as StdDuration, Instant};

use arc_swap::{ArcSwap, ArcSwapOption};
use time::{Duration, OffsetDateTime};
use tokio::sync::watch;

use crate::name::Principal;
use crate::peer::Peer;
use crate::tls::TlsFiles;

/// How often the files are read: a change that reaches them is in force well within a second (P8).
pub const POLL: StdDuration = StdDuration::from_millis(500);
/// A revocation list that ends sooner than this is warned about: when it ends, nobody is admitted any more.
pub const CRL_WARNING: Duration = Duration::hours(48);
/// An own certificate that ends sooner than this is warned about.
pub const CERTIFICATE_WARNING: Duration = Duration::days(14);
const WARN_EVERY: StdDuration = StdDuration::from_hours(1);

/// Why a peer that shook hands is not, or no longer, admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAdmitted {
    /// Its certificate was revoked.
    #[error("the certificate was revoked")]
    Revoked,
    /// Its certificate has ended.
    #[error("the certificate has expired")]
    Expired,
    /// Nobody can tell who is revoked: the list has ended.
    #[error("the revocation list has ended: the board's operator has to sign it anew")]
    ListEnded,
}

/// Files that are read again and again, and what they amount to.
pub trait Files: Send + Sync + 'static {
    /// Their bytes at one moment: compared to see whether anything changed.
    type Contents: PartialEq + Send;
    /// What they amount to.
    type State: Send + Sync;
    /// Why they amount to nothing.
    type Error: std::error::Error + Send + Sync + 'static;
    /// What they are, for the telemetry.
    const WHAT: &'static str;

    /// Reads them.
    ///
    /// # Errors
    /// When one can't be read.
    fn read(&self) -> Result<Self::Contents, Self::Error>;

    /// What they amount to.
    ///
    /// # Errors
    /// When they don't parse, or don't fit together.
    fn state(&self, contents: &Self::Contents) -> Result<Self::State, Self::Error>;

    /// Warns of what ends soon.
    fn warn_of_ends(&self, _state: &Self::State, _now: OffsetDateTime) {}
}

/// The state in force; shared by all connections, servers and clients of a process.
pub struct Reloading<F: Files = TlsFiles> {
    files: F,
    state: ArcSwap<F::State>,
    /// What was read last, good or not: a broken file is warned about once, not twice a second.
    seen: Mutex<Option<F::Contents>>,
    /// Since when the files haven't been what is in force.
    doubted: ArcSwapOption<Instant>,
    changes: watch::Sender<u64>,
}

impl<F: Files> Reloading<F> {
    /// Reads the files, and goes on reading them every [`POLL`] for as long as the result is held. Inside a tokio runtime.
    ///
    /// # Errors
    /// When the files don't give a first state.
    pub fn start(files: F) -> Result<Arc<Self>, F::Error> {
        let reloading = Arc::new(Self::load(files)?);
        tokio::spawn(watch_files(Arc::downgrade(&reloading)));
        Ok(reloading)
    }

    /// Reads the files once: for command-line calls, and for tests that call [`Self::reload`] themselves.
    ///
    /// # Errors
    /// When the files give no state.
    pub fn load(files: F) -> Result<Self, F::Error> {
        let contents = files.read()?;
        let state = files.state(&contents)?;
        let (changes, _) = watch::channel(0);
        Ok(Self {
            files,
            state: ArcSwap::from_pointee(state),
            seen: Mutex::new(Some(contents)),
            doubted: ArcSwapOption::empty(),
            changes,
        })
    }

    /// Reads the files again, and says whether a new state is in force. Blocks on the files.
    ///
    /// # Errors
    /// When what is new in them is no good; the state stays as it was.
    pub fn reload(&self) -> Result<bool, F::Error> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let contents = match self.files.read() {
            Ok(contents) => contents,
            Err(error) => {
                self.doubt();
                // Said once: the next unreadable round has nothing seen, and is silent.
                return seen.take().map_or(Ok(false), |_| Err(error));
            }
        };
        if seen.as_ref() == Some(&contents) {
            return Ok(false);
        }
        let state = self.files.state(&contents);
        *seen = Some(contents);
        self.state
            .store(Arc::new(state.inspect_err(|_| self.doubt())?));
        self.doubted.store(None);
        self.changes.send_modify(|generation| *generation += 1);
        Ok(true)
    }

    fn doubt(&self) {
        if self.doubted.load().is_none() {
            self.doubted.store(Some(Arc::new(Instant::now())));
        }
    }

    /// The state in force now.
    pub fn current(&self) -> Arc<F::State> {
        self.state.load_full()
    }

    /// Since when the files haven't said what is in force: they are gone, or broken. None: they say it.
    pub fn doubted_since(&self) -> Option<Instant> {
        self.doubted.load().as_deref().copied()
    }

    /// Wakes whenever another state comes into force.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

impl Reloading<TlsFiles> {
    /// This machine's own name.
    pub fn own(&self) -> Principal {
        self.state.load().own.principal.clone()
    }

    /// Whether a peer that shook hands earlier is admitted at `now`: asked on each request and on open streams (P8).
    ///
    /// # Errors
    /// [`NotAdmitted`].
    pub fn admits(&self, peer: &Peer, now: OffsetDateTime) -> Result<(), NotAdmitted> {
        let state = self.state.load();
        if state.revocations.is_revoked(&peer.serial) {
            return Err(NotAdmitted::Revoked);
        }
        if now > peer.not_after {
            return Err(NotAdmitted::Expired);
        }
        if now >= state.revocations.holds_until() {
            return Err(NotAdmitted::ListEnded);
        }
        Ok(())
    }
}

/// Ends when nobody holds the state any more.
async fn watch_files<F: Files>(reloading: Weak<Reloading<F>>) {
    let mut ticks = tokio::time::interval(POLL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut warned: Option<tokio::time::Instant> = None;
    loop {
        let now = ticks.tick().await;
        let Some(held) = reloading.upgrade() else {
            return;
        };
        if warned.is_none_or(|at| now - at >= WARN_EVERY) {
            held.files
                .warn_of_ends(&held.current(), OffsetDateTime::now_utc());
            warned = Some(now);
        }
        // A failed join is a panic or a shutdown of the runtime: the next round, if there is one, tries again.
        let _joined = tokio::task::spawn_blocking(move || reload_and_say(&held)).await;
    }
}

fn reload_and_say<F: Files>(reloading: &Reloading<F>) {
    match reloading.reload() {
        Ok(true) => tracing::info!(what = F::WHAT, "replaced"),
        Ok(false) => {}
        Err(error) => {
            tracing::warn!(%error, what = F::WHAT, "what is new is refused; the old state stays in force");
        }
    }
}
