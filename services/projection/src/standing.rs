//! How the projection stands, for readers, health and the process: whether its view is proven complete, and whether something
//! happened that only a restart mends.

use std::sync::Arc;

use tokio::sync::watch;

/// Whether views may be read: only while they are proven complete (P5). Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Complete(Arc<watch::Sender<bool>>);

impl Default for Complete {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Complete {
    pub(crate) fn holds(&self) -> bool {
        *self.0.borrow()
    }

    pub(crate) fn set(&self, complete: bool) {
        self.0
            .send_if_modified(|before| std::mem::replace(before, complete) != complete);
    }

    pub(crate) fn changed(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }
}

/// Why the projection can't go on; nothing while it can. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Ended(Arc<watch::Sender<Option<String>>>);

impl Default for Ended {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }
}

impl Ended {
    /// Says why. The first reason stays.
    pub(crate) fn tell(&self, why: &str) {
        tracing::error!(why, "the projection has to be restarted");
        self.0.send_if_modified(|said| {
            let first = said.is_none();
            said.get_or_insert_with(|| why.to_owned());
            first
        });
    }

    pub(crate) fn changed(&self) -> watch::Receiver<Option<String>> {
        self.0.subscribe()
    }

    pub(crate) fn holds(&self) -> bool {
        self.0.borrow().is_some()
    }
}
