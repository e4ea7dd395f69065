//! The chain's signing keys in their files: `signing.key`, and `signing.next.key` until the chain has named it. Refuses to change a
//! key that the chain hasn't named.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use diogel_domain::content::Open;
use diogel_identity::{SigningError, SigningKey, private_file};

use crate::{
    gate::Gate,
    intake::{Intake, Request},
    run::StartError,
};

/// Where the keys lie.
#[derive(Debug, Clone)]
pub(crate) struct KeyFiles {
    current: PathBuf,
    next: PathBuf,
}

impl KeyFiles {
    pub(crate) fn new(data: &Path) -> Self {
        Self {
            current: data.join("signing.key"),
            next: data.join("signing.next.key"),
        }
    }

    /// The file of the key that the service signs with.
    pub(crate) fn current(&self) -> &Path {
        &self.current
    }

    pub(crate) fn load_or_create(&self) -> Result<SigningKey, SigningError> {
        SigningKey::load_or_create(&self.current)
    }

    /// The key that is to be the next, if there is one.
    pub(crate) fn next(&self) -> Result<Option<SigningKey>, SigningError> {
        self.next
            .exists()
            .then(|| SigningKey::load(&self.next))
            .transpose()
    }

    /// The chain has named the next key: from now on it is the key.
    pub(crate) fn exchange(&self) -> io::Result<()> {
        std::fs::rename(&self.next, &self.current)?;
        private_file::sync_directory_of(&self.current)
    }
}

/// A file `signing.next.key` makes the chain name it and go on with it. Interrupted, it is finished at the next start. A journal that
/// takes nothing in doesn't name it: what it would write could claim a place that was used before, or be signed in vain.
pub(crate) async fn name_next_key(
    intake: &Intake,
    files: &KeyFiles,
    gate: &Gate,
) -> Result<(), StartError> {
    let Some(next) = files.next()? else {
        return Ok(());
    };
    let Ok(pass) = gate.pass() else {
        tracing::warn!(
            "signing.next.key waits: it is named at the first start at which this journal takes events in"
        );
        return Ok(());
    };
    let public = next.public_key().to_bytes();
    let key = format!("key {}", next.key_id());
    let asked = Request {
        system: "diogel",
        verified: false,
        request_key: &key,
        hash: public,
    };
    let open = Open::KeyNamed(public);
    let named = intake.append_open(&pass, &asked, open, Vec::new());
    let named = named.await;
    named.map_err(|e| StartError::Config(format!("the next key could not be named: {e}")))?;
    let exchanged = files.exchange();
    exchanged.map_err(|e| StartError::Config(format!("{}: {e}", files.next.display())))?;
    intake.signing.store(Arc::new(next));
    Ok(())
}

/// A journal that is older than a change of its key: the chain it recovers is to be signed with the key that is in force after all of
/// it. Answers whether the service signs with that key now, be it that the next key is the one, as an interrupted change left it.
pub(crate) fn take_up(
    intake: &Intake,
    files: &KeyFiles,
    in_force: &[u8],
) -> Result<bool, TakeUpError> {
    if in_force == intake.signing.load().public_key().to_bytes() {
        return Ok(true);
    }
    let next = files.next()?;
    let Some(next) = next.filter(|next| in_force == next.public_key().to_bytes()) else {
        return Ok(false);
    };
    files.exchange()?;
    tracing::warn!(key = %next.key_id(), "the chain had named signing.next.key: it is the key now");
    intake.signing.store(Arc::new(next));
    Ok(true)
}

/// Why the key in force can't be taken up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TakeUpError {
    #[error(transparent)]
    Signing(#[from] SigningError),
    #[error("signing.next.key can't be put in the place of signing.key: {0}")]
    Exchange(#[from] io::Error),
}
