//! The TLS state that is in force, and its replacement without a restart. Owns watching the files and telling who is still
//! admitted; refuses a state whose files don't parse or don't fit: the old one stays, with a warning.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration as StdDuration;

use arc_swap::ArcSwap;
use time::{Duration, OffsetDateTime};
use tokio::sync::watch;

use crate::name::Principal;
use crate::peer::Peer;
use crate::tls::{Contents, TlsError, TlsFiles, TlsState};

/// How often the files are read: a revocation that reaches them is in force well within a second (P8).
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

/// The TLS state in force; shared by all connections, servers and clients of a process.
pub struct Reloading {
    files: TlsFiles,
    state: ArcSwap<TlsState>,
    /// What was read last, good or not: a broken file is warned about once, not twice a second.
    seen: Mutex<Option<Contents>>,
    changes: watch::Sender<u64>,
}

impl Reloading {
    /// Reads the files, and goes on reading them every [`POLL`] for as long as the result is held. Inside a tokio runtime.
    ///
    /// # Errors
    /// [`TlsError`], when the files don't give a first state.
    pub fn start(files: TlsFiles) -> Result<Arc<Self>, TlsError> {
        let reloading = Arc::new(Self::load(files)?);
        tokio::spawn(watch_files(Arc::downgrade(&reloading)));
        Ok(reloading)
    }

    /// Reads the files once: for command-line calls, and for tests that call [`Self::reload`] themselves.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let contents = files.read()?;
        let state = TlsState::from_contents(&files, &contents)?;
        let (changes, _) = watch::channel(0);
        let seen = Mutex::new(Some(contents));
        Ok(Self {
            files,
            state: ArcSwap::from_pointee(state),
            seen,
            changes,
        })
    }

    /// Reads the files again, and says whether a new state is in force. Blocks on the files.
    ///
    /// # Errors
    /// [`TlsError`], when what is new in them is no good; the state stays as it was.
    pub fn reload(&self) -> Result<bool, TlsError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let contents = match self.files.read() {
            Ok(contents) => contents,
            // Said once: the next unreadable round has nothing seen, and is silent.
            Err(error) => return seen.take().map_or(Ok(false), |_| Err(error)),
        };
        if seen.as_ref() == Some(&contents) {
            return Ok(false);
        }
        let state = TlsState::from_contents(&self.files, &contents);
        *seen = Some(contents);
        self.state.store(Arc::new(state?));
        self.changes.send_modify(|generation| *generation += 1);
        Ok(true)
    }

    /// The state in force now.
    pub fn current(&self) -> Arc<TlsState> {
        self.state.load_full()
    }

    /// Wakes whenever another state comes into force.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

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

    fn warn_of_ends(&self, now: OffsetDateTime) {
        let state = self.state.load();
        let list_ends = state.revocations.holds_until();
        if list_ends - now < CRL_WARNING {
            tracing::warn!(ends = %list_ends, file = %self.files.crl.display(),
                "the revocation list ends soon; from then on nobody is admitted: sign it anew");
        }
        if state.own.not_after - now < CERTIFICATE_WARNING {
            tracing::warn!(ends = %state.own.not_after, file = %self.files.cert.display(),
                "this machine's certificate ends soon: issue another");
        }
    }
}

/// Ends when nobody holds the state any more.
async fn watch_files(reloading: Weak<Reloading>) {
    let mut ticks = tokio::time::interval(POLL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut warned: Option<tokio::time::Instant> = None;
    loop {
        let now = ticks.tick().await;
        let Some(held) = reloading.upgrade() else {
            return;
        };
        if warned.is_none_or(|at| now - at >= WARN_EVERY) {
            held.warn_of_ends(OffsetDateTime::now_utc());
            warned = Some(now);
        }
        // A failed join is a panic or a shutdown of the runtime: the next round, if there is one, tries again.
        let _joined = tokio::task::spawn_blocking(move || reload_and_say(&held)).await;
    }
}

fn reload_and_say(reloading: &Reloading) {
    match reloading.reload() {
        Ok(true) => tracing::info!("certificates, authority or revocation list replaced"),
        Ok(false) => {}
        Err(error) => {
            tracing::warn!(%error, "new TLS files are refused; the old ones stay in force");
        }
    }
}
