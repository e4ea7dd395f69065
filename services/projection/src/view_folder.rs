//! The folder of views. Owns generations: a folder each, and a file beside them that says which one is current. On any doubt a
//! view is set aside and built anew from the order journal; nothing in it is worth a risk.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use diogel_contract::hexadecimal;
use diogel_identity::{Opaque, content_key::fill_random, private_file, sha256};
use diogel_views::{
    Folded, IndexKey,
    fold::FoldError,
    store::{RedbStore, SledStore, Store, StoreError},
};

use crate::{
    config::StoreKind,
    order::{OrderJournal, Record},
};

/// Why no view can be had, not even a new one.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The folder.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A new view could not be made.
    #[error(transparent)]
    Fold(#[from] FoldError),
}

/// An opened view with its generation.
pub struct OpenView<S> {
    /// The view.
    pub views: Folded<S>,
    /// Its generation: cursors of another one start again.
    pub generation: u64,
}

/// Backends that lie in a folder.
pub trait FolderStore: Store + Sized {
    /// Opens or creates.
    fn open_at(path: &Path) -> Result<Self, StoreError>;
}

impl FolderStore for SledStore {
    fn open_at(path: &Path) -> Result<Self, StoreError> {
        Self::open(path)
    }
}

impl FolderStore for RedbStore {
    fn open_at(path: &Path) -> Result<Self, StoreError> {
        Self::open(path)
    }
}

/// Says that the current view isn't to be trusted: the next start sets it aside.
#[derive(Debug, Clone)]
pub(crate) struct Doubt(PathBuf);

impl Doubt {
    pub(crate) fn tell(&self) {
        if let Err(error) = fs::rename(self.0.join("current"), self.0.join("doubted")) {
            tracing::error!(%error, "the view can't be marked as doubted; `diogel rebuild` builds it anew");
        }
    }
}

/// The folder of views of a projection.
pub struct ViewFolder {
    root: PathBuf,
    kind: StoreKind,
    index: IndexKey,
    index_print: String,
    opaque: Arc<Opaque>,
}

impl ViewFolder {
    /// With the projection's data folder.
    pub fn new(data: &Path, kind: StoreKind) -> Result<Self, ViewError> {
        let root = data.join("views");
        fs::create_dir_all(&root).map_err(|source| ViewError::Io {
            path: root.clone(),
            source,
        })?;
        let secret = index_secret(&data.join("index.key"))?;
        let print = sha256("diogel/v1/index-key", &secret);
        Ok(Self {
            index: IndexKey::new(&secret),
            index_print: hexadecimal::write(&print[..8]),
            opaque: Arc::new(Opaque::new(sha256("diogel/v1/cursor-key", &secret))),
            root,
            kind,
        })
    }

    /// Hides places in lists. Made from the secret of the index: cursors outlive a restart, and never the view.
    pub(crate) fn opaque(&self) -> Arc<Opaque> {
        Arc::clone(&self.opaque)
    }

    /// Opens the current view if it can be trusted, or begins a new one.
    pub async fn open<S: FolderStore>(
        &self,
        order: &OrderJournal,
    ) -> Result<OpenView<S>, ViewError> {
        if let Some(generation) = self.named_in("doubted") {
            self.quarantine(generation);
            let _ = fs::remove_file(self.root.join("doubted"));
        }
        if let Some(generation) = self.current() {
            let opened = self.open_generation::<S>(generation, order);
            match opened {
                Ok(views) if agrees(&views, order).await => {
                    return Ok(OpenView { views, generation });
                }
                Ok(views) => {
                    drop(views);
                    tracing::warn!(
                        "the view doesn't agree with the order journal; it is built anew"
                    );
                }
                Err(error) => tracing::warn!(%error, "the view can't be opened; it is built anew"),
            }
            self.quarantine(generation);
        }
        self.begin(order)
    }

    /// Begins a new generation beside the current one, and makes it the current.
    pub fn begin<S: FolderStore>(&self, order: &OrderJournal) -> Result<OpenView<S>, ViewError> {
        let generation = new_generation(&self.root)?;
        let views = self.open_generation(generation, order)?;
        self.make_current(generation)?;
        Ok(OpenView { views, generation })
    }

    /// Begins a generation that isn't current yet: a rebuild beside the view in use.
    pub fn beside<S: FolderStore>(&self, order: &OrderJournal) -> Result<OpenView<S>, ViewError> {
        let generation = new_generation(&self.root)?;
        Ok(OpenView {
            views: self.open_generation(generation, order)?,
            generation,
        })
    }

