//! The end of a process, asked for once and heard everywhere. Owns the signal; refuses to hurry anybody: each service ends
//! when its own work is safe.

use std::sync::Arc;

use tokio::sync::watch;

/// A request to end, shared by all clones.
#[derive(Debug, Clone)]
pub struct Shutdown {
    requested: Arc<watch::Sender<bool>>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// Not asked for yet.
    pub fn new() -> Self {
        Self {
            requested: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Asked for by SIGTERM or ctrl-c from now on. Inside a tokio runtime.
    ///
    /// # Errors
    /// When the operating system takes no handler for SIGTERM.
    pub fn on_signals() -> std::io::Result<Self> {
        let shutdown = Self::new();
        let mut terminated =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        let asked = shutdown.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
                () = asked.requested() => {}
            }
            asked.request();
        });
        Ok(shutdown)
    }

    /// Asks everybody to end; asking again changes nothing.
    pub fn request(&self) {
        if !self.requested.send_replace(true) {
            tracing::info!("ending");
        }
    }

    /// Whether it was asked for.
    pub fn is_requested(&self) -> bool {
        *self.requested.borrow()
    }

    /// Returns once it was asked for: for `serve_with_incoming_shutdown`, or in a `select!`.
    pub async fn requested(&self) {
        let mut changes = self.requested.subscribe();
        // An error would mean that no sender is left; `self` holds one.
        let _held = changes.wait_for(|requested| *requested).await;
    }

    /// As [`Self::requested`], owning what it needs: for futures that outlive the caller.
    pub fn signal(&self) -> impl Future<Output = ()> + Send + 'static {
        let shutdown = self.clone();
        async move { shutdown.requested().await }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn everybody_hears_it_also_who_asks_late() {
        let shutdown = Shutdown::new();
        let early = tokio::spawn(shutdown.signal());
        assert!(!shutdown.is_requested());
        shutdown.request();
        shutdown.request();
        early.await.unwrap();
        shutdown.clone().requested().await;
        assert!(shutdown.is_requested());
    }

    #[tokio::test]
    async fn sigterm_asks_for_it() {
        let shutdown = Shutdown::on_signals().unwrap();
        let pid = std::process::id().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap();
        assert!(sent.success());
        tokio::time::timeout(Duration::from_secs(5), shutdown.requested())
            .await
            .unwrap();
    }
}