    /// Makes a generation the current one.
    pub fn make_current(&self, generation: u64) -> Result<(), ViewError> {
        let path = self.root.join("current");
        let text = format!("{generation:016x} {}", self.form());
        private_file::write_whole(&path, text.as_bytes(), private_file::PRIVATE)
            .map_err(|source| ViewError::Io { path, source })
    }

    /// Removes a generation's folder.
    pub fn remove(&self, generation: u64) {
        let path = self.path(generation);
        if let Err(error) = fs::remove_dir_all(&path) {
            tracing::warn!(path = %path.display(), %error, "an old view could not be removed");
        }
    }

    /// The current generation; none if there is none, or it is of another backend or another index key.
    pub fn current(&self) -> Option<u64> {
        self.named_in("current")
    }

    fn named_in(&self, file: &str) -> Option<u64> {
        let text = fs::read_to_string(self.root.join(file)).ok()?;
        let (generation, form) = text.trim().split_once(' ')?;
        let generation = u64::from_str_radix(generation, 16).ok();
        generation.filter(|_| form == self.form())
    }

    /// Removes generations that nobody uses: what a stopped rebuild or another backend left behind. Not while one is being built
    /// beside the current one.
    pub fn tidy(&self) {
        let current = self.current();
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_str().filter(|name| name.len() == 16);
            let generation = name.and_then(|name| u64::from_str_radix(name, 16).ok());
            if let Some(stale) = generation.filter(|g| Some(*g) != current) {
                self.remove(stale);
            }
        }
    }

    /// To mark the current view as doubted with.
    pub(crate) fn doubt(&self) -> Doubt {
        Doubt(self.root.clone())
    }

    /// sled can panic on damage: it is opened on a thread of its own, and its panic is an error like any other.
    fn open_generation<S: FolderStore>(
        &self,
        generation: u64,
        order: &OrderJournal,
    ) -> Result<Folded<S>, FoldError> {
        let (path, index, keys) = (self.path(generation), self.index.clone(), order.clone());
        let open = move || Folded::open(S::open_at(&path)?, index, Box::new(keys));
        let opened = std::thread::spawn(open).join();
        opened.unwrap_or(Err(FoldError::Store(StoreError::Missing)))
    }

    /// One damaged view is kept for whoever wants to know why; an older one makes room.
    fn quarantine(&self, generation: u64) {
        let aside = self.root.join("quarantined");
        let _ = fs::remove_dir_all(&aside);
        if fs::rename(self.path(generation), &aside).is_err() {
            self.remove(generation);
        }
    }

    fn path(&self, generation: u64) -> PathBuf {
        self.root.join(format!("{generation:016x}"))
    }

    /// Backend and index key: under another key nobody would be found in the index, and no alert.
    fn form(&self) -> String {
        let kind = match self.kind {
            StoreKind::Sled => "sled",
            StoreKind::Redb => "redb",
        };
        format!("{kind} {}", self.index_print)
    }
}

/// The event at the view's checkpoint is the one that the order journal has there.
async fn agrees<S: Store>(views: &Folded<S>, order: &OrderJournal) -> bool {
    let checkpoint = views.checkpoint();
    if checkpoint.position == 0 {
        return true;
    }
    let record: Option<Record> = order.at(checkpoint.position).await.ok().flatten();
    record.is_some_and(|record| record.event.hash == checkpoint.hash)
}

fn index_secret(path: &Path) -> Result<[u8; 32], ViewError> {
    let io = |source| ViewError::Io {
        path: path.to_owned(),
        source,
    };
    if !path.exists() {
        let mut secret = [0; 32];
        fill_random(&mut secret).map_err(|e| io(io::Error::other(e)))?;
        private_file::create_private(path, &secret).map_err(io)?;
    }
    let secret = private_file::read_private(path).map_err(io)?;
    <[u8; 32]>::try_from(secret.as_slice()).map_err(|_| io(io::Error::other("must hold 32 bytes")))
}

fn new_generation(root: &Path) -> Result<u64, ViewError> {
    let mut bytes = [0; 8];
    fill_random(&mut bytes).map_err(|e| ViewError::Io {
        path: root.to_owned(),
        source: io::Error::other(e),
    })?;
    Ok(u64::from_be_bytes(bytes))
}
